import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Claim } from '../../../main/session/records.ts'
import { signClaim, verifyClaim } from '../../../main/vault/claim-signature.ts'
import { type BoothKeys, openKeys } from '../../../main/vault/keys.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-keys-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

function keysIn(folder: string, demo = true): BoothKeys {
  const opened = openKeys(folder, { demo })
  if (!opened.ok) throw new Error(opened.reason)
  return opened.keys
}

const claim: Claim = {
  number: 'C-12345-67890',
  code: '7KQM-2XRB',
  visit: '0'.repeat(32),
  amount: 200,
  currency: 'JPY',
  reason: 'change',
  issuedAt: '2026-11-21T10:00:00+09:00',
}

test('the booth key is made once and only its owner can read it', () => {
  const folder = join(dir, 'keys')
  const first = keysIn(folder)
  const second = keysIn(folder)
  expect(second.publicKeyPem).toBe(first.publicKeyPem)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
})

test('loose permissions are tightened at start', () => {
  keysIn(dir)
  chmodSync(dir, 0o755)
  chmodSync(join(dir, 'booth-DEMO.pem'), 0o644)
  keysIn(dir)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  expect(statSync(join(dir, 'booth-DEMO.pem')).mode & 0o777).toBe(0o600)
})

test('a demonstration signs with a key of its own that says DEMO', () => {
  const demo = keysIn(dir, true)
  const production = keysIn(dir, false)
  expect(demo.boothKeyId).toMatch(/^booth-DEMO-[0-9a-f]{16}$/)
  expect(production.boothKeyId).toMatch(/^booth-[0-9a-f]{16}$/)
  expect(production.publicKeyPem).not.toBe(demo.publicKeyPem)
})

test('a key file that cannot be read is named and left as it is', () => {
  const file = join(dir, 'booth-DEMO.pem')
  writeFileSync(file, 'not a key')
  expect(openKeys(dir, { demo: true })).toMatchObject({ ok: false, file })
  expect(readFileSync(file, 'utf8')).toBe('not a key')
})

test('a claim slip proves itself with the public key alone, and every field of it counts', () => {
  const keys = keysIn(dir)
  const signature = signClaim(keys, claim)
  expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/)
  expect(verifyClaim(keys.publicKeyPem, claim, signature)).toBe(true)
  const altered: readonly Claim[] = [
    { ...claim, amount: 2000 },
    { ...claim, number: 'C-12345-67891' },
    { ...claim, code: '7KQM-2XRC' },
    { ...claim, visit: '1'.repeat(32) },
    { ...claim, currency: 'TWD' },
    { ...claim, reason: 'refused' },
    { ...claim, issuedAt: '2026-11-22T10:00:00+09:00' },
  ]
  for (const other of altered) expect(verifyClaim(keys.publicKeyPem, other, signature)).toBe(false)
  expect(verifyClaim(keysIn(dir, false).publicKeyPem, claim, signature)).toBe(false)
  expect(verifyClaim(keys.publicKeyPem, claim, 'rubbish')).toBe(false)
})
