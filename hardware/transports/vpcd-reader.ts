import { cardLine, type CardLine } from '../card-reader/card-line.ts'
import type { Clock } from '../clock.ts'
import type { ApduTransport, ByteTransport, Slot, SlotFailure } from '../transport.ts'

/** How often a reader looks whether its card is still there, and how long a card may take to say so. */
const presenceEveryMs = 400
const presenceMs = 2000

/** What a reader tells its card in one byte (vsmartcard's vpcd.c). */
const control = { off: 0, on: 1, reset: 2, atr: 4 } as const

/** A card that is in the field. */
interface Inserted {
  readonly wire: ByteTransport
  /** Null until it has told its answer to reset. */
  atr: Uint8Array | null
  /** Answers that did not come in time and may still come: nothing may queue behind them. */
  late: number
  /** Those who wait for an answer, in the order of their questions. */
  readonly waiting: ((answer: Uint8Array | SlotFailure) => void)[]
}

/** A reader for cards that are programs: the reader's end of vpcd's protocol, whatever wire a card comes in by. */
export interface VpcdReader {
  readonly line: CardLine
  /** Puts a card in: it is there until its wire closes. */
  insert(wire: ByteTransport): void
  /** The reader is gone, and its cards are without power. */
  lose(): void
}

/** Makes a reader without a card in it. */
export function vpcdReader(clock: Clock): VpcdReader {
  const cards = new Set<Inserted>()
  const slotListeners: ((slot: Slot) => void)[] = []
  const closeListeners: (() => void)[] = []
  let gone = false
  let connected: Inserted | null = null
  let told = ''

  const there = () => [...cards].filter((card) => card.atr !== null)
  const slot = (): Slot => {
    const [first, ...others] = there()
    if (others.length > 0) return { state: 'several' }
    return first?.atr ? { state: 'card', atr: first.atr } : { state: 'empty' }
  }
  const tellSlot = () => {
    const now = slot()
    if (JSON.stringify(now) === told) return
    told = JSON.stringify(now)
    for (const listener of slotListeners) listener(now)
  }

  const send = ({ wire }: Inserted, bytes: Uint8Array) => {
    const framed = Buffer.alloc(2 + bytes.length)
    framed.writeUInt16BE(bytes.length)
    framed.set(bytes, 2)
    // It may have been a PIN.
    void wire.write(framed).then(() => framed.fill(0))
  }
  const ask = (card: Inserted, bytes: Uint8Array, limitMs: number): Promise<Uint8Array | SlotFailure> =>
    new Promise((done) => {
      if (!cards.has(card)) return done('no-card')
      let late = false
      const cancel = clock.after(limitMs, () => {
        late = true
        card.late += 1
        done('no-answer')
      })
      card.waiting.push((answer) => {
        cancel()
        if (late) card.late -= 1
        else done(answer)
      })
      send(card, bytes)
    })

  const remove = (card: Inserted) => {
    if (!cards.delete(card)) return
    void card.wire.close()
    if (connected === card) connected = null
    for (const waiting of card.waiting.splice(0)) waiting('no-card')
    tellSlot()
  }

  const look = async (card: Inserted): Promise<void> => {
    if (!cards.has(card)) return
    // While a command is on its way the card is there; its answers come in the order of the questions.
    if (card.waiting.length === 0) {
      const atr = await ask(card, Uint8Array.of(control.atr), presenceMs)
      if (typeof atr === 'string' || atr.length < 2 || atr.length > 33) return remove(card)
      card.atr ??= atr
      tellSlot()
    }
    clock.after(presenceEveryMs, () => void look(card))
  }

  const disconnect = () => {
    if (connected) send(connected, Uint8Array.of(control.reset))
    connected = null
    return Promise.resolve()
  }
  const lose = () => {
    if (gone) return
    gone = true
    for (const card of cards) remove(card)
    for (const listener of closeListeners) listener()
  }
  const transport: ApduTransport = {
    name: 'Virtual reader',
    onSlot(listener) {
      slotListeners.push(listener)
      const now = slot()
      told = JSON.stringify(now)
      listener(now)
    },
    onClose(listener) {
      if (gone) queueMicrotask(listener)
      else closeListeners.push(listener)
    },
    connect() {
      const now = slot()
      if (now.state !== 'card') return Promise.resolve(now.state === 'empty' ? 'no-card' : now.state)
      const [card] = there()
      if (!card) return Promise.resolve('no-card')
      if (card.late > 0) return Promise.resolve('no-answer')
      connected = card
      send(card, Uint8Array.of(control.on))
      return Promise.resolve(null)
    },
    async transmit(command, limitMs) {
      if (!connected) return 'no-card'
      const card = connected
      const answer = await ask(card, command, limitMs)
      if (answer === 'no-answer') connected = null
      if (typeof answer === 'string' || answer.length >= 2) return answer
      // vpcd itself answers for a card that was torn out: nothing.
      connected = null
      return 'card-error'
    },
    control: () => Promise.resolve('card-error'),
    disconnect,
    async close() {
      await disconnect()
      lose()
    },
  }

  return {
    line: cardLine(transport),
    insert(wire) {
      if (gone) return void wire.close()
      const card: Inserted = { wire, atr: null, late: 0, waiting: [] }
      cards.add(card)
      let heard = Buffer.alloc(0)
      wire.onData((chunk) => {
        heard = Buffer.concat([heard, chunk])
        while (heard.length >= 2 && heard.length >= 2 + heard.readUInt16BE()) {
          const answer = Uint8Array.from(heard.subarray(2, 2 + heard.readUInt16BE()))
          heard = heard.subarray(2 + answer.length)
          const waiting = card.waiting.shift()
          // What nobody asked for is no card's answer.
          if (!waiting) return remove(card)
          waiting(answer)
        }
      })
      wire.onClose(() => remove(card))
      void look(card)
    },
    lose,
  }
}
