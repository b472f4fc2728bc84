import { Temporal } from 'temporal-polyfill'
import * as PlainDate from 'temporal-polyfill/fns/PlainDate'
import type { CivilDate } from '../contract/date.ts'

/** The zones that rules live in: the zone belongs to the rule, wherever the booth stands (B0.1). */
export type Zone = 'Asia/Tokyo' | 'Asia/Taipei'

/** The numbers of a date: year 1–9999, month 1–12, day 1–31. */
export interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The numbers of `date`. */
export function partsOf(date: CivilDate): DateParts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

/** Whether these numbers are a day of the Gregorian calendar in the years 1–9999. */
export function isDay({ year, month, day }: DateParts): boolean {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false
  return day <= 28 || day <= PlainDate.daysInMonth(PlainDate.create(year, month, 1))
}

const plain = (date: CivilDate): PlainDate.Record => {
  const { year, month, day } = partsOf(date)
  return PlainDate.create(year, month, day)
}

/** The date of these numbers, which must be a day (`isDay`). */
export function dateOf({ year, month, day }: DateParts): CivilDate {
  return PlainDate.toString(PlainDate.create(year, month, day))
}

/** Whether `text` is `YYYY-MM-DD` in ASCII digits and names a day that exists, years 0001–9999. */
export function isCivilDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(partsOf(text))
}

/** `date` moved by whole days, back when negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return PlainDate.toString(PlainDate.addDays(plain(date), days))
}

/** The same day `months` later (earlier when negative); a day that the month lacks becomes its last. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return PlainDate.toString(PlainDate.addMonths(plain(date), months))
}

/** The same day `years` later; 29 February becomes 28 February in a common year (B0.3). */
export function addYears(date: CivilDate, years: number): CivilDate {
  return PlainDate.toString(PlainDate.addYears(plain(date), years))
}

/** Negative when `a` is earlier than `b`, 0 when equal, positive when later: an order for `sort`. */
export function compareDates(a: CivilDate, b: CivilDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Days from `from` to `to`; 0 when equal, negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return PlainDate.diffDays(plain(from), plain(to))
}

const local = (epochMs: number, zone: Zone) => Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs)).toZonedDateTimeISO(zone)

/** A day of a zone: its date, its first millisecond and that of the next. */
interface ZonedDay {
  readonly date: CivilDate
  readonly from: number
  readonly until: number
}

/** The day that was asked for last in each zone: every view asks again. */
const lastDays = new Map<Zone, ZonedDay>()
const dayMs = 86_400_000
/** Neither zone has moved its clocks since (tz database: Asia/Tokyo 1951, Asia/Taipei 1979); before, a day may have had another length. */
const lastMovedYear = 1979

function dayAt(epochMs: number, zone: Zone): ZonedDay {
  const last = lastDays.get(zone)
  if (last && last.from <= epochMs && epochMs < last.until) return last
  const at = local(epochMs, zone)
  const from = at.epochMilliseconds - (((at.hour * 60 + at.minute) * 60 + at.second) * 1_000 + at.millisecond)
  const day = { date: at.toPlainDate().toString(), from, until: from + dayMs }
  if (at.year > lastMovedYear) lastDays.set(zone, day)
  return day
}

/** The day in `zone` at `epochMs` (milliseconds since 1970-01-01 UTC). */
export function civilDateAt(epochMs: number, zone: Zone): CivilDate {
  return dayAt(epochMs, zone).date
}

/** The time of day in `zone` at `epochMs` as `HH:MM:SS`, 24 hours. */
export function timeOfDayAt(epochMs: number, zone: Zone): string {
  const seconds = Math.floor((epochMs - dayAt(epochMs, zone).from) / 1_000)
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
}

/** Milliseconds since 1970-01-01 UTC at which `zone` shows `date` and `time` (`HH:MM` or `HH:MM:SS`). */
export function epochAt(date: CivilDate, time: string, zone: Zone): number {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).epochMilliseconds
}

/** The day of the week, 0 = Sunday to 6 = Saturday. */
export function weekday(date: CivilDate): number {
  return PlainDate.dayOfWeek(plain(date)) % 7
}

/** `date` and the days after it without an end, each with its weekday. */
export function* daysFrom(date: CivilDate): Generator<readonly [date: CivilDate, weekday: number]> {
  for (let day = plain(date); ; day = PlainDate.addDays(day, 1)) yield [PlainDate.toString(day), PlainDate.dayOfWeek(day) % 7]
}

/** The first day on which someone born on `birth` is `age` years old; who was born on 29 February turns on 1 March in a common year (B0.9). */
export function dayOfAge(birth: CivilDate, age: number): CivilDate {
  const birthday = addYears(birth, age)
  return birthday.slice(5) === birth.slice(5) ? birthday : addDays(birthday, 1)
}

/** Completed years of life on `day` of someone born on `birth`; negative before birth (Japan's Act on Calculating Age; B0.9). */
export function ageOn(birth: CivilDate, day: CivilDate): number {
  const age = partsOf(day).year - partsOf(birth).year
  return day.slice(5) < birth.slice(5) ? age - 1 : age
}
