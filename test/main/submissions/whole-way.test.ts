import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCentre } from '../../../centre/centre.ts'
import { makeOfficeKey, type OfficeKeyPair, openSealed } from '../../../centre/office.ts'
import { makeSigningKey } from '../../../centre/signing-key.ts'
import { listen, type Listening } from '../../../centre/server.ts'
import { sqliteStorage } from '../../../centre/sqlite-storage.ts'
import type { CentreStorage } from '../../../centre/storage.ts'
import { realClock } from '../../../hardware/clock.ts'
import type { Application, SendResult } from '../../../main/contract/submission.ts'
import type { Journal } from '../../../main/journal/journal.ts'
import { centreClient } from '../../../main/submissions/centre-client.ts'
import { httpExchange } from '../../../main/submissions/http-exchange.ts'
import { createOutbox, type Outbox } from '../../../main/submissions/outbox.ts'
import { seal } from '../../../main/vault/seal.ts'
import { deleteSealed, readSealed, sweepSealed, writeSealed } from '../../../main/vault/sealed-files.ts'
import { claimIssued, coins, confirmed, ended, opened, type Place, place, queued, visitId } from '../journal/journal-fixture.ts'

const signingKey = makeSigningKey()
const visit = visitId(1)
const key = `${visit}-1`
const canary = '12345678901234567890123'

let dir: string
let here: Place
let journal: Journal
let office: OfficeKeyPair
let storage: CentreStorage
let listening: Listening
let outbox: Outbox
let results: SendResult[]

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-way-'))
  here = place()
  journal = here.journal()
  office = await makeOfficeKey('DEMO-office')
  results = []
})
afterEach(async () => {
  outbox.stop()
  await listening.close()
  await storage.close()
  journal.close()
  here.remove()
  rmSync(dir, { recursive: true })
})

const socket = () => join(dir, 'centre.sock')
const sealedDir = () => join(dir, 'sealed')

async function startCentre(hand?: string): Promise<(line: string) => Promise<string>> {
  storage = sqliteStorage(join(dir, 'centre.db'))
  const centre = createCentre({ key: signingKey, storage, clock: realClock(), operator: { name: 'Test', phone: '0' } })
  if (hand) await centre.hand(hand)
  listening = await listen(centre, socket())
  return centre.hand
}

function startOutbox(): void {
  outbox = createOutbox({
    journal,
    readSealed: (item) => readSealed(sealedDir(), item.file, item.sha256),
    client: centreClient({ exchange: httpExchange(socket()), clock: realClock(), receiptKeys: [signingKey.publicKey] }),
    clock: realClock(),
    random: () => 0,
    booth: { id: 'demo-1', demo: true },
    limits: { maximumWaiting: 200, maximumWaitingHours: 72 },
    onResult(item, result) {
      if (result.status !== 'unknown') {
        const [reason, receivedAt] = result.status === 'received' ? [null, result.receivedAt] : [result.reason, null]
        const claim = result.status === 'refused' ? [claimIssued(item.visit, item.price, 'refused')] : []
        journal.append([{ kind: 'answered', visit: item.visit, body: { key: item.key, status: result.status, reason, receivedAt } }, ...claim])
        if (result.status !== 'parked') void deleteSealed(sealedDir(), item.file)
      }
      results.push(result)
    },
    onFault: () => {},
  })
  outbox.start()
}

/** The resident paid 1000, confirmed, and the application was sealed and queued. */
async function sellOne(): Promise<void> {
  const application: Application = {
    schema: 'cardbooth.jp-mynumber-application/1',
    boothId: 'demo-1',
    key,
    applicationFormId: canary,
    birthDate: '1990-02-28',
    certificates: { signature: true, authentication: true },
    braille: false,
    cause: 'first',
    representative: 'none',
    language: 'ja',
    capturedAt: '2026-11-21T10:00:00+09:00',
    photo: { jpegBase64: Buffer.alloc(200_000, canary).toString('base64'), widthPx: 827, heightPx: 1063, dpi: 600, notPassed: [], cannotChange: null },
  }
  journal.append([opened(visit), ...coins(visit, 1, 500, 500)])
  journal.append([confirmed(visit)])
  const written = await writeSealed(sealedDir(), key, await seal(application, office.publicKey))
  const record = queued(visit)
  if (record.kind !== 'queued') throw new Error('a queued record')
  journal.append([
    { ...record, body: { ...record.body, ...written, office: office.publicKey.id } },
    claimIssued(visit, 200),
    ended(visit, 'not-confirmed'),
  ])
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((done) => setTimeout(done, 10))
}
const isFinal = () => results.some((result) => result.status !== 'unknown')

test('from the coin to the office: sealed, sent, earned, opened there and nowhere else, and the file is gone', async () => {
  await startCentre()
  startOutbox()
  await sellOne()
  outbox.submitNow(key)
  await until(isFinal)
  expect(results).toMatchObject([{ status: 'received' }])
  expect(journal.money(visit)).toMatchObject({ inserted: 1000, earned: 800, owed: 200, parked: 0, credit: 0 })
  expect(journal.waiting()).toEqual([])
  await until(() => readdirSync(sealedDir()).length === 0)

  const sealed = new TextEncoder().encode((await storage.sealed(key)) ?? '')
  expect(await openSealed(sealed, office.privateJwk)).toMatchObject({ key, applicationFormId: canary })
  for (const file of [here.file, `${here.file}-wal`, join(dir, 'centre.db'), join(dir, 'centre.db-wal')]) {
    const content = readFileSync(file, 'latin1')
    expect(content).not.toContain(canary)
    expect(content).not.toContain('1990-02-28')
    expect(content).not.toContain(Buffer.from(canary).toString('base64').slice(0, 20))
  }
})

test('F61 the centre takes it and cuts the line: after a restart of everything it is one application, earned once', async () => {
  const hand = await startCentre('answers lost')
  startOutbox()
  await sellOne()
  outbox.submitNow(key)
  await until(() => results.length > 0)
  expect(results).toMatchObject([{ status: 'unknown' }])
  expect(journal.money(visit)).toMatchObject({ parked: 800, owed: 200, earned: 0 })
  await hand('answers received')

  // The booth dies here and comes back.
  outbox.stop()
  journal.close()
  journal = here.journal()
  expect(sweepSealed(sealedDir(), journal.sealedFiles())).toEqual({ deleted: [], missing: [] })
  expect(journal.recover().visit).toBeNull()
  expect(journal.waiting()).toHaveLength(1)
  results = []
  startOutbox()
  await until(isFinal)
  expect(results).toMatchObject([{ status: 'received' }])
  expect(journal.money(visit)).toMatchObject({ parked: 0, owed: 200, earned: 800 })
  expect(await storage.list(10)).toHaveLength(1)
})

test('a refusal that comes after the resident has gone becomes money owed', async () => {
  await startCentre('answers refused closed')
  await sellOne()
  startOutbox()
  await until(isFinal)
  expect(results).toMatchObject([{ status: 'refused', reason: 'closed' }])
  expect(journal.money(visit)).toMatchObject({ parked: 0, owed: 1000, earned: 0, credit: 0 })
  expect(journal.claims(visit).map((claim) => claim.amount)).toEqual([200, 800])
})

test('F65 H01 a page instead of an answer earns nothing', async () => {
  const hand = await startCentre('answers html')
  await sellOne()
  startOutbox()
  await until(() => results.length > 1)
  expect(results.every((result) => result.status === 'unknown')).toBe(true)
  expect(journal.money(visit)).toMatchObject({ parked: 800, earned: 0 })
  await hand('answers received')
  await until(isFinal)
  expect(journal.money(visit)).toMatchObject({ parked: 0, earned: 800 })
})
