import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const connection = { timeout: 2000, defensive: true }

/** Opens a SQLite file that only its owner may read, with `schema`; `:memory:` for none. What is deleted from it is overwritten. */
export function openDatabase(file: string, schema: string): DatabaseSync {
  if (file !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600))
  }
  const database = new DatabaseSync(file, connection)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF')
  database.exec(schema)
  return database
}
