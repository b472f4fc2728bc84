import type { DatabaseSync } from 'node:sqlite'
import type { JournalRecord, RecoveredDoor, StaffRecord } from '../session/records.ts'
import { all, one } from './rows.ts'

type Recovery = Extract<JournalRecord, { kind: 'recovery' }>

/** What a start found and decided, and when (milliseconds since 1970). */
export interface LastRecovery {
  readonly at: number
  readonly body: Recovery['body']
}

/** The rows that staff ask about, written as the index `journal_of_staff` has it. */
const rows = `journal WHERE kind IN ('staff-tried', 'staff-signed-in', 'staff-signed-out', 'booth-closed', 'booth-opened', 'recovery')`

/** What can be asked about staff. */
export function createStaffQueries(database: DatabaseSync): { staffDoor(): RecoveredDoor; lastRecovery(): LastRecovery | null } {
  const last = (...kinds: readonly (StaffRecord | Recovery)['kind'][]) =>
    database.prepare(`SELECT seq, at, kind, body FROM ${rows} AND kind IN (${kinds.map((kind) => `'${kind}'`).join()}) ORDER BY seq DESC LIMIT 1`)
  const selectIn = last('staff-signed-in')
  const selectMoved = last('staff-signed-in', 'staff-signed-out')
  const selectService = last('booth-closed', 'booth-opened')
  const selectRecovery = last('recovery')
  const selectTries = database.prepare(`SELECT at FROM ${rows} AND kind = 'staff-tried' AND seq > ? ORDER BY seq`)
  interface Row {
    readonly seq: number
    readonly at: number
    readonly kind: string
    readonly body: string
  }

  return {
    staffDoor() {
      const tries = all<{ at: number }>(selectTries, one<Row>(selectIn)?.seq ?? 0)
      const moved = one<Row>(selectMoved)
      return {
        tries: tries.length,
        lastTry: tries.at(-1)?.at ?? null,
        signedIn: moved?.kind === 'staff-signed-in' ? (JSON.parse(moved.body) as { who: string }).who : null,
        closed: one<Row>(selectService)?.kind === 'booth-closed',
      }
    },
    lastRecovery() {
      const row = one<Row>(selectRecovery)
      return row && { at: row.at, body: JSON.parse(row.body) as Recovery['body'] }
    },
  }
}
