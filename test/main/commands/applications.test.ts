import { spawnSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeSigningKey } from '../../../centre/signing-key.ts'
import { demoConfiguration } from '../../../main/commands/demo/configuration.ts'
import { verifyClaim } from '../../../main/vault/claim-signature.ts'
import { answered, coins, confirmed, ended, opened, type Place, place, queued, visitId } from '../journal/journal-fixture.ts'

const path = (relative: string) => fileURLToPath(new URL(`../../../main/commands/${relative}`, import.meta.url))
const office = { id: 'DEMO-office', jwk: { kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y' } }
const visit = visitId(1)
const number = '2026-1234-5678-9012'

let here: Place
beforeEach(() => {
  here = place()
  const at = (name: string) => join(here.dir, name)
  const places = { coinAcceptor: at('coins'), qrScanner: at('codes'), printer: at('paper'), centre: at('centre.sock'), office }
  writeFileSync(at('booth.json'), JSON.stringify(demoConfiguration({ ...places, receiptKey: makeSigningKey().publicKey })))
  copyFileSync(path('demo/pack.json'), at('pack.json'))
  const journal = here.journal()
  journal.append([opened(visit), ...coins(visit, 1, 500, 100, 100, 100)])
  journal.append([confirmed(visit)])
  journal.append([queued(visit), ended(visit, 'not-confirmed')])
  journal.append([answered(visit, 'parked')])
  journal.close()
})
afterEach(() => here.remove())

function applications(...words: readonly string[]) {
  const args = [path('applications.ts'), '--config', join(here.dir, 'booth.json'), '--data', here.dir, ...words]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
  return { status, stderr, lines: stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>) }
}

test('F64 a parked application is shown to staff and can be given up: then its price is owed by a signed claim, once', () => {
  expect(applications()).toMatchObject({ status: 0, lines: [{ number, key: `${visit}-1`, status: 'parked', price: 800, currency: 'JPY' }] })
  expect(applications('--refund', number)).toMatchObject({ status: 0, lines: [{ number, owed: 800, currency: 'JPY' }] })
  const journal = here.journal()
  expect(journal.money(visit)).toMatchObject({ inserted: 800, parked: 0, owed: 800, earned: 0, credit: 0 })
  const [claim] = journal.claims(visit)
  expect(claim).toMatchObject({ number, amount: 800, reason: 'refused' })
  expect([journal.parked(), [...journal.sealedFiles()]]).toEqual([[], []])
  journal.close()
  expect(applications('--refund', number)).toMatchObject({ status: 2, stderr: `no application with the number ${number} is parked\n` })
  expect(verifyClaim(here.keys.publicKeyPem, claim as NonNullable<typeof claim>, 'A'.repeat(86))).toBe(false)
})

test('while the booth runs its outbox is left alone', () => {
  const journal = here.journal()
  expect(applications('--refund', number)).toMatchObject({ status: 2, stderr: 'the booth is running; stop it first\n' })
  expect(journal.parked()).toHaveLength(1)
  journal.close()
})
