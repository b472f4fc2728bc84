import { DatabaseSync } from 'node:sqlite'
import type { JournalRow } from './chain.ts'
import { migrate } from './migrations.ts'
import { createProjections } from './projections.ts'
import { toRecord } from './verify.ts'

/** Every table that follows from the records. */
export const projectionTables = ['visit', 'device_cursor', 'coin_event', 'note_cursor', 'note_event', 'application', 'claim', 'number_refused', 'payout', 'hopper', 'till', 'till_counter'] as const

/** The projections as they follow from the records alone, built beside the real ones. */
export interface Replay {
  /** Takes the next row; throws when it contradicts those before it. */
  take(row: JournalRow): void
  /** Whether a table of the journal holds what the rows taken say. */
  agrees(table: (typeof projectionTables)[number]): boolean
  close(): void
}

/** Replays rows into memory, to compare with the projections of `database`. */
export function createReplay(database: DatabaseSync): Replay {
  const memory = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false })
  migrate(memory)
  const projections = createProjections(memory)
  const content = (from: DatabaseSync, table: string) => JSON.stringify(from.prepare(`SELECT * FROM ${table} ORDER BY ${table === 'till' ? '1, 2, 3' : '1, 2'}`).all())
  return {
    take: (row) => projections.begin().apply(toRecord(row), row.seq, row.at),
    agrees: (table) => content(database, table) === content(memory, table),
    close: () => memory.close(),
  }
}
