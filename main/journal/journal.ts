import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../hardware/clock.ts'
import type { JournalRecord } from '../session/records.ts'
import { type ChainHead, rowDigest } from './chain.ts'
import { JournalFailure, toFailure } from './failure.ts'
import type { Heads, SignReason } from './heads.ts'
import type { VerifiedSlice } from './patrol.ts'
import type { Projections } from './projections.ts'
import type { Queries, Totals } from './queries.ts'
import type { Witness } from './witness.ts'

/** Version of the records' shape that `append` writes. */
const recordVersion = 1

export interface Appended {
  /** Number of the last row; what it names is on the disk. */
  readonly seq: number
  /** Milliseconds since 1970, the same for the whole transaction. */
  readonly at: number
  /** Records whose fact the journal held already (a coin or cursor reported twice, an answer given twice): nothing was written for them. */
  readonly skipped: readonly JournalRecord[]
}

/** The money of one visit, or nothing but zeros for one that is not known. */
export interface MoneyOfVisit extends Omit<Totals, 'currency'> {
  readonly currency: string | null
}

/** What the booth remembers. Everything is synchronous: when a call returns, it is on the disk. */
export interface Journal extends Queries {
  /** Writes all records and all that follows from them in one durable transaction, or nothing and throws `JournalFailure`. */
  append(records: readonly JournalRecord[]): Appended
  money(visit: string): MoneyOfVisit
  head(): ChainHead
  /** Signs where the chain stands with the booth's key. Throws `JournalFailure`. */
  signHead(reason: SignReason): void
  /** Checks the next `rows` rows (500 when not said) from the first on, and at the end everything that was made of them. For idle moments. */
  verifySlice(rows?: number): VerifiedSlice
  /** Empties the write-ahead log into the file, so that what was deleted is gone; false when the disk did not let it (try again later). */
  checkpoint(): boolean
  /** Lets go of the file; the next append throws. */
  close(): void
}

/** Puts the parts of an opened and verified journal together. */
export function createJournal(
  database: DatabaseSync,
  parts: {
    readonly clock: Clock
    readonly start: ChainHead
    readonly projections: Projections
    readonly queries: Queries
    readonly heads: Heads
    readonly patrol: (rows: number, end: ChainHead) => VerifiedSlice
    readonly witness: Witness
  },
): Journal {
  const { clock, projections, queries, heads, patrol, witness } = parts
  const insertRow = database.prepare('INSERT INTO journal (seq, visit, at, kind, version, body, previous, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  let head = parts.start
  let failed: JournalFailure | null = null
  const now = () => Math.round(clock.now())

  const write = (record: JournalRecord, after: ChainHead, at: number): ChainHead => {
    const row = {
      seq: after.seq + 1,
      visit: record.visit,
      at,
      kind: record.kind,
      version: recordVersion,
      body: JSON.stringify(record.body),
      previous: after.digest,
    }
    const digest = rowDigest(row)
    insertRow.run(row.seq, row.visit, row.at, row.kind, row.version, row.body, row.previous, digest)
    return { seq: row.seq, digest }
  }

  /** Runs `work` in one transaction; whatever goes wrong leaves nothing behind. */
  const transaction = <Result>(work: () => Result): Result => {
    if (failed) throw failed
    try {
      begin.run()
      const result = work()
      commit.run()
      return result
    } catch (error) {
      const failure = toFailure(error)
      try {
        if (database.isTransaction) database.exec('ROLLBACK')
      } catch {
        failed = failure
      }
      if (failure.reason === 'input-output' || failure.reason === 'damaged') failed = failure
      throw failure
    }
  }

  return {
    ...queries,
    head: () => head,
    append(records) {
      const at = now()
      const skipped: JournalRecord[] = []
      const run = projections.begin()
      const next = transaction(() => {
        let last = head
        for (const record of records) {
          if (run.holds(record)) {
            skipped.push(record)
            continue
          }
          last = write(record, last, at)
          run.apply(record, last.seq, at)
        }
        run.finish()
        return last
      })
      head = next
      run.committed()
      witness.record(head)
      return { seq: head.seq, at, skipped }
    },
    money(visit) {
      const { currency = null, inserted = 0, credit = 0, parked = 0, earned = 0, owed = 0, paying = 0, returned = 0 } = projections.money(visit) ?? {}
      return { currency, inserted, credit, parked, earned, owed, paying, returned }
    },
    signHead: (reason) => transaction(() => heads.sign(head, reason, now())),
    verifySlice: (rows = 500) => patrol(rows, head),
    checkpoint() {
      try {
        return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0
      } catch {
        return false
      }
    },
    close() {
      failed = new JournalFailure('closed', 'the journal is closed')
      witness.close()
      database.close()
    },
  }
}
