import type { CivilDate } from '../contract/date.ts'
import { dateOf, isDay, partsOf } from './civil-date.ts'

/** ROC 1 is 1912; there is no year 0, and the years before are counted back as 民前 (B0.10). */
const yearBeforeOne = 1911

/** A day as Taiwan's documents write it. `before`: 民前, counted back from 1912. */
export interface RocDate {
  readonly before: boolean
  readonly year: number
  readonly month: number
  readonly day: number
}

export type RocReading = { readonly ok: true; readonly date: CivilDate } | { readonly ok: false; readonly error: { readonly code: 'not-a-year' | 'not-a-day' } }

/** The Western date of a ROC date, years 1–9999 of the Western calendar. */
export function rocToWestern({ before, year, month, day }: RocDate): RocReading {
  const parts = { year: before ? yearBeforeOne + 1 - year : yearBeforeOne + year, month, day }
  if (!Number.isInteger(year) || year < 1 || parts.year < 1 || parts.year > 9999) return { ok: false, error: { code: 'not-a-year' } }
  return isDay(parts) ? { ok: true, date: dateOf(parts) } : { ok: false, error: { code: 'not-a-day' } }
}

/** The ROC date of a day. */
export function westernToRoc(date: CivilDate): RocDate {
  const { year, month, day } = partsOf(date)
  const before = year <= yearBeforeOne
  return { before, year: before ? yearBeforeOne + 1 - year : year - yearBeforeOne, month, day }
}

/** `YYMMDD` as in the old default PIN: years below 10 padded; null from year 100 on and before ROC 1, which six digits cannot hold. For help texts only. */
export function rocSixDigits(date: CivilDate): string | null {
  const { before, year } = westernToRoc(date)
  return before || year > 99 ? null : `${String(year).padStart(2, '0')}${date.slice(5, 7)}${date.slice(8)}`
}
