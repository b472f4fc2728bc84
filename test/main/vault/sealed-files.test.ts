import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deleteSealed, readSealed, sweepSealed, writeSealed } from '../../../main/vault/sealed-files.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-sealed-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const first = `${'a'.repeat(32)}-1`
const second = `${'a'.repeat(32)}-2`
const bytes = new TextEncoder().encode('sealed bytes')

test('a sealed file comes back byte for byte, only for its owner, with its fingerprint', async () => {
  const folder = join(dir, 'sealed')
  const written = await writeSealed(folder, first, bytes)
  expect(written).toEqual({ file: `${first}.jwe`, sha256: createHash('sha256').update(bytes).digest('hex') })
  expect(await readSealed(folder, written.file, written.sha256)).toEqual({ ok: true, bytes: Buffer.from(bytes) })
  expect(statSync(join(folder, written.file)).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual([written.file])
})

test('a sealed file that is gone or was changed is noticed before it is sent', async () => {
  const { file, sha256 } = await writeSealed(dir, first, bytes)
  writeFileSync(join(dir, file), 'sealed bytez')
  expect(await readSealed(dir, file, sha256)).toEqual({ ok: false, reason: 'altered' })
  await deleteSealed(dir, file)
  expect(await readSealed(dir, file, sha256)).toEqual({ ok: false, reason: 'missing' })
})

test('I4 nothing is left of a file that could not be put in its place', async () => {
  mkdirSync(join(dir, `${first}.jwe`))
  await expect(writeSealed(dir, first, bytes)).rejects.toThrow()
  expect(readdirSync(dir)).toEqual([`${first}.jwe`])
})

test('deleting twice, or where there is nothing, is no error', async () => {
  const { file } = await writeSealed(dir, first, bytes)
  await deleteSealed(dir, file)
  await deleteSealed(dir, file)
  await deleteSealed(join(dir, 'nowhere'), file)
  expect(existsSync(join(dir, file))).toBe(false)
})

test('a name that leads out of the folder stays in it', async () => {
  await expect(writeSealed(dir, '../../evil', bytes)).rejects.toThrow()
  const outside = join(dir, 'outside.txt')
  writeFileSync(outside, 'mine')
  await deleteSealed(join(dir, 'sealed'), '../outside.txt')
  expect(readFileSync(outside, 'utf8')).toBe('mine')
})

test('at start whatever no application names is deleted, half-written files too, and missing ones are named', async () => {
  const kept = await writeSealed(dir, first, bytes)
  await writeSealed(dir, second, bytes)
  writeFileSync(join(dir, `${second}.jwe.tmp`), 'half')
  const gone = `${'b'.repeat(32)}-1.jwe`
  const swept = sweepSealed(dir, new Set([kept.file, gone]))
  expect([...swept.deleted].sort()).toEqual([`${second}.jwe`, `${second}.jwe.tmp`])
  expect(swept.missing).toEqual([gone])
  expect(readdirSync(dir)).toEqual([kept.file])
})
