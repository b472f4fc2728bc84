import type { Clock } from './clock.ts'
import type { FaultCode } from './faults.ts'

/** A fault that was over so often in a minute comes and goes. */
const mostEnds = 5
const minuteMs = 60_000

export interface Flicker {
  /** What counts as wrong when this is: the same, and what comes and goes. */
  counts(wrong: readonly FaultCode[]): readonly FaultCode[]
  stop(): void
}

/**
 * Holds what comes and goes (a cable, a switch) until it has rested for a minute: what is told of a device, journalled and shown does not grow with each contact.
 * `rested` is called when something may be over without any new word of the device.
 */
export function makeFlicker(clock: Clock, rested: () => void): Flicker {
  let last: readonly FaultCode[] = []
  /** When each was over, in the minute before it last was, milliseconds of the monotonic clock. */
  const ends = new Map<FaultCode, readonly number[]>()
  let cancel = () => {}
  return {
    counts(wrong) {
      const now = clock.monotonic()
      for (const code of last) if (!wrong.includes(code)) ends.set(code, [...(ends.get(code) ?? []).filter((at) => now - at < minuteMs), now])
      last = wrong
      const held = [...ends].flatMap(([code, all]) => {
        const until = (all.at(-1) ?? 0) + minuteMs
        return all.length > mostEnds && until > now && !wrong.includes(code) ? [{ code, until }] : []
      })
      cancel()
      if (held.length > 0) cancel = clock.after(Math.min(...held.map(({ until }) => until)) - now, rested)
      return [...wrong, ...held.map(({ code }) => code)]
    },
    stop: () => cancel(),
  }
}
