const second = 1_000
/** The first wrong PIN that costs time: fingers slip. */
const third = 3
const firstMs = 30 * second
const mostMs = 3_600 * second

/**
 * How long no PIN is taken after the `tries`-th one in a row that was not right, in milliseconds: nothing after the first and the second, 30 s after the third, and twice
 * as long after each further one, up to an hour (K07): ten thousand guesses take more than a year, whatever is switched off and on between them.
 */
export function lockOutMs(tries: number): number {
  return tries < third ? 0 : Math.min(mostMs, firstMs * 2 ** (tries - third))
}
