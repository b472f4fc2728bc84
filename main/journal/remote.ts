import type { DatabaseSync } from 'node:sqlite'
import type { JournalRecord, RecoveredRemote } from '../session/records.ts'
import { one } from './rows.ts'

type Body = Extract<JournalRecord, { kind: 'remote-command' }>['body']

/** What can be asked about commands of the operator's centre; the index `journal_of_centre` has their rows. */
export function createRemoteQueries(database: DatabaseSync): { remote(): RecoveredRemote } {
  const last = (which: string) => database.prepare(`SELECT body FROM journal WHERE kind = 'remote-command' AND ${which} ORDER BY seq DESC LIMIT 1`)
  const selectLast = last(`body ->> '$.outcome' NOT IN ('another-booth', 'replayed')`)
  const selectService = last(`body ->> '$.outcome' = 'done' AND body ->> '$.act' IN ('out-of-service', 'in-service')`)
  const bodyOf = (row: { readonly body: string } | null) => (row ? (JSON.parse(row.body) as Body) : null)

  return {
    remote() {
      const judged = bodyOf(one<{ body: string }>(selectLast))
      return {
        last: judged?.number ?? 0,
        judged: judged && { number: judged.number, outcome: judged.outcome },
        closed: bodyOf(one<{ body: string }>(selectService))?.act === 'out-of-service',
      }
    },
  }
}
