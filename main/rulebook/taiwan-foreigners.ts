import type { CivilDate } from '../contract/date.ts'
import { addDays, compareDates, dayOfAge, daysBetween } from './civil-date.ts'
import { officeDays } from './closed-days.ts'
import { endOfYears, lastDayAfter, lastDayFrom, standing, workingDaysAfter, type Deadline } from './counting.ts'
import { valueOn, type Rulebook } from './rulebook.ts'

/** What a foreign resident said before going to the immigration station. */
export interface ForeignApplicant {
  readonly birth: CivilDate
  /** `chip`: the original residence card with a chip; nothing else is taken (R071, R072). */
  readonly document: 'chip' | 'other' | 'none'
  /** The date of expiry on that card. */
  readonly documentUntil: CivilDate | null
  /** Whether the person goes in person: nobody else can (R073). */
  readonly inPerson: boolean
}

export type ForeignObstacle = 'too-young' | 'document' | 'document-expired' | 'not-in-person'

/** Why the certificate of foreign residents cannot be applied for on `today` (Taipei), and from when the age is no obstacle; none: it can. */
export function foreignObstacles(book: Rulebook, applicant: ForeignApplicant, today: CivilDate): { readonly obstacles: readonly ForeignObstacle[]; readonly ofAge: CivilDate } {
  const ofAge = dayOfAge(applicant.birth, valueOn(book, 'R070', today))
  const isExpired = applicant.documentUntil !== null && compareDates(applicant.documentUntil, today) < 0
  const obstacles: readonly (ForeignObstacle | false)[] = [
    today < ofAge && 'too-young',
    applicant.document !== 'chip' && 'document',
    applicant.document === 'chip' && isExpired && 'document-expired',
    !applicant.inPerson && 'not-in-person',
  ]
  return { obstacles: obstacles.filter((obstacle) => obstacle !== false), ofAge }
}

/** Until when an application is to be paid: `safe` counts its day, `last` does not; it ends at 24:00 in Taipei, and closed days do not move it (R079, B0.6). */
export function paymentDeadline(book: Rulebook, completed: CivilDate): Deadline {
  const days = valueOn(book, 'R079', completed)
  return { safe: lastDayFrom(completed, days), last: lastDayAfter(completed, days) }
}

/** Where an unpaid application stands (B7): `ask` on the one day of which nobody can promise that it still counts. */
export interface PaymentState {
  readonly state: 'APPLIED_UNPAID' | 'DELETED_UNPAID'
  readonly deadline: Deadline
  readonly now: 'in-time' | 'ask' | 'late'
  /** Days left until the safe day, today not counted; never below 0. */
  readonly daysLeft: number
}

/** The countdown of an unpaid application on `today` in Taipei. */
export function paymentState(book: Rulebook, completed: CivilDate, today: CivilDate): PaymentState {
  const deadline = paymentDeadline(book, completed)
  const now = standing(deadline, today)
  return { state: now === 'late' ? 'DELETED_UNPAID' : 'APPLIED_UNPAID', deadline, now, daysLeft: Math.max(0, daysBetween(today, deadline.safe)) }
}

/** About when the card comes by registered mail after the payment, in working days of Taiwan (R087). */
export function cardDelivery(book: Rulebook, paid: CivilDate, toIslands: boolean): { readonly from: CivilDate; readonly to: CivilDate } {
  const { least, most, islandsLeast, islandsMost } = valueOn(book, 'R087', paid)
  const [first, last] = toIslands ? [least + islandsLeast, most + islandsMost] : [least, most]
  const from = workingDaysAfter(paid, first, officeDays(book, 'TW'))
  return { from, to: workingDaysAfter(from, last - first, officeDays(book, 'TW')) }
}

/** The three clocks of a suspension or resumption that was taken on at the window on `accepted` (R097, R098, X11): kept apart. */
export interface SuspensionClocks {
  /** Done at the latest: one working day, the day of acceptance not counted. */
  readonly done: CivilDate
  /** After a resumption: when services have caught up, about; and from when it is advised to use them. */
  readonly services: { readonly from: CivilDate; readonly to: CivilDate }
  readonly advised: CivilDate
}

/** The clocks of a request that the window took on on `accepted`, a day in Taipei. */
export function suspensionClocks(book: Rulebook, accepted: CivilDate): SuspensionClocks {
  const done = workingDaysAfter(accepted, valueOn(book, 'R097', accepted), officeDays(book, 'TW'))
  const { least, most, advised } = valueOn(book, 'R098', accepted)
  return { done, services: { from: addDays(done, least), to: addDays(done, most) }, advised: addDays(done, advised) }
}

/** Until when the certificate of a foreign resident is good; what follows is not stated: "apply anew, or ask MOICA" (X10). */
export function foreignValidity(book: Rulebook, issued: CivilDate): Deadline {
  return endOfYears(issued, valueOn(book, 'foreigner-validity', issued))
}
