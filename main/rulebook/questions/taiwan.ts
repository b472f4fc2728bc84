import { civilDateAt } from '../civil-date.ts'
import { knowsHolidays } from '../closed-days.ts'
import { opensNext } from '../opening-hours.ts'
import { moicaLine } from '../phone-lines.ts'
import { editionOn, valueOn } from '../rulebook.ts'
import {
  certificateActs, citizenObstacles, citizenState, citizenValidity, delegation, extensionWindow, pinForm, pinLock, printedDateMeans, renewalOrder, renewalWindow, unlockWay,
  type CertificateAct, type PinOrigin,
} from '../taiwan-citizens.ts'
import { cardDelivery, foreignObstacles, foreignValidity, paymentDeadline, paymentState, suspensionClocks, type ForeignApplicant } from '../taiwan-foreigners.ts'
import { readCardNumber, readNationalId, readResidentNumber } from '../taiwan-numbers.ts'
import { birth, choice, day, maybeDay, moment, number, onDay, until, type Option, type Question } from './question.ts'

const yesNo = (name: string, otherwise: 'yes' | 'no') => choice(name, ['yes', 'no'], otherwise)
const personal: Option = { name: 'number', kind: 'text' }

/** The rules of the certificate of foreign residents that are computed (B7). */
const foreigners: readonly Question[] = [
  {
    name: 'foreigner-eligibility',
    rule: 'R070',
    ids: ['R070', 'R071', 'R072', 'R073'],
    options: [birth, choice('document', ['chip', 'other', 'none'], 'chip'), maybeDay('document-until'), yesNo('in-person', 'yes'), { name: 'ui-number', kind: 'text', optional: true }],
    answer(given, book) {
      const number = given.maybe('ui-number')
      const document = given.text('document') as ForeignApplicant['document']
      const applicant = { birth: given.date('birth'), document, documentUntil: given.maybe('document-until'), inPerson: given.text('in-person') === 'yes' }
      if (document === 'chip' && applicant.documentUntil === null) return { at: 'document-until', reason: 'is missing' }
      const { obstacles, ofAge } = foreignObstacles(book, applicant, given.today)
      const reading = number === null ? null : readResidentNumber(book, number, given.today)
      const all = reading?.ok === false ? [...obstacles, 'number'] : obstacles
      return { value: { eligible: all.length === 0, obstacles: all, ofAge, number: reading && { ...reading } }, from: ofAge, to: applicant.documentUntil }
    },
  },
  {
    name: 'order-deadline',
    rule: 'R079',
    ids: ['R079'],
    options: [day('completed')],
    answer: (given, book) => until(given.date('completed'), paymentDeadline(book, given.date('completed'))),
  },
  {
    name: 'order-state',
    rule: 'R085',
    ids: ['R085'],
    options: [day('completed')],
    answer(given, book) {
      if (given.date('completed') > given.today) return { at: 'completed', reason: 'is in the future' }
      const { state, deadline, now, daysLeft } = paymentState(book, given.date('completed'), given.today)
      return { value: { state, ...deadline, now, daysLeft, fee: { ...valueOn(book, 'R083', given.today) } }, from: given.date('completed'), to: deadline.last }
    },
  },
  {
    name: 'delivery',
    rule: 'R087',
    ids: ['R087'],
    options: [day('paid'), yesNo('islands', 'no')],
    answer(given, book) {
      const { from, to } = cardDelivery(book, given.date('paid'), given.text('islands') === 'yes')
      return { value: 'about', from, to, holidaysKnown: knowsHolidays(book, 'TW', given.date('paid')) && knowsHolidays(book, 'TW', to) }
    },
  },
  {
    name: 'suspension-clocks',
    rule: 'R098',
    ids: ['R096', 'R097', 'R098'],
    options: [day('accepted'), maybeDay('expiry')],
    answer(given, book) {
      const [accepted, expiry] = [given.date('accepted'), given.maybe('expiry')]
      if (expiry !== null && expiry < accepted) return { at: 'expiry', reason: 'is before --accepted' }
      const { done, services, advised } = suspensionClocks(book, accepted)
      return { value: { done, services: { ...services }, advised, longestUntil: expiry, holidaysKnown: knowsHolidays(book, 'TW', accepted) && knowsHolidays(book, 'TW', done) }, from: accepted, to: advised }
    },
  },
  {
    name: 'foreigner-validity',
    rule: 'foreigner-validity',
    ids: [],
    options: [day('issued')],
    answer(given, book) {
      const { safe, last } = foreignValidity(book, given.date('issued'))
      return { value: { safe, last, afterwards: 'apply-anew-or-ask-moica' }, from: given.date('issued'), to: safe }
    },
  },
  {
    name: 'ui-number',
    rule: 'new-ui-number',
    ids: [],
    options: [personal],
    answer(given, book) {
      const reading = readResidentNumber(book, given.text('number'), given.today)
      if (!reading.ok || reading.kind === 'new') return onDay({ ...reading }, given.today)
      return { value: { ...reading }, from: given.today, to: editionOn(book.rules.get('old-ui-number')!, given.today).to ?? null, rule: 'old-ui-number' }
    },
  },
  { name: 'national-id', rule: 'national-id', ids: [], options: [personal], answer: (given, book) => onDay({ ...readNationalId(book, given.text('number'), given.today) }, given.today) },
  { name: 'card-number', rule: 'card-number', ids: [], options: [personal], answer: (given, book) => onDay({ ...readCardNumber(book, given.text('number'), given.today) }, given.today) },
  {
    name: 'moica-line',
    rule: 'R094',
    ids: ['R094', 'R120'],
    options: [moment],
    answer(given, book) {
      const at = given.instant('at')
      const today = civilDateAt(at, 'Asia/Taipei')
      const line = moicaLine(book, at)
      const opens = line.open ? null : opensNext(book, 'TW', valueOn(book, 'moica-hours', today), at)
      return onDay({ ...line, opens: opens && { ...opens }, holidaysKnown: knowsHolidays(book, 'TW', opens?.date ?? today) }, today)
    },
  },
]

/** The rules of the citizen certificate that are computed (B10). */
const citizens: readonly Question[] = [
  {
    name: 'citizen-eligibility',
    rule: 'R100',
    ids: ['R100'],
    options: [birth, yesNo('household-registration', 'yes'), yesNo('guardianship', 'no')],
    answer(given, book) {
      const applicant = { birth: given.date('birth'), householdRegistration: given.text('household-registration') === 'yes', guardianship: given.text('guardianship') === 'yes' }
      const { obstacles, ofAge } = citizenObstacles(book, applicant, given.today)
      return { value: { eligible: obstacles.length === 0, obstacles, ofAge }, from: ofAge, to: null }
    },
  },
  {
    name: 'citizen-validity',
    rule: 'R123',
    ids: ['R123', 'R130'],
    options: [day('issued')],
    answer(given, book) {
      const { first, extended } = citizenValidity(book, given.date('issued'))
      return { value: { first: { ...first }, extended: { ...extended } }, from: given.date('issued'), to: first.safe }
    },
  },
  {
    name: 'extension-window',
    rule: 'R124',
    ids: ['R124', 'R127'],
    options: [day('expiry')],
    answer(given, book) {
      const { from, to, newExpiry } = extensionWindow(book, given.date('expiry'))
      return { value: { newExpiry, acceptUntil: to.last, ask: to.safe !== to.last }, from, to: to.safe }
    },
  },
  {
    name: 'renewal-window',
    rule: 'R131',
    ids: ['R131', 'R132'],
    options: [day('expiry')],
    answer(given, book) {
      const window = renewalWindow(book, given.date('expiry'))
      return { value: { days: valueOn(book, 'R131', given.date('expiry')) + 1 }, ...window }
    },
  },
  {
    name: 'certificate-state',
    rule: 'R125',
    ids: ['R125', 'R126'],
    options: [day('expiry'), yesNo('extended', 'no'), yesNo('was-valid', 'yes')],
    answer(given, book) {
      const certificate = { expiry: given.date('expiry'), extended: given.text('extended') === 'yes', wasValid: given.text('was-valid') === 'yes' }
      if (!certificate.wasValid && certificate.extended) return { at: 'was-valid', reason: 'contradicts --extended yes' }
      if (!certificate.wasValid && given.today <= certificate.expiry) return { at: 'was-valid', reason: 'is known only after --expiry' }
      const { state, advice, from, to } = citizenState(book, certificate, given.today)
      const disputed = state === 'DEAD' && advice === 'ask'
      return { ...(disputed && { rule: 'renewal-after-expiry' }), value: { state, advice, newExpiry: extensionWindow(book, certificate.expiry).newExpiry, fee: valueOn(book, 'R129', given.today) }, from, to }
    },
  },
  {
    name: 'renewal-order',
    rule: 'renewal-order',
    ids: [],
    options: [day('ordered')],
    answer(given, book) {
      const { pay, arrivesAbout } = renewalOrder(book, given.date('ordered'))
      return { value: { ...pay, arrivesAbout, holidaysKnown: knowsHolidays(book, 'TW', given.date('ordered')) && knowsHolidays(book, 'TW', arrivesAbout) }, from: given.date('ordered'), to: pay.last }
    },
  },
  {
    name: 'default-pin',
    rule: 'R115',
    ids: ['R115', 'R116', 'R117'],
    options: [day('issued', 'now'), choice('origin', ['counter-default', 'counter-own', 'online', 'reset'], 'counter-default')],
    answer(given, book) {
      const form = pinForm(book, given.text('origin') as PinOrigin, given.date('issued'))
      const value = form.pin === 'either' ? { pin: form.pin, forms: form.forms.map((one) => ({ ...one })) } : { ...form }
      return { value, from: form.pin === 'default' ? form.since : null, to: null }
    },
  },
  { name: 'pin-lock', rule: 'R118', ids: ['R118'], options: [number('wrong')], answer: (given, book) => given.number('wrong') < 0 ? { at: 'wrong', reason: 'is less than 0' } : onDay({ ...pinLock(book, given.number('wrong'), given.today) }, given.today) },
  {
    name: 'unlock',
    rule: 'R119',
    ids: ['R119', 'R121', 'R122'],
    options: [choice('code', ['remembered', 'forgotten']), choice('site', ['works', 'fails'], 'works')],
    answer: (given) => onDay({ way: unlockWay(given.text('code') as 'remembered', given.text('site') as 'works') }, given.today),
  },
  {
    name: 'delegation',
    rule: 'R137',
    ids: ['R136', 'R137', 'R138'],
    options: [choice('act', certificateActs)],
    answer: (given, book) => onDay({ ...delegation(book, given.text('act') as CertificateAct, given.today) }, given.today),
  },
  {
    name: 'printed-date',
    rule: 'R134',
    ids: ['R134'],
    options: [day('applied')],
    answer: (given, book) => ({ value: printedDateMeans(book, given.date('applied')), from: given.date('applied'), to: null }),
  },
]

/** The rules of Taiwan that are computed. */
export const taiwaneseQuestions: readonly Question[] = [...foreigners, ...citizens]
