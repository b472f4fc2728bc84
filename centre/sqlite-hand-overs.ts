import { handOverDownloads } from '../main/contract/hand-over.ts'
import type { HandOverStorage } from './hand-over-storage.ts'
import { openDatabase } from './open-database.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS hand_over (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    left INTEGER NOT NULL CHECK (left >= 0),
    sealed BLOB
  ) STRICT;
  PRAGMA user_version = 1;
`
/** A clock may be corrected by this much; set back by more, nobody knows how long a photo has been here, and it goes. */
const correctionMs = 10 * 60_000
/** How long it is known that a photo was here, so that its link says what became of it. */
const traceMs = 7 * 24 * 3_600_000

interface Row {
  readonly until: number
  readonly left: number
  readonly sealed: Uint8Array | null
}

/** Keeps sealed photos in one SQLite file; `:memory:` for none. */
export function sqliteHandOvers(file: string): HandOverStorage {
  const database = openDatabase(file, schema)
  const insert = database.prepare(
    'INSERT INTO hand_over (id, token_hash, sha256, kept_at, until, left, sealed) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  )
  const select = database.prepare('SELECT sha256, until FROM hand_over WHERE id = ?')
  const selectToken = database.prepare('SELECT until, left, sealed FROM hand_over WHERE id = ? AND token_hash = ?')
  const count = database.prepare('UPDATE hand_over SET left = left - 1, sealed = CASE WHEN left > 1 THEN sealed END WHERE id = ?')
  const empty = database.prepare('UPDATE hand_over SET sealed = NULL WHERE id = ? AND sealed IS NOT NULL')
  const emptyOld = database.prepare('UPDATE hand_over SET sealed = NULL WHERE sealed IS NOT NULL AND (until <= ? OR kept_at > ?)')
  const deleteOld = database.prepare('DELETE FROM hand_over WHERE until <= ?')
  const selectWaiting = database.prepare('SELECT id, until FROM hand_over WHERE sealed IS NOT NULL ORDER BY until')

  const purge = () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const forget = (now: number) => {
    const emptied = Number(emptyOld.run(now, now + correctionMs).changes)
    deleteOld.run(now - traceMs)
    if (emptied > 0) purge()
  }

  return {
    async keep({ id, tokenHash, sha256, keptAt, until, sealed }) {
      const { changes } = insert.run(id, tokenHash, sha256, keptAt, until, handOverDownloads, sealed)
      return { isNew: Number(changes) === 1, kept: select.get(id) as { sha256: string; until: number } }
    },
    async take(id, tokenHash, now) {
      forget(now)
      const row = selectToken.get(id, tokenHash) as Row | undefined
      if (!row) return { state: 'absent' }
      if (!row.sealed) return { state: row.left === 0 ? 'taken' : 'expired' }
      count.run(id)
      if (row.left === 1) purge()
      return { state: 'sealed', sealed: row.sealed, left: row.left - 1 }
    },
    forget: async (now) => forget(now),
    async end(id) {
      if (Number(empty.run(id).changes) > 0) purge()
    },
    waiting: async () => selectWaiting.all() as { id: string; until: number }[],
    close: async () => database.close(),
  }
}
