import type { CivilDate, Era } from '../main/contract/date.ts'

/** The Gregorian year before each era's year 1, and the era's first day: for showing only, the booth decides what is a day. */
const before: Readonly<Record<Era, number>> = { western: 0, meiji: 1867, taisho: 1911, showa: 1925, heisei: 1988, reiwa: 2018, roc: 1911 }
const begins = [
  ['reiwa', '2019-05-01'],
  ['heisei', '1989-01-08'],
  ['showa', '1926-12-25'],
  ['taisho', '1912-07-30'],
  ['meiji', '1868-01-25'],
] as const

/** A day as people enter it; `year` counts within the era. */
export interface DateParts {
  readonly era: Era
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The Western year of a year of an era. */
export function westernYear(era: Era, year: number): number {
  return before[era] + year
}

/** The years in which an era ran, as far as it is over: `[1989, 2019]`. */
export function eraYears(era: Exclude<Era, 'western'>): readonly [number, number | null] {
  const order = begins.findIndex(([name]) => name === era)
  const next = begins[order - 1]
  return [before[era] + 1, next ? Number(next[1].slice(0, 4)) : null]
}

/** How a day is shown again when somebody comes back to it: counted as the first of `eras` counts. */
export function datePartsOf(date: CivilDate, eras: readonly Era[]): DateParts {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const [usual] = eras
  const japanese = usual === 'western' ? undefined : begins.find(([era, first]) => date >= first && eras.includes(era))
  const era = usual === 'roc' ? usual : (japanese?.[0] ?? 'western')
  return { era, year: year - before[era], month, day }
}

/** Days that a month can have in any year; whether this year has a 29 February is the booth's to say. */
export function longestMonth(month: number | null): number {
  return month === 2 ? 29 : month !== null && [4, 6, 9, 11].includes(month) ? 30 : 31
}
