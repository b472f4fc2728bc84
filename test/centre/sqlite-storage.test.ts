import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sqliteStorage } from '../../centre/sqlite-storage.ts'
import { storageContract } from './storage-contract.ts'

storageContract('SQLite', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-centre-'))
  return { open: async () => sqliteStorage(join(dir, 'centre.db')), remove: async () => rmSync(dir, { recursive: true }) }
})

test('the file is its owner’s alone', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-centre-'))
  const storage = sqliteStorage(join(dir, 'data', 'centre.db'))
  expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700)
  expect(statSync(join(dir, 'data', 'centre.db')).mode & 0o777).toBe(0o600)
  await storage.close()
  rmSync(dir, { recursive: true })
})
