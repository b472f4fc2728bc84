import type { Era } from '../contract/date.ts'
import { dateOf, isDay, type DateParts } from './civil-date.ts'
import { toWestern, type EraReading } from './japanese-era.ts'
import { rocToWestern } from './roc-year.ts'

/** A day as a resident entered it: `year` counts in the calendar that was chosen. */
export function readEnteredDate(era: Era, parts: DateParts): EraReading {
  switch (era) {
    case 'western':
      return isDay(parts) ? { ok: true, date: dateOf(parts), warning: null } : { ok: false, error: { code: 'not-a-day' } }
    case 'roc': {
      const reading = rocToWestern({ before: false, ...parts })
      return reading.ok ? { ...reading, warning: null } : reading
    }
    default:
      return toWestern({ era, ...parts })
  }
}
