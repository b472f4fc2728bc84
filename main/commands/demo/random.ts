/** Chance that can be repeated: the same seed gives the same numbers on every machine (mulberry32). */
export interface Random {
  /** Evenly from 0 up to, not including, 1. */
  next(): number
  /** Evenly between `from` and `to`. */
  between(from: number, to: number): number
  /** Bell curve around 0 with a standard deviation of 1. */
  normal(): number
}

/** Repeatable chance from a whole-number seed. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (from, to) => from + (to - from) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}
