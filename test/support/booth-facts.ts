import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { makeSigningKey } from '../../centre/signing-key.ts'
import { demoConfiguration, type ConfigurationFile } from '../../main/commands/demo/configuration.ts'
import { configuration as configurationSchema, type Configuration } from '../../main/config/configuration.ts'
import type { SendResult } from '../../main/contract/submission.ts'
import { moveOf } from '../../main/journal/moves.ts'
import { moveMoney, noMoney, type VisitMoney } from '../../main/money/ledger.ts'
import type { JournalRecord } from '../../main/session/records.ts'
import { verifyClaim } from '../../main/vault/claim-signature.ts'

/** 2026-11-21 10:00 in Japan. */
export const morning = Date.UTC(2026, 10, 21, 1)
/** An application form ID; the last four digits may be shown. */
export const formId = '12345678901234567890123'
/** What the code on such a form may say. */
export const formCode = `https://net.kojinbango-card.go.jp/SS_SERVICE_OUT/FA01S001Action.do?id=${formId}`
export const service = 'jp-mynumber-application'
/** What the centre says when it has the application. */
export const received: SendResult = { status: 'received', receivedAt: '2026-11-21T10:05:00+09:00' }

const pair = generateKeyPairSync('ed25519')
const publicKeyPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
/** The key of the booth under test, for a journal beside it. */
export const boothKeys = {
  boothKeyId: 'booth-DEMO-session',
  publicKeyPem,
  sign: (bytes: Uint8Array) => sign(null, bytes, pair.privateKey).toString('base64url'),
  verify: (bytes: Uint8Array, signature: string) => verify(null, bytes, pair.publicKey, Buffer.from(signature, 'base64url')),
}

const receiptKey = makeSigningKey().publicKey

/** The demonstration's configuration as the booth reads it, with the application as its only service, or what a test wants otherwise. */
export function configured(change: (file: ConfigurationFile) => ConfigurationFile = (file) => file): Configuration {
  const office = { id: 'office-DEMO-1', jwk: { kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y' } }
  const demo = demoConfiguration({ coinAcceptor: '/dev/coins', qrScanner: '/dev/codes', printer: '/dev/paper', centre: '/run/centre', office, receiptKey })
  return configurationSchema.parse(change({ ...demo, services: { [service]: { price: 800 } } }))
}

/** Does in the ledger what a record says, as the journal does; throws at one that it cannot follow, which is a bug of the session. */
export function count(money: Map<string, VisitMoney>, record: JournalRecord): void {
  if (record.kind === 'visit-opened') money.set(record.visit, noMoney)
  if (record.kind === 'claim-issued' && !verifyClaim(publicKeyPem, record.body.claim, record.body.signature))
    throw new Error('a claim without its signature')
  const move = moveOf(record)
  if (!move || record.visit === null) return
  const known = money.get(record.visit)
  if (!known) throw new Error(`${record.kind} of a visit that was never opened`)
  const moved = moveMoney(known, move)
  if (!moved.ok) throw new Error(`the ledger does not take ${record.kind}: ${moved.fault}`)
  money.set(record.visit, moved.money)
}
