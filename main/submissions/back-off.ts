const shortestMs = 1000
const longestMs = 3_600_000

/**
 * How long to wait after `failures` (1 or more) failures in a row: doubling, between 1 s and 1 h, the upper half of it by chance so that many booths
 * do not come back at once. `random` is 0 to 1; `wishMs` the centre's own wish, which is never undercut within that hour.
 */
export function backOffMs(failures: number, random: number, wishMs: number | null): number {
  const step = Math.min(longestMs, 2 * shortestMs * 2 ** Math.min(failures - 1, 30))
  return Math.min(longestMs, Math.max(step / 2 + (random * step) / 2, wishMs ?? 0))
}
