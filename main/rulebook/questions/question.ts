import type { CivilDate } from '../../contract/date.ts'
import { knowsHolidays } from '../closed-days.ts'
import type { Deadline } from '../counting.ts'
import type { Evidence, Jurisdiction, Rulebook, RuleValue } from '../rulebook.ts'

/** What a question is asked with; each has the kind that its `Option` names. */
export interface Given {
  /** The day on which it is asked, in the zone of the rule. */
  readonly today: CivilDate
  date(name: string): CivilDate
  number(name: string): number
  /** Milliseconds since 1970-01-01 UTC. */
  instant(name: string): number
  text(name: string): string
  /** The date or text, or null where none was given. */
  maybe(name: string): CivilDate | null
}

export interface Option {
  readonly name: string
  /**
   * `birth` is a date that has come, at most 130 years ago; `instant` is local time in the question's zone, `YYYY-MM-DDTHH:MM[:SS]`; `choice` one of
   * `choices`; `year` is a number that may be written 元, for 1; `language` a BCP 47 tag.
   */
  readonly kind: 'date' | 'birth' | 'number' | 'year' | 'instant' | 'text' | 'language' | 'choice'
  readonly choices?: readonly string[]
  /** What holds when it is left out; `now` is this day or moment. Without it the option must be given, unless `optional`. */
  readonly otherwise?: string
  readonly optional?: boolean
}

/** `from` and `to` are the first and the last day, null where there is none. */
export interface RuleAnswer {
  readonly value: RuleValue
  readonly from: CivilDate | null
  readonly to: CivilDate | null
  /** Beside a value that has no room for it: whether the table of holidays reaches over the days that were counted. */
  readonly holidaysKnown?: boolean
  /** Another rule than the question's own that stands behind this answer. */
  readonly rule?: string
  /** What stands behind it when that is a table and no rule. */
  readonly evidence?: Evidence
}

/** What was given does not go together: at which option, and why. */
export interface Objection {
  readonly at: string
  readonly reason: string
}

/** A rule that needs numbers to be answered. Everybody may say `--today` as well; an option `country` decides the zone. */
export interface Question {
  readonly name: string
  /** The rule that stands behind it: its zone, source and explanation are told with the answer. */
  readonly rule: string
  /** The identifiers that it can be asked by as well. */
  readonly ids: readonly string[]
  readonly options: readonly Option[]
  readonly answer: (given: Given, book: Rulebook) => RuleAnswer | Objection
}

export const day = (name: string, otherwise?: string): Option => ({ name, kind: 'date', ...(otherwise !== undefined && { otherwise }) })
export const maybeDay = (name: string): Option => ({ name, kind: 'date', optional: true })
export const number = (name: string, otherwise?: string): Option => ({ name, kind: 'number', ...(otherwise !== undefined && { otherwise }) })
export const choice = (name: string, choices: readonly string[], otherwise?: string): Option => ({ name, kind: 'choice', choices, ...(otherwise !== undefined && { otherwise }) })
export const year: Option = { name: 'year', kind: 'year' }
export const birth: Option = { name: 'birth', kind: 'birth' }
export const moment: Option = { name: 'at', kind: 'instant', otherwise: 'now' }

export const within = (value: number, least: number, most: number): boolean => least <= value && value <= most

/** A day to keep, from the event on. */
export const until = (from: CivilDate | null, { safe, last }: Deadline): RuleAnswer => ({ value: { safe, last }, from, to: last })
/** A day to keep that moves with closed days: says whether the table of holidays reaches so far. */
export function untilOpen(book: Rulebook, country: Jurisdiction, from: CivilDate, { safe, last }: Deadline): RuleAnswer {
  return { value: { safe, last, holidaysKnown: knowsHolidays(book, country, from) && knowsHolidays(book, country, last) }, from, to: last }
}
/** What holds on one day. */
export const onDay = (value: RuleValue, date: CivilDate): RuleAnswer => ({ value, from: date, to: date })
