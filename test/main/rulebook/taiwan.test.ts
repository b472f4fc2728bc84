import { describe, expect, test } from 'vitest'
import { builtInRulebook as book } from '../../../main/rulebook/built-in.ts'
import { epochAt } from '../../../main/rulebook/civil-date.ts'
import { openAt, opensNext } from '../../../main/rulebook/opening-hours.ts'
import { moicaLine } from '../../../main/rulebook/phone-lines.ts'
import { valueOn } from '../../../main/rulebook/rulebook.ts'
import {
  certificateActs, citizenObstacles, citizenState, citizenValidity, delegation, extensionWindow, pinForm, pinLock, printedDateMeans, renewalOrder, renewalWindow, unlockWay,
} from '../../../main/rulebook/taiwan-citizens.ts'
import { cardDelivery, foreignObstacles, foreignValidity, paymentDeadline, paymentState, suspensionClocks } from '../../../main/rulebook/taiwan-foreigners.ts'
import { readCardNumber, readNationalId, readResidentNumber } from '../../../main/rulebook/taiwan-numbers.ts'

const today = '2026-11-22'

describe('the certificate of foreign residents', () => {
  const applicant = { birth: '2000-01-01', document: 'chip', documentUntil: '2027-01-01', inPerson: true } as const

  test('is for people of 18 with a chip residence card that is valid, in person', () => {
    expect(foreignObstacles(book, applicant, today)).toEqual({ obstacles: [], ofAge: '2018-01-01' })
    expect(foreignObstacles(book, { ...applicant, birth: '2008-11-22' }, today).obstacles).toEqual([])
    expect(foreignObstacles(book, { ...applicant, birth: '2008-11-23' }, today)).toEqual({ obstacles: ['too-young'], ofAge: '2026-11-23' })
    expect(foreignObstacles(book, { ...applicant, birth: '2008-02-29' }, '2026-02-28').obstacles).toEqual(['too-young'])
    expect(foreignObstacles(book, { ...applicant, document: 'other' }, today).obstacles).toEqual(['document'])
    expect(foreignObstacles(book, { ...applicant, documentUntil: '2026-11-21', inPerson: false }, today).obstacles).toEqual(['document-expired', 'not-in-person'])
    expect(foreignObstacles(book, { ...applicant, documentUntil: today }, today).obstacles).toEqual([])
  })

  test('is paid within 15 days: safely until the 7th, at the latest on the 8th, and closed days move nothing', () => {
    expect(paymentDeadline(book, '2026-11-23')).toEqual({ safe: '2026-12-07', last: '2026-12-08' })
    expect(paymentState(book, '2026-11-23', '2026-11-23')).toMatchObject({ state: 'APPLIED_UNPAID', now: 'in-time', daysLeft: 14 })
    expect(paymentState(book, '2026-11-23', '2026-12-08')).toMatchObject({ state: 'APPLIED_UNPAID', now: 'ask', daysLeft: 0 })
    expect(paymentState(book, '2026-11-23', '2026-12-09')).toMatchObject({ state: 'DELETED_UNPAID', now: 'late' })
  })

  test('comes 7 to 10 working days after the payment, later to the islands and over holidays', () => {
    expect(cardDelivery(book, '2026-11-27', false)).toEqual({ from: '2026-12-08', to: '2026-12-11' })
    expect(cardDelivery(book, '2026-11-27', true)).toEqual({ from: '2026-12-10', to: '2026-12-16' })
    expect(cardDelivery(book, '2026-12-18', false)).toEqual({ from: '2026-12-30', to: '2027-01-05' })
  })

  test('suspended and resumed by three clocks that are kept apart', () => {
    expect(suspensionClocks(book, '2026-11-20')).toEqual({ done: '2026-11-23', services: { from: '2026-11-24', to: '2026-11-26' }, advised: '2026-11-26' })
  })

  test('is good for five years', () => {
    expect(foreignValidity(book, '2024-02-29')).toEqual({ safe: '2029-02-28', last: '2029-02-28' })
  })
})

describe('numbers of residents', () => {
  const read = (number: string, on = today) => readResidentNumber(book, number, on)

  test('new and old ones end in a check digit', () => {
    expect(read('A800000014')).toEqual({ ok: true, kind: 'new', of: 'foreign-or-stateless' })
    expect(read('AC01234567')).toEqual({ ok: true, kind: 'old', of: null })
    expect(read('A800000015')).toEqual({ ok: false, reason: 'check-digit' })
    expect(read(' ａ８00 000014 ')).toMatchObject({ ok: true })
  })

  test.each(['A80000001', 'AC0123456', 'Z91234567', 'I83456789'])('of the ten that begin with %s exactly one is right', (beginning) => {
    expect(Array.from({ length: 10 }, (_, digit) => read(`${beginning}${digit}`)).filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('the third sign of a new one says of whom it is', () => {
    const someOf = (sign: string) => Array.from({ length: 10 }, (_, check) => read(`A8${sign}000000${check}`)).find(({ ok }) => ok)
    expect([someOf('7'), someOf('8'), someOf('9')]).toMatchObject([{ of: 'national-without-registration' }, { of: 'hong-kong-macao' }, { of: 'mainland' }])
  })

  test('old ones end with 2030, new ones began on 2021-01-02', () => {
    expect(read('AC01234567', '2030-12-31')).toMatchObject({ ok: true })
    expect(read('AC01234567', '2031-01-01')).toEqual({ ok: false, reason: 'no-longer' })
    expect(read('A800000014', '2021-01-01')).toEqual({ ok: false, reason: 'not-yet' })
    expect(read('A800000014', '2021-01-02')).toMatchObject({ ok: true })
  })

  test.each([
    ['', 'length'], ['A80000001', 'length'], ['A8000000144', 'length'], ['A700000014', 'form'], ['8A00000014', 'form'], ['AE01234567', 'form'], ['王800000014', 'form'],
    ['123456789018', 'individual-number'], ['1234 5678 9012', 'individual-number'], ['１２３４５６７８９０１２', 'individual-number'], ["' OR 1=1", 'length'], ['🙂', 'length'],
  ])('%j is none: %s, and nothing of it comes back', (number, reason) => {
    expect(read(number)).toEqual({ ok: false, reason })
  })

  test('national identity numbers and card numbers', () => {
    expect(readNationalId(book, 'a123456789', today)).toEqual({ ok: true })
    expect(readNationalId(book, 'A123456788', today)).toEqual({ ok: false, reason: 'check-digit' })
    expect(readNationalId(book, 'A800000014', today)).toEqual({ ok: false, reason: 'form' })
    expect(readCardNumber(book, 'AB12345678901234', today)).toEqual({ ok: true })
    expect(readCardNumber(book, 'AB1234567890123', today)).toEqual({ ok: false, reason: 'length' })
    expect(readCardNumber(book, 'AB123456789012', today)).toEqual({ ok: false, reason: 'individual-number' })
    expect(readCardNumber(book, 'ABC2345678901234', today)).toEqual({ ok: false, reason: 'form' })
  })
})

describe('the citizen certificate', () => {
  test('is for people of 18 with a household, not under guardianship', () => {
    const applicant = { birth: '2008-11-22', householdRegistration: true, guardianship: false }
    expect(citizenObstacles(book, applicant, today).obstacles).toEqual([])
    expect(citizenObstacles(book, { birth: '2008-11-23', householdRegistration: false, guardianship: true }, today).obstacles).toEqual(['too-young', 'no-household-registration', 'guardianship'])
  })

  test('R123 is good for five years, for eight with its one extension', () => {
    expect(citizenValidity(book, '2021-11-22')).toEqual({ first: { safe: '2026-11-22', last: '2026-11-22' }, extended: { safe: '2029-11-22', last: '2029-11-22' } })
    expect(valueOn(book, 'R123', today).most).toBe(8)
    expect(citizenValidity(book, '2020-02-29')).toEqual({ first: { safe: '2025-02-28', last: '2025-02-28' }, extended: { safe: '2028-02-28', last: '2028-02-28' } })
  })

  test('R124 R127 is extended from 60 days before its expiry until three years after, always to the original expiry and three years', () => {
    expect(extensionWindow(book, '2014-10-01')).toEqual({ from: '2014-08-02', to: { safe: '2017-10-01', last: '2017-10-01' }, newExpiry: '2017-10-01' })
    expect(extensionWindow(book, '2024-02-29')).toEqual({ from: '2023-12-31', to: { safe: '2027-02-28', last: '2027-02-28' }, newExpiry: '2027-02-28' })
    expect(extensionWindow(book, '2025-02-28')).toEqual({ from: '2024-12-30', to: { safe: '2028-02-28', last: '2028-02-29' }, newExpiry: '2028-02-28' })
  })

  test('R132 is renewed online from 60 days before its expiry until that day', () => {
    expect(renewalWindow(book, '2014-10-01')).toEqual({ from: '2014-08-02', to: '2014-10-01' })
    expect(renewalWindow(book, '2024-03-31').from).toBe('2024-01-31')
  })

  test('R125 R126 waits, is extended once, lapses and can still be extended if it was valid until then, and ends', () => {
    const at = (day: string, change: { readonly extended?: boolean; readonly wasValid?: boolean } = {}) => {
      const { state, advice } = citizenState(book, { expiry: '2026-06-30', extended: false, wasValid: true, ...change }, day)
      return `${state} ${advice}`
    }
    expect(at('2026-04-30')).toBe('VALID wait')
    expect(at('2026-05-01')).toBe('EXTENDABLE extend')
    expect(at('2026-06-30')).toBe('EXTENDABLE extend')
    expect(at('2026-07-01')).toBe('LAPSED_EXTENDABLE extend')
    expect(at('2026-07-01', { wasValid: false })).toBe('DEAD counter')
    expect(at('2028-12-30')).toBe('LAPSED_EXTENDABLE extend')
    expect(at('2028-12-31')).toBe('LAPSED_EXTENDABLE extend-or-new-card')
    expect(at('2029-06-30')).toBe('LAPSED_EXTENDABLE extend-or-new-card')
    expect(at('2029-07-01')).toBe('DEAD counter')
    expect(at('2026-05-01', { extended: true })).toBe('VALID_EXT wait')
    expect(at('2029-05-01', { extended: true })).toBe('RENEWABLE renew-online')
    expect(at('2029-07-01', { extended: true })).toBe('DEAD ask')
    expect(at('2030-06-30', { extended: true })).toBe('DEAD ask')
    expect(at('2030-07-01', { extended: true })).toBe('DEAD counter')
  })

  test('on the day between the two counts of three years: ask', () => {
    expect(citizenState(book, { expiry: '2025-02-28', extended: false, wasValid: true }, '2028-02-29')).toMatchObject({ state: 'LAPSED_EXTENDABLE', advice: 'ask' })
    expect(citizenState(book, { expiry: '2025-02-28', extended: false, wasValid: true }, '2028-03-01').state).toBe('DEAD')
  })

  test('renewed online, it is paid within two days', () => {
    expect(renewalOrder(book, '2026-11-27')).toEqual({ pay: { safe: '2026-11-28', last: '2026-11-29' }, arrivesAbout: '2026-12-08' })
  })

  test('has a first PIN by the day of its issue, and since 2025-09-23 another one; after a reset both are possible', () => {
    expect(pinForm(book, 'counter-default', '2025-09-22')).toEqual({ pin: 'default', form: 'roc-birth-yymmdd', digits: 6, since: null })
    expect(pinForm(book, 'counter-default', '2025-09-23')).toEqual({ pin: 'default', form: 'id-last-4-and-birth-mmdd', digits: 8, since: '2025-09-23' })
    expect(pinForm(book, 'online', '2026-01-01')).toEqual({ pin: 'own', least: 6, most: 8 })
    expect(pinForm(book, 'counter-own', '2026-01-01').pin).toBe('own')
    expect(pinForm(book, 'reset', '2026-01-01')).toMatchObject({ pin: 'either', forms: [{ digits: 6 }, { digits: 8 }] })
  })

  test('three wrong PINs lock it', () => {
    expect([0, 1, 2, 3, 4].map((wrong) => pinLock(book, wrong, today))).toEqual([3, 2, 1, 0, 0].map((left) => ({ left, locked: left === 0 })))
  })

  test('is unlocked online with the code, by telephone when that fails, at the office without it', () => {
    expect([unlockWay('remembered', 'works'), unlockWay('remembered', 'fails'), unlockWay('forgotten', 'works'), unlockWay('forgotten', 'fails')]).toEqual(['online', 'hotline', 'office', 'office'])
  })

  test('applying and revoking are for the holder in person; seven acts can be delegated, with everything that the delegate brings', () => {
    const by = Object.fromEntries(certificateActs.map((act) => [act, delegation(book, act, today).by]))
    const delegated = ['reset-code', 'suspend', 'resume', 'extend', 'mobile', 'email', 'publication']
    expect(by).toEqual({ apply: 'holder-in-person', revoke: 'holder-in-person', unlock: 'holder-online', renew: 'holder-online', ...Object.fromEntries(delegated.map((act) => [act, 'delegate'])) })
    expect(delegation(book, 'extend', today).bring).toEqual(['letter-signed-by-both', 'ic-card', 'identity-card-of-holder', 'identity-card-of-delegate'])
    expect(delegation(book, 'apply', today).bring).toEqual([])
  })

  test('a card applied for before September 2006 prints the day of the application, a later one the expiry; in that month, ask', () => {
    expect(['2006-08-31', '2006-09-01', '2006-09-30', '2006-10-01'].map((day) => printedDateMeans(book, day))).toEqual(['application-date', 'ask', 'ask', 'expiry'])
  })
})

describe('opening hours in Taiwan', () => {
  const office = valueOn(book, 'R103', today)
  const at = (date: string, time: string) => openAt(book, 'TW', office, epochAt(date, time, 'Asia/Taipei'))

  test('R103 Monday to Friday 8:30 to 12:00 and 13:30 to 17:00: the first moment is inside, the last is not', () => {
    const times = ['08:29:59', '08:30:00', '11:59:59', '12:00:00', '13:29:59', '13:30:00', '16:59:59', '17:00:00']
    expect(times.map((time) => at('2026-11-20', time).open)).toEqual([false, true, true, false, false, true, true, false])
    expect(at('2026-11-20', '12:10')).toEqual({ open: false, until: '13:30' })
    expect([at('2026-11-21', '10:00').open, at('2026-12-25', '10:00').open]).toEqual([false, false])
  })

  test('R103 closed on a Friday evening it opens on Monday, whatever the clock of the booth says', () => {
    expect(opensNext(book, 'TW', office, epochAt('2026-11-20', '17:00', 'Asia/Taipei'))).toEqual({ date: '2026-11-23', time: '08:30' })
    expect(opensNext(book, 'TW', office, epochAt('2026-11-20', '09:29', 'Asia/Tokyo'))).toEqual({ date: '2026-11-20', time: '08:30' })
    expect(openAt(book, 'TW', office, epochAt('2026-11-20', '09:30', 'Asia/Tokyo')).open).toBe(true)
  })

  test('the line of MOICA with its mail address, open within its hours', () => {
    const line = (time: string) => moicaLine(book, epochAt('2026-11-20', time, 'Asia/Taipei'))
    expect(line('07:00')).toEqual({ number: '0800-080-117', email: 'cse@moica.nat.gov.tw', open: true, until: '23:00' })
    expect(line('23:00').open).toBe(false)
  })
})
