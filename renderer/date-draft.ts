import type { Era } from '../main/contract/date.ts'
import type { DateParts } from './date-parts.ts'

export type DatePart = 'era' | 'year' | 'month' | 'day'

/** A day while it is entered, and the part that the keys are for now. */
export interface DateDraft {
  readonly part: DatePart
  readonly era: Era | null
  /** As typed. */
  readonly year: string
  readonly month: number | null
  readonly day: number | null
}

/** Where entering begins: with what was chosen before, or at the first part. */
export function startDraft(chosen: DateParts | null, eras: readonly Era[]): DateDraft {
  if (chosen) return { part: 'day', era: chosen.era, year: String(chosen.year), month: chosen.month, day: chosen.day }
  const only = eras.length === 1 ? (eras[0] ?? null) : null
  return { part: only ? 'year' : 'era', era: only, year: '', month: null, day: null }
}

/** How many digits a year of this calendar can have. */
export function yearDigits(era: Era | null): number {
  return era === 'western' ? 4 : era === 'roc' ? 3 : 2
}

/** The whole day, once every part is there. */
export function finished({ era, year, month, day }: DateDraft): DateParts | null {
  return era !== null && year !== '' && month !== null && day !== null ? { era, year: Number(year), month, day } : null
}
