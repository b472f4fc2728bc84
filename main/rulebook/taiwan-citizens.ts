import type { CivilDate } from '../contract/date.ts'
import { addDays, addMonths, addYears, dayOfAge } from './civil-date.ts'
import { officeDays } from './closed-days.ts'
import { endOfYears, lastDayAfter, lastDayFrom, standing, windowBeforeExpiry, workingDaysAfter, type Deadline, type Period } from './counting.ts'
import { editionOn, valueOn, type Rulebook } from './rulebook.ts'

/** What a citizen said before going to the household registration office. */
export interface CitizenApplicant {
  readonly birth: CivilDate
  readonly householdRegistration: boolean
  readonly guardianship: boolean
}

export type CitizenObstacle = 'too-young' | 'no-household-registration' | 'guardianship'

/** Why the citizen certificate cannot be applied for on `today` (Taipei), and from when the age is no obstacle; none: it can (R100). */
export function citizenObstacles(book: Rulebook, applicant: CitizenApplicant, today: CivilDate): { readonly obstacles: readonly CitizenObstacle[]; readonly ofAge: CivilDate } {
  const ofAge = dayOfAge(applicant.birth, valueOn(book, 'R100', today))
  const obstacles: readonly (CitizenObstacle | false)[] = [
    today < ofAge && 'too-young',
    !applicant.householdRegistration && 'no-household-registration',
    applicant.guardianship && 'guardianship',
  ]
  return { obstacles: obstacles.filter((obstacle) => obstacle !== false), ofAge }
}

/** When a certificate ends without and with its one extension: five years, and that expiry and three years more (R123, R127; section 0, 17). */
export function citizenValidity(book: Rulebook, issued: CivilDate): { readonly first: Deadline; readonly extended: Deadline } {
  const first = endOfYears(issued, valueOn(book, 'R123', issued).first)
  const extend = (expiry: CivilDate) => addYears(expiry, valueOn(book, 'R127', expiry))
  return { first, extended: { safe: extend(first.safe), last: extend(first.last) } }
}

/** When an extension can be made, and what it gives: always the original expiry and three years, whenever it is made (R124, R127). */
export interface ExtensionWindow {
  readonly from: CivilDate
  readonly to: Deadline
  readonly newExpiry: CivilDate
}

/** The window of the extension of a certificate whose five years end on `expiry`. */
export function extensionWindow(book: Rulebook, expiry: CivilDate): ExtensionWindow {
  const { daysBefore, yearsAfter } = valueOn(book, 'R124', expiry)
  return { from: addDays(expiry, -daysBefore), to: endOfYears(expiry, yearsAfter), newExpiry: addYears(expiry, valueOn(book, 'R127', expiry)) }
}

/** When a certificate whose eight years end on `expiry` can be renewed online: both ends are inside (R131, R132). */
export function renewalWindow(book: Rulebook, expiry: CivilDate): Period {
  return windowBeforeExpiry(expiry, valueOn(book, 'R131', expiry))
}

/** What is known of a certificate to judge it. */
export interface CitizenCertificate {
  /** The end of its first five years. */
  readonly expiry: CivilDate
  readonly extended: boolean
  /** Whether it was valid until that end: not revoked or suspended before (R125). */
  readonly wasValid: boolean
}

/** Where a certificate stands (B10, region 1). */
export interface CitizenState {
  readonly state: 'VALID' | 'EXTENDABLE' | 'LAPSED_EXTENDABLE' | 'VALID_EXT' | 'RENEWABLE' | 'DEAD'
  /** What to do: `ask`: MOICA knows, the sources do not agree on this day. */
  readonly advice: 'wait' | 'extend' | 'extend-or-new-card' | 'renew-online' | 'counter' | 'ask'
  /** When this state began and ends; null where it does not. */
  readonly from: CivilDate | null
  readonly to: CivilDate | null
}

/** Where a certificate stands on `today` in Taipei, and what to do. An extension so late that little life is left comes with the warning (R127). */
export function citizenState(book: Rulebook, { expiry, extended, wasValid }: CitizenCertificate, today: CivilDate): CitizenState {
  const { from, to, newExpiry } = extensionWindow(book, expiry)
  if (extended) return extendedState(book, newExpiry, today)
  if (today < from) return { state: 'VALID', advice: 'wait', from: null, to: addDays(from, -1) }
  if (today <= expiry) return { state: 'EXTENDABLE', advice: 'extend', from, to: expiry }
  const lapsed = standing(to, today)
  if (lapsed === 'late' || !wasValid) return { state: 'DEAD', advice: 'counter', from: wasValid ? addDays(to.last, 1) : addDays(expiry, 1), to: null }
  const isLate = today > addMonths(newExpiry, -valueOn(book, 'late-extension', today))
  return { state: 'LAPSED_EXTENDABLE', advice: lapsed === 'ask' ? 'ask' : isLate ? 'extend-or-new-card' : 'extend', from: addDays(expiry, 1), to: to.last }
}

/** Where a certificate stands on `today` in Taipei whose eight years, its extension among them, end on `expiry` (R130, R131). */
export function extendedState(book: Rulebook, expiry: CivilDate, today: CivilDate): CitizenState {
  const renewal = renewalWindow(book, expiry)
  if (today < renewal.from) return { state: 'VALID_EXT', advice: 'wait', from: null, to: addDays(renewal.from, -1) }
  if (today <= renewal.to) return { state: 'RENEWABLE', advice: 'renew-online', ...renewal }
  const { online, askYears } = valueOn(book, 'renewal-after-expiry', today)
  const disputed = today <= addYears(expiry, askYears)
  return { state: 'DEAD', advice: disputed ? (online ? 'renew-online' : 'ask') : 'counter', from: addDays(expiry, 1), to: null }
}

/** An online renewal: until when it is to be paid (safe counts the day of the order), and when the card is there, about, once it is (B10). */
export function renewalOrder(book: Rulebook, ordered: CivilDate): { readonly pay: Deadline; readonly arrivesAbout: CivilDate } {
  const { payDays, workingDays } = valueOn(book, 'renewal-order', ordered)
  const pay = { safe: lastDayFrom(ordered, payDays), last: lastDayAfter(ordered, payDays) }
  return { pay, arrivesAbout: workingDaysAfter(ordered, workingDays, officeDays(book, 'TW')) }
}

/** How a card came by its PIN: `reset`: the office has reset the code, and with it the PIN to the default (R121). */
export type PinOrigin = 'counter-default' | 'counter-own' | 'online' | 'reset'

/** Which form a PIN has. `either`: nobody knows which default a reset at a counter sets (X2). Never computed for anybody (R115). */
export type PinForm =
  | { readonly pin: 'own'; readonly least: number; readonly most: number }
  | { readonly pin: 'default'; readonly form: string; readonly digits: number; readonly since: CivilDate | null }
  | { readonly pin: 'either'; readonly forms: readonly { readonly form: string; readonly digits: number }[] }

/** The form of the PIN of a card that was issued on `issued` (R115–R117, R121, X2). */
export function pinForm(book: Rulebook, origin: PinOrigin, issued: CivilDate): PinForm {
  if (origin === 'online' || origin === 'counter-own') return { pin: 'own', ...valueOn(book, 'own-pin', issued) }
  const rule = book.rules.get('R115')!
  const forms = rule.editions.map(({ from }) => valueOn(book, 'R115', from ?? '0001-01-01')).map(({ form, digits }) => ({ form, digits }))
  if (origin === 'reset') return { pin: 'either', forms }
  const { form, digits } = valueOn(book, 'R115', issued)
  return { pin: 'default', form, digits, since: editionOn(rule, issued).from ?? null }
}

/** The lock after `wrong` wrong PINs in a row (R118). */
export function pinLock(book: Rulebook, wrong: number, today: CivilDate): { readonly locked: boolean; readonly left: number } {
  const most = valueOn(book, 'R118', today)
  return { locked: wrong >= most, left: Math.max(0, most - wrong) }
}

/** How a locked card is opened (R119–R121): `online`, then `hotline` when the site fails, or `office` when the code is forgotten. */
export function unlockWay(code: 'remembered' | 'forgotten', site: 'works' | 'fails'): 'online' | 'hotline' | 'office' {
  return code === 'forgotten' ? 'office' : site === 'fails' ? 'hotline' : 'online'
}

/** Everything that one may want to have done with a certificate. */
export const certificateActs = ['apply', 'revoke', 'reset-code', 'suspend', 'resume', 'extend', 'mobile', 'email', 'publication', 'unlock', 'renew'] as const
export type CertificateAct = (typeof certificateActs)[number]

/** Whether somebody else may do it, and what they bring; `holder-online`: by the holder, but from home (R136–R138). */
export function delegation(book: Rulebook, act: CertificateAct, today: CivilDate): { readonly by: 'delegate' | 'holder-in-person' | 'holder-online'; readonly bring: readonly string[] } {
  if (valueOn(book, 'R137', today).includes(act)) return { by: 'delegate', bring: valueOn(book, 'R138', today) }
  return { by: valueOn(book, 'R136', today).includes(act) ? 'holder-in-person' : 'holder-online', bring: [] }
}

/** What the date printed on a card is, by the day of the application: the day of the application itself, or the end of five years; between, ask (R134, X7). */
export function printedDateMeans(book: Rulebook, applied: CivilDate): 'application-date' | 'expiry' | 'ask' {
  const { applicationDateBefore, expiryFrom } = valueOn(book, 'R134', applied)
  return applied < applicationDateBefore ? 'application-date' : applied >= expiryFrom ? 'expiry' : 'ask'
}
