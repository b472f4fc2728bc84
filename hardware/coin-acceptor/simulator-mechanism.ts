import { bufferDepth } from '../cctalk/event-buffer.ts'
import { eventMeaning } from './checks.ts'

/** Positions of a coin table (bits of the inhibit mask). */
export const positions = 16
/** CT4 2.1.2: without a poll for this long the acceptor lets nothing in. */
const pollWatchdogMs = 1000
const emptyId = '......'

/** What becomes of a coin. */
export type Fate = { readonly accepted: true; readonly position: number } | { readonly accepted: false; readonly code: number }

/** The part of an acceptor that coins touch: coin table, inhibits, sorter, counters and the buffer of the last five events. */
export interface Mechanism {
  readonly table: string[]
  /** 1 lets a position in; bit 0 is position 1. Kept in RAM, so 0 after a reset. */
  mask: number
  /** Whether the master inhibit lets coins in. */
  open: boolean
  counter: number
  /** 10 bytes, newest event first. */
  results: number[]
  /** Self-check code (CT3 table 3); anything but 0 lets nothing in. */
  fault: number
  /** Whether the return lever is pressed (header 248). */
  lever: boolean
  /** Option flag 0: credit codes are values (CT3 2.2) instead of positions. */
  codesAreValues: boolean
  /** Coins that may still be let in (header 135); null without a limit. */
  limit: number | null
  /** Sorter paths of each position, one or four, the primary one first. */
  readonly paths: (readonly number[])[]
  /** Default path, and the override mask: bit 0 is path 1, 0 sends its coins the default way (CT2 3.34). */
  readonly sorter: { defaultPath: number; override: number }
  readonly totals: {
    inserted: number
    accepted: number
    rejected: number
    fraud: number
    readonly byPosition: number[]
    /** How often each event code was given. */
    readonly errors: Map<number, number>
  }
  event(a: number, b: number): void
  /** Positions 1..16 whose coins are credited with `code`: in CVF the coins of one value share theirs. */
  positionsOf(code: number): readonly number[]
  /** Drops a coin of `position` into the slot; position 0 is a coin that the acceptor does not know. */
  insert(position: number): Fate
  /** A coin of `position`, 1..16, falls into the cash box. */
  accept(position: number): Fate
  polled(): void
  /** Header 162: inhibit mask (2 bytes) and sorter override for now, and the same for after the next coin. */
  coinByCoin(data: readonly number[]): void
  /** Power-up or reset: counter 0, empty buffer, everything inhibited. */
  restart(): void
}

/** The CVF code of a coin identifier (CT3 2.2): bit 7 multiplies by ten; 255 is a token or what cannot be said. */
function valueCode(id: string): number {
  const value = /^..(\d{3}).$/.test(id) ? Number(id.slice(2, 5)) : id.slice(2, 5) === '1K0' ? 1000 : Number.NaN
  if (value < 128) return value
  return value % 10 === 0 && value / 10 < 127 ? 128 + value / 10 : 255
}

/** `coins` are identifiers in the order of their positions. */
export function makeMechanism(coins: readonly string[], monotonic: () => number, watchdog: boolean): Mechanism {
  let lastPoll = Number.NEGATIVE_INFINITY
  let next: readonly number[] | null = null

  const fate = (position: number): Fate => {
    const known = position >= 1 && mechanism.table[position - 1] !== emptyId && position <= positions
    if (!known) return { accepted: false, code: 1 }
    const deserted = watchdog && monotonic() - lastPoll > pollWatchdogMs
    if (!mechanism.open || mechanism.fault !== 0 || deserted || mechanism.limit === 0) return { accepted: false, code: 2 }
    if ((mechanism.mask & (1 << (position - 1))) === 0) return { accepted: false, code: 127 + position }
    return { accepted: true, position }
  }
  const creditCode = (position: number) => (mechanism.codesAreValues ? valueCode(mechanism.table[position - 1] ?? emptyId) : position)
  const setNow = ([low = 0, high = 0, override = 255]: readonly number[]) => {
    mechanism.mask = low | (high << 8)
    mechanism.sorter.override = override
  }
  const pathOf = (position: number): number => {
    const own = mechanism.paths[position - 1]?.[0] ?? 1
    return (mechanism.sorter.override & (1 << (own - 1))) === 0 ? mechanism.sorter.defaultPath : own
  }
  /** After each attempt the values for "the next coin" hold (CT2, header 162). */
  const attempted = () => {
    if (next) setNow(next)
    next = null
  }

  const mechanism: Mechanism = {
    table: Array.from({ length: positions }, (_, index) => coins[index] ?? emptyId),
    mask: 0,
    open: true,
    counter: 0,
    results: new Array<number>(bufferDepth * 2).fill(0),
    fault: 0,
    lever: false,
    codesAreValues: false,
    limit: null,
    paths: Array.from({ length: positions }, () => [1]),
    sorter: { defaultPath: 1, override: 255 },
    totals: { inserted: 0, accepted: 0, rejected: 0, fraud: 0, byPosition: new Array<number>(positions).fill(0), errors: new Map() },
    event(a, b) {
      mechanism.counter = mechanism.counter === 255 ? 1 : mechanism.counter + 1
      mechanism.results = [a, b, ...mechanism.results.slice(0, -2)]
      if (a !== 0) return
      const { totals } = mechanism
      totals.errors.set(b, (totals.errors.get(b) ?? 0) + 1)
      if (eventMeaning(b).group === 'fraud') totals.fraud += 1
    },
    positionsOf(code) {
      const all = mechanism.table.map((_, index) => index + 1)
      return all.filter((position) => creditCode(position) === code && !(mechanism.codesAreValues && mechanism.table[position - 1] === emptyId))
    },
    insert(position) {
      const outcome = fate(position)
      if (outcome.accepted) return mechanism.accept(position)
      mechanism.totals.inserted += 1
      mechanism.totals.rejected += 1
      mechanism.event(0, outcome.code)
      attempted()
      return outcome
    },
    accept(position) {
      const { totals } = mechanism
      totals.inserted += 1
      totals.accepted += 1
      totals.byPosition[position - 1] = (totals.byPosition[position - 1] ?? 0) + 1
      if (mechanism.limit !== null && mechanism.limit > 0) mechanism.limit -= 1
      mechanism.event(creditCode(position), pathOf(position))
      attempted()
      return { accepted: true, position }
    },
    polled() {
      lastPoll = monotonic()
    },
    coinByCoin(data) {
      setNow(data.slice(0, 3))
      next = data.slice(3)
    },
    restart() {
      mechanism.counter = 0
      mechanism.results.fill(0)
      mechanism.mask = 0
      mechanism.open = true
      mechanism.limit = null
      Object.assign(mechanism.sorter, { defaultPath: 1, override: 255 })
      mechanism.paths.forEach((_, index) => (mechanism.paths[index] = [1]))
      next = null
      lastPoll = Number.NEGATIVE_INFINITY
    },
  }
  return mechanism
}
