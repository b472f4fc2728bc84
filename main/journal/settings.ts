import type { DatabaseSync } from 'node:sqlite'

/** How the file is opened. `defensive`: no statement can write to the schema or to the file's raw pages (SQLITE_DBCONFIG_DEFENSIVE). */
export const connection = { timeout: 0, defensive: true }

/** How long a statement waits for another connection of this process. */
const busyTimeoutMs = 2000

/**
 * One process, one writer: the lock is the kernel's, taken with the first access and gone with the process, so that a second copy of the booth
 * is refused at once and a dead one leaves nothing behind. Throws SQLite's BUSY when another process has it.
 */
export function lock(database: DatabaseSync): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('BEGIN EXCLUSIVE; COMMIT')
}

const settings = {
  journal_mode: 'wal',
  /** FULL: every commit is flushed before it returns. A library built with another default loses acknowledged coins at a power cut. */
  synchronous: 2,
  foreign_keys: 1,
  secure_delete: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  busy_timeout: busyTimeoutMs,
  /** Pages (1.6 MB): a coin's commit writes about twelve, and a checkpoint costs two more flushes. */
  wal_autocheckpoint: 400,
  journal_size_limit: 4 * 1024 * 1024,
} as const

/** Makes every setting and reads it back; names those that did not take. */
export function settle(database: DatabaseSync): readonly string[] {
  return Object.entries(settings).flatMap(([name, wanted]) => {
    database.prepare(`PRAGMA ${name} = ${wanted}`).all()
    const row = database.prepare(`PRAGMA ${name}`).get()
    const [held] = Object.values(row ?? {})
    return held === wanted ? [] : [`${name} is ${String(held)}, not ${wanted}`]
  })
}
