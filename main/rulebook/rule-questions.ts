import type { CivilDate } from '../contract/date.ts'
import { addDays, addMonths, addYears, ageOn, civilDateAt, dayOfAge, type Zone } from './civil-date.ts'
import { endOfYears, lastDayAfter, lastDayFrom, nextOpenDay, windowBeforeExpiry, workingDaysAfter, type Deadline } from './counting.ts'
import { judgeForm, type FormAnswers } from './form-validity.ts'
import { isJapaneseHoliday, isJapaneseOfficeDay, isWeekend, isYearEnd, japaneseHolidays } from './holidays.ts'
import { eraNames, japaneseEras, toEra, toWestern, type JapaneseEra } from './japanese-era.ts'
import { resolvePhoneLines } from './phone-lines.ts'
import type { RuleValue } from './rule-table.ts'
import { sources } from './sources.ts'

/** What a question is asked with; each has the kind that its `Option` names. */
export interface Given {
  date(name: string): CivilDate
  number(name: string): number
  /** Milliseconds since 1970-01-01 UTC. */
  instant(name: string): number
  text(name: string): string
  has(name: string): boolean
}

export interface Option {
  readonly name: string
  /** `instant` is local time in the question's zone, `YYYY-MM-DDTHH:MM[:SS]`; `choice` one of `choices`. */
  readonly kind: 'date' | 'number' | 'instant' | 'text' | 'choice'
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
}

/** A rule that needs numbers to be answered. */
export interface Question {
  readonly name: string
  /** The identifiers that it can be asked by as well. */
  readonly ids: readonly string[]
  readonly zone: Zone
  readonly source: string
  readonly checked: CivilDate
  readonly options: readonly Option[]
  readonly answer: (given: Given) => RuleAnswer
}

const checked = '2026-11-21'
const day = (name: string, otherwise?: string): Option => ({ name, kind: 'date', ...(otherwise !== undefined && { otherwise }) })
const number = (name: string, otherwise?: string): Option => ({ name, kind: 'number', ...(otherwise !== undefined && { otherwise }) })
const choice = (name: string, choices: readonly string[], otherwise?: string): Option => ({
  name,
  kind: 'choice',
  choices,
  ...(otherwise !== undefined && { otherwise }),
})

const until = (from: CivilDate | null, { safe, last }: Deadline): RuleAnswer => ({ value: { safe, last }, from, to: last })

/** At a Japanese counter: the last day moves to the next open one, the safe day does not (B0.6). */
const atCounter = (safe: CivilDate): Deadline => ({ safe, last: nextOpenDay(safe, isJapaneseOfficeDay) })

/** No table of Taiwan's holidays is kept: weekends only. */
const isTaiwanWorkingDay = (date: CivilDate) => !isWeekend(date)

const formOptions: readonly Option[] = [
  choice('applicant', ['adult', 'minor', 'ward', 'infant'], 'adult'),
  choice('cause', ['first', 'renewal-letter', 'certificate-letter', 'lost'], 'first'),
  choice('form', ['with-code', 'handwritten', 'none'], 'with-code'),
  choice('name', ['same', 'changed'], 'same'),
  choice('address', ['same', 'changed'], 'same'),
  choice('other', ['same', 'changed'], 'same'),
  choice('stay-changed', ['no', 'yes'], 'no'),
  choice('pending', ['no', 'yes'], 'no'),
  choice('combined-card', ['no', 'yes'], 'no'),
  { name: 'expiry', kind: 'date', optional: true },
  day('today', 'now'),
]

function formAnswers(given: Given): FormAnswers {
  const stated = {
    applicant: given.text('applicant'),
    cause: given.text('cause'),
    form: given.text('form'),
    name: given.text('name'),
    address: given.text('address'),
    other: given.text('other'),
    stay: given.has('expiry') ? 'printed' : 'none',
    stayChanged: given.text('stay-changed'),
    stayPending: given.text('pending'),
    combinedCard: given.text('combined-card'),
  }
  return { ...(stated as FormAnswers), ...(given.has('expiry') && { stayUntil: given.date('expiry') }) }
}

const eraSpellings = japaneseEras.map(({ era }) => ({ era, spellings: [era, eraNames[era].ja, eraNames[era].initial, eraNames[era].latin] }))

/** The rules that are computed, by name. */
export const questions: readonly Question[] = [
  {
    name: 'form-validity',
    ids: ['R021', 'R022', 'R023', 'R023b', 'R024', 'R025', 'R026'],
    zone: 'Asia/Tokyo',
    source: sources.pamphlet,
    checked,
    options: formOptions,
    answer: (given) => ({ value: { ...judgeForm(formAnswers(given), given.date('today')) }, from: given.date('today'), to: given.date('today') }),
  },
  {
    name: 'notice-arrival',
    ids: ['R008'],
    zone: 'Asia/Tokyo',
    source: sources.pamphlet,
    checked,
    options: [day('registered')],
    answer: (given) => ({ value: 'about', from: addDays(given.date('registered'), 14), to: addDays(given.date('registered'), 21) }),
  },
  {
    name: 'photo-age',
    ids: ['R036'],
    zone: 'Asia/Tokyo',
    source: sources.pamphlet,
    checked,
    options: [day('applied')],
    answer: (given) => ({ value: addMonths(given.date('applied'), -6), from: addMonths(given.date('applied'), -6), to: given.date('applied') }),
  },
  {
    name: 'update-deadline',
    ids: ['R033'],
    zone: 'Asia/Tokyo',
    source: sources.pamphlet,
    checked,
    options: [day('changed')],
    answer: (given) => until(given.date('changed'), atCounter(lastDayAfter(given.date('changed'), 14))),
  },
  {
    name: 'continued-use',
    ids: [],
    zone: 'Asia/Tokyo',
    source: sources.municipalities,
    checked,
    options: [day('moved-in')],
    answer: (given) => until(given.date('moved-in'), atCounter(lastDayFrom(given.date('moved-in'), 90))),
  },
  {
    name: 'express-issue',
    ids: [],
    zone: 'Asia/Tokyo',
    source: sources.municipalities,
    checked,
    options: [day('reported')],
    answer: (given) => until(given.date('reported'), atCounter(lastDayFrom(given.date('reported'), 30))),
  },
  {
    name: 'phone-lines',
    ids: ['R050', 'R051', 'R052', 'R053', 'R054', 'R055', 'R056', 'R057', 'R059'],
    zone: 'Asia/Tokyo',
    source: sources.pamphlet,
    checked,
    options: [
      { name: 'language', kind: 'text', otherwise: 'ja' },
      choice('purpose', ['suspend', 'card', 'system'], 'suspend'),
      { name: 'at', kind: 'instant', otherwise: 'now' },
    ],
    answer: (given) => {
      const purpose = given.text('purpose') as 'suspend' | 'card' | 'system'
      const on = civilDateAt(given.instant('at'), 'Asia/Tokyo')
      return { value: resolvePhoneLines(given.text('language'), purpose, given.instant('at')).map((line) => ({ ...line })), from: on, to: on }
    },
  },
  {
    name: 'holiday',
    ids: [],
    zone: 'Asia/Tokyo',
    source: japaneseHolidays.source,
    checked,
    options: [day('on', 'now')],
    answer: (given) => {
      const on = given.date('on')
      const value = isJapaneseHoliday(on) ? 'holiday' : isYearEnd(on) ? 'year-end' : isWeekend(on) ? 'weekend' : 'office-day'
      return { value, from: on, to: on }
    },
  },
  {
    name: 'age',
    ids: ['R070', 'R100'],
    zone: 'Asia/Tokyo',
    source: sources.ageActs,
    checked,
    options: [day('birth'), day('on', 'now'), number('years', '18')],
    answer: (given) => {
      const birth = given.date('birth')
      return { value: ageOn(birth, given.date('on')), from: dayOfAge(birth, given.number('years')), to: null }
    },
  },
  {
    name: 'era',
    ids: [],
    zone: 'Asia/Tokyo',
    source: sources.eras,
    checked,
    options: [choice('era', eraSpellings.flatMap(({ spellings }) => spellings)), number('year'), number('month'), number('day')],
    answer: (given) => {
      const era: JapaneseEra = eraSpellings.find(({ spellings }) => spellings.includes(given.text('era')))!.era
      const reading = toWestern({ era, year: given.number('year'), month: given.number('month'), day: given.number('day') })
      if (!reading.ok) return { value: { error: reading.error.code }, from: null, to: null }
      return { value: { date: reading.date, warning: reading.warning }, from: reading.date, to: reading.date }
    },
  },
  {
    name: 'to-era',
    ids: [],
    zone: 'Asia/Tokyo',
    source: sources.eras,
    checked,
    options: [day('date', 'now')],
    answer: (given) => {
      const reading = toEra(given.date('date'))
      return { value: reading && { ...reading }, from: given.date('date'), to: given.date('date') }
    },
  },
  {
    name: 'renewal-window',
    ids: ['R131', 'R132'],
    zone: 'Asia/Taipei',
    source: sources.citizenGuide,
    checked,
    options: [day('expiry')],
    answer: (given) => ({ value: { days: 61 }, ...windowBeforeExpiry(given.date('expiry'), 60) }),
  },
  {
    name: 'extension-window',
    ids: ['R123', 'R124', 'R127'],
    zone: 'Asia/Taipei',
    source: sources.citizenGuide,
    checked,
    options: [day('expiry')],
    answer: (given) => {
      const expiry = given.date('expiry')
      const { safe, last } = endOfYears(expiry, 3)
      return { value: { newExpiry: addYears(expiry, 3), acceptUntil: last, ask: safe !== last }, from: addDays(expiry, -60), to: safe }
    },
  },
  {
    name: 'period-of-years',
    ids: [],
    zone: 'Asia/Taipei',
    source: sources.civilCodes,
    checked,
    options: [day('event'), number('years')],
    answer: (given) => {
      const end = endOfYears(given.date('event'), given.number('years'))
      return { value: { ...end, ask: end.safe !== end.last }, from: given.date('event'), to: end.last }
    },
  },
  {
    name: 'order-deadline',
    ids: ['R079'],
    zone: 'Asia/Taipei',
    source: sources.moicaForeigners,
    checked,
    options: [day('completed')],
    answer: (given) => {
      const completed = given.date('completed')
      return until(completed, { safe: lastDayFrom(completed, 15), last: lastDayAfter(completed, 15) })
    },
  },
  {
    name: 'delivery',
    ids: ['R087'],
    zone: 'Asia/Taipei',
    source: sources.moicaForeigners,
    checked,
    options: [day('paid')],
    answer: (given) => ({
      value: 'about; weekends are left out, holidays are not',
      from: workingDaysAfter(given.date('paid'), 7, isTaiwanWorkingDay),
      to: workingDaysAfter(given.date('paid'), 10, isTaiwanWorkingDay),
    }),
  },
]

/** The question of this name or identifier. */
export function questionOf(name: string): Question | undefined {
  return questions.find((question) => question.name === name) ?? questions.find(({ ids }) => ids.includes(name))
}
