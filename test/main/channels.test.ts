import { spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { makeOfficeKey } from '../../centre/office.ts'
import { makeSigningKey } from '../../centre/signing-key.ts'
import { deviceKinds, type DeviceKind } from '../../hardware/device.ts'
import { deviceCommand, hostMessage } from '../../hardware/wire-check.ts'
import type { DeviceCommand, HostMessage } from '../../hardware/wire.ts'
import { demoConfiguration } from '../../main/commands/demo/configuration.ts'
import { readShellMessage } from '../../main/shell-message.ts'
import { readJournal } from '../e2e/support/journal-copy.ts'
import { myNumber } from '../support/card-facts.ts'

const cursor = { serial: '4711', counter: 9, results: [1, 0, 1, 0, 1, 0, 1, 0, 1, 0], ordinal: 40 }
const coin = { counter: 10, ordinal: 41, position: 4, path: 0, id: 'JP500A', value: 500, currency: 'JPY' }
const identity = { manufacturer: 'm', product: 'p', serial: 's', software: '1' }

const note = { position: 1, id: 'JP1000A', value: 1000, currency: 'JPY' }
const noteCursor = { serial: 'v', ordinal: 3, held: { ...note, phase: 'stacking' }, last: null, buffer: null } as const
const hopper = { serial: 'h', address: 3, coin: 'JP100A', counter: 4, total: 50, level: 'middle', ready: true } as const

/** One of everything that devices say and are told. */
const said: readonly HostMessage[] = [
  { kind: 'health', device: 'printer', health: { state: 'limited', identity, faults: ['printer-paper-low'] } },
  { kind: 'event', device: 'coin-acceptor', event: { kind: 'identified', serial: '4711', table: [{ position: 1, id: 'JP010A' }] } },
  { kind: 'event', device: 'coin-acceptor', event: { kind: 'moved', from: cursor, to: { ...cursor, counter: 10, ordinal: 41 }, coins: [coin], lost: 0, unknown: 0, alarm: null } },
  { kind: 'event', device: 'coin-acceptor', event: { kind: 'counted', serial: '4711', ordinal: 41, counts: { JP010A: 3, JP500A: 0 } } },
  { kind: 'event', device: 'coin-acceptor', event: { kind: 'notice', code: 14, name: 'coin jam', group: 'jam' } },
  { kind: 'event', device: 'hopper', event: { kind: 'hoppers', fresh: true, hoppers: [hopper] } },
  { kind: 'event', device: 'hopper', event: { kind: 'settled', id: 'p', serial: 'h', paid: 2, unpaid: 0, alarm: null } },
  { kind: 'event', device: 'bill-validator', event: { kind: 'identified', serial: 'v' } },
  { kind: 'event', device: 'bill-validator', event: { kind: 'table', serial: 'v', notes: [{ position: 1, id: 'JP1000A' }] } },
  {
    kind: 'event',
    device: 'bill-validator',
    event: { kind: 'moved', from: noteCursor, to: { ...noteCursor, held: null, last: 'stacked' }, ended: [{ ...note, ordinal: 3, counter: 1, outcome: 'stacked', afterPowerUp: false }], lost: 0, uncounted: 0, alarm: null },
  },
  { kind: 'event', device: 'bill-validator', event: { kind: 'notice', code: 73, name: 'note jam', group: 'jam' } },
  { kind: 'event', device: 'cabinet', event: { kind: 'switch', role: 'door', name: 'front', active: true, first: false } },
  { kind: 'event', device: 'cabinet', event: { kind: 'lamp', on: true } },
  { kind: 'event', device: 'card-reader', event: { kind: 'card', state: 'present', card: 1 } },
  { kind: 'event', device: 'card-reader', event: { kind: 'checked', card: 1, facts: myNumber(), pad: { signIn: false, changePin: false } } },
  { kind: 'event', device: 'card-reader', event: { kind: 'pin-changed', card: 1, pin: 'signature' } },
  { kind: 'event', device: 'card-reader', event: { kind: 'signed-in', card: 1, certificateBase64: 'AA==', signatureBase64: 'AA==' } },
  { kind: 'event', device: 'card-reader', event: { kind: 'failed', card: 1, act: 'check', reason: 'mute', tries: 2 } },
  { kind: 'event', device: 'sheet-printer', event: { kind: 'printed', job: 'a' } },
  { kind: 'event', device: 'still-camera', event: { kind: 'still', job: 'a', jpegBase64: 'AA==' } },
  { kind: 'event', device: 'still-camera', event: { kind: 'no-still', job: 'a', reason: 'late' } },
  { kind: 'event', device: 'qr-scanner', event: { kind: 'code', bytesHex: '3031' } },
  { kind: 'event', device: 'qr-scanner', event: { kind: 'garbage' } },
  { kind: 'event', device: 'printer', event: { kind: 'not-printed', job: 'a' } },
]
const told: readonly DeviceCommand[] = [
  { device: 'coin-acceptor', command: { kind: 'configure', cursor, coins: [{ id: 'JP500A', value: 500, currency: 'JPY' }] } },
  { device: 'coin-acceptor', command: { kind: 'accept', ids: ['JP500A'] } },
  { device: 'coin-acceptor', command: { kind: 'recorded', cursor } },
  { device: 'hopper', command: { kind: 'pay', intent: { id: 'p', serial: 'h', coins: 2, counterBefore: 3, totalBefore: 48 } } },
  { device: 'bill-validator', command: { kind: 'configure', cursor: noteCursor, notes: [{ id: 'JP1000A', value: 1000, currency: 'JPY' }] } },
  { device: 'bill-validator', command: { kind: 'accept', ids: ['JP1000A'] } },
  { device: 'bill-validator', command: { kind: 'recorded', cursor: noteCursor } },
  { device: 'bill-validator', command: { kind: 'stack', ordinal: 3 } },
  { device: 'cabinet', command: { kind: 'lamp', on: true } },
  { device: 'card-reader', command: { kind: 'check', card: 1 } },
  { device: 'card-reader', command: { kind: 'change-pin', card: 1, pin: 'signature', old: 'OLD123', new: 'NEW123', lastTry: false } },
  { device: 'card-reader', command: { kind: 'sign-in', card: 1, challengeHex: 'ab'.repeat(32), pin: '1234', lastTry: false } },
  { device: 'sheet-printer', command: { kind: 'print', job: 'a', pdfBase64: 'AA==', media: 'a6', copies: 1 } },
  { device: 'still-camera', command: { kind: 'capture', job: 'a' } },
  { device: 'qr-scanner', command: { kind: 'listen' } },
  { device: 'printer', command: { kind: 'print', job: 'a', rasterBase64: 'AA==', widthDots: 8, heightDots: 1 } },
]

/** All places in a value: `[['a'], ['a', 'b']]`. */
function placesIn(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).flatMap((key) => [[...at, key], ...placesIn(Reflect.get(value, key), [...at, key])])
}
/** `message` with something of another type at one of its places, or without that place. */
const damaged = (messages: readonly object[]) =>
  fc.constantFrom(...messages).chain((message) =>
    fc.tuple(fc.constantFrom(...placesIn(message)), fc.constantFrom(undefined, true, {}, [[]], 1e300, -1, 0.5, '\u0000'.repeat(9_000))).map(([place, wrong]) => {
      const copy = structuredClone(message)
      const parent = place.slice(0, -1).reduce<object>((inner, key) => Reflect.get(inner, key) as object, copy)
      if (wrong === undefined) Reflect.deleteProperty(parent, place.at(-1) ?? '')
      else Reflect.set(parent, place.at(-1) ?? '', wrong)
      return copy
    }),
  )
const junk = (messages: readonly object[]) => fc.oneof(fc.jsonValue({ maxDepth: 4 }), damaged(messages))

describe('what crosses the channels', () => {
  it('is read field by field: everything that is really said passes', () => {
    const speaks = (kind: DeviceKind) => kind !== 'camera'
    for (const messages of [said, told]) expect(new Set(messages.map(({ device }) => device))).toEqual(new Set(deviceKinds.filter(speaks)))
    for (const message of said) expect(readShellMessage({ kind: 'device', message })).toEqual({ kind: 'device', message })
    for (const command of told) expect(deviceCommand.safeParse(command).data).toEqual(command)
    for (const kind of ['page-lost', 'devices-lost', 'keys-typed', 'stop']) expect(readShellMessage({ kind })).toEqual({ kind })
    for (const held of [true, false]) expect(readShellMessage({ kind: 'screen-fault', held })).toEqual({ kind: 'screen-fault', held })
    for (const held of [1, null, undefined]) expect(readShellMessage({ kind: 'screen-fault', held })).toBeNull()
    for (const pdfBase64 of ['AA==', null]) expect(readShellMessage({ kind: 'sheet-drawn', id: 1, pdfBase64 })).not.toBeNull()
    for (const pdfBase64 of ['A', 1, undefined]) expect(readShellMessage({ kind: 'sheet-drawn', id: 1, pdfBase64 })).toBeNull()
    const request = { kind: 'request', id: 1, role: 'resident', name: 'begin', input: { anything: [1] } }
    expect(readShellMessage(request)).toEqual(request)
  })

  it('passes in no other shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect([hostMessage.safeParse(value).success, deviceCommand.safeParse(value).success]).toEqual([false, false])
      }),
    )
    // A table of no coins and a field that may be null are still right; what is left of a coin is not.
    const money = said.filter((message) => message.kind === 'event' && message.event.kind === 'moved')
    const counted = (message: unknown): readonly string[] => {
      const read = hostMessage.safeParse(message).data
      if (read?.kind !== 'event' || read.event.kind !== 'moved') return []
      const pieces = read.device === 'coin-acceptor' ? read.event.coins : read.event.ended
      return pieces.map(({ id, value, currency, ordinal }) => `${ordinal}: ${id}, ${value} ${currency}`)
    }
    const really = money.flatMap(counted)
    expect(really).toHaveLength(2)
    fc.assert(
      fc.property(damaged(money), (message) => {
        for (const piece of counted(message)) expect(really).toContain(piece)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a child process that is told nonsense', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-channels-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))
  const config = join(folder, 'booth.json')
  beforeAll(async () => {
    copyFileSync(path('main/commands/demo/pack.json'), join(folder, 'pack.json'))
    const { publicKey: office } = await makeOfficeKey('DEMO-office')
    const places = { coinAcceptor: '/x', qrScanner: '/x', printer: '/x', centre: join(folder, 'centre.sock'), office, receiptKey: makeSigningKey('DEMO-centre').publicKey }
    writeFileSync(config, JSON.stringify({ ...demoConfiguration(places), devices: { camera: {} } }))
  })

  /** Loaded before a process of ours: told to, it meets an error that nobody expects, with something personal in its message. */
  const bug = join(folder, 'bug.mjs')
  writeFileSync(bug, `process.on('message', (message) => { if (message.bug) throw new RangeError('12345678901234567890123 of 1980-04-01') })`)

  function start(entry: string, args: readonly string[]): { readonly child: ChildProcess; readonly heard: unknown[]; readonly said: () => string } {
    const child = spawn(process.execPath, ['--import', bug, path(entry), ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'json' })
    const heard: unknown[] = []
    let said = ''
    child.on('message', (message) => heard.push(message))
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
    onTestFinished(() => void child.kill('SIGKILL'))
    return { child, heard, said: () => said }
  }
  const kinds = (heard: readonly unknown[]) => heard.map((message) => Reflect.get(message as object, 'kind') as string)

  it('the booth: answers the next question, though its log is gone, and no yen has moved', async () => {
    const data = join(folder, 'data')
    const { child, heard } = start('main/booth-entry.ts', ['--config', config, '--data', data])
    await expect.poll(() => kinds(heard)).toContain('view')
    // Nobody reads its log any more, and each piece of nonsense is worth a line.
    child.stderr?.destroy()
    const messages = fc.sample(junk([...said.map((message) => ({ kind: 'device', message })), { kind: 'request', id: 1, role: 'resident', name: 'begin', input: {} }]), { seed: 1, numRuns: 1_500 })
    for (const message of messages) child.send(message ?? {})
    child.send({ kind: 'request', id: 77, role: 'resident', name: 'catalogue', input: { language: 'en' } })
    await expect.poll(() => heard.some((message) => Reflect.get(message as object, 'id') === 77)).toBe(true)
    expect(readJournal(data).money).toEqual({ inserted: 0, credit: 0, paying: 0, returned: 0, parked: 0, earned: 0, owed: 0 })
    child.send({ kind: 'stop' })
    expect(await new Promise((done) => child.once('exit', done))).toBe(0)
  })

  it('the device process: goes on saying that it lives', async () => {
    const { child, heard } = start('hardware/host-entry.ts', ['--config', config])
    await expect.poll(() => kinds(heard)).toContain('alive')
    for (const message of fc.sample(junk(told), { seed: 1, numRuns: 1_500 })) child.send(message ?? {})
    child.send({ device: 'printer', command: { kind: 'print', job: 'last', rasterBase64: 'AA==', widthDots: 8, heightDots: 1 } })
    await expect.poll(() => heard).toContainEqual({ kind: 'event', device: 'printer', event: { kind: 'not-printed', job: 'last' } })
    child.disconnect()
    expect(await new Promise((done) => child.once('exit', done))).toBe(0)
  })

  it.each([
    ['booth', 'main/booth-entry.ts', ['--data', join(folder, 'buggy')]],
    ['device', 'hardware/host-entry.ts', []],
  ] as const)('the %s process, when it meets a bug: ends, says where it was, and nothing of what the error says', async (_name, entry, args) => {
    const { child, heard, said } = start(entry, ['--config', config, ...args])
    await expect.poll(() => kinds(heard)).toContain('alive')
    child.send({ bug: true })
    expect(await new Promise((done) => child.once('close', done))).toBe(70)
    expect(said()).toMatch(/"event":"process-failed".*"stack":\["at /)
    expect(said()).not.toMatch(/1234567890|1980|RangeError/)
  })
})
