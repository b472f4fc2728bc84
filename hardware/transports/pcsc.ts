import { cardLine, type CardLine } from '../card-reader/card-line.ts'
import type { Clock } from '../clock.ts'
import type { FaultCode } from '../faults.ts'
import type { ApduTransport, Slot, SlotFailure } from '../transport.ts'

/** How long the card service may take to name its readers; it takes about 10 ms. */
const findReaderMs = 1000
const connectMs = 5000
const disconnectMs = 2000
/** The longest answer of a card, 65,536 bytes and a status word: with a smaller buffer a longer answer is lost. */
const longestAnswer = 65_538
/** The longest answer of a reader about itself. */
const longestControl = 512

/** pcsclite 1.0.1 as far as it is used here; its own types are not exported. */
interface Reader {
  readonly name: string
  readonly connected: boolean
  readonly SCARD_SHARE_EXCLUSIVE: number
  readonly SCARD_PROTOCOL_T0: number
  readonly SCARD_PROTOCOL_T1: number
  readonly SCARD_STATE_PRESENT: number
  readonly SCARD_STATE_MUTE: number
  readonly SCARD_RESET_CARD: number
  readonly SCARD_UNPOWER_CARD: number
  on(event: 'status', listen: (status: { readonly state: number; readonly atr?: Buffer }) => void): void
  on(event: 'error' | 'end', listen: () => void): void
  connect(options: { readonly share_mode: number; readonly protocol: number }, done: Done<number>): void
  disconnect(disposition: number, done: Done<void>): void
  transmit(data: Buffer, longest: number, protocol: number, done: Done<Buffer>): void
  _control(data: Buffer, code: number, answer: Buffer, done: Done<number>): void
  close(): void
}
type Done<Value> = (error: Error | null | undefined, value?: Value) => void
interface Service {
  on(event: 'reader', listen: (reader: Reader) => void): void
  on(event: 'error', listen: () => void): void
  close(): void
}

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

/** One reader that fits the pattern, and what lies in it. */
interface Place {
  readonly reader: Reader
  slot: Exclude<Slot, { state: 'several' }> | null
  /** Insertions and removals that the card service has counted. */
  counter: number
}

export interface PcscSettings {
  /** What the reader's name begins with: `<name> <index> <slot>`, of which the index depends on the order of plugging in. */
  readonly pattern: string
  readonly clock: Clock
}

/**
 * The readers of pcscd whose name begins with `pattern`, as one: a device with a slot and a field shows up as two. The fault says why there is none: `card-service-lost`
 * when pcscd or the module that speaks to it is missing, `card-reader-lost` when no reader fits.
 */
export async function openPcsc({ pattern, clock }: PcscSettings): Promise<CardLine | FaultCode> {
  let service: Service
  try {
    const { default: pcsclite } = await import('pcsclite')
    // Throws when pcscd does not run.
    service = pcsclite() as unknown as Service
  } catch {
    return 'card-service-lost'
  }

  const places = new Set<Place>()
  const readers = new Set<Reader>()
  const closeListeners: (() => void)[] = []
  const slotListeners: ((slot: Slot) => void)[] = []
  let found: (() => void) | null = null
  let gone = false
  /** A native call is under way. */
  let calling = false
  /** It did not come back in time: nothing may queue behind it. */
  let stuck = false
  let connected: { readonly place: Place; readonly protocol: number } | null = null
  let told = ''

  const slot = (): Slot => {
    const full = [...places].flatMap(({ slot: own }) => (own && own.state !== 'empty' ? [own] : []))
    return full.length > 1 ? { state: 'several' } : (full[0] ?? { state: 'empty' })
  }
  const tellSlot = () => {
    const now = slot()
    const words = JSON.stringify(now)
    if (words === told || gone) return
    told = words
    for (const listen of slotListeners) listen(now)
  }

  const lose = () => {
    if (gone) return
    gone = true
    connected = null
    // Closing takes the lock that a call under way holds, and that pcsclite holds while it tells us of an event: on this thread, for ever.
    clock.after(0, () => {
      if (!calling) for (const reader of readers) reader.close()
      service.close()
    })
    for (const listen of closeListeners) listen()
  }

  const native = <Value>(limitMs: number, start: (done: Done<Value>) => void): Promise<{ readonly value: Value | undefined } | SlotFailure> => {
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
  const letGo = async (how: 'reset' | 'unpower', reader = connected?.place.reader) => {
    connected = null
    if (!reader?.connected) return
    await native(disconnectMs, (done) => reader.disconnect(how === 'reset' ? reader.SCARD_RESET_CARD : reader.SCARD_UNPOWER_CARD, done))
  }

  const watch = (reader: Reader) => {
    const place: Place = { reader, slot: null, counter: 0 }
    const drop = () => {
      if (!places.delete(place)) return
      if (places.size === 0) lose()
      else tellSlot()
    }
    reader.on('error', drop)
    reader.on('end', drop)
    reader.on('status', ({ state, atr }) => {
      // The upper half counts insertions and removals; one that passed between two looks shows in it alone.
      const counter = state >>> 16
      const present = (state & reader.SCARD_STATE_PRESENT) !== 0
      if (present && place.slot && place.slot.state !== 'empty' && counter !== place.counter) {
        place.slot = { state: 'empty' }
        tellSlot()
      }
      place.counter = counter
      if (!present) place.slot = { state: 'empty' }
      else if ((state & reader.SCARD_STATE_MUTE) !== 0) place.slot = { state: 'mute' }
      else place.slot = atr && atr.length >= 2 && atr.length <= 33 ? { state: 'card', atr: Uint8Array.from(atr) } : { state: 'empty' }
      if (place.slot.state === 'empty' && connected?.place === place) void inTurn(() => letGo('unpower'))
      found?.()
      tellSlot()
    })
    places.add(place)
  }

  service.on('error', lose)
  service.on('reader', (reader) => {
    // pcsclite watches every reader, and an error that nobody listens to would end the process.
    readers.add(reader)
    reader.on('error', () => undefined)
    reader.on('end', () => void readers.delete(reader))
    if (reader.name.startsWith(pattern)) watch(reader)
  })
  await new Promise<void>((done) => {
    const cancel = clock.after(findReaderMs, done)
    found = () => {
      cancel()
      done()
    }
    closeListeners.push(done)
  })
  found = null
  const first = [...places][0]
  if (gone || !first) {
    const fault = gone ? 'card-service-lost' : 'card-reader-lost'
    lose()
    return fault
  }

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
        const now = slot()
        if (now.state !== 'card') return now.state === 'empty' ? 'no-card' : now.state
        const place = [...places].find(({ slot: own }) => own?.state === 'card')
        if (!place) return gone ? 'closed' : 'no-card'
        const { reader } = place
        await letGo('unpower', reader)
        const options = { share_mode: reader.SCARD_SHARE_EXCLUSIVE, protocol: reader.SCARD_PROTOCOL_T0 | reader.SCARD_PROTOCOL_T1 }
        const answer = await native<number>(connectMs, (done) => reader.connect(options, done))
        if (typeof answer === 'string') return answer
        if (answer.value === undefined) return 'card-error'
        connected = { place, protocol: answer.value }
        return null
      }),
    transmit: (command, limitMs) =>
      inTurn(async () => {
        if (!connected) return stuck ? 'no-answer' : 'no-card'
        const { place, protocol } = connected
        const sent = Buffer.from(command)
        const answer = await native<Buffer>(limitMs, (done) => place.reader.transmit(sent, longestAnswer, protocol, done))
        sent.fill(0)
        if (typeof answer !== 'string' && answer.value && answer.value.length >= 2) return answer.value
        await letGo('unpower')
        return typeof answer === 'string' ? answer : 'card-error'
      }),
    control: (code, data, limitMs) =>
      inTurn(async () => {
        if (!connected) return stuck ? 'no-answer' : 'no-card'
        const { reader } = connected.place
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
