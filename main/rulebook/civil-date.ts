import type { CivilDate } from '../contract/date.ts'

/** The zones that rules live in. Neither has daylight saving time today, so an offset is all there is to them. */
export type Zone = 'Asia/Tokyo' | 'Asia/Taipei'

const offsetHours: Readonly<Record<Zone, number>> = { 'Asia/Tokyo': 9, 'Asia/Taipei': 8 }
const secondMs = 1000
const dayMs = 86_400_000
const hourMs = 3_600_000

/** The numbers of a date: year 1–9999, month 1–12, day 1–31. */
export interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days of a month, 28–31. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether these numbers are a day of the Gregorian calendar in the years 1–9999. */
export function isDay({ year, month, day }: DateParts): boolean {
  if (![year, month, day].every(Number.isInteger)) return false
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** The numbers of `date`. */
export function partsOf(date: CivilDate): DateParts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

/** The date of these numbers, which must be a day (`isDay`). */
export function dateOf({ year, month, day }: DateParts): CivilDate {
  const padded = (number: number, length: number) => String(number).padStart(length, '0')
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}

/** Whether `text` is `YYYY-MM-DD` in ASCII digits and names a day that exists, years 0001–9999. */
export function isCivilDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(partsOf(text))
}

/** Days since 1970-01-01; negative before. Years are counted from 1 March so that the leap day comes last. */
function dayNumber(date: CivilDate): number {
  const { year, month, day } = partsOf(date)
  const shiftedYear = month > 2 ? year : year - 1
  const era = Math.floor(shiftedYear / 400)
  const yearOfEra = shiftedYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

function dateOfDayNumber(number: number): CivilDate {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  return dateOf({ year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day })
}

/** `date` moved by whole days, back when negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOfDayNumber(dayNumber(date) + days)
}

/** The same day `months` later (earlier when negative); a day that the month lacks becomes its last. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = partsOf(date)
  const count = year * 12 + (month - 1) + months
  const target = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 }
  return dateOf({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) })
}

/** The same day `years` later; 29 February becomes 28 February in a common year (B0.3). */
export function addYears(date: CivilDate, years: number): CivilDate {
  return addMonths(date, years * 12)
}

/** Negative when `a` is earlier than `b`, 0 when equal, positive when later: an order for `sort`. */
export function compareDates(a: CivilDate, b: CivilDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Days from `from` to `to`; 0 when equal, negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** The day in `zone` at `epochMs` (milliseconds since 1970-01-01 UTC). */
export function civilDateAt(epochMs: number, zone: Zone): CivilDate {
  return dateOfDayNumber(Math.floor((epochMs + offsetHours[zone] * hourMs) / dayMs))
}

/** The time of day in `zone` at `epochMs` as `HH:MM:SS`, 24 hours. */
export function timeOfDayAt(epochMs: number, zone: Zone): string {
  const local = epochMs + offsetHours[zone] * hourMs
  const seconds = Math.floor((local - Math.floor(local / dayMs) * dayMs) / secondMs)
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
}

/** Milliseconds since 1970-01-01 UTC at which `zone` shows `date` and `time` (`HH:MM` or `HH:MM:SS`). */
export function epochAt(date: CivilDate, time: string, zone: Zone): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return dayNumber(date) * dayMs + (hours - offsetHours[zone]) * hourMs + (minutes * 60 + seconds) * secondMs
}

/** The day of the week, 0 = Sunday to 6 = Saturday. */
export function weekday(date: CivilDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7
}

/** The first day on which someone born on `birth` is `age` years old; who was born on 29 February turns on 1 March in a common year (B0.9). */
export function dayOfAge(birth: CivilDate, age: number): CivilDate {
  const { year, month, day } = partsOf(birth)
  const birthday = { year: year + age, month, day }
  return isDay(birthday) ? dateOf(birthday) : dateOf({ ...birthday, month: 3, day: 1 })
}

/** Completed years of life on `day` of someone born on `birth`; negative before birth (Japan's Act on Calculating Age; B0.9). */
export function ageOn(birth: CivilDate, day: CivilDate): number {
  const age = partsOf(day).year - partsOf(birth).year
  return day.slice(5) < birth.slice(5) ? age - 1 : age
}
