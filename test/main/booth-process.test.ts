import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeSigningKey } from '../../centre/signing-key.ts'
import { demoConfiguration } from '../../main/commands/demo/configuration.ts'
import { rulebookContent, signRulebook } from '../../main/commands/sign-rulebook.ts'
import { manifestOf } from '../../main/commands/make-pack.ts'
import { demoVendor, publicHalf, signAs } from '../../main/commands/vendor-keys.ts'
import { installPack } from '../../main/config/install-pack.ts'
import { judgePack } from '../../main/config/judge-pack.ts'
import { packType } from '../../main/config/signed-pack.ts'
import { boothWithPacks, edition, pricedPack, texts } from '../support/signed-packs.ts'

const path = (relative: string) => fileURLToPath(new URL(`../../main/${relative}`, import.meta.url))
const office = { id: 'DEMO-office', jwk: { kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y' } }
const receiptKey = makeSigningKey().publicKey

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-process-'))
  copyFileSync(path('commands/demo/pack.json'), join(dir, 'pack.json'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** Starts the booth's own process with a configuration, as the shell does; it must not stay. */
function start(configuration: object) {
  const config = join(dir, 'booth.json')
  writeFileSync(config, JSON.stringify(configuration))
  return spawnSync(process.execPath, [path('booth-entry.ts'), '--config', config, '--data', join(dir, 'data')], { encoding: 'utf8', timeout: 60_000 })
}

test('a demo booth whose coin port is no pseudo-terminal refuses to start: the reference centre never meets real money', () => {
  const places = { coinAcceptor: '/dev/null', qrScanner: '/dev/null', printer: '/dev/null', centre: join(dir, 'centre.sock'), office, receiptKey }
  const { status, stderr } = start(demoConfiguration(places))
  expect(status).toBe(78)
  expect(stderr).toContain('devices.coin-acceptor.path: /dev/null is not a pseudo-terminal')
})

/** Starts the booth's own process on the file as it is, lets it run until it has said `until`, and ends it; all that it logged. */
async function runUntil(until: string, ...more: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const child = spawn(process.execPath, [path('booth-entry.ts'), '--config', join(dir, 'booth.json'), '--data', join(dir, 'data'), ...more], { stdio: ['ignore', 'ignore', 'pipe'] })
  const lines: Record<string, unknown>[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(JSON.parse(line) as Record<string, unknown>)
    if (lines.some(({ event }) => event === until)) child.kill('SIGTERM')
  }
  return lines
}

/** What the journal says was refused, with its place. */
function refusedInJournal(): readonly string[] {
  const journal = new DatabaseSync(join(dir, 'data/journal.db'), { readOnly: true })
  const bodies = journal.prepare(`SELECT body FROM journal WHERE kind = 'offer-refused' ORDER BY seq`).all().map(({ body }) => JSON.parse(String(body)) as Record<string, string>)
  journal.close()
  return bodies.map(({ what, file, path, reason }) => `${what} ${file}: ${path} ${reason}`)
}

test('F20 C01 a booth whose configuration is empty, cut or wrong after a power cut runs on its last good copy, and the fault and the log say so', async () => {
  const places = { coinAcceptor: '/dev/null', qrScanner: '/dev/null', printer: '/dev/null', centre: join(dir, 'centre.sock'), office, receiptKey }
  const file = join(dir, 'booth.json')
  const whole = JSON.stringify({ ...demoConfiguration(places), devices: {} })
  writeFileSync(file, whole)
  expect((await runUntil('booth-started')).map(({ event }) => event)).toEqual(expect.arrayContaining(['booth-started', 'booth-stopped']))
  for (const content of ['', '{', whole.slice(0, whole.length / 2), whole.replace('"maximumCredit":2000', '"maximumCredit":-1')]) {
    writeFileSync(file, content)
    const lines = await runUntil('booth-started')
    expect(lines).toContainEqual(expect.objectContaining({ event: 'configuration-refused', file, path: content.length === whole.length - 2 ? 'cash.maximumCredit' : '' }))
    expect(lines).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'configuration-last-good' }))
    expect(lines).toContainEqual(expect.objectContaining({ event: 'booth-started', mode: 'demo' }))
  }
  expect(new Set(refusedInJournal().map((line) => line.slice(0, line.indexOf(': '))))).toEqual(new Set([`configuration ${file}`]))
  expect(refusedInJournal()).toContainEqual(expect.stringContaining(': cash.maximumCredit '))
  writeFileSync(file, whole)
  expect(await runUntil('booth-started')).not.toContainEqual(expect.objectContaining({ fault: 'configuration-last-good', event: 'fault-raised' }))
})

test('a configuration that is wrong ends the process with every exact path and reason', () => {
  const places = { coinAcceptor: '/dev/null', qrScanner: '/dev/null', printer: '/dev/null', centre: join(dir, 'centre.sock'), office, receiptKey }
  const demo = demoConfiguration(places)
  const { status, stderr } = start({ ...demo, cash: { ...demo.cash, maximumCredit: 100 }, colour: 'red' })
  expect(status).toBe(78)
  expect(stderr).toContain('colour')
  expect(stderr).toContain(join(dir, 'booth.json'))
})

/** A booth that takes the demonstration vendor's rulebooks. */
function boothWithRulebook(): void {
  const places = { coinAcceptor: '/dev/null', qrScanner: '/dev/null', printer: '/dev/null', centre: join(dir, 'centre.sock'), office, receiptKey, vendorKey: publicHalf(demoVendor) }
  writeFileSync(join(dir, 'booth.json'), JSON.stringify({ ...demoConfiguration(places), devices: {} }))
}

test('a booth whose rulebook is not signed runs on the last good one: log, fault and journal say so, and the next start with a good one ends it', async () => {
  boothWithRulebook()
  const file = join(dir, 'rulebook.json')
  const good = await signRulebook(rulebookContent({ version: 4 }), [demoVendor])
  writeFileSync(file, good)
  expect(await runUntil('booth-started')).toContainEqual(expect.objectContaining({ event: 'rulebook', version: 4, from: 'file' }))
  writeFileSync(file, JSON.stringify(rulebookContent({ version: 5 })))
  const refused = await runUntil('booth-started')
  expect(refused).toContainEqual(expect.objectContaining({ event: 'rulebook-refused', file, refusal: 'unsigned' }))
  expect(refused).toContainEqual(expect.objectContaining({ event: 'rulebook', version: 4, from: 'last-good' }))
  expect(refused).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'rulebook-refused' }))
  const journal = new DatabaseSync(join(dir, 'data/journal.db'), { readOnly: true })
  const bodies = journal.prepare(`SELECT body FROM journal WHERE kind = 'fault-raised'`).all().map(({ body }) => String(body))
  journal.close()
  expect(bodies.some((body) => body.includes('rulebook-refused'))).toBe(true)
  expect(refusedInJournal()).toEqual([expect.stringContaining(`rulebook ${file}: `)])
  writeFileSync(file, good)
  expect((await runUntil('booth-started')).filter(({ fault }) => fault === 'rulebook-refused')).toEqual([])
})

/** A booth that takes packs, and these versions installed. */
async function boothWithPacksInstalled(...versions: readonly number[]): Promise<void> {
  boothWithPacks(dir)
  for (const version of versions) {
    writeFileSync(join(dir, 'offered.zip'), await pricedPack(version, 700))
    const judged = await judgePack(join(dir, 'offered.zip'), { configuration: join(dir, 'booth.json'), data: join(dir, 'data') })
    if (judged.ok) installPack(join(dir, 'data'), judged.pack, judged.signed)
  }
}

test('C08 a booth runs on its newest signed pack and says which; where that is an older one under its number, altered, or another booth’s, it runs on the one before, and log, fault and journal say what was refused', async () => {
  await boothWithPacksInstalled(6, 7)
  expect(await runUntil('booth-started')).toContainEqual(expect.objectContaining({ event: 'pack', version: 7, issued: '2026-11-22' }))
  expect(refusedInJournal()).toEqual([])
  const packs = join(dir, 'data/packs')
  writeFileSync(join(packs, '7/pack.json'), '{')
  cpSync(join(packs, '6'), join(packs, '8'), { recursive: true })
  cpSync(join(packs, '6'), join(packs, '9'), { recursive: true })
  writeFileSync(join(packs, '9/manifest.json'), await signAs(packType, manifestOf({ ...edition, version: 9, booths: ['demo-booth-2'] }, [texts('of another')]), [demoVendor]))
  const lines = await runUntil('booth-started')
  expect(lines).toContainEqual(expect.objectContaining({ event: 'pack-refused', file: 'pack 7', path: 'pack.json', reason: 'is not what was signed' }))
  expect(lines).toContainEqual(expect.objectContaining({ event: 'pack', version: 6 }))
  expect(lines).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'pack-refused' }))
  const refused = ['pack pack 9: booths is not for demo-booth-1', 'pack pack 8: version lies where version 8 belongs', 'pack pack 7: pack.json is not what was signed']
  expect(refusedInJournal()).toEqual(refused)
  // Nor does what somebody wanted to install, and could not, go unsaid; once.
  writeFileSync(join(dir, 'older.zip'), await pricedPack(5, 700))
  const install = ['install', join(dir, 'older.zip'), '--config', join(dir, 'booth.json'), '--data', join(dir, 'data')]
  expect(spawnSync(process.execPath, [path('commands/packs.ts'), ...install], { encoding: 'utf8' }).status).toBe(1)
  await runUntil('booth-started')
  await runUntil('booth-started')
  expect(refusedInJournal()).toEqual([...refused, ...refused, 'pack older.zip: version older: is version 5, and 9 is installed', ...refused])
})

test('C08 whoever takes the newest pack away brings the one before back, and at each start log, fault and journal say which is gone', async () => {
  await boothWithPacksInstalled(6, 7)
  await runUntil('booth-started')
  expect(await runUntil('booth-started')).not.toContainEqual(expect.objectContaining({ event: 'pack-refused' }))
  rmSync(join(dir, 'data/packs/7'), { recursive: true })
  rmSync(join(dir, 'data/last-good'), { recursive: true })
  for (let start = 1; start <= 2; start += 1) {
    const lines = await runUntil('booth-started')
    expect(lines).toContainEqual(expect.objectContaining({ event: 'pack', version: 6 }))
    expect(lines).toContainEqual(expect.objectContaining({ event: 'pack-refused', file: 'pack 7', reason: 'was in force on this booth, and is gone' }))
    expect(lines).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'pack-refused' }))
    expect(refusedInJournal()).toHaveLength(start)
  }
})

test('an older signed rulebook without the copy of the newer one is used, and at each start log, fault and journal say which is gone', async () => {
  boothWithRulebook()
  const offer = async (version: number) => writeFileSync(join(dir, 'rulebook.json'), await signRulebook(rulebookContent({ version }), [demoVendor]))
  await offer(5)
  expect((await runUntil('booth-started')).filter(({ fault }) => fault === 'rulebook-refused')).toEqual([])
  await offer(4)
  rmSync(join(dir, 'data/rulebook'), { recursive: true })
  for (let start = 1; start <= 2; start += 1) {
    const lines = await runUntil('booth-started')
    expect(lines).toContainEqual(expect.objectContaining({ event: 'rulebook', version: 4, from: 'file' }))
    expect(lines).toContainEqual(expect.objectContaining({ event: 'rulebook-refused', file: 'rulebook 5', refusal: 'older' }))
    expect(lines).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'rulebook-refused' }))
    expect(refusedInJournal()).toHaveLength(start)
  }
})

test("a booth whose pages have lost their face models starts, and holds the fault that takes photos out of service", async () => {
  const places = { coinAcceptor: '/dev/null', qrScanner: '/dev/null', printer: '/dev/null', centre: join(dir, 'centre.sock'), office, receiptKey }
  writeFileSync(join(dir, 'booth.json'), JSON.stringify({ ...demoConfiguration(places), devices: {} }))
  expect(await runUntil('booth-started', '--pages', dir)).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'photo-models-altered' }))
})

test('I7 a booth that hears that no page stays on its glass has the fault in log and journal, until it hears that one has drawn', async () => {
  const places = { coinAcceptor: '/dev/null', qrScanner: '/dev/null', printer: '/dev/null', centre: join(dir, 'centre.sock'), office, receiptKey }
  writeFileSync(join(dir, 'booth.json'), JSON.stringify({ ...demoConfiguration(places), devices: {} }))
  const child = spawn(process.execPath, [path('booth-entry.ts'), '--config', join(dir, 'booth.json'), '--data', join(dir, 'data')], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const faults: string[] = []
  for await (const line of createInterface({ input: child.stderr ?? expect.fail() })) {
    const { event, fault } = JSON.parse(line) as Record<string, string>
    if (event === 'booth-started') for (const held of [true, true, false]) child.send({ kind: 'screen-fault', held })
    if (fault === 'screen-not-starting') faults.push(event ?? '')
    if (fault === 'screen-not-starting' && event === 'fault-cleared') child.kill('SIGTERM')
  }
  expect(faults).toEqual(['fault-raised', 'fault-cleared'])
  const journal = new DatabaseSync(join(dir, 'data/journal.db'), { readOnly: true })
  const rows = journal.prepare(`SELECT kind FROM journal WHERE body LIKE '%screen-not-starting%' ORDER BY seq`).all().map(({ kind }) => kind)
  journal.close()
  expect(rows).toEqual(['fault-raised', 'fault-cleared'])
})
