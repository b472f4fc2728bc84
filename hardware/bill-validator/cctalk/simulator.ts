import { plugIn, type SimulatedDeviceOptions } from '../../cctalk/simulator-device.ts'
import { whole, type Hands } from '../../cctalk/simulator-hands.ts'
import type { SimulatorLine } from '../../cctalk/simulator-line.ts'
import type { Clock } from '../../clock.ts'
import type { Simulator } from '../../simulator.ts'
import type { ByteTransport } from '../../transport.ts'
import { billEvent } from './codes.ts'
import { makeMechanism, positions } from './simulator-mechanism.ts'
import { makeReplies, type Scales } from './simulator-replies.ts'

export interface CctalkBillSimulatorOptions extends SimulatedDeviceOptions {
  /** Bill identifiers in the order of their types, 16 at most; dots are an empty one. */
  readonly notes?: readonly string[]
  /** Whether it closes itself after 5 s without a poll (CT4 2.2.2); true when not given. */
  readonly watchdog?: boolean
}

/** Notes of a country: of Japan the 1000 yen note of 2004 and of 2024, of Taiwan the 100 dollar note. */
export const cctalkPresets: Readonly<Record<'japan' | 'taiwan', readonly string[]>> = { japan: ['JP1000A', 'JP1000B'], taiwan: ['TW0100A'] }

const names = { manufacturer: 'Cardbooth', category: 'Bill Validator', product: 'SIM-40', build: 'STANDARD', software: 'SIM-40-1.0' }

const help =
  'insert <value|identifier>... | insert-type <n>... | insert-unknown | ticket [<barcode>] | event <code> | jam [transport|stacker|safe] | ' +
  'clear | fault <code> | cheat [<code>] | pull-stacker | push-stacker | stacker-full | stacker-ok | route stack|return | ' +
  'table [<type> <identifier>] | scale <country> <factor> <decimals> | set-counter <n> | counters'

/** A ccTalk bill validator at the far end of `wire`. */
export function makeCctalkBillSimulator(wire: ByteTransport, clock: Clock, options: CctalkBillSimulatorOptions = {}): Simulator {
  const mechanism = makeMechanism(options.notes ?? cctalkPresets.japan, clock, options.watchdog ?? true)
  const scales: Scales = new Map([
    ['JP', [1, 0]],
    ['TW', [1, 0]],
  ])

  /** The type of the note that `word`, a value or an identifier, names; 0 for one that is not known. */
  const typeOf = (word: string): number =>
    mechanism.table.findIndex((id) => id === word || (/^\d+$/.test(word) && /^..\d{4}.$/.test(id) && Number(id.slice(2, 6)) === Number(word))) + 1
  const stackerHand = (event: number) => () => {
    mechanism.stacker(event)
    return billEvent(event).name
  }

  const hands = (line: () => SimulatorLine): Hands => ({
    insert: (words) => (words.length > 0 ? words.map((word) => mechanism.insert(typeOf(word))).join(', ') : null),
    'insert-type'(words) {
      const types = words.map((word) => whole(word, 1, 255))
      return types.length > 0 && types.every((type) => type !== null) ? types.map((type) => mechanism.insert(type)).join(', ') : null
    },
    'insert-unknown': () => mechanism.insert(0),
    ticket([barcode = '']) {
      mechanism.barcode = barcode
      mechanism.event(0, 20)
      return mechanism.insert(255)
    },
    event([word]) {
      const code = whole(word, 0, 255)
      if (code === null) return null
      mechanism.event(0, code)
      return `event ${code} (${billEvent(code).name}, counter ${mechanism.counter})`
    },
    jam([where = 'transport']) {
      if (where !== 'transport' && where !== 'stacker' && where !== 'safe') return null
      mechanism.jam(where)
      return `jammed: ${where}`
    },
    clear() {
      mechanism.clear()
      return 'clear'
    },
    fault([word]) {
      const code = whole(word, 0, 255)
      if (code === null) return null
      mechanism.fault = code
      return `self-check ${code}`
    },
    cheat([word = '8']) {
      const code = whole(word, 1, 255)
      return code === null ? null : mechanism.pull(code)
    },
    'pull-stacker': stackerHand(11),
    'push-stacker': stackerHand(12),
    'stacker-full': stackerHand(14),
    'stacker-ok': stackerHand(10),
    route([word]) {
      if (word !== 'stack' && word !== 'return') return null
      return mechanism.route(word === 'stack' ? 1 : 0) === null ? 'routed' : 'the escrow is empty'
    },
    table([place, id]) {
      const type = whole(place, 1, positions)
      if (place === undefined) return mechanism.table.map((own, index) => `${index + 1}=${own}`).join(' ')
      if (type === null || id === undefined || !/^[\x21-\x7e]{1,7}$/.test(id)) return null
      mechanism.table[type - 1] = id.padEnd(7, '.')
      return `type ${type} is ${mechanism.table[type - 1]}`
    },
    scale([country, factorWord, decimalsWord]) {
      const [factor, decimals] = [whole(factorWord, 0, 65_535), whole(decimalsWord, 0, 9)]
      if (!country || country.length !== 2 || factor === null || decimals === null) return null
      scales.set(country, [factor, decimals])
      return `${country} x ${factor}, ${decimals} decimals`
    },
    'set-counter'([word]) {
      const counter = whole(word, 0, 255)
      if (counter === null) return null
      mechanism.counter = counter
      return `counter ${counter}`
    },
    counters() {
      const { truth, counter, mask, open, results, fault } = mechanism
      const bits = (mask[0] ?? 0) | ((mask[1] ?? 0) << 8)
      return JSON.stringify({ counter, results, mask: bits, inhibited: !open, fault, place: mechanism.place(), ...truth, ...line().errors })
    },
  })

  return plugIn(wire, clock, options, {
    ...{ names, help, address: 40, serial: 1_234_567, restart: mechanism.restart, powerCycle: mechanism.powerCycle, stop: mechanism.stop },
    replies: () => makeReplies(mechanism, scales),
    hands: (core) => hands(core.line),
  })
}
