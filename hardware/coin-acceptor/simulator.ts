import { plugIn, type SimulatedDeviceOptions } from '../cctalk/simulator-device.ts'
import { whole, type Hands } from '../cctalk/simulator-hands.ts'
import type { SimulatorLine } from '../cctalk/simulator-line.ts'
import type { Clock } from '../clock.ts'
import type { Simulator } from '../simulator.ts'
import type { ByteTransport } from '../transport.ts'
import { eventMeaning } from './checks.ts'
import { makeMechanism, positions, type Fate } from './simulator-mechanism.ts'
import { makeReplies } from './simulator-replies.ts'

export interface CoinAcceptorSimulatorOptions extends SimulatedDeviceOptions {
  /** Coin identifiers in the order of their positions, 16 at most; `......` is an empty one. */
  readonly coins?: readonly string[]
  /** Whether coins are refused after 1 s without a poll (CT4 2.1.2); true when not given. */
  readonly watchdog?: boolean
}

/** The coins of a country, by the name of its preset: Japan with the 500 yen coin in both designs (bi-colour since 2021), Taiwan. */
export const coinPresets = {
  japan: ['JP010A', 'JP050A', 'JP100A', 'JP500A', 'JP500B'],
  taiwan: ['TW001A', 'TW005A', 'TW010A', 'TW050A'],
} as const

const names = { manufacturer: 'Cardbooth', category: 'Coin Acceptor', product: 'SIM-1', build: 'STANDARD', software: 'SIM-1.0' }

const help =
  'insert <value|identifier>... | insert-position <n>... | in-flight <value|identifier>... | reject | event <code> | jam | clear | fault <code> | ' +
  'lever | table [<position> <identifier>] | cvf on|off | set-counter <n> | counters'

/** What an identifier says that its coin is worth, for the plain forms of CT3 appendix 3 (`001`..`999`, `1K0`). */
function valueOf(id: string): number | null {
  const [, digits, thousands, hundreds] = /^..(?:(\d{3})|(\d)K(\d)).$/.exec(id) ?? []
  if (digits !== undefined) return Number(digits)
  return thousands === undefined ? null : Number(thousands) * 1000 + Number(hundreds) * 100
}

/** A ccTalk coin acceptor at the far end of `wire`. */
export function makeCoinAcceptorSimulator(wire: ByteTransport, clock: Clock, options: CoinAcceptorSimulatorOptions = {}): Simulator {
  const mechanism = makeMechanism(options.coins ?? coinPresets.japan, () => clock.monotonic(), options.watchdog ?? true)

  const tellFate = (fate: Fate): string =>
    fate.accepted
      ? `accepted ${mechanism.table[fate.position - 1]} (position ${fate.position}, counter ${mechanism.counter})`
      : `rejected (${eventMeaning(fate.code).name}, counter ${mechanism.counter})`

  /** Where a coin of `word`, a value or an identifier, belongs; 0 when the acceptor does not know it. */
  const positionOf = (word: string): number =>
    mechanism.table.findIndex((id) => id === word || (/^\d+$/.test(word) && valueOf(id) === Number(word))) + 1

  const insert = (places: readonly number[]): string => places.map((place) => tellFate(mechanism.insert(place))).join(', ')

  const hands = (line: () => SimulatorLine): Hands => ({
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
      mechanism.event(0, code)
      return `event ${code} (${eventMeaning(code).name}, counter ${mechanism.counter})`
    },
    fault([word]) {
      const code = whole(word, 0, 255)
      if (code === null) return null
      mechanism.fault = code
      return `self-check ${code}`
    },
    jam() {
      mechanism.fault = 3
      mechanism.event(0, 14)
      return 'jammed: credit sensor blocked'
    },
    clear() {
      mechanism.fault = 0
      mechanism.lever = false
      return 'clear'
    },
    lever() {
      mechanism.lever = true
      mechanism.event(0, 254)
      return 'return lever pressed'
    },
    cvf([word]) {
      if (word !== 'on' && word !== 'off') return null
      mechanism.codesAreValues = word === 'on'
      return `credit codes are ${word === 'on' ? 'values' : 'positions'}`
    },
    table([place, id]) {
      const position = whole(place, 1, positions)
      if (place === undefined) return mechanism.table.map((own, index) => `${index + 1}=${own}`).join(' ')
      if (position === null || id === undefined || !/^[\x21-\x7e]{1,6}$/.test(id)) return null
      mechanism.table[position - 1] = id.padEnd(6, '.')
      return `position ${position} is ${mechanism.table[position - 1]}`
    },
    'set-counter'([word]) {
      const counter = whole(word, 0, 255)
      if (counter === null) return null
      mechanism.counter = counter
      return `counter ${counter}`
    },
    counters() {
      const { totals, counter, mask, open, results, fault } = mechanism
      const { inserted, accepted, rejected, fraud, byPosition } = totals
      return JSON.stringify({ counter, results, mask, open, fault, inserted, accepted, rejected, fraud, byPosition, ...line().errors })
    },
  })

  return plugIn(wire, clock, options, {
    ...{ names, help, address: 2, serial: 12_345_678, restart: mechanism.restart },
    replies: () => makeReplies(mechanism),
    hands: (core) => hands(core.line),
  })
}
