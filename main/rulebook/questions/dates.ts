import { ageOn, civilDateAt, dayOfAge } from '../civil-date.ts'
import { dayKind, knowsHolidays, officeDays } from '../closed-days.ts'
import { endOfMonths, endOfYears, lastDayAfter, lastDayFrom, nextOpenDay, windowBeforeExpiry, workingDaysAfter } from '../counting.ts'
import { eraNames, japaneseEras, toEra, toWestern, type EraErrorCode, type JapaneseEra } from '../japanese-era.ts'
import { openAt, opensNext } from '../opening-hours.ts'
import { rocToWestern, westernToRoc } from '../roc-year.ts'
import { valueOn, type Jurisdiction } from '../rulebook.ts'
import { birth, choice, day, moment, number, onDay, within, year, type Given, type Objection, type Question } from './question.ts'

const eraSpellings = japaneseEras.map(({ era }) => ({ era, spellings: [era, eraNames[era].ja, eraNames[era].initial, eraNames[era].latin] }))
/** Periods of at most a hundred years: their ends stay dates that can be written. */
const mostYears = 100
const mostDays = 36_525
const country = choice('country', ['JP', 'TW'], 'JP')
/** The part of a date in years of an era that is no such thing. */
const refused = (code: EraErrorCode): Objection => ({ at: code === 'not-a-year' ? 'year' : 'day', reason: code })
const countryOf = (given: Given) => given.text('country') as Jurisdiction

/** The date engine by itself (B0): counting, closed days, ages, eras. */
export const dateQuestions: readonly Question[] = [
  {
    name: 'holiday',
    rule: 'counting',
    ids: [],
    options: [day('on', 'now'), country],
    answer(given, book) {
      const listed = dayKind(book, countryOf(given), given.date('on'))
      const kind = listed === 'office-day' && !knowsHolidays(book, countryOf(given), given.date('on')) ? 'unknown' : listed
      const { closedDays } = book
      return { ...onDay(kind, given.date('on')), evidence: book.evidence((kind === 'year-end' && closedDays[countryOf(given)].yearEnd) || closedDays[countryOf(given)]) }
    },
  },
  {
    name: 'deadline',
    rule: 'counting',
    ids: [],
    options: [day('event'), number('days'), choice('count', ['after', 'from'], 'after'), choice('act', ['counter', 'online'], 'counter'), country],
    answer(given, book) {
      const [event, days] = [given.date('event'), given.number('days')]
      if (!within(days, 1, mostDays)) return { at: 'days', reason: `is not 1 to ${mostDays}` }
      const safe = given.text('count') === 'from' ? lastDayFrom(event, days) : lastDayAfter(event, days)
      const last = given.text('act') === 'counter' ? nextOpenDay(safe, officeDays(book, countryOf(given))) : safe
      return { value: { safe, last, holidaysKnown: knowsHolidays(book, countryOf(given), event) && knowsHolidays(book, countryOf(given), last) }, from: event, to: last }
    },
  },
  {
    name: 'working-days',
    rule: 'counting',
    ids: [],
    options: [day('event'), number('days'), choice('country', ['JP', 'TW'], 'TW')],
    answer(given, book) {
      const days = given.number('days')
      if (days < 1 || days > 366) return { at: 'days', reason: 'is not 1 to 366' }
      const on = workingDaysAfter(given.date('event'), days, officeDays(book, countryOf(given)))
      return { value: { on, holidaysKnown: knowsHolidays(book, countryOf(given), given.date('event')) && knowsHolidays(book, countryOf(given), on) }, from: given.date('event'), to: on }
    },
  },
  {
    name: 'window-before-expiry',
    rule: 'counting',
    ids: [],
    options: [day('expiry'), number('days', '60')],
    answer(given) {
      if (given.number('days') < 0) return { at: 'days', reason: 'a window that ends before it opens' }
      if (given.number('days') > mostDays) return { at: 'days', reason: `is more than ${mostDays}` }
      return { value: { days: given.number('days') + 1 }, ...windowBeforeExpiry(given.date('expiry'), given.number('days')) }
    },
  },
  {
    name: 'period-of-years',
    rule: 'counting',
    ids: [],
    options: [day('event'), number('years')],
    answer(given) {
      if (!within(given.number('years'), 0, mostYears)) return { at: 'years', reason: `is not 0 to ${mostYears}` }
      const end = endOfYears(given.date('event'), given.number('years'))
      return { value: { ...end, ask: end.safe !== end.last }, from: given.date('event'), to: end.last }
    },
  },
  {
    name: 'period-of-months',
    rule: 'counting',
    ids: [],
    options: [day('event'), number('months')],
    answer(given) {
      if (!within(given.number('months'), 0, mostYears * 12)) return { at: 'months', reason: `is not 0 to ${mostYears * 12}` }
      const end = endOfMonths(given.date('event'), given.number('months'))
      return { value: { ...end, ask: end.safe !== end.last }, from: given.date('event'), to: end.last }
    },
  },
  {
    name: 'age',
    rule: 'age',
    ids: [],
    options: [birth, day('on', 'now'), number('years', '18')],
    answer(given) {
      const [born, on, years] = [given.date('birth'), given.date('on'), given.number('years')]
      if (on < born) return { at: 'on', reason: 'is before --birth' }
      if (!within(years, 0, 2 * mostYears)) return { at: 'years', reason: `is not 0 to ${2 * mostYears}` }
      return { value: ageOn(born, on), from: dayOfAge(born, years), to: null }
    },
  },
  {
    name: 'era',
    rule: 'eras',
    ids: [],
    options: [choice('era', eraSpellings.flatMap(({ spellings }) => spellings)), year, number('month'), number('day')],
    answer(given) {
      const era: JapaneseEra = eraSpellings.find(({ spellings }) => spellings.includes(given.text('era')))!.era
      const reading = toWestern({ era, year: given.number('year'), month: given.number('month'), day: given.number('day') })
      if (!reading.ok) return refused(reading.error.code)
      return onDay({ date: reading.date, warning: reading.warning }, reading.date)
    },
  },
  {
    name: 'to-era',
    rule: 'eras',
    ids: [],
    options: [day('date', 'now')],
    answer(given) {
      const reading = toEra(given.date('date'))
      return onDay(reading && { ...reading }, given.date('date'))
    },
  },
  {
    name: 'roc',
    rule: 'roc-years',
    ids: [],
    options: [year, number('month'), number('day'), choice('before', ['no', 'yes'], 'no')],
    answer(given) {
      const reading = rocToWestern({ before: given.text('before') === 'yes', year: given.number('year'), month: given.number('month'), day: given.number('day') })
      return reading.ok ? onDay({ date: reading.date }, reading.date) : refused(reading.error.code)
    },
  },
  { name: 'to-roc', rule: 'roc-years', ids: [], options: [day('date', 'now')], answer: (given) => onDay({ ...westernToRoc(given.date('date')) }, given.date('date')) },
  {
    name: 'office-hours',
    rule: 'R103',
    ids: ['R103'],
    options: [choice('office', ['household-registration', 'immigration'], 'household-registration'), moment],
    answer(given, book) {
      const today = civilDateAt(given.instant('at'), 'Asia/Taipei')
      const hours = valueOn(book, given.text('office') === 'immigration' ? 'immigration-hours' : 'R103', today)
      const state = openAt(book, 'TW', hours, given.instant('at'))
      const opens = state.open ? null : opensNext(book, 'TW', hours, given.instant('at'))
      return onDay({ ...state, opens: opens && { ...opens }, holidaysKnown: knowsHolidays(book, 'TW', opens?.date ?? today) }, today)
    },
  },
]
