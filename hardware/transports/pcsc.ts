import { cardLine, type CardLine } from '../card-reader/card-line.ts'
import type { Clock } from '../clock.ts'
import type { FaultCode } from '../faults.ts'
import type { ApduTransport, Slot, SlotFailure } from '../transport.ts'
import { pcscService, type PcscDone, type PcscReader, type PcscStatus } from './pcsc-service.ts'

/** How long the card service may take to name its readers and what lies in each slot; it takes about 10 ms. */
const findReaderMs = 1000
const connectMs = 5000
const disconnectMs = 2000
/** The longest answer of a card, 65,536 bytes and a status word: with a smaller buffer a longer answer is lost. */
const longestAnswer = 65_538
/** The longest answer of a reader about itself. */
const longestControl = 512
/** ISO 7816-3, 8.2. */
const atrLengths = { least: 2, most: 33 }

/** What the error codes of winscard.h mean for a card; every other one is an exchange that went wrong. */
const failures: Readonly<Record<string, SlotFailure>> = {
  '8010000b': 'busy',
  '8010000c': 'no-card',
  '80100069': 'no-card',
  '80100066': 'mute',
  '80100067': 'mute',
  '80100009': 'closed',
  '80100013': 'closed',
  '80100017': 'closed',
  '8010001d': 'closed',
  '8010001e': 'closed',
}

function failureOf(error: Error): SlotFailure {
  return failures[/0x([0-9a-f]{8})/i.exec(error.message)?.[1]?.toLowerCase() ?? ''] ?? 'card-error'
}

let calls = 0

/** Whether a native call is under way. A process in that state cannot exit: libuv joins the thread that waits for the card, however long. */
export function pcscWaits(): boolean {
  return calls > 0
}

export interface PcscSettings {
  /** What the reader's name begins with: `<name> <index> <slot>`, of which the index depends on the order of plugging in. */
  readonly pattern: string
  readonly clock: Clock
}

function slotOf(reader: PcscReader, { state, atr }: PcscStatus): Exclude<Slot, { state: 'several' }> {
  if ((state & reader.SCARD_STATE_PRESENT) === 0) return { state: 'empty' }
  if ((state & reader.SCARD_STATE_MUTE) !== 0) return { state: 'mute' }
  return atr && atr.length >= atrLengths.least && atr.length <= atrLengths.most ? { state: 'card', atr: Uint8Array.from(atr) } : { state: 'empty' }
}

/**
 * The readers of pcscd whose name begins with `pattern`, as one: a device with a slot and a field shows up as two. The fault says why there is none: `card-service-lost`
 * when pcscd or the module that speaks to it is missing, `card-reader-lost` when no reader fits.
 */
export async function openPcsc({ pattern, clock }: PcscSettings): Promise<CardLine | FaultCode> {
  const service = await pcscService()
  if (!service) return 'card-service-lost'

  const closeListeners: (() => void)[] = []
  const slotListeners: ((slot: Slot) => void)[] = []
  /** Insertions and removals that each reader had counted when it was last looked at. */
  const counters = new Map<PcscReader, number>()
  let gone = false
  /** A native call is under way; and it did not come back in time: nothing may queue behind it. */
  let calling = false
  let stuck = false
  let connected: { readonly reader: PcscReader; readonly protocol: number } | null = null
  let told = ''

  const places = () => [...service.readers].filter(([{ name }]) => name.startsWith(pattern)).map(([reader, status]) => ({ reader, slot: slotOf(reader, status) }))
  const slot = (): Slot => {
    const [first, ...others] = places().filter((place) => place.slot.state !== 'empty')
    return others.length > 0 ? { state: 'several' } : (first?.slot ?? { state: 'empty' })
  }
  const tellSlot = (now: Slot) => {
    const words = JSON.stringify(now)
    if (words === told || gone) return
    told = words
    for (const listen of slotListeners) listen(now)
  }

  const lose = () => {
    if (gone) return
    gone = true
    connected = null
    service.listeners.delete(changed)
    for (const listen of closeListeners) listen()
  }

  const native = <Value>(limitMs: number, start: (done: PcscDone<Value>) => void): Promise<{ readonly value: Value | undefined } | SlotFailure> => {
    if (gone) return Promise.resolve('closed')
    if (stuck) return Promise.resolve('no-answer')
    return new Promise((resolve) => {
      const cancel = clock.after(limitMs, () => {
        stuck = true
        resolve('no-answer')
      })
      calling = true
      calls += 1
      start((error, value) => {
        cancel()
        calling = false
        calls -= 1
        if (!stuck) return resolve(error ? failureOf(error) : { value })
        stuck = false
        void inTurn(() => letGo('unpower'))
      })
    })
  }

  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(act: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(act)
    turn = result
    return result
  }

  /** A card that is gone is let go without power: pcsclite thinks it connected for ever otherwise. */
  const letGo = async (how: 'reset' | 'unpower', reader = connected?.reader) => {
    connected = null
    if (!reader?.connected) return
    await native(disconnectMs, (done) => reader.disconnect(how === 'reset' ? reader.SCARD_RESET_CARD : reader.SCARD_UNPOWER_CARD, done))
  }

  const changed = (reader: PcscReader | null) => {
    if (!service.alive() || places().length === 0) return lose()
    const status = reader && service.readers.get(reader)
    if (reader && status && reader.name.startsWith(pattern)) {
      const counter = status.state >>> 16
      const before = counters.get(reader)
      counters.set(reader, counter)
      const now = slotOf(reader, status)
      // A slot that shows up late may hold a card that nobody put in just now: opened anew, the reader says that it was found there.
      if (before === undefined) return now.state === 'empty' ? undefined : lose()
      if (now.state === 'empty' && connected?.reader === reader) void inTurn(() => letGo('unpower'))
      // A card that was exchanged between two looks shows in the counter alone.
      if (now.state !== 'empty' && ((counter - before) & 0xffff) > 1) tellSlot({ state: 'empty' })
    }
    tellSlot(slot())
  }

  const isComplete = () => places().length > 0 && ![...service.awaited].some(({ name }) => name.startsWith(pattern))
  if (!isComplete())
    await new Promise<void>((done) => {
      const look = () => {
        if (service.alive() && !isComplete()) return
        cancel()
        service.listeners.delete(look)
        done()
      }
      const cancel = clock.after(findReaderMs, () => {
        service.listeners.delete(look)
        done()
      })
      service.listeners.add(look)
    })
  const [first] = places()
  if (!service.alive()) return 'card-service-lost'
  if (!first) return 'card-reader-lost'
  for (const [reader, { state }] of service.readers) counters.set(reader, state >>> 16)
  service.listeners.add(changed)

  const transport: ApduTransport = {
    name: first.reader.name,
    onSlot(listen) {
      slotListeners.push(listen)
      const now = slot()
      told = JSON.stringify(now)
      listen(now)
    },
    onClose(listen) {
      if (gone) queueMicrotask(listen)
      else closeListeners.push(listen)
    },
    connect: () =>
      inTurn(async () => {
        if (stuck) return 'no-answer'
        if (gone) return 'closed'
        const now = slot()
        if (now.state !== 'card') return now.state === 'empty' ? 'no-card' : now.state
        const reader = places().find((place) => place.slot.state === 'card')?.reader
        if (!reader) return 'no-card'
        await letGo('unpower', reader)
        const options = { share_mode: reader.SCARD_SHARE_EXCLUSIVE, protocol: reader.SCARD_PROTOCOL_T0 | reader.SCARD_PROTOCOL_T1 }
        const answer = await native<number>(connectMs, (done) => reader.connect(options, done))
        if (typeof answer === 'string') return answer
        if (answer.value === undefined) return 'card-error'
        connected = { reader, protocol: answer.value }
        return null
      }),
    transmit: (command, limitMs) =>
      inTurn(async () => {
        if (!connected) return stuck ? 'no-answer' : 'no-card'
        const { reader, protocol } = connected
        // Not `Buffer.from(command)`: what may be a PIN stays out of Node's shared pool.
        const sent = Buffer.alloc(command.length)
        sent.set(command)
        const answer = await native<Buffer>(limitMs, (done) => reader.transmit(sent, longestAnswer, protocol, done))
        sent.fill(0)
        if (typeof answer !== 'string' && answer.value && answer.value.length >= 2) return answer.value
        await letGo('unpower')
        return typeof answer === 'string' ? answer : 'card-error'
      }),
    control: (code, data, limitMs) =>
      inTurn(async () => {
        if (!connected) return stuck ? 'no-answer' : 'no-card'
        const { reader } = connected
        const sent = Buffer.from(data)
        const heard = Buffer.alloc(longestControl)
        // `control` itself makes its buffer in a way that Node warns of.
        const answer = await native<number>(limitMs, (done) => reader._control(sent, code, heard, done))
        return typeof answer === 'string' ? answer : heard.subarray(0, answer.value)
      }),
    disconnect: () => inTurn(() => letGo('reset')),
    async close() {
      // Whoever closes does not wait for a card.
      if (!calling) await inTurn(() => letGo('reset'))
      lose()
    },
  }
  return cardLine(transport)
}
