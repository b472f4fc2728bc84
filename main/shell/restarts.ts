import type { Clock } from '../../hardware/clock.ts'

/** Who lived shorter than this did not really start; who lived longer starts with a clean slate. */
const steadyMs = 60_000
/** So many short lives within this time are a crash loop (F11). */
const mostDeaths = 5
const windowMs = 300_000
const firstPauseMs = 200
/** A crash loop is tried again this slowly: a restart may help, hurry does not (F10). */
const loopPauseMs = 60_000

/** What follows a death. */
export interface Restart {
  readonly pauseMs: number
  /** It keeps dying: somebody has to be told. */
  readonly loop: boolean
}

/** Counts the deaths of one process. `livedMs` is how long it lived; `hopeless`: it said itself that a restart does not help. */
export function countDeaths(clock: Clock): (livedMs: number, hopeless?: boolean) => Restart {
  let deaths: readonly number[] = []
  return (livedMs, hopeless = false) => {
    const now = clock.monotonic()
    deaths = [...(livedMs >= steadyMs ? [] : deaths.filter((at) => now - at < windowMs)), now]
    const loop = hopeless || deaths.length >= mostDeaths
    return { loop, pauseMs: loop ? loopPauseMs : firstPauseMs * 2 ** deaths.length }
  }
}
