// Commits each number that it is sent, and says when it began (CLOCK_MONOTONIC, milliseconds).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-peer-'))
const database = new DatabaseSync(join(folder, 'numbers.db'))
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE numbers (number INTEGER NOT NULL) STRICT')
const insert = database.prepare('INSERT INTO numbers VALUES (?)')

process.on('message', (number) => {
  const began = Number(process.hrtime.bigint()) / 1e6
  insert.run(number)
  process.send({ began })
})
process.on('disconnect', () => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})
