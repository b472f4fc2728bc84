import type { CivilDate } from '../contract/date.ts'
import { text, type Text } from '../contract/text.ts'
import { toEra } from './japanese-era.ts'

/** A day in words: the catalogues choose between era and Western years, as the paper in the hand does (R031). Before 1873 only Western. */
export function dateText(date: CivilDate): Text {
  const era = toEra(date)
  if (!era) return text('date.civil', { date, era: 'none', eraYear: '', month: '', day: '' })
  return text('date.civil', { date, era: era.era, eraYear: era.year === 1 ? '元' : String(era.year), month: String(era.month), day: String(era.day) })
}

/** An ISO instant with offset in words, to the minute. */
export function timeText(iso: string): Text {
  return text('date.time', { date: iso.slice(0, 10), clock: iso.slice(11, 16) })
}
