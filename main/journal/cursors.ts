import type { DatabaseSync } from 'node:sqlite'
import type { NoteCursor } from '../../hardware/bill-validator/events.ts'
import type { CoinCursor } from '../../hardware/coin-acceptor/events.ts'
import { JournalFailure } from './failure.ts'
import { all, one } from './rows.ts'

/** How far a device that counts its money was read. */
interface Counted {
  readonly serial: string
  /** Serial and ordinal name one coin or note for ever. */
  readonly ordinal: number
}

/** One transaction's view of a kind of device that counts: its cursors, and the coins or notes that came with them. */
export interface CursorRun<Cursor extends Counted> {
  /** Whether the cursor stands there already, or an older one does no harm. */
  holds(cursor: Cursor): boolean
  /** Whether the coin or note was credited before. */
  isCredited(event: Counted): boolean
  moved(cursor: Cursor): void
  credited(event: Counted, seq: number): void
  /** Throws `JournalFailure` `impossible` when something was credited without the cursor behind it. */
  finish(): void
  committed(): void
}

export interface Cursors<Cursor extends Counted> {
  begin(): CursorRun<Cursor>
  all(): readonly Cursor[]
}

/**
 * Cursors, kept and read as `store` says, and what was credited in `eventTable` (`serial`, `ordinal`, `seq`): the one place that makes
 * sure that nothing counts twice, and nothing without its cursor in the same transaction.
 */
function createCursors<Cursor extends Counted>(
  database: DatabaseSync,
  kind: string,
  store: {
    readonly eventTable: string
    /** All cursors, or the one of a serial number. */
    readonly selectAll: string
    readonly selectOne: string
    readonly put: string
    read(row: Readonly<Record<string, unknown>>): Cursor
    columns(cursor: Cursor): readonly (string | number | null)[]
    same(one: Cursor, other: Cursor): boolean
  },
): Cursors<Cursor> {
  const selectAll = database.prepare(store.selectAll)
  const selectOne = database.prepare(store.selectOne)
  const put = database.prepare(store.put)
  const selectEvent = database.prepare(`SELECT seq FROM ${store.eventTable} WHERE serial = ? AND ordinal = ?`)
  const insertEvent = database.prepare(`INSERT INTO ${store.eventTable} (serial, ordinal, seq) VALUES (?, ?, ?)`)
  /** Cursors as the last transactions left them: nobody else writes. */
  const reached = new Map<string, Cursor | null>()

  return {
    all: () => all<Readonly<Record<string, unknown>>>(selectAll).map(store.read),
    begin() {
      const events: Counted[] = []
      /** How far each device had been read before this transaction, and how far it is in it. */
      const before = new Map<string, number>()
      const cursors = new Map<string, Cursor | null>()
      const stored = (serial: string): Cursor | null => {
        const known = cursors.get(serial)
        if (known !== undefined) return known
        const last = reached.get(serial)
        const row = last === undefined ? one<Readonly<Record<string, unknown>>>(selectOne, serial) : null
        const cursor = last ?? (row && store.read(row))
        before.set(serial, cursor?.ordinal ?? -1)
        cursors.set(serial, cursor)
        return cursor
      }
      return {
        holds(cursor) {
          const known = stored(cursor.serial)
          return known !== null && (cursor.ordinal < known.ordinal || store.same(cursor, known))
        },
        isCredited({ serial, ordinal }) {
          if (events.some((event) => event.serial === serial && event.ordinal === ordinal)) return true
          // Nothing is credited without its cursor: beyond that there is none yet.
          if (ordinal > (stored(serial)?.ordinal ?? -1)) return false
          return one(selectEvent, serial, ordinal) !== null
        },
        moved(cursor) {
          stored(cursor.serial)
          put.run(...store.columns(cursor))
          cursors.set(cursor.serial, cursor)
        },
        credited(event, seq) {
          stored(event.serial)
          insertEvent.run(event.serial, event.ordinal, seq)
          events.push(event)
        },
        finish() {
          for (const { serial, ordinal } of events) {
            const now = cursors.get(serial)?.ordinal ?? -1
            if (ordinal <= (before.get(serial) ?? -1) || ordinal > now) throw new JournalFailure('impossible', `${kind} ${serial}/${ordinal} without its cursor`)
          }
        },
        committed() {
          for (const [serial, cursor] of cursors) reached.set(serial, cursor)
        },
      }
    },
  }
}

/** The acceptors' cursors and the coins. */
export function createCoinCursors(database: DatabaseSync): Cursors<CoinCursor> {
  return createCursors<CoinCursor>(database, 'coin', {
    eventTable: 'coin_event',
    selectAll: 'SELECT serial, counter, results, ordinal FROM device_cursor ORDER BY serial',
    selectOne: 'SELECT serial, counter, results, ordinal FROM device_cursor WHERE serial = ?',
    put: `INSERT INTO device_cursor (serial, counter, results, ordinal) VALUES (?, ?, ?, ?)
      ON CONFLICT (serial) DO UPDATE SET counter = excluded.counter, results = excluded.results, ordinal = excluded.ordinal`,
    read: ({ serial, counter, results, ordinal }) => ({
      serial: String(serial),
      counter: Number(counter),
      results: JSON.parse(String(results)) as number[],
      ordinal: Number(ordinal),
    }),
    columns: ({ serial, counter, results, ordinal }) => [serial, counter, JSON.stringify(results), ordinal],
    same: (one, other) => one.counter === other.counter && one.ordinal === other.ordinal && one.results.join() === other.results.join(),
  })
}

/** The validators' cursors and the notes. */
export function createNoteCursors(database: DatabaseSync): Cursors<NoteCursor> {
  return createCursors<NoteCursor>(database, 'note', {
    eventTable: 'note_event',
    selectAll: 'SELECT cursor FROM note_cursor ORDER BY serial',
    selectOne: 'SELECT cursor FROM note_cursor WHERE serial = ?',
    put: 'INSERT INTO note_cursor (serial, cursor) VALUES (?, ?) ON CONFLICT (serial) DO UPDATE SET cursor = excluded.cursor',
    read: ({ cursor }) => JSON.parse(String(cursor)) as NoteCursor,
    columns: (cursor) => [cursor.serial, JSON.stringify(cursor)],
    same: (one, other) => JSON.stringify(one) === JSON.stringify(other),
  })
}
