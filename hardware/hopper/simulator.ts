import { randomBytes } from 'node:crypto'
import { acknowledge, asciiOf, little, refuse, say, type Replies, type SimulatedCore } from '../cctalk/simulator-core.ts'
import { plugIn, type SimulatedDeviceOptions } from '../cctalk/simulator-device.ts'
import { whole, type Hands } from '../cctalk/simulator-hands.ts'
import type { Clock } from '../clock.ts'
import type { Simulator } from '../simulator.ts'
import type { ByteTransport } from '../transport.ts'
import { flags } from './registers.ts'
import { makePayout } from './simulator-payout.ts'
import { makePinLock } from './simulator-pin.ts'

export interface HopperSimulatorOptions extends SimulatedDeviceOptions {
  /** Identifier of its coin. */
  readonly coin?: string
  /** Coins in it, 0..10 000. */
  readonly coins?: number
  /** What a dispense has to carry (CT4 2.3): the serial number, anything at all, or a cipher that nobody but its maker knows. */
  readonly security?: 'serial' | 'none' | 'cipher'
  /** SCH1 answers a dispense with ACK and has one status register, SCH2 with its counter and two, SCH3 with its counter and three (CT2 3.86, 3.90). */
  readonly model?: 'sch1' | 'sch2' | 'sch3'
  /** Milliseconds a coin. */
  readonly coinMs?: number
}

/** Hoppers of a country, by the name of its preset. */
export const hopperPresets = { japan: 'JP100A', taiwan: 'TW010A' } as const

const names = { manufacturer: 'Cardbooth', category: 'Payout', product: 'SIM-H', build: 'HOPPER  ', software: 'SIM-H1.0' }
/** The code that enables pay-outs (CT2 3.89). */
const enableCode = 165
/** Below the low level sensor, and at or above the high one. */
const levels = { low: 20, high: 400 } as const
const capacity = 500
/** Of what goes into and comes out of its generator of chance (headers 161 and 160). */
const keyBytes = 8

const help =
  'fill <n> | take <n> | jam | clear | flag <register> <bit> | stall <n> | lie <paid> <unpaid> | set-counter <n> | set-total <n> | single on|off | counters'

/** A ccTalk hopper at the far end of `wire`. */
export function makeHopperSimulator(wire: ByteTransport, clock: Clock, options: HopperSimulatorOptions = {}): Simulator {
  const { coin = hopperPresets.japan, security = 'serial', model = 'sch3', coinMs = 100 } = options
  const known = { sch1: 1, sch2: 2, sch3: 3 }[model]
  const payout = makePayout(clock, { coins: options.coins ?? 100, coinMs, known })
  const lock = makePinLock()
  let float = 0
  let limit = capacity
  let told = { coins: options.coins ?? 100, left: 0 }

  const isOpen = ({ serial }: SimulatedCore, data: Uint8Array): boolean => {
    const codes = data.subarray(0, -1)
    if (security === 'cipher') return false
    if (security === 'none') return codes.length <= 8
    return codes.length === 3 && codes.every((byte, index) => byte === little(serial, 3)[index])
  }
  const dispense = (core: SimulatedCore, data: Uint8Array) => {
    const count = data.at(-1) ?? 0
    if (data.length < 4 || data.length > 9) return null
    if (!lock.isOpen()) {
      payout.raise(3, 2)
      return null
    }
    if (!isOpen(core, data)) {
      if (security === 'cipher') payout.raise(3, 3)
      return refuse()
    }
    if (!payout.begin(count)) return refuse()
    return say(model === 'sch1' ? [] : [payout.status().counter])
  }
  const registers = (): readonly number[] => {
    const own = payout.registers()
    const all = [own[0], own[1] | (lock.isOn() ? 0x80 : 0), own[2] | (security === 'cipher' ? 0x10 : 0)]
    return all.slice(0, known)
  }
  const level = () => {
    const { coins } = payout.truth()
    return 0b0011_0000 | (coins < levels.low ? 1 : 0) | (coins >= levels.high ? 2 : 0)
  }
  /** How many coins it counts in its bowl: what it was told (208), less what left since. */
  const counted = () => Math.max(0, told.coins - (payout.truth().left - told.left))
  /** The same question with a hopper number: this one is alone at its address. */
  const ofHopper = (data: () => readonly number[]) => (hopper: Uint8Array) => (hopper.length === 1 ? say(data()) : null)
  const sixteen = (set: (value: number) => void) => (data: Uint8Array) =>
    data.length === 2 || data.length === 3 ? acknowledge(() => set((data.at(-2) ?? 0) + 256 * (data.at(-1) ?? 0))) : null

  const replies = (core: SimulatedCore): Replies => ({
    asked: {
      237: () => say([0]),
      236: () => say([0]),
      217: () => say([level()]),
      207: () => say(little(counted(), 2)),
      186: () => say(little(limit, 2)),
      174: () => say(little(float, 2)),
      172: () => say([payout.halt()]),
      171: () => say(asciiOf(coin)),
      168: () => say(little(payout.total(), 3)),
      166: () => {
        const { counter, remaining, paid, unpaid } = payout.status()
        return say([counter, remaining, paid, unpaid])
      },
      163: () => say(registers()),
      160: () => (security === 'serial' ? null : say([...randomBytes(keyBytes)])),
    },
    told: {
      219: (data) => (lock.change(data) ? acknowledge() : null),
      218: (data) => lock.enter(data),
      217: ofHopper(() => [level()]),
      208: sixteen((value) => (told = { coins: value, left: payout.truth().left })),
      207: ofHopper(() => little(counted(), 2)),
      186: ofHopper(() => little(limit, 2)),
      174: ofHopper(() => little(float, 2)),
      187: sixteen((value) => (limit = value)),
      175: sixteen((value) => (float = value)),
      167: (data) => dispense(core, data),
      164: ([code]) => acknowledge(() => payout.enable(code === enableCode)),
      161: ({ length }) => (security === 'serial' || length !== keyBytes ? null : acknowledge()),
    },
  })

  const upTo = (most: number, told: (count: number) => string) => (words: readonly string[]) => {
    const count = whole(words[0], 0, most)
    return count === null ? null : told(count)
  }
  const hands = ({ line }: SimulatedCore): Hands => ({
    fill: upTo(10_000, (count) => `${payout.setCoins(payout.truth().coins + count)} coins`),
    take: upTo(10_000, (count) => `${payout.setCoins(Math.max(0, payout.truth().coins - count))} coins`),
    stall: upTo(255, (count) => {
      payout.stallAfter(count)
      return `the next pay-out ends after ${count} coins`
    }),
    jam() {
      payout.jam()
      return 'jammed: exit blocked'
    },
    clear() {
      payout.clear()
      return 'clear'
    },
    flag([register, bit]) {
      const at = [whole(register, 1, 3), whole(bit, 0, 7)] as const
      const found = flags.find((flag) => flag.at[0] === at[0] && flag.at[1] === at[1])
      if (!found || found.at[0] > known) return null
      payout.raise(found.at[0], found.at[1])
      return found.name
    },
    lie([paid, unpaid]) {
      const [first, second] = [whole(paid, 0, 255), whole(unpaid, 0, 255)]
      if (first === null || second === null) return null
      payout.lie(first, second)
      return `says ${first} paid and ${second} unpaid`
    },
    'set-counter': upTo(255, (count) => {
      payout.setCounter(count)
      return `counter ${count}`
    }),
    'set-total': upTo(0xffffff, (count) => {
      payout.setTotal(count)
      return `dispensed ${count} ever`
    }),
    single([word]) {
      if (word !== 'on' && word !== 'off') return null
      payout.single(word === 'on')
      return `single coin mode ${word}`
    },
    counters: () => JSON.stringify({ ...payout.truth(), ...payout.status(), total: payout.total(), registers: registers(), ...line().errors }),
  })

  return plugIn(wire, clock, options, {
    ...{ names, help, address: 3, serial: 7_654_321, replies, hands, stop: payout.stop },
    restart() {
      lock.forget()
      payout.reset()
    },
    powerCycle() {
      lock.forget()
      payout.powerCycle()
    },
  })
}
