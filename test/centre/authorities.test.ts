import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openCases } from '../../centre/authorities/cases.ts'
import { createReferenceAuthorities } from '../../centre/authorities/reference.ts'
import { virtualClock } from '../../hardware/clock.ts'
import { builtInRulebook } from '../../main/rulebook/built-in.ts'

const formId = '12345678901234567890123'
const number = 'A800000014'
const card = 'AB12345678901234'

/** Authorities on 2026-11-22, and what their officers do. */
function trial(file = ':memory:') {
  const clock = virtualClock(Date.parse('2026-11-22T10:00:00+08:00'))
  const reference = createReferenceAuthorities({ cases: openCases(file), clock, rulebook: builtInRulebook })
  const hand = (line: string) => reference.hand(line.split(' '))
  const ask = async (subject: keyof typeof reference.authorities, operation: string, fields: Record<string, string>) =>
    reference.authorities[subject]?.answer(operation, fields)
  return {
    clock,
    reference,
    hand,
    application: () => ask('jp-card-application', 'status', { applicationFormId: formId }),
    order: () => ask('tw-resident-certificate', 'order-status', { number }),
    certificate: () => ask('tw-citizen-certificate', 'certificate-status', { number: card }),
    ask,
    /** Steps of an officer on one case, each with the state after it. */
    goes(subject: string, of: string, ...steps: readonly (readonly [does: string, state: string])[]) {
      for (const [does, state] of steps) expect([does, hand(does.startsWith('clock') ? does : `${subject} ${of} ${does}`.trim()).split(' ')[0]]).toEqual([does, does.startsWith('clock') ? 'clock' : state])
    },
  }
}

describe('an application for the My Number Card (B3)', () => {
  it('goes from the centre of the municipality into the hands of its holder, and lapses when nobody comes', async () => {
    const { goes, application } = trial()
    expect(await application()).toEqual({ ok: false, code: 'not-found' })
    goes('jp-card-application', formId, ['apply', 'SUBMITTED'], ['taken', 'REVIEW'], ['approved', 'PRODUCTION'], ['sent-to-municipality', 'SENT_TO_MUNICIPALITY'], ['clock +30', ''], ['postcard-sent pickUpUntil=2027-02-05', 'READY'])
    expect(await application()).toEqual({ ok: true, facts: { state: 'READY', applied: '2026-11-22', pickUpUntil: '2027-02-05' } })
    goes('jp-card-application', formId, ['clock 2027-02-05', ''], ['', 'READY'], ['clock 2027-02-06', ''], ['', 'PICKUP_LAPSED'], ['collected', 'COLLECTED'], ['apply', 'SUBMITTED'])
  })

  it('wants a new application after a defect, and ends with the period of stay', async () => {
    const { goes, application, hand } = trial()
    goes('jp-card-application', formId, ['apply stayUntil=2026-12-31', 'SUBMITTED'], ['taken', 'REVIEW'], ['defect', 'DEFECT'], ['applied-again', 'SUBMITTED'])
    expect(hand(`jp-card-application ${formId} collected`)).toBe('error: nothing such happens in SUBMITTED')
    goes('jp-card-application', formId, ['clock 2027-01-01', ''])
    expect(await application()).toMatchObject({ ok: true, facts: { state: 'CANCELLED', stayUntil: '2026-12-31' } })
  })
})

describe('the certificate of foreign residents (B7)', () => {
  it('an order deletes itself when nobody has paid after 15 days, and not before', async () => {
    const { goes, order } = trial()
    goes('tw-resident-certificate', number, ['apply', 'APPLIED_UNPAID'], ['clock 2026-12-07', ''], ['', 'APPLIED_UNPAID'], ['clock 2026-12-08', ''])
    expect(await order()).toEqual({ ok: true, facts: { state: 'DELETED_UNPAID', completed: '2026-11-22' } })
    goes('tw-resident-certificate', number, ['apply', 'APPLIED_UNPAID'])
    expect(await order()).toEqual({ ok: true, facts: { state: 'APPLIED_UNPAID', completed: '2026-12-08' } })
  })

  it('a paid one is made and mailed, and activating it sets the PIN', async () => {
    const { goes, hand, order } = trial()
    goes('tw-resident-certificate', number, ['apply', 'APPLIED_UNPAID'], ['paid', 'PAID'], ['clock +1', ''], ['', 'PRODUCED_MAILED'], ['clock 2026-12-04', ''], ['', 'DELIVERED_INACTIVE'])
    expect(hand(`tw-resident-certificate ${number} activated`)).toBe('VALID completed=2026-11-22 paid=2026-11-22 expiry=2031-11-22 activated=2026-12-04 pin=own')
    const told = await order()
    expect(told).toEqual({ ok: true, facts: { state: 'VALID', completed: '2026-11-22', paid: '2026-11-22', expiry: '2031-11-22' } })
  })

  it('is suspended and resumed within a working day, with three days of advice after it, and ends all the same', async () => {
    const { goes, order, hand } = trial()
    goes('tw-resident-certificate', number, ['apply', 'APPLIED_UNPAID'], ['paid', 'PAID'], ['clock 2026-12-11', ''], ['activated', 'VALID'])
    // A Friday: the next working day is Monday.
    goes('tw-resident-certificate', number, ['suspend', 'SUSPENDING'], ['clock 2026-12-13', ''], ['', 'SUSPENDING'], ['clock 2026-12-14', ''], ['', 'SUSPENDED'], ['resume', 'RESUMING'], ['clock 2026-12-15', ''], ['', 'VALID'])
    expect(await order()).toMatchObject({ ok: true, facts: { state: 'VALID', accepted: '2026-12-14', advised: '2026-12-18' } })
    goes('tw-resident-certificate', number, ['suspend', 'SUSPENDING'], ['clock 2031-11-23', ''], ['', 'EXPIRED'])
    expect(hand(`tw-resident-certificate ${number} resume`)).toMatch(/^error/)
    goes('tw-resident-certificate', number, ['apply', 'APPLIED_UNPAID'], ['paid', 'PAID'], ['clock +30', ''], ['activated', 'VALID'], ['number-changed', 'REVOKED'], ['apply', 'APPLIED_UNPAID'])
  })
})

describe('the citizen certificate (B10)', () => {
  it('is extended once, in its window, and renewed by an order that deletes itself after two days', async () => {
    const { goes, certificate } = trial()
    goes('tw-citizen-certificate', card, ['apply', 'VALID'], ['clock 2031-09-22', ''], ['', 'VALID'], ['clock 2031-09-23', ''], ['', 'EXTENDABLE'], ['clock 2031-11-23', ''], ['', 'LAPSED_EXTENDABLE'], ['extend', 'VALID_EXT'])
    expect(await certificate()).toEqual({ ok: true, facts: { state: 'VALID_EXT', expiry: '2034-11-22' } })
    goes('tw-citizen-certificate', card, ['clock 2034-09-23', ''], ['', 'RENEWABLE'], ['renew', 'RENEWAL_ORDERED'], ['clock 2034-09-25', ''], ['', 'RENEWAL_ORDERED'], ['clock 2034-09-26', ''], ['', 'RENEWABLE'], ['renew', 'RENEWAL_ORDERED'], ['paid', 'RENEWAL_ORDERED'], ['clock +9', ''], ['', 'RENEWAL_ORDERED'], ['activated', 'VALID'])
    expect(await certificate()).toEqual({ ok: true, facts: { state: 'VALID', expiry: '2039-10-05' } })
  })

  it('dies three years after its end, and of a suspension that lasts until it', async () => {
    const { goes, certificate } = trial()
    goes('tw-citizen-certificate', card, ['apply', 'VALID'], ['clock 2034-11-22', ''], ['', 'LAPSED_EXTENDABLE'], ['clock 2034-11-23', ''], ['', 'DEAD'], ['apply', 'VALID'], ['suspend', 'SUSPENDED'], ['resume', 'VALID'], ['suspend', 'SUSPENDED'], ['clock 2039-11-24', ''])
    expect(await certificate()).toMatchObject({ ok: true, facts: { state: 'DEAD' } })
  })

  it('has a chip that locks at the third wrong PIN, and a code whose reset sets the PIN to the default', () => {
    const { hand } = trial()
    const does = (event: string) => hand(`tw-citizen-certificate ${card} ${event}`)
    expect(does('wrong')).toBe('error: nothing such happens in NONE')
    does('apply')
    expect([does('wrong'), does('wrong'), does('wrong')].map((line) => /lock=(\w+)/.exec(line)?.[1])).toEqual(['OK_1', 'OK_2', 'LOCKED'])
    expect(does('right')).toMatch(/^error/)
    expect(does('forgotten')).toContain('code=FORGOTTEN')
    expect(does('reset-at-office')).toBe('VALID issued=2026-11-22 expiry=2031-11-22 pin=default lock=OK_0 code=SET')
  })
})

describe('questions and hands that mean nothing', () => {
  it.each([
    ['order-status', {}],
    ['order-status', { number: '' }],
    ['order-status', { number: `${number} ` }],
    ['order-status', { number: 'A80000001４' }],
    ['order-status', { number: '123456789018' }],
    ['order-status', { number: "A8' OR 1=1" }],
    ['order-status', { number, code: 'abcdef' }],
    ['pay', { number }],
    ['__proto__', { number }],
  ])('%s %j is refused', async (operation, fields) => {
    expect(await trial().ask('tw-resident-certificate', operation, fields)).toEqual({ ok: false, code: 'refused' })
  })

  it.each(['', 'clock', 'clock 2026-02-30', 'clock +x', 'clock real now', 'jp-linking x', 'constructor x', `tw-resident-certificate ${number} apply completed=x`, `tw-resident-certificate ${number} apply pin=2026-11-22`, 'tw-resident-certificate 1 apply', `tw-resident-certificate ${number} toString`])(
    'the hand "%s" says so, or the day',
    (line) => expect(trial().hand(line)).toMatch(line === 'clock' ? /^clock 2026-11-22$/ : /^error: /),
  )
})

describe('what is kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'authorities-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('survives a restart, clock and all, and has no number of anybody in it', async () => {
    const file = join(folder, 'authorities.db')
    const before = trial(file)
    before.goes('tw-resident-certificate', number, ['apply', 'APPLIED_UNPAID'], ['clock +3', ''])
    before.reference.close()
    const after = trial(file)
    expect(after.hand('clock')).toBe('clock 2026-11-25')
    expect(await after.order()).toMatchObject({ ok: true, facts: { state: 'APPLIED_UNPAID' } })
    after.reference.close()
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1')).join('')
    expect(bytes).toContain('APPLIED_UNPAID')
    for (const known of [number, number.slice(1)]) expect(bytes).not.toContain(known)
  })
})
