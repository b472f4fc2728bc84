import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sqliteHandOvers } from '../../centre/sqlite-hand-overs.ts'
import { arrivalOf, handOverContract } from './hand-over-contract.ts'

handOverContract('SQLite', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-hand-over-'))
  return {
    open: async () => sqliteHandOvers(join(dir, 'hand-overs.db')),
    holds: (bytes) => readdirSync(dir).some((name) => readFileSync(join(dir, name)).includes(Buffer.from(bytes))),
    remove: async () => rmSync(dir, { recursive: true }),
  }
})

test('the file is its owner’s alone, and in memory there is none', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-hand-over-'))
  const storage = sqliteHandOvers(join(dir, 'data', 'hand-overs.db'))
  expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700)
  expect(statSync(join(dir, 'data', 'hand-overs.db')).mode & 0o777).toBe(0o600)
  await storage.close()
  rmSync(dir, { recursive: true })
  const memory = sqliteHandOvers(':memory:')
  expect(await memory.keep(arrivalOf(1))).toMatchObject({ isNew: true })
  await memory.close()
})
