import { bufferDepth } from './credit.ts'

/** Positions of a coin table (bits of the inhibit mask). */
export const positions = 16
/** CT4 2.1.2: without a poll for this long the acceptor lets nothing in. */
const pollWatchdogMs = 1000
const emptyId = '......'

/** What becomes of a coin. */
export type Fate = { readonly accepted: true; readonly position: number } | { readonly accepted: false; readonly code: number }

/** The part of an acceptor that coins touch: coin table, inhibits, counters and the buffer of the last five events. */
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
  /** Coins that may still be let in (header 135); null without a limit. */
  limit: number | null
  /** Sorter path of each position. */
  readonly paths: number[]
  readonly totals: { inserted: number; accepted: number; rejected: number; fraud: number; readonly byPosition: number[] }
  event(a: number, b: number): void
  /** Drops a coin of `position` into the slot; position 0 is a coin that the acceptor does not know. */
  insert(position: number): Fate
  /** A coin of `position`, 1..16, falls into the cash box. */
  accept(position: number): Fate
  polled(): void
  /** Power-up or reset: counter 0, empty buffer, everything inhibited. */
  restart(): void
}

/** `coins` are identifiers in the order of their positions. */
export function makeMechanism(coins: readonly string[], monotonic: () => number, watchdog: boolean): Mechanism {
  let lastPoll = Number.NEGATIVE_INFINITY

  const fate = (position: number): Fate => {
    const known = position >= 1 && mechanism.table[position - 1] !== emptyId && position <= positions
    if (!known) return { accepted: false, code: 1 }
    const deserted = watchdog && monotonic() - lastPoll > pollWatchdogMs
    if (!mechanism.open || mechanism.fault !== 0 || deserted || mechanism.limit === 0) return { accepted: false, code: 2 }
    if ((mechanism.mask & (1 << (position - 1))) === 0) return { accepted: false, code: 127 + position }
    return { accepted: true, position }
  }

  const mechanism: Mechanism = {
    table: Array.from({ length: positions }, (_, index) => coins[index] ?? emptyId),
    mask: 0,
    open: true,
    counter: 0,
    results: new Array<number>(bufferDepth * 2).fill(0),
    fault: 0,
    limit: null,
    paths: new Array<number>(positions).fill(1),
    totals: { inserted: 0, accepted: 0, rejected: 0, fraud: 0, byPosition: new Array<number>(positions).fill(0) },
    event(a, b) {
      mechanism.counter = mechanism.counter === 255 ? 1 : mechanism.counter + 1
      mechanism.results = [a, b, ...mechanism.results.slice(0, -2)]
    },
    insert(position) {
      const outcome = fate(position)
      if (outcome.accepted) return mechanism.accept(position)
      mechanism.totals.inserted += 1
      mechanism.totals.rejected += 1
      mechanism.event(0, outcome.code)
      return outcome
    },
    accept(position) {
      const { totals } = mechanism
      totals.inserted += 1
      totals.accepted += 1
      totals.byPosition[position - 1] = (totals.byPosition[position - 1] ?? 0) + 1
      if (mechanism.limit !== null && mechanism.limit > 0) mechanism.limit -= 1
      mechanism.event(position, mechanism.paths[position - 1] ?? 0)
      return { accepted: true, position }
    },
    polled() {
      lastPoll = monotonic()
    },
    restart() {
      mechanism.counter = 0
      mechanism.results.fill(0)
      mechanism.mask = 0
      mechanism.open = true
      mechanism.limit = null
      lastPoll = Number.NEGATIVE_INFINITY
    },
  }
  return mechanism
}
