import type { CivilDate } from '../contract/date.ts'
import { addDays, addMonths, compareDates, daysFrom } from './civil-date.ts'

/** First and last day, both inside. */
export interface Period {
  readonly from: CivilDate
  readonly to: CivilDate
}

/** A last day: `safe` is what to show, `last` is until when to accept; between the two, "ask". */
export interface Deadline {
  readonly safe: CivilDate
  readonly last: CivilDate
}

/** "From `days` days before the expiry until the expiry": both ends are inside, so 60 days make a window of 61 (B0.2, R132). */
export function windowBeforeExpiry(expiry: CivilDate, days: number): Period {
  return { from: addDays(expiry, -days), to: expiry }
}

/** The last day of a period of days, the day of the event not counted (B0.4). */
export function lastDayAfter(event: CivilDate, days: number): CivilDate {
  return addDays(event, days)
}

/** The last day of a period of days that counts the day of the event as its first: 「…から起算して」 (B0.5). */
export function lastDayFrom(event: CivilDate, days: number): CivilDate {
  return addDays(event, days - 1)
}

/** The last day of a period of months counted from the day after `event`, by the civil codes (Japan 140–143, Taiwan 120–122). */
function lastDayOfMonths(event: CivilDate, months: number): CivilDate {
  const start = addDays(event, 1)
  const corresponding = addMonths(start, months)
  // Where the month has no such day, the period ends with the month.
  return corresponding.slice(8) === start.slice(8) ? addDays(corresponding, -1) : corresponding
}

/** The end of a period of months: the same calendar day and the civil codes' count differ where a month ends (B0.4). */
export function endOfMonths(event: CivilDate, months: number): Deadline {
  const sameDay = addMonths(event, months)
  const counted = lastDayOfMonths(event, months)
  return compareDates(sameDay, counted) <= 0 ? { safe: sameDay, last: counted } : { safe: counted, last: sameDay }
}

/** The end of a period of years: the two differ where 28 February meets a leap year (B0.4). */
export function endOfYears(event: CivilDate, years: number): Deadline {
  return endOfMonths(event, years * 12)
}

/** Whether `day` lies before the end, between the two ends where nobody can promise anything, or after it (B0.4). */
export function standing({ safe, last }: Deadline, day: CivilDate): 'in-time' | 'ask' | 'late' {
  return day <= safe ? 'in-time' : day <= last ? 'ask' : 'late'
}

/** Whether something is open on a day; the weekday, 0 = Sunday, is there for whoever knows it already. */
export type IsOpen = (date: CivilDate, weekday?: number) => boolean

/** The `count`-th open day from `day` on, `day` itself among them. */
function openDay(day: CivilDate, count: number, isOpen: IsOpen): CivilDate {
  let left = count
  for (const [date, weekday] of daysFrom(day)) if (isOpen(date, weekday) && (left -= 1) === 0) return date
  return day
}

/** `day` itself when open, else the next open day: acts at a counter only (B0.6). */
export function nextOpenDay(day: CivilDate, isOpen: IsOpen): CivilDate {
  return openDay(day, 1, isOpen)
}

/** The `count`-th working day after `event`, the first being the next working day (B0.8); `event` itself for 0. */
export function workingDaysAfter(event: CivilDate, count: number, isOpen: IsOpen): CivilDate {
  return count === 0 ? event : openDay(addDays(event, 1), count, isOpen)
}
