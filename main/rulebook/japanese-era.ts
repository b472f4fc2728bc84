import type { CivilDate } from '../contract/date.ts'
import { dateOf, isDay, partsOf } from './civil-date.ts'

/**
 * The eras from the Gregorian calendar on (B0.11). `from` and `to` are the days that documents write in the era: change days belong to both.
 * Source: the eras' proclamations and the Era Name Act (Act 43 of 1979); the Gregorian calendar since 1873-01-01. Checked 2026-11-21.
 */
export const japaneseEras = [
  { era: 'meiji', yearOne: 1868, from: '1873-01-01', to: '1912-07-30' },
  { era: 'taisho', yearOne: 1912, from: '1912-07-30', to: '1926-12-25' },
  { era: 'showa', yearOne: 1926, from: '1926-12-25', to: '1989-01-07' },
  { era: 'heisei', yearOne: 1989, from: '1989-01-08', to: '2019-04-30' },
  { era: 'reiwa', yearOne: 2019, from: '2019-05-01', to: null },
] as const

export type JapaneseEra = (typeof japaneseEras)[number]['era']

/** How an era is written: in Japanese (and Chinese), in Latin letters, and by its initial as on forms. */
export const eraNames: Readonly<Record<JapaneseEra, { readonly ja: string; readonly latin: string; readonly initial: string }>> = {
  meiji: { ja: '明治', latin: 'Meiji', initial: 'M' },
  taisho: { ja: '大正', latin: 'Taisho', initial: 'T' },
  showa: { ja: '昭和', latin: 'Showa', initial: 'S' },
  heisei: { ja: '平成', latin: 'Heisei', initial: 'H' },
  reiwa: { ja: '令和', latin: 'Reiwa', initial: 'R' },
}

/** A day as Japanese documents write it; year 1 is 元年. */
export interface EraDate {
  readonly era: JapaneseEra
  readonly year: number
  readonly month: number
  readonly day: number
}

/** `not-a-year`: below 1 or not whole; `not-a-day`: no such month or day; `before-era`: earlier than the era's first day. */
export type EraErrorCode = 'not-a-year' | 'not-a-day' | 'before-era'

export type EraReading =
  /** `past-era-end`: the era had ended by then; documents printed earlier say 平成33年 for 2021, so it is a day all the same. */
  | { readonly ok: true; readonly date: CivilDate; readonly warning: 'past-era-end' | null }
  | { readonly ok: false; readonly error: { readonly code: EraErrorCode } }

/** The Western date of an era date. Years up to 9999 of the Western calendar. */
export function toWestern({ era, year, month, day }: EraDate): EraReading {
  const refuse = (code: EraErrorCode): EraReading => ({ ok: false, error: { code } })
  const { yearOne, from, to } = japaneseEras.find((entry) => entry.era === era)!
  const parts = { year: yearOne + year - 1, month, day }
  if (!Number.isInteger(year) || year < 1 || parts.year > 9999) return refuse('not-a-year')
  if (!isDay(parts)) return refuse('not-a-day')
  const date = dateOf(parts)
  if (date < from) return refuse('before-era')
  return { ok: true, date, warning: to !== null && date > to ? 'past-era-end' : null }
}

/** The era date of a day, in the newer era on a change day; null before 1873, when Japan's calendar was another. */
export function toEra(date: CivilDate): EraDate | null {
  const entry = japaneseEras.findLast(({ from }) => date >= from)
  if (!entry) return null
  const { year, month, day } = partsOf(date)
  return { era: entry.era, year: year - entry.yearOne + 1, month, day }
}

/** The pieces of an era date to put into a sentence: 平成 · 元 · 3 · 31. */
export function eraParts({ era, year, month, day }: EraDate): Readonly<Record<'name' | 'year' | 'month' | 'day', string>> {
  return { name: eraNames[era].ja, year: year === 1 ? '元' : String(year), month: String(month), day: String(day) }
}

