import type { Draft } from './draft.ts'

/** How far the wall clock may stray from the monotonic one during a visit, in milliseconds, before the papers say so. */
const mostStrayMs = 60_000

/** Whether the time on a slip may be wrong: the clock was set during this visit, or is not to be believed at all (F70). */
export function isTimeUnsure({ state, facts }: Draft): boolean {
  const { visit, clockUnsure } = state
  if (!visit || clockUnsure) return clockUnsure
  return Math.abs(facts.now - visit.openedAt - (facts.monotonic - visit.openedMonotonic)) > mostStrayMs
}
