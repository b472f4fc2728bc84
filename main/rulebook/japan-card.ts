import type { CivilDate } from '../contract/date.ts'
import { addDays, addMonths, addYears, ageOn, partsOf } from './civil-date.ts'
import { officeDays } from './closed-days.ts'
import { endOfMonths, lastDayAfter, lastDayFrom, nextOpenDay, standing, type Deadline } from './counting.ts'
import { valueOn, type Rulebook } from './rulebook.ts'

/** For an act at a Japanese counter the last day moves to the next open one; the safe day does not (B0.6). */
export function atCounter(book: Rulebook, safe: CivilDate): Deadline {
  return { safe, last: nextOpenDay(safe, officeDays(book, 'JP')) }
}

/** The last office day up to `expiry`, which does not wait for a closed office (B0.6). */
export function lastOfficeDay(book: Rulebook, expiry: CivilDate): CivilDate {
  const isOpen = officeDays(book, 'JP')
  let day = expiry
  while (!isOpen(day)) day = addDays(day, -1)
  return day
}

/** Until when a change of address or name is to be entered on the card (R033). */
export function updateDeadline(book: Rulebook, changed: CivilDate): Deadline {
  return atCounter(book, lastDayAfter(changed, valueOn(book, 'R033', changed)))
}

/** A move to another municipality; `notified` is the day of the move-in notice there. */
export interface Move {
  readonly moved: CivilDate
  readonly plannedMoveOut: CivilDate
  readonly notified: CivilDate | null
}

/** What becomes of the card: the notice is still due, then the continued use; too late for the notice, the card has lapsed (B5). */
export type MoveState =
  | { readonly state: 'notice-due' | 'continued-use-due'; readonly deadline: Deadline; readonly now: 'in-time' | 'ask' }
  | { readonly state: 'lapsed' }

/** Where a move stands on `today`. The notice must come within both periods; the continued use counts the day of the notice (B0.5). */
export function moveState(book: Rulebook, { moved, plannedMoveOut, notified }: Move, today: CivilDate): MoveState {
  const after = lastDayAfter(moved, valueOn(book, 'R033', today))
  const planned = lastDayAfter(plannedMoveOut, valueOn(book, 'planned-move-out', today))
  const notice = atCounter(book, after < planned ? after : planned)
  if (standing(notice, notified ?? today) === 'late') return { state: 'lapsed' }
  const deadline = notified === null ? notice : atCounter(book, lastDayFrom(notified, valueOn(book, 'continued-use', notified)))
  const now = standing(deadline, today)
  if (now === 'late') return { state: 'lapsed' }
  return { state: notified === null ? 'notice-due' : 'continued-use-due', deadline, now }
}

/** Until when a lost card is replaced by the express issue, the day of the loss notice counted (B4). */
export function expressDeadline(book: Rulebook, reported: CivilDate): Deadline {
  return atCounter(book, lastDayFrom(reported, valueOn(book, 'express-issue', reported).days))
}

/** The special extension while a renewal of the stay is not decided: it must be applied for while the card is valid; null when it came too late (B5). */
export function stayExtension(book: Rulebook, cardUntil: CivilDate, applied: CivilDate): Deadline | null {
  return applied <= cardUntil ? endOfMonths(cardUntil, valueOn(book, 'stay-extension', applied)) : null
}

/** Whose card it is: who may stay without an end, and who has a period of stay. */
export const cardHolders = ['japanese', 'permanent', 'special-permanent', 'highly-skilled-2', 'other', 'temporary'] as const
export type CardHolder = (typeof cardHolders)[number]

/** Who is known of a card, to say how long it is good for. */
export interface CardFacts {
  readonly holder: CardHolder
  readonly birth: CivilDate
  readonly issued: CivilDate
  /** When it was applied for: some cities judge the age on that day (X9). */
  readonly applied: CivilDate | null
  /** The end of the period of stay; null for those who have none. */
  readonly stayUntil: CivilDate | null
}

/** An estimate: `safe` and `last` differ where cities judge differently. */
export interface CardValidity {
  readonly card: Deadline
  readonly certificate: Deadline
}

/** The `count`-th birthday after `day`; who was born on 29 February has it on the 28th in a common year. */
function birthdayAfter(birth: CivilDate, day: CivilDate, count: number): CivilDate {
  const inYear = addYears(birth, partsOf(day).year - partsOf(birth).year)
  return addYears(birth, partsOf(day).year - partsOf(birth).year + count - (inYear > day ? 1 : 0))
}

const earlier = (a: CivilDate, b: CivilDate | null) => (b !== null && b < a ? b : a)

/** How long a card and its certificates are good for (B5, X9): until a birthday, or the end of the stay when that is earlier. */
export function cardValidity(book: Rulebook, { holder, birth, issued, applied, stayUntil }: CardFacts): CardValidity {
  const { adultBirthdays, minorBirthdays, adultAge, certificateBirthdays } = valueOn(book, 'card-validity', issued)
  const hasPeriod = holder === 'other' || holder === 'temporary'
  const judgedOn = (day: CivilDate) => birthdayAfter(birth, issued, ageOn(birth, day) < adultAge ? minorBirthdays : adultBirthdays)
  const ends = [judgedOn(issued), judgedOn(applied ?? issued)].map((end) => (hasPeriod ? earlier(end, stayUntil) : end)).sort()
  const card = { safe: ends[0]!, last: ends[1]! }
  const certificate = birthdayAfter(birth, issued, certificateBirthdays)
  return { card, certificate: { safe: earlier(certificate, card.safe), last: earlier(certificate, card.last) } }
}

/** Where an application stands (B3). */
export const applicationStates = ['SUBMITTED', 'REVIEW', 'DEFECT', 'PRODUCTION', 'SENT_TO_MUNICIPALITY', 'READY', 'COLLECTED', 'PICKUP_LAPSED', 'CANCELLED', 'EXPRESS_MAILED'] as const
export type ApplicationState = (typeof applicationStates)[number]

export interface ApplicationFacts {
  readonly state: ApplicationState
  readonly applied: CivilDate
  /** Printed on the postcard. */
  readonly pickUpUntil: CivilDate | null
  readonly stayUntil: CivilDate | null
}

/** What to do next. */
export type ApplicationAdvice = 'wait' | 'ask-municipality' | 'apply-again' | 'collect' | 'await-mail' | 'none'

const ended: readonly ApplicationState[] = ['COLLECTED', 'CANCELLED', 'EXPRESS_MAILED']

/** Where an application stands on `today`, the day on which the postcard is to be expected, about, and the one from which to ask the municipality (B3). */
export function applicationStatus(
  book: Rulebook,
  { state: told, applied, pickUpUntil, stayUntil }: ApplicationFacts,
  today: CivilDate,
): { readonly state: ApplicationState; readonly advice: ApplicationAdvice; readonly postcardAbout: CivilDate; readonly askFrom: CivilDate } {
  const months = valueOn(book, 'issue-months', applied)
  const askFrom = addMonths(applied, months.ask)
  const stayEnded = stayUntil !== null && stayUntil < today && !ended.includes(told)
  const lapsed = told === 'READY' && pickUpUntil !== null && pickUpUntil < today
  const state = stayEnded ? 'CANCELLED' : lapsed ? 'PICKUP_LAPSED' : told
  const underWay = ['SUBMITTED', 'REVIEW', 'PRODUCTION', 'SENT_TO_MUNICIPALITY'].includes(state)
  const advice = ({ DEFECT: 'apply-again', CANCELLED: 'apply-again', READY: 'collect', PICKUP_LAPSED: 'ask-municipality', EXPRESS_MAILED: 'await-mail' } as const)[state as string]
  return { state, advice: advice ?? (underWay ? (today >= askFrom ? 'ask-municipality' : 'wait') : 'none'), postcardAbout: addMonths(applied, months.about), askFrom }
}

/** The day after which a photo may have been taken for an application on `applied` (R036). */
export function photoNotBefore(book: Rulebook, applied: CivilDate): CivilDate {
  return addMonths(applied, -valueOn(book, 'R036', applied))
}

/** About when the notice of the number comes after the first resident record (R008). */
export function noticeArrival(book: Rulebook, registered: CivilDate): { readonly from: CivilDate; readonly to: CivilDate } {
  const { least, most } = valueOn(book, 'R008', registered)
  return { from: addDays(registered, least * 7), to: addDays(registered, most * 7) }
}
