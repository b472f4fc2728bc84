import { addDays } from '../../main/rulebook/civil-date.ts'
import { standing } from '../../main/rulebook/counting.ts'
import { machines } from '../../main/rulebook/state-machines.ts'
import { citizenValidity, extensionWindow, renewalOrder, renewalWindow } from '../../main/rulebook/taiwan-citizens.ts'
import { cardDelivery, foreignValidity, paymentDeadline, suspensionClocks } from '../../main/rulebook/taiwan-foreigners.ts'
import type { InquirySubject } from './authority.ts'
import type { Procedure } from './procedure.ts'

const lock = { machine: machines['chip-lock'], begin: 'OK_0' } as const

/** An application for the My Number Card (B3). The last day to collect is printed on the postcard; about 45 days are usual. */
const cardApplication: Procedure = {
  machine: { NONE: { apply: 'SUBMITTED' }, ...machines.application },
  zone: 'Asia/Tokyo',
  operation: 'status',
  field: 'applicationFormId',
  number: /^[0-9]{23}$/,
  begin: 'NONE',
  regions: {},
  due(_book, { state, facts: { pickUpUntil, stayUntil } }, today) {
    if (stayUntil !== undefined && stayUntil < today && Object.hasOwn(machines.application, state)) return 'stay-ended'
    return state === 'READY' && pickUpUntil !== undefined && pickUpUntil < today ? 'deadline' : null
  },
  facts(_book, event, _case, today) {
    if (event === 'apply' || event === 'applied-again') return { applied: today, pickUpUntil: null }
    return event === 'postcard-sent' ? { pickUpUntil: addDays(today, 45) } : {}
  },
  told: ['applied', 'pickUpUntil', 'stayUntil'],
}

/** The certificate of foreign residents, from the application to its end (B7). Whoever activates it sets the PIN, which nobody else learns. */
const residentCertificate: Procedure = {
  machine: { ...machines['foreigner-order'], ...machines['foreigner-certificate'] },
  zone: 'Asia/Taipei',
  operation: 'order-status',
  field: 'number',
  number: /^[A-Z][A-Z0-9][0-9]{8}$/,
  begin: 'NONE',
  regions: { lock },
  due(book, { state, facts: { completed = '', paid = '', accepted = '', expiry = '' } }, today) {
    switch (state) {
      case 'APPLIED_UNPAID':
        return standing(paymentDeadline(book, completed), today) === 'late' ? 'deadline' : null
      case 'PAID':
        return today > paid ? 'mailed' : null
      case 'PRODUCED_MAILED':
        return today >= cardDelivery(book, paid, false).to ? 'received' : null
      case 'SUSPENDING':
      case 'RESUMING':
        return today > expiry ? 'deadline' : today >= suspensionClocks(book, accepted).done ? 'done' : null
      case 'VALID':
      case 'SUSPENDED':
        return today > expiry ? 'deadline' : null
      default:
        return null
    }
  },
  facts(book, event, { state, facts: { accepted = '' } }, today) {
    switch (event) {
      case 'apply':
        return { completed: today, paid: null }
      case 'paid':
        return { paid: today, expiry: foreignValidity(book, today).safe }
      case 'activated':
        return { activated: today, pin: 'own' }
      case 'suspend':
      case 'resume':
        return { accepted: today, advised: null }
      case 'done':
        return state === 'RESUMING' ? { advised: suspensionClocks(book, accepted).advised } : {}
      default:
        return {}
    }
  },
  told: ['completed', 'paid', 'accepted', 'advised', 'expiry'],
}

/** The citizen certificate (B10); `expiry` is the end of five years, and once extended that of eight. A reset of the code sets the PIN to the default. */
const citizenCertificate: Procedure = {
  // An order that was paid stays an order until the card is there.
  machine: { ...machines['citizen-certificate'], RENEWAL_ORDERED: { ...machines['citizen-certificate'].RENEWAL_ORDERED, paid: 'RENEWAL_ORDERED' } },
  zone: 'Asia/Taipei',
  operation: 'certificate-status',
  field: 'number',
  number: /^[A-Z]{2}[0-9]{14}$/,
  begin: 'NONE',
  regions: { lock, code: { machine: machines['user-code'], begin: 'SET' } },
  due(book, { state, facts: { expiry = '', ordered = '', paid } }, today) {
    switch (state) {
      case 'VALID':
        return today >= extensionWindow(book, expiry).from ? 'window-opens' : null
      case 'LAPSED_EXTENDABLE':
        return standing(extensionWindow(book, expiry).to, today) === 'late' ? 'deadline' : null
      case 'VALID_EXT':
        return today >= renewalWindow(book, expiry).from ? 'window-opens' : null
      case 'RENEWAL_ORDERED':
        return paid === undefined && standing(renewalOrder(book, ordered).pay, today) === 'late' ? 'deadline' : null
      case 'EXTENDABLE':
      case 'RENEWABLE':
      case 'SUSPENDED':
      case 'SUSPENDED_EXT':
        return today > expiry ? 'expiry' : null
      default:
        return null
    }
  },
  facts(book, event, { facts: { expiry = '' } }, today) {
    switch (event) {
      case 'apply':
        return { issued: today, expiry: citizenValidity(book, today).first.safe, pin: 'default' }
      case 'activated':
        return { issued: today, expiry: citizenValidity(book, today).first.safe, pin: 'own', lock: null, ordered: null, paid: null, payUntil: null }
      case 'paid':
        return { paid: today }
      case 'reset-at-office':
      case 'reset-by-delegate':
        return { pin: 'default' }
      case 'extend':
        return { expiry: extensionWindow(book, expiry).newExpiry }
      case 'renew':
        return { ordered: today, payUntil: renewalOrder(book, today).pay.safe }
      case 'deadline':
        return { ordered: null, payUntil: null }
      default:
        return {}
    }
  },
  told: ['expiry', 'ordered', 'payUntil', 'paid'],
}

/** The authorities that the reference stands in for. */
export const procedures = {
  'jp-card-application': cardApplication,
  'tw-resident-certificate': residentCertificate,
  'tw-citizen-certificate': citizenCertificate,
} as const satisfies Partial<Record<InquirySubject, Procedure>>
