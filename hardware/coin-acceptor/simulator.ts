import type { Clock } from '../clock.ts'
import type { Simulator } from '../simulator.ts'
import type { ByteTransport } from '../transport.ts'
import type { Checksum } from './cctalk.ts'
import { eventMeaning } from './checks.ts'
import { makeSimulatorLine } from './simulator-line.ts'
import { makeMechanism, positions, type Fate } from './simulator-mechanism.ts'
import { makeReplies, type SimulatedDevice } from './simulator-replies.ts'

export interface CoinAcceptorSimulatorOptions {
  /** 2 when not given. */
  readonly address?: number
  readonly checksum?: Checksum
  /** 0..16777215. */
  readonly serial?: number
  /** Coin identifiers in the order of their positions, 16 at most; `......` is an empty one. */
  readonly coins?: readonly string[]
  /** Whether the line returns what the host sends. */
  readonly echo?: boolean
  /** Replies take as long as at this rate. */
  readonly paceBaud?: number
  /** Whether coins are refused after 1 s without a poll (CT4 2.1.2); true when not given. */
  readonly watchdog?: boolean
  /** Bytes of chance for noise on the line; the system's when not given. */
  readonly chance?: (count: number) => Uint8Array
}

/** Japanese coins, the 500 yen coin in both issues (bi-colour since 2021). */
export const japaneseCoins = ['JP010A', 'JP050A', 'JP100A', 'JP500A', 'JP500B'] as const

const help =
  'insert <value|identifier>... | insert-position <n>... | in-flight <value|identifier>... | reject | event <code> | jam | clear | lever | ' +
  'reset | power-cycle | unplug | plug | silent on|off | busy | refuse | normal | garble <n> | twice <n> | late <ms> | noise <n> | echo on|off | ' +
  'table [<position> <identifier>] | serial <n> | set-counter <n> | counters | help'

/** What an identifier says that its coin is worth, for the plain forms of CT3 appendix 3 (`001`..`999`, `1K0`). */
function valueOf(id: string): number | null {
  const [, digits, thousands, hundreds] = /^..(?:(\d{3})|(\d)K(\d)).$/.exec(id) ?? []
  if (digits !== undefined) return Number(digits)
  return thousands === undefined ? null : Number(thousands) * 1000 + Number(hundreds) * 100
}

/** A ccTalk coin acceptor at the far end of `wire`. */
export function makeCoinAcceptorSimulator(wire: ByteTransport, clock: Clock, options: CoinAcceptorSimulatorOptions = {}): Simulator {
  const mechanism = makeMechanism(options.coins ?? japaneseCoins, () => clock.monotonic(), options.watchdog ?? true)
  const device: SimulatedDevice = {
    mechanism,
    line: () => line,
    address: options.address ?? 2,
    serial: options.serial ?? 12_345_678,
    lever: false,
    mood: 'normal',
  }
  const lineOptions = { checksum: options.checksum ?? 'sum-8', paceBaud: options.paceBaud, chance: options.chance }
  const line = makeSimulatorLine(wire, clock, lineOptions, () => device.address, makeReplies(device))
  line.echo = options.echo ?? false

  const whole = (word: string | undefined, least: number, most: number): number | null => {
    const value = word !== undefined && /^\d{1,9}$/.test(word) ? Number(word) : null
    return value !== null && value >= least && value <= most ? value : null
  }

  const tellFate = (fate: Fate): string =>
    fate.accepted
      ? `accepted ${mechanism.table[fate.position - 1]} (position ${fate.position}, counter ${mechanism.counter})`
      : `rejected (${eventMeaning(fate.code).name}, counter ${mechanism.counter})`

  /** Where a coin of `word`, a value or an identifier, belongs; 0 when the acceptor does not know it. */
  const positionOf = (word: string): number =>
    mechanism.table.findIndex((id) => id === word || (/^\d+$/.test(word) && valueOf(id) === Number(word))) + 1

  const insert = (places: readonly number[]): string => places.map((place) => tellFate(mechanism.insert(place))).join(', ')

  const hands: Readonly<Record<string, (words: readonly string[]) => string | null | Promise<string>>> = {
    insert(words) {
      const coins = words.length > 0 && words.every((word) => /^(?:\d{1,6}|[A-Z.]{2}[\w.]{4})$/.test(word))
      return coins ? insert(words.map(positionOf)) : null
    },
    'insert-position': (words) => {
      const places = words.map((word) => whole(word, 1, 255))
      return places.length > 0 && places.every((place) => place !== null) ? insert(places) : null
    },
    // Coins that were past the gate when the inhibit came: counted whatever the inhibits say.
    'in-flight': (words) => {
      const places = words.map(positionOf)
      if (places.length === 0 || places.includes(0)) return null
      return places.map((place) => tellFate(mechanism.accept(place))).join(', ')
    },
    reject: () => insert([0]),
    event([word]) {
      const code = whole(word, 0, 255)
      if (code === null) return null
      if (eventMeaning(code).group === 'fraud') mechanism.totals.fraud += 1
      mechanism.event(0, code)
      return `event ${code} (${eventMeaning(code).name}, counter ${mechanism.counter})`
    },
    jam() {
      mechanism.fault = 3
      mechanism.event(0, 14)
      return 'jammed: credit sensor blocked'
    },
    clear() {
      mechanism.fault = 0
      device.lever = false
      return 'clear'
    },
    lever() {
      device.lever = true
      mechanism.event(0, 254)
      return 'return lever pressed'
    },
    reset() {
      mechanism.restart()
      return 'reset: counter 0, everything inhibited'
    },
    'power-cycle'() {
      mechanism.restart()
      return 'power-cycled: counter 0, everything inhibited'
    },
    unplug() {
      line.unplugged = true
      return 'unplugged: nothing passes either way'
    },
    plug() {
      line.unplugged = false
      return 'plugged in'
    },
    silent([word]) {
      if (word !== 'on' && word !== 'off') return null
      line.silent = word === 'on'
      return line.silent ? 'silent' : 'answering'
    },
    echo([word]) {
      if (word !== 'on' && word !== 'off') return null
      line.echo = word === 'on'
      return `echo ${word}`
    },
    busy() {
      device.mood = 'busy'
      return 'answers "busy" to everything'
    },
    refuse() {
      device.mood = 'refusing'
      return 'refuses everything'
    },
    normal() {
      device.mood = 'normal'
      return 'answers normally'
    },
    garble([word]) {
      const count = whole(word, 0, 1_000_000)
      if (count === null) return null
      line.garble = count
      return `the next ${count} replies are damaged`
    },
    twice([word]) {
      const count = whole(word, 0, 1_000_000)
      if (count === null) return null
      line.twice = count
      return `the next ${count} replies come twice`
    },
    late([word]) {
      const ms = whole(word, 0, 60_000)
      if (ms === null) return null
      line.lateMs = ms
      return `replies come ${ms} ms late`
    },
    async noise([word]) {
      const count = whole(word, 1, 10_000_000)
      if (count === null) return 'error: noise <n>'
      await line.noise(count)
      return `${count} bytes of noise`
    },
    table([place, id]) {
      const position = whole(place, 1, positions)
      if (place === undefined) return mechanism.table.map((own, index) => `${index + 1}=${own}`).join(' ')
      if (position === null || id === undefined || !/^[\x21-\x7e]{1,6}$/.test(id)) return null
      mechanism.table[position - 1] = id.padEnd(6, '.')
      return `position ${position} is ${mechanism.table[position - 1]}`
    },
    serial([word]) {
      const serial = whole(word, 0, 0xffffff)
      if (serial === null) return null
      device.serial = serial
      return `serial number ${serial}`
    },
    'set-counter'([word]) {
      const counter = whole(word, 0, 255)
      if (counter === null) return null
      mechanism.counter = counter
      return `counter ${counter}`
    },
    counters() {
      const { totals, counter, mask, open, results, fault } = mechanism
      return JSON.stringify({ counter, results, mask, open, fault, ...totals, ...line.errors })
    },
    help: () => help,
  }

  return {
    async hand(spoken) {
      const [word = '', ...words] = spoken.trim().split(/\s+/)
      const act = Object.hasOwn(hands, word) ? hands[word] : undefined
      if (!act) return `error: not understood; ${help}`
      return (await act(words)) ?? `error: ${word}: not understood; ${help}`
    },
    stop() {
      line.stop()
      return Promise.resolve()
    },
  }
}
