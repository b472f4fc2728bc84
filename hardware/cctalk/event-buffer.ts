/**
 * How far the event buffer of one device has been read (headers 229 and 159; CT1 18). It is written to the journal in the same transaction as the
 * money up to it.
 */
export interface EventCursor {
  /** Serial number of the device (header 242), as decimal digits. */
  readonly serial: string
  /** Event counter of the device at this point, 0..255. */
  readonly counter: number
  /** The 10 result bytes that stood in the buffer at this point, newest first. */
  readonly results: readonly number[]
  /** Events ever read from this device, 0 or more; unlike the counter it never wraps, so serial + ordinal names one event for ever. */
  readonly ordinal: number
}

/**
 * Why the buffer's reading needs a technician's eye: `reset` counter went to 0, `uncounted` more events than the buffer holds, `mismatch` old results
 * did not reappear.
 */
export type BufferAlarm = 'reset' | 'uncounted' | 'mismatch'

/** Events that a device's buffer holds (CT2 3.27). */
export const bufferDepth = 5
/** Bytes of one event in it: A and B. */
const eventBytes = 2
/** The counter runs 1..255 and then from 1 again; 0 stands only after power-up or reset. */
const counterCycle = 255
/** More new events than this between two polls is not believed: the counter went backwards. */
const mostNewEvents = 127

/** What the device answers to header 229: its event counter, and the last five events as 10 bytes, newest first. */
export interface Reading {
  /** 0..255 */
  readonly counter: number
  readonly results: readonly number[]
}

/** One event of the buffer. `a` > 0: a coin with credit code `a` was accepted to sorter path `b`; `a` = 0: event code `b`. */
export interface BufferEvent {
  /** The device's event counter at this event, 1..255. */
  readonly counter: number
  readonly ordinal: number
  readonly a: number
  readonly b: number
}

/** What lies between a cursor and a later reading. */
export interface Advance {
  readonly to: EventCursor
  /** New events, oldest first. */
  readonly events: readonly BufferEvent[]
  /** Events that fell out of the buffer unread. */
  readonly lost: number
  readonly alarm: BufferAlarm | null
}

/** How many events lie between two counter values, 0..254 (CT1 18); `now` is not 0 unless `last` is. */
export function newEvents(last: number, now: number): number {
  return last === 0 ? now : (now - last + counterCycle) % counterCycle
}

/**
 * Whether the device restarted between the two without being seen at 0: its counter begins anew and nothing stands in the buffer from before 1. A
 * buffer that is only wound back shows the old events where they were, and is not taken for new ones.
 */
function restartedUnseen(cursor: EventCursor, { counter, results }: Reading): boolean {
  const begun = counter < cursor.counter && counter < bufferDepth && results.slice(counter * eventBytes).every((byte) => byte === 0)
  const back = (cursor.counter - counter) * eventBytes
  const woundBack = cursor.results.slice(back).length > 0 && cursor.results.slice(back).every((byte, index) => byte === results[index])
  return begun && !woundBack
}

/**
 * Reads on from `cursor`; null when nothing new stands in the buffer. What cannot be the continuation of the cursor gives an alarm and no events:
 * `reset` where the counter began anew at 0, `mismatch` where the old events do not reappear behind the new ones or the counter went backwards. More
 * new events than the buffer holds give those that are there and the alarm `uncounted` (CT2 3.27).
 */
export function readOn(cursor: EventCursor, reading: Reading): Advance | null {
  const { counter, results } = reading
  const { serial, ordinal } = cursor
  const without = (alarm: BufferAlarm, to: Reading): Advance => ({ to: { serial, ordinal, ...to }, events: [], lost: 0, alarm })

  if (counter === 0 && cursor.counter !== 0) return without('reset', reading)
  // From 0 the next reading gives what has happened since.
  if (restartedUnseen(cursor, reading)) return without('reset', { counter: 0, results: results.map(() => 0) })
  const fresh = newEvents(cursor.counter, counter)
  const there = Math.min(fresh, bufferDepth)
  const old = results.slice(there * eventBytes)
  const reappears = old.every((byte, index) => byte === cursor.results[index])
  if (!reappears || (cursor.counter !== 0 && fresh > mostNewEvents)) return without('mismatch', reading)
  if (fresh === 0) return null

  const events = Array.from({ length: there }, (_, index): BufferEvent => {
    const back = there - 1 - index
    return {
      counter: ((counter - 1 - back + counterCycle) % counterCycle) + 1,
      ordinal: ordinal + fresh - back,
      a: results[back * eventBytes] ?? 0,
      b: results[back * eventBytes + 1] ?? 0,
    }
  })
  const lost = fresh - there
  return { to: { serial, counter, results, ordinal: ordinal + fresh }, events, lost, alarm: lost > 0 ? 'uncounted' : null }
}
