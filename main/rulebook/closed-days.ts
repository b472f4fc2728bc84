import type { CivilDate } from '../contract/date.ts'
import { weekday } from './civil-date.ts'
import type { IsOpen } from './counting.ts'
import type { Jurisdiction, Rulebook } from './rulebook.ts'

/** What a day is to the offices of a country. `year-end`: the customary days around New Year. */
export type DayKind = 'office-day' | 'weekend' | 'holiday' | 'year-end'

/** Whether the table of holidays reaches to `date`: outside of it only weekends and the year's end are known to be off. */
export function knowsHolidays({ closedDays }: Rulebook, country: Jurisdiction, date: CivilDate): boolean {
  const { from, to } = closedDays[country]
  return from <= date && date <= to
}

/** What `date` is in `country`. A weekend day that is worked on to make up for another is an office day (Taiwan). */
export function dayKind({ closedDays }: Rulebook, country: Jurisdiction, date: CivilDate, on = weekday(date)): DayKind {
  const { holidays, workingWeekendDays, yearEnd } = closedDays[country]
  const monthDay = date.slice(5)
  if (yearEnd && (monthDay >= yearEnd.from || monthDay <= yearEnd.to)) return 'year-end'
  if (Object.hasOwn(holidays, date)) return 'holiday'
  const isWeekend = on === 0 || on === 6
  return isWeekend && !Object.hasOwn(workingWeekendDays, date) ? 'weekend' : 'office-day'
}

/** Whether offices keep their ordinary hours on a day: what deadlines at a counter and working days are counted by (B0.6, B0.8). */
export function officeDays(book: Rulebook, country: Jurisdiction): IsOpen {
  return (date, on) => dayKind(book, country, date, on) === 'office-day'
}
