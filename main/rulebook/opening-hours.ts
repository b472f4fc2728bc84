import type { CivilDate } from '../contract/date.ts'
import { addDays, civilDateAt, timeOfDayAt } from './civil-date.ts'
import { dayKind } from './closed-days.ts'
import type { Hours, OpeningHours } from './rule-values.ts'
import type { Jurisdiction, Rulebook } from './rulebook.ts'

/** Whether it is open, and the time of day at which that changes; null when nothing changes within 24 hours. */
export interface OpenState {
  readonly open: boolean
  readonly until: string | null
}

/** Hours of a day as people write them: `8:30–12:00, 13:30–17:00`. */
export function hoursText(hours: readonly Hours[]): string {
  return hours.map(({ from, to }) => `${from}–${to}`.replaceAll(/\b0(?=\d:)/g, '')).join(', ')
}

function hoursOn(book: Rulebook, country: Jurisdiction, { workdays, offDays, yearEnd }: OpeningHours, day: CivilDate): readonly Hours[] {
  const kind = dayKind(book, country, day)
  return kind === 'year-end' ? yearEnd : kind === 'office-day' ? workdays : offDays
}

/** Whether hours of `country` are open at `epochMs`; `from` is inside, `to` outside, in the country's own zone. */
export function openAt(book: Rulebook, country: Jurisdiction, opening: OpeningHours | 'always', epochMs: number): OpenState {
  if (opening === 'always') return { open: true, until: null }
  const zone = country === 'JP' ? 'Asia/Tokyo' : 'Asia/Taipei'
  const day = civilDateAt(epochMs, zone)
  const time = timeOfDayAt(epochMs, zone).slice(0, 5)
  const next = hoursOn(book, country, opening, day).find(({ to }) => time < to)
  if (next) return next.from <= time ? { open: true, until: next.to } : { open: false, until: next.from }
  const tomorrow = hoursOn(book, country, opening, addDays(day, 1))[0]
  return { open: false, until: tomorrow && tomorrow.from <= time ? tomorrow.from : null }
}

/** When hours that are closed at `epochMs` open next; null when that is not within a month. */
export function opensNext(book: Rulebook, country: Jurisdiction, opening: OpeningHours, epochMs: number): { readonly date: CivilDate; readonly time: string } | null {
  const zone = country === 'JP' ? 'Asia/Tokyo' : 'Asia/Taipei'
  const today = civilDateAt(epochMs, zone)
  const time = timeOfDayAt(epochMs, zone).slice(0, 5)
  for (let ahead = 0, date = today; ahead < 31; ahead += 1, date = addDays(date, 1)) {
    const next = hoursOn(book, country, opening, date).find(({ from }) => date > today || time < from)
    if (next) return { date, time: next.from }
  }
  return null
}
