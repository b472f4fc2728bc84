import { acknowledge, asciiOf, little, say, type Replies } from '../cctalk/simulator-core.ts'
import { reply } from '../cctalk/frames.ts'
import { positions, type Mechanism } from './simulator-mechanism.ts'

/** How long a solenoid is pulsed before the acknowledgement (CT2 3.16). */
const pulseMs = 500

/** What the acceptor answers to the headers of its kind (CT2): CT3 appendix 13, with sorter, audit and multi-path commands. */
export function makeReplies(mechanism: Mechanism): Replies {
  const { totals } = mechanism
  const position = (value: number | undefined) => (value !== undefined && value >= 1 && value <= positions ? value : null)
  const at = <Result>(value: number | undefined, act: (index: number) => Result): Result | null => {
    const found = position(value)
    return found === null ? null : act(found - 1)
  }
  /** For what is asked by credit code (CT2 3.44, 3.102). */
  const coded = <Result>(code: number | undefined, act: (found: readonly number[]) => Result): Result | null => {
    const found = mechanism.positionsOf(code ?? 0)
    return found.length === 0 ? null : act(found)
  }
  const isPath = (path: number) => path >= 1 && path <= 8

  return {
    asked: {
      // Coins cannot be programmed over the line (CT2 3.13).
      243: () => say([0]),
      248: () => say([mechanism.lever ? 1 : 0]),
      237: () => say([0]),
      236: () => say([mechanism.fault === 0 ? 0 : 1]),
      232: () => say([mechanism.fault]),
      230: () => say(little(mechanism.mask, 2)),
      229: () => {
        mechanism.polled()
        return say([mechanism.counter, ...mechanism.results])
      },
      227: () => say([mechanism.open ? 1 : 0]),
      226: () => say(little(totals.inserted, 3)),
      225: () => say(little(totals.accepted, 3)),
      221: () => say([mechanism.sorter.override]),
      213: () => say([mechanism.codesAreValues ? 1 : 0]),
      194: () => say(little(totals.rejected, 3)),
      193: () => say(little(totals.fraud, 3)),
      188: () => say([mechanism.sorter.defaultPath]),
    },
    told: {
      240: () => ({ header: reply.answer, data: [], delayMs: pulseMs }),
      231: ([low = 0, high = 0]) => acknowledge(() => (mechanism.mask = low | (high << 8))),
      228: ([status = 0]) => acknowledge(() => (mechanism.open = (status & 1) === 1)),
      222: ([mask = 255]) => acknowledge(() => (mechanism.sorter.override = mask)),
      212: ([code]) => coded(code, (found) => say(little(found.reduce((mask, place) => mask | (1 << (place - 1)), 0), 2))),
      210: ([place, ...paths]) =>
        at(place, (index) => {
          const whole = (paths.length === 1 || paths.length === 4) && paths.every(isPath)
          return whole ? acknowledge(() => (mechanism.paths[index] = paths)) : null
        }),
      209: ([place]) => at(place, (index) => say(mechanism.paths[index] ?? [1])),
      189: ([path = 0]) => (isPath(path) ? acknowledge(() => (mechanism.sorter.defaultPath = path)) : null),
      184: ([place]) => at(place, (index) => say(asciiOf(mechanism.table[index] ?? '......'))),
      162: (data) => (data.length === 6 ? acknowledge(() => mechanism.coinByCoin([...data])) : null),
      150: ([code]) => coded(code, (found) => say(little(found.reduce((sum, place) => sum + (totals.byPosition[place - 1] ?? 0), 0), 3))),
      149: ([code]) => say(little(totals.errors.get(code ?? 0) ?? 0, 3)),
      135: ([coins = 0]) => acknowledge(() => (mechanism.limit = coins === 0 ? null : coins)),
    },
  }
}
