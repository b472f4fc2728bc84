import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cardLine, type CardLine } from '../../../hardware/card-reader/card-line.ts'
import { makeCardSimulator } from '../../../hardware/card-reader/simulator.ts'
import { realClock, virtualClock } from '../../../hardware/clock.ts'
import { makeQrScannerSimulator } from '../../../hardware/qr-scanner/simulator.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { createDeviceHost } from '../../../hardware/host.ts'
import { openRealCards } from '../../../hardware/transports/cards.ts'
import { openSocket } from '../../../hardware/transports/socket.ts'
import { hostMessage } from '../../../hardware/wire-check.ts'
import type { DeviceCommand, HostMessage } from '../../../hardware/wire.ts'
import { makeCable } from '../cable.ts'
import { certificate, myNumberCard, scriptedReader } from './scripted.ts'
import { until } from '../../support/until.ts'

function stand() {
  const clock = virtualClock(Date.UTC(2026, 10, 22))
  const cable = makeCable()
  makeQrScannerSimulator(cable.far, clock)
  const messages: HostMessage[] = []
  let opens: () => CardLine | FaultCode = () => 'card-service-lost'
  const host = createDeviceHost(
    { 'qr-scanner': { path: '/dev/null', baudRate: 9600, suffixHex: '0d', listenHex: '', restHex: '' }, 'card-reader': { reader: 'Scripted' } },
    { clock, open: () => cable.open, openCards: () => Promise.resolve(opens()) },
  )
  host.onMessage((message) => void messages.push(message))
  const health = (device: string) => messages.findLast((message) => message.kind === 'health' && message.device === device)
  const cards = () => messages.flatMap((message) => (message.kind === 'event' && message.device === 'card-reader' ? [message.event] : []))
  return { clock, host, messages, health, cards, open: (next: typeof opens) => void (opens = next) }
}
const check = (card: number): DeviceCommand => ({ device: 'card-reader', command: { kind: 'check', card } })

describe('the card reader among the devices', () => {
  it('F47 is lost and found again within a second or two of its service, and no other device hears of it', async () => {
    const { clock, host, messages, health, cards, open } = stand()
    await clock.advance(100)
    expect(health('card-reader')).toMatchObject({ health: { state: 'lost', faults: ['card-service-lost'] } })
    expect(health('qr-scanner')).toMatchObject({ health: { state: 'ready', faults: [] } })
    const reader = scriptedReader()
    reader.insert(myNumberCard().answer)
    await clock.advance(60_000)
    open(() => cardLine(reader))
    await clock.advance(1_100)
    expect(health('card-reader')).toMatchObject({ health: { state: 'ready', faults: [] } })
    expect(cards().at(-1)).toEqual({ kind: 'card', state: 'present', card: 1 })
    const others = messages.filter((message) => message.device === 'qr-scanner').length
    open(() => 'card-reader-lost')
    await reader.close()
    await clock.advance(1)
    expect(health('card-reader')).toMatchObject({ health: { state: 'lost', faults: ['card-reader-lost'] } })
    expect(messages.filter((message) => message.device === 'qr-scanner')).toHaveLength(others)
    await host.stop()
  })

  it('every act is answered once, whatever becomes of the reader', async () => {
    const { clock, host, cards, open } = stand()
    await clock.advance(100)
    host.send(check(1))
    expect(cards().at(-1)).toEqual({ kind: 'failed', card: 1, act: 'check', reason: 'closed', tries: null })
    const reader = scriptedReader()
    reader.insert(() => 'closed')
    open(() => cardLine(reader))
    await clock.advance(1_100)
    const before = cards().length
    host.send(check(1))
    host.send(check(1))
    await reader.close()
    await clock.advance(10)
    expect(cards().slice(before).filter(({ kind }) => kind === 'failed')).toHaveLength(2)
    await host.stop()
  })

  it('all that it says passes the door of the booth, and a driver that throws costs the reader alone', async () => {
    const { clock, host, messages, health, cards, open } = stand()
    const reader = scriptedReader()
    open(() => cardLine(reader))
    await clock.advance(1_100)
    for (const options of [{}, { certificate: certificate('expired') }, { certificate: Uint8Array.of(1) }, { presence: '000000', expiry: '00000000' }]) {
      reader.remove()
      reader.insert(myNumberCard(options).answer)
      await clock.advance(10)
      const { card } = cards().at(-1) ?? { card: 0 }
      host.send(check(card))
      host.send({ device: 'card-reader', command: { kind: 'sign-in', card, challengeHex: '00'.repeat(16), pin: '1234', lastTry: false } })
      host.send({ device: 'card-reader', command: { kind: 'change-pin', card, pin: 'signature', old: 'ABC123', new: 'DEF456', lastTry: false } })
      await clock.advance(10)
    }
    expect(new Set(cards().map(({ kind }) => kind))).toEqual(new Set(['card', 'checked', 'signed-in', 'pin-changed', 'failed']))
    expect(messages.filter((message) => !hostMessage.safeParse(JSON.parse(JSON.stringify(message))).success)).toEqual([])
    reader.show(null as never)
    await clock.advance(10)
    expect(health('card-reader')).toMatchObject({ health: { state: 'lost' } })
    expect(health('qr-scanner')).toMatchObject({ health: { state: 'ready' } })
    await host.stop()
  })
})

it('a booth in earnest reads no card where the driver for virtual cards is installed', async () => {
  const driver = fileURLToPath(import.meta.url)
  expect(await openRealCards({ reader: 'Reader' }, realClock(), driver)).toBe('card-reader-virtual')
})

it('the device process of a demonstration takes virtual cards at its socket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-cards-'))
  const socket = join(folder, 'cards.sock')
  const config = join(folder, 'booth.json')
  writeFileSync(config, JSON.stringify({ mode: 'demo', devices: { 'card-reader': { reader: 'Virtual reader', vpcd: socket } } }))
  const entry = fileURLToPath(new URL('../../../hardware/host-entry.ts', import.meta.url))
  const child = spawn(process.execPath, [entry, '--config', config], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const messages: HostMessage[] = []
  child.on('message', (message) => void messages.push(message as HostMessage))
  const card = makeCardSimulator(() => openSocket(socket), realClock())
  try {
    await until(() => expect(messages).toContainEqual(expect.objectContaining({ device: 'card-reader', health: expect.objectContaining({ state: 'ready' }) as unknown })))
    expect(await card.hand('insert')).toMatch(/^inserted/)
    await until(() => expect(messages).toContainEqual({ kind: 'event', device: 'card-reader', event: { kind: 'card', state: 'present', card: 1 } }))
    child.send(check(1))
    await until(() => expect(messages.at(-1)).toMatchObject({ event: { kind: 'checked', facts: { kind: 'my-number', token: 'card' } } }))
    const ended = new Promise<number | null>((done) => void child.once('exit', done))
    child.disconnect()
    expect(await ended).toBe(0)
  } finally {
    child.kill('SIGKILL')
    await card.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
