import { readCommand } from './command-apdu.ts'
import { sw, type Handled, type VirtualCard } from './virtual-card.ts'

const tearings = ['before', 'during', 'unanswered', 'after'] as const
/**
 * When a card is torn out of its reader: before a command reaches it, in the middle of its work, when the work is done but not answered, or right behind
 * the answer.
 */
export type Tearing = (typeof tearings)[number]

/** What goes wrong with the next command. */
interface Fault {
  readonly tear?: Tearing
  /** What is answered instead of anything true. The command is not carried out. */
  readonly answer?: Uint8Array
}

type Hand = (words: readonly string[]) => string | null

/** What can be wrong with a card, its contacts and its reader. */
export interface Faults {
  /** Answers nothing at all until it is taken out. */
  readonly muted: boolean
  /** How long each answer takes. */
  readonly lateMs: number
  /** An answer to reset that is not the card's own; null when it is. */
  readonly atr: Uint8Array | null
  /** What becomes of the command that has come; a fault for one command is used up by it. */
  next(): Fault
  /** Has the command carried out, as the faults that last allow. */
  pass(card: VirtualCard, command: Uint8Array): Handled
  powerLost(): void
  clear(): void
  readonly hands: Readonly<Record<string, Hand>>
}

const bytesOf = (word: string | undefined): Uint8Array | null =>
  word !== undefined && /^(?:[0-9a-f]{2})+$/i.test(word) ? new Uint8Array(Buffer.from(word, 'hex')) : null
const withStatus = (data: Uint8Array, status: number) => new Uint8Array(Buffer.concat([data, Uint8Array.of(status >> 8, status & 0xff)]))

/** A card without faults, and the hands that give it some. */
export function makeFaults(): Faults {
  let once: Fault = {}
  let always: Fault = {}
  let zeros = false
  let getResponse = false
  let rightLength = false
  /** The part of an answer that GET RESPONSE has not fetched yet, with its status word. */
  let rest: Uint8Array | null = null
  let mute = false
  const own = { muted: false, lateMs: 0, atr: null as Uint8Array | null }

  const arm = (fault: Fault, word: string | undefined, told: string): string | null => {
    if (word !== undefined && word !== 'always') return null
    if (word === 'always') always = fault
    else once = fault
    return `${told} ${word === undefined ? 'once' : 'always'}`
  }
  const onOff = (set: (on: boolean) => void, what: string): Hand => ([word]) => {
    if (word !== 'on' && word !== 'off') return null
    set(word === 'on')
    return `${what} ${word}`
  }

  /** The next part of what waits: all that fits, and how much is left behind it. */
  const fetch = (handled: Handled, waiting: Uint8Array, length: number): Handled => {
    const data = waiting.slice(0, -2)
    if (data.length <= length) {
      rest = null
      return { ...handled, response: waiting }
    }
    rest = waiting.slice(length)
    const left = data.length - length
    return { ...handled, response: withStatus(data.slice(0, length), 0x6100 + (left > 0xff ? 0 : left)) }
  }

  const reshape = (card: VirtualCard, command: Uint8Array): Handled => {
    const apdu = readCommand(command)
    if (getResponse && apdu?.ins === 0xc0) {
      const nothing: Handled = { response: withStatus(new Uint8Array(0), sw.conditionsNotSatisfied), df: '', ef: null, spent: null }
      return rest ? fetch(nothing, rest, apdu.body?.le ?? 0x100) : nothing
    }
    rest = null
    const handled = card.transmit(command)
    const length = handled.response.length - 2
    if (length === 0) return handled
    if (rightLength && apdu?.body?.le !== length) {
      return { ...handled, response: withStatus(new Uint8Array(0), sw.rightLength + (length > 0xff ? 0 : length)) }
    }
    return getResponse ? fetch(handled, handled.response, 0) : handled
  }

  return {
    get muted() {
      return own.muted
    },
    get lateMs() {
      return own.lateMs
    },
    get atr() {
      return own.atr
    },
    next() {
      const fault = { ...always, ...once }
      once = {}
      own.muted = mute
      mute = false
      return fault
    },
    pass(card, command) {
      if (!zeros) return reshape(card, command)
      const le = readCommand(command)?.body?.le ?? 0
      return { response: withStatus(new Uint8Array(le), sw.ok), df: '', ef: null, spent: null }
    },
    powerLost() {
      own.muted = false
      rest = null
    },
    clear() {
      once = {}
      always = {}
      zeros = getResponse = rightLength = mute = false
      own.lateMs = 0
      own.atr = null
    },
    hands: {
      tear([word]) {
        const tear = tearings.find((one) => one === word)
        if (!tear) return null
        once = { tear }
        return `torn out with the next command: ${tear}`
      },
      mute() {
        mute = true
        return 'the next command is never answered'
      },
      status([word, when]) {
        const status = word?.length === 4 ? bytesOf(word) : null
        return status && arm({ answer: status }, when, `answers ${word}`)
      },
      answer([word, when]) {
        const answer = word === 'nothing' ? new Uint8Array(0) : bytesOf(word)
        return answer && arm({ answer }, when, `answers ${answer.length} bytes`)
      },
      'long-answer'([word]) {
        const count = word !== undefined && /^\d{1,5}$/.test(word) ? Number(word) : 0
        if (count < 2 || count > 0xffff) return null
        return arm({ answer: withStatus(new Uint8Array(count - 2).fill(0xa5), sw.ok) }, undefined, `answers ${count} bytes`)
      },
      zeros: onOff((on) => (zeros = on), 'zeros and 9000 to everything:'),
      'get-response': onOff((on) => (getResponse = on), 'answers wait for GET RESPONSE:'),
      'right-length': onOff((on) => (rightLength = on), 'only the right length is answered:'),
      slow([word]) {
        if (word === undefined || !/^\d{1,6}$/.test(word)) return null
        own.lateMs = Number(word)
        return `each answer takes ${word} ms`
      },
      // A reader does not wake a card whose contacts it cannot reach; pcscd says MUTE to an answer that is longer than 33 bytes.
      'upside-down'() {
        own.atr = new Uint8Array(34)
        return 'the reader will not wake it'
      },
      atr([word]) {
        const atr = word === 'none' ? new Uint8Array(0) : word === 'own' ? null : bytesOf(word)
        if (atr === null && word !== 'own') return null
        own.atr = atr
        return atr ? `the answer to reset has ${atr.length} bytes` : 'the answer to reset is its own'
      },
    },
  }
}
