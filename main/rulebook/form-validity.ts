import type { CivilDate } from '../contract/date.ts'
import { addMonths, compareDates } from './civil-date.ts'
import { valueOn, type Rulebook } from './rulebook.ts'

/** What the resident said about the application form and the person it is for; a field is absent until it is answered. */
export interface FormAnswers {
  /** `infant`: under 1, whose card has no photo since 2024-12-02; `minor`: under 15; `ward`: an adult under guardianship. */
  readonly applicant?: 'adult' | 'minor' | 'ward' | 'infant'
  /** `renewal-letter`: the card expires; `certificate-letter`: only its electronic certificates do. */
  readonly cause?: 'first' | 'renewal-letter' | 'certificate-letter' | 'lost'
  /** `none`: no form, form lost, code torn. */
  readonly form?: 'with-code' | 'handwritten' | 'none'
  readonly name?: 'same' | 'changed'
  readonly address?: 'same' | 'changed'
  /** Anything else that is printed: wrong, or changed since. */
  readonly other?: 'same' | 'changed'
  /** Whether the form prints a 在留期間満了日 (date of expiry of the period of stay). Without one the other questions about the stay do not count. */
  readonly stay?: 'none' | 'printed'
  readonly stayChanged?: 'no' | 'yes'
  /** The date printed on the form. */
  readonly stayUntil?: CivilDate
  /** A renewal of the stay is applied for and not decided. */
  readonly stayPending?: 'no' | 'yes'
  /** Wants residence card and My Number Card in one (特定在留カード). */
  readonly combinedCard?: 'no' | 'yes'
}

export type FormResult = 'OK' | 'INFO' | 'WARN' | 'STOP'

/** Where to go instead. The second is R026: renew the stay at immigration, get a new form at the municipality, then apply, in this order. */
export type WayOut = 'municipality' | 'immigration-municipality-apply' | 'mail' | 'counter' | 'office'

export type FormReason =
  | 'infant'
  | 'certificate-letter'
  | 'no-form'
  | 'handwritten'
  | 'name'
  | 'other'
  | 'address'
  | 'stay-changed'
  | 'expired'
  | 'near'
  | 'short'
  | 'pending'
  | 'combined-card'
  | 'ok'

/** One row of the decision table. */
export interface FormRow {
  readonly row: string
  /** The rule that the row carries out; null where it is a law or practice outside the pamphlet. */
  readonly rule: string | null
  readonly result: FormResult
  readonly reason: FormReason
  readonly ways: readonly WayOut[]
  /** Whether the row holds; undefined while the answers do not tell. */
  readonly when: (answers: FormAnswers, today: CivilDate, book: Rulebook) => boolean | undefined
}

const is = <Value>(answer: Value | undefined, wanted: Value) => (answer === undefined ? undefined : answer === wanted)

/** Holds only for a form with a printed period of stay. */
const ofStay = ({ stay }: FormAnswers, holds: boolean | undefined) => (stay === 'printed' ? holds : is(stay, 'printed'))

const untilIs = (answers: FormAnswers, compare: (until: CivilDate) => boolean) =>
  ofStay(answers, answers.stayUntil === undefined ? undefined : compare(answers.stayUntil))

/**
 * Whether this form may be used at the booth (B2; R021–R026). First match wins; a date equal to today still counts as valid and stops as too near.
 * How near is too near, and since when there is a combined card, the rulebook says; pending renewals: the ministry's multilingual pages.
 */
const formRows: readonly FormRow[] = [
  { row: '0', rule: null, result: 'STOP', reason: 'infant', ways: ['office'], when: ({ applicant }) => is(applicant, 'infant') },
  { row: '0b', rule: null, result: 'STOP', reason: 'certificate-letter', ways: ['counter'], when: ({ cause }) => is(cause, 'certificate-letter') },
  { row: '0a', rule: null, result: 'STOP', reason: 'no-form', ways: ['municipality', 'mail'], when: ({ form }) => is(form, 'none') },
  { row: '1', rule: null, result: 'STOP', reason: 'handwritten', ways: ['mail'], when: ({ form }) => is(form, 'handwritten') },
  { row: '2', rule: 'R022', result: 'STOP', reason: 'name', ways: ['municipality'], when: ({ name }) => is(name, 'changed') },
  { row: '2b', rule: 'R023b', result: 'STOP', reason: 'other', ways: ['municipality'], when: ({ other }) => is(other, 'changed') },
  { row: '3', rule: 'R021', result: 'STOP', reason: 'address', ways: ['municipality'], when: ({ address }) => is(address, 'changed') },
  {
    row: '4',
    rule: 'R023',
    result: 'STOP',
    reason: 'stay-changed',
    ways: ['immigration-municipality-apply'],
    when: (answers) => ofStay(answers, is(answers.stayChanged, 'yes')),
  },
  {
    row: '5',
    rule: 'R024',
    result: 'STOP',
    reason: 'expired',
    ways: ['immigration-municipality-apply'],
    when: (answers, today) => untilIs(answers, (until) => compareDates(until, today) < 0),
  },
  {
    row: '6',
    rule: 'R025',
    result: 'STOP',
    reason: 'near',
    ways: ['immigration-municipality-apply'],
    when: (answers, today, book) => untilIs(answers, (until) => compareDates(until, addMonths(today, valueOn(book, 'R025', today))) <= 0),
  },
  {
    row: '7',
    rule: null,
    result: 'WARN',
    reason: 'short',
    ways: [],
    when: (answers, today, book) => untilIs(answers, (until) => compareDates(until, addMonths(today, valueOn(book, 'short-validity', today))) < 0),
  },
  { row: '8', rule: null, result: 'WARN', reason: 'pending', ways: [], when: (answers) => ofStay(answers, is(answers.stayPending, 'yes')) },
  {
    row: '9',
    rule: null,
    result: 'INFO',
    reason: 'combined-card',
    ways: [],
    when: ({ stay, combinedCard }, today, book) => valueOn(book, 'combined-card', today) && (is(combinedCard, 'yes') ?? (stay === 'none' ? false : undefined)),
  },
]

export interface FormJudgement {
  readonly result: FormResult
  readonly row: string
  readonly rule: string | null
  readonly reason: FormReason
  readonly ways: readonly WayOut[]
  /** Every reason to tell, in the table's order: of a stop its own, else all warnings and infos that hold. */
  readonly notes: readonly FormReason[]
}

/** The table's judgement on `today` (Asia/Tokyo); null while a missing answer could change it. A stop is told as soon as it is certain. */
export function judgeForm(book: Rulebook, answers: FormAnswers, today: CivilDate): FormJudgement | null {
  const holding: FormRow[] = []
  for (const row of formRows) {
    const holds = row.when(answers, today, book)
    if (holds === undefined) return null
    if (!holds) continue
    holding.push(row)
    if (row.result === 'STOP') break
  }
  const notes = holding.map(({ reason }) => reason)
  const [first] = holding
  if (!first) return { result: 'OK', row: '10', rule: null, reason: 'ok', ways: [], notes }
  const { result, row, rule, reason, ways } = first
  return { result, row, rule, reason, ways, notes }
}
