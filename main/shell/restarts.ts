import type { Clock } from '../../hardware/clock.ts'

/** So many restarts come at once; another is earned by each minute, so that no loop is faster than one a minute (F10). */
const mostRestarts = 5
const earnedEveryMs = 60_000
const firstPauseMs = 200

/** What follows a death. */
export interface Restart {
  readonly pauseMs: number
  /** It keeps dying: somebody has to be told, and it is tried about once a minute until it lives for one (F11). */
  readonly loop: boolean
}

/** Counts the deaths of one process. `livedMs` is how long it lived; `hopeless`: it said itself that a restart does not help. */
export function countDeaths(clock: Clock): (livedMs: number, hopeless?: boolean) => Restart {
  let left = mostRestarts
  let counted = clock.monotonic()
  let loop = false
  return (livedMs, hopeless = false) => {
    const now = clock.monotonic()
    left = Math.min(mostRestarts, left + (now - counted) / earnedEveryMs)
    counted = now
    loop = hopeless || left < 1 || (loop && livedMs < earnedEveryMs)
    if (!loop) left -= 1
    return { loop, pauseMs: loop ? earnedEveryMs : firstPauseMs * 2 ** Math.ceil(mostRestarts - left) }
  }
}
