import type { DatabaseSync } from 'node:sqlite'
import { isAuditEvent, type AuditEvent } from '../money/audit-events.ts'
import { all } from './rows.ts'

interface Row {
  readonly at: number
  readonly kind: 'booth-started' | 'booth-stopped' | 'door-moved' | 'cash-box-moved' | 'fault-raised'
  readonly name: string | null
  /** Whether it was an opening or a taking out. */
  readonly away: number | null
}

/** Reads what happened to the booth, oldest first: doors, cash boxes, faults of its cash devices, and each start that no stop came before. */
export function createAuditEventQuery(database: DatabaseSync): () => readonly AuditEvent[] {
  const select = database.prepare(
    `SELECT at, kind, body ->> '$.fault' AS name, coalesce(body ->> '$.open', body ->> '$.out') AS away FROM journal
     WHERE kind IN ('booth-started', 'booth-stopped', 'door-moved', 'cash-box-moved', 'fault-raised') ORDER BY seq`,
  )
  return () => {
    let runs = false
    return all<Row>(select).flatMap(({ at, kind, name, away }): readonly AuditEvent[] => {
      if (kind === 'booth-started' || kind === 'booth-stopped') {
        const lost = kind === 'booth-started' && runs
        runs = kind === 'booth-started'
        return lost ? [{ name: 'power-loss', at }] : []
      }
      if (kind === 'fault-raised') return name !== null && isAuditEvent(name) && !(name === 'door-open' || name === 'cash-box-out') ? [{ name, at }] : []
      return away === 1 ? [{ name: kind === 'door-moved' ? 'door-open' : 'cash-box-out', at }] : []
    })
  }
}
