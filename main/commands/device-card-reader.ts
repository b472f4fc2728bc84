import { createInterface } from 'node:readline'
import type { CardReaderSettings } from '../../hardware/card-device.ts'
import { realClock, type Clock } from '../../hardware/clock.ts'
import { createDeviceHost, type TracingDeviceHost } from '../../hardware/host.ts'
import { openCards } from '../../hardware/transports/cards.ts'
import { pcscWaits } from '../../hardware/transports/pcsc.ts'
import { healthTeller, type Say } from './device-watch.ts'

const device = 'card-reader'
/** How long a reader may take to be found, and to say what lies in it. */
const foundMs = 1500
/** How long a card may take for a check: about 25 commands. */
const checkedMs = 60_000
/** Commands whose data is a PIN, which is not repeated on the screen. */
const pinCommands = ['20', '24']

interface Ports {
  readonly clock: Clock
  readonly say: Say
}

/** The host of a bench that has a card reader and nothing else. */
function cardReaderHost(settings: CardReaderSettings, clock: Clock): TracingDeviceHost {
  return createDeviceHost({ [device]: settings }, { clock, open: () => () => Promise.resolve(null), openCards: (own) => openCards(own, clock) })
}

/** Tells what lies in the reader, reads what each card says without a PIN, and tells that; `done` hears of each card whether it is one that the booth knows. */
function watchCards(host: TracingDeviceHost, say: Say, done: (known: boolean) => void = () => undefined): void {
  const tellHealth = healthTeller(say)
  host.onMessage((message) => {
    if (message.device !== device) return
    if (message.kind === 'health') {
      tellHealth(device, message.health)
      if (message.health.state === 'lost') done(false)
      return
    }
    const { event } = message
    switch (event.kind) {
      case 'card':
        say({ event: 'card', device, state: event.state, card: event.card })
        if (event.state === 'present') host.send({ device, command: { kind: 'check', card: event.card } })
        else if (event.card > 0) done(false)
        return
      case 'checked':
        say({ event: 'card', device, state: 'checked', card: event.card, facts: event.facts, pad: event.pad })
        return done(event.facts.kind !== 'unknown')
      case 'failed':
        say({ event: 'card', device, state: 'failed', card: event.card, reason: event.reason, tries: event.tries })
        done(false)
    }
  })
}

/** Reads the card that lies in the reader; false when there is none, or none that the booth knows. */
async function checkCardReader(host: TracingDeviceHost, { clock, say }: Ports): Promise<boolean> {
  const known = await new Promise<boolean>((done) => {
    const cancel = clock.after(foundMs, () => done(false))
    clock.after(checkedMs, () => done(false))
    host.onMessage((message) => {
      if (message.kind === 'event' && message.device === device && message.event.kind === 'card' && message.event.state === 'present') cancel()
    })
    watchCards(host, say, done)
  })
  await host.stop()
  return known
}

/**
 * Sends commands (hexadecimal) as they are, as far as the allow-list lets them, in one session that ends with a reset; false when one of them was not answered. Without any it
 * takes them from standard input, a line each.
 */
async function sendApdus(settings: CardReaderSettings, words: readonly string[], { clock, say }: Ports): Promise<boolean> {
  const lost = (reason: string) => {
    say({ event: 'fault', device, fault: reason })
    return false
  }
  const line = await openCards(settings, clock)
  if (line === null || typeof line === 'string') return lost(line ?? 'card-reader-lost')
  const until = clock.monotonic() + foundMs
  let failure = await line.connect()
  while (failure === 'no-card' && clock.monotonic() < until) {
    await new Promise<void>((done) => void clock.after(100, done))
    failure = await line.connect()
  }
  if (failure) {
    await line.close()
    return lost(failure)
  }
  say({ event: 'identity', device, product: line.name })
  let well = true
  for await (const word of words.length > 0 ? words : createInterface({ input: process.stdin })) {
    const command = word.replaceAll(/[\s:]/g, '').toLowerCase()
    if (command === '') continue
    const isHex = /^(?:[0-9a-f]{2})+$/.test(command)
    const since = clock.monotonic()
    const reply = isHex ? await line.send(Uint8Array.from(Buffer.from(command, 'hex'))) : 'not hexadecimal'
    const shown = pinCommands.includes(command.slice(2, 4)) ? command.slice(0, 10) : command
    const ms = Math.round((clock.monotonic() - since) * 100) / 100
    if (typeof reply === 'string') {
      say({ event: 'apdu', device, command: shown, data: null, status: null, reason: reply, ms })
      well = false
    } else say({ event: 'apdu', device, command: shown, data: Buffer.from(reply.data).toString('hex'), status: reply.status.toString(16).padStart(4, '0'), reason: null, ms })
  }
  await line.disconnect()
  await line.close()
  return well
}

/** Ends with a signal, or when whoever read our lines is gone. */
function interrupted(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done())
    process.stdout.on('error', () => done())
  })
}

/** What a technician gave on the command line. */
export interface CardReaderWords {
  readonly reader: string
  readonly vpcd?: string | undefined
  readonly authorities?: string | undefined
  readonly trace: boolean
  /** Makes a path of theirs one of this process. */
  readonly here: (path: string) => string
}

/** Runs `check`, `watch` or `apdu` of the card reader and ends the process; rejects when `act` is none of them. */
export async function runCardReader(act: string, words: readonly string[], { reader, vpcd, authorities, trace, here }: CardReaderWords): Promise<never> {
  const clock = realClock()
  const say: Say = (line) => void process.stdout.write(`${JSON.stringify(line)}\n`)
  const listen = vpcd === undefined ? undefined : /^\d+$/.test(vpcd) ? Number(vpcd) : here(vpcd)
  if (act !== 'apdu' && words.length > 0) throw new Error(`${act}: takes no words`)
  const settings = { reader, vpcd: listen, authorities: authorities === undefined ? undefined : here(authorities) }
  const leave = (code: number): never => {
    // Exit would wait for a card that does not answer: another program ends in our place, with our code.
    if (pcscWaits()) process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`])
    process.exit(code)
  }
  switch (act) {
    case 'check':
      return leave((await checkCardReader(cardReaderHost(settings, clock), { clock, say })) ? 0 : 1)
    case 'apdu':
      return leave((await sendApdus(settings, words, { clock, say })) ? 0 : 1)
    case 'watch': {
      const host = cardReaderHost(settings, clock)
      watchCards(host, say)
      await interrupted()
      await host.stop()
      if (trace) for (const frame of host.frames(device)) say({ event: 'frame', ...frame })
      return leave(0)
    }
    default:
      throw new Error('act: expected check, watch, apdu')
  }
}
