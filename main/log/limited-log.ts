import type { Clock } from '../../hardware/clock.ts'
import type { Log, LogEvent } from './log.ts'

const minuteMs = 60_000
/** Lines of one event within a minute; the list of events is closed, and so is what a minute can bring. */
const mostAMinute = 60

/**
 * A log that nothing floods: the first 60 lines of each event within a minute are written, the others counted, and their number is one line at the minute's
 * end. What must never be dropped is not here but in the journal.
 */
export function limitedLog(log: Log, clock: Clock): Log {
  const counts = new Map<LogEvent['event'], number>()
  const minuteIsOver = () => {
    for (const [of, count] of counts) if (count > mostAMinute) log({ event: 'suppressed', of, count: count - mostAMinute })
    counts.clear()
  }
  return (entry) => {
    if (counts.size === 0) clock.after(minuteMs, minuteIsOver)
    const count = (counts.get(entry.event) ?? 0) + 1
    counts.set(entry.event, count)
    if (count <= mostAMinute) log(entry)
  }
}
