import type { Clock } from '../clock.ts'
import type { HopperStatus } from './judge.ts'
import { flagsOf } from './registers.ts'

/** How long the motor turns without a coin before it gives up. */
const timeoutMs = 1500

/** The part of a hopper that coins touch: bowl, motor, exit, counters and status registers. */
export interface Payout {
  /** Starts the motor for `count` coins; false when the hopper may not. */
  begin(count: number): boolean
  /** Stops the motor; how many coins are still owed. */
  halt(): number
  enable(on: boolean): void
  status(): HopperStatus
  /** Coins ever dispensed, modulo 2^24; kept over power cuts. */
  total(): number
  registers(): readonly [number, number, number]
  raise(register: 1 | 2 | 3, bit: number): void
  /** Software reset: clears the flags, counter 0, disabled. */
  reset(): void
  /** The supply was gone for a moment. */
  powerCycle(): void
  jam(): void
  /** Takes the stuck coin out. */
  clear(): void
  /** The next pay-out finds no coin after so many. */
  stallAfter(count: number): void
  /** From the next pay-out's end on, the status tells this. */
  lie(paid: number, unpaid: number): void
  setCounter(counter: number): void
  setTotal(total: number): void
  setCoins(coins: number): number
  single(on: boolean): void
  /** What is really so: coins in the bowl, and coins that have left it since it was made. */
  truth(): { readonly coins: number; readonly left: number; readonly dispenses: number }
  stop(): void
}

/** `known` registers, 1..3, as the model has them (CT2 3.90): a flag in another one does not exist. */
export function makePayout(clock: Clock, options: { readonly coins: number; readonly coinMs: number; readonly known: number }): Payout {
  let { coins } = options
  let left = 0
  let dispenses = 0
  let total = 0
  let status: HopperStatus = { counter: 0, remaining: 0, paid: 0, unpaid: 0 }
  let enabled = false
  let jammed = false
  let stall: number | null = null
  let told: { readonly paid: number; readonly unpaid: number } | null = null
  const registers: [number, number, number] = [0x40, 0, 0]
  let cancel: () => void = () => undefined

  const raise = (register: 1 | 2 | 3, bit: number) => {
    if (register > options.known) return
    registers[register - 1] = (registers[register - 1] ?? 0) | (1 << bit)
  }
  const drop = (register: 1 | 2 | 3, bit: number) => {
    registers[register - 1] = (registers[register - 1] ?? 0) & ~(1 << bit)
  }
  const end = () => {
    cancel()
    status = { ...status, unpaid: status.remaining, remaining: 0 }
    stall = null
  }
  const turn = () => {
    const dry = coins <= 0 || stall === status.paid || jammed
    cancel = clock.after(dry ? timeoutMs : options.coinMs, () => {
      if (dry) {
        raise(1, jammed ? 5 : 1)
        end()
        return
      }
      // The last ones were taken out while the motor turned.
      if (coins <= 0) return turn()
      coins -= 1
      left += 1
      total = (total + 1) % 2 ** 24
      status = { ...status, paid: status.paid + 1, remaining: status.remaining - 1 }
      if (status.remaining > 0) turn()
      else end()
    })
  }
  const forget = () => {
    cancel()
    status = { counter: 0, remaining: 0, paid: status.paid, unpaid: status.remaining + status.unpaid }
    enabled = false
    told = null
    stall = null
  }
  const payout: Payout = {
    begin(count) {
      const blocked = flagsOf(Uint8Array.from(registers)).some(({ kind }) => kind === 'reset')
      const single = (registers[1] & 2) !== 0
      if (!enabled || blocked || status.remaining > 0 || count === 0 || (single && count !== 1)) return false
      drop(1, 1)
      drop(1, 2)
      dispenses += 1
      status = { counter: status.counter === 255 ? 1 : status.counter + 1, remaining: count, paid: 0, unpaid: 0 }
      turn()
      return true
    },
    halt() {
      const owed = status.remaining
      if (owed > 0) end()
      return owed
    },
    enable(on) {
      enabled = on
    },
    status: () => (told && status.remaining === 0 ? { ...status, ...told } : status),
    total: () => total,
    registers: () => [registers[0] | (enabled ? 0 : 0x80), registers[1], registers[2]],
    raise,
    reset() {
      forget()
      const single = registers[1] & 2
      registers.splice(0, 3, 0, single, 0)
      if (jammed) raise(1, 3)
    },
    powerCycle() {
      const interrupted = status.remaining > 0
      forget()
      raise(1, 6)
      if (interrupted) raise(3, 0)
    },
    jam() {
      jammed = true
      if (status.remaining === 0) raise(1, 3)
    },
    clear() {
      jammed = false
    },
    stallAfter(count) {
      stall = count
    },
    lie(paid, unpaid) {
      told = { paid, unpaid }
    },
    setCounter(counter) {
      status = { ...status, counter }
    },
    setTotal(next) {
      total = next
    },
    setCoins(next) {
      coins = next
      return coins
    },
    single(on) {
      if (on) raise(2, 1)
      else drop(2, 1)
    },
    truth: () => ({ coins, left, dispenses }),
    stop: () => cancel(),
  }
  return payout
}
