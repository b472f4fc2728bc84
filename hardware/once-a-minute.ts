import type { Clock } from './clock.ts'

const minuteMs = 60_000

/** Tells what is said for the first time within a minute from what is said again: a driver that fails at every poll fills no log. */
export function onceAMinute(clock: Clock): (what: string) => boolean {
  const said = new Set<string>()
  return (what) => {
    if (said.has(what)) return false
    if (said.size === 0) clock.after(minuteMs, () => said.clear())
    said.add(what)
    return true
  }
}
