import { describe, expect, test } from 'vitest'
import { refusalReasons } from '../../../main/contract/submission.ts'
import { refundParked } from '../../../main/session/sending.ts'
import { configured, received, service } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { goOnTo } from '../../support/willing-resident.ts'
import { wordsMissing } from '../../support/words.ts'

const queuedSession = () => readySession().toSending().sealed()
const slipOf = (session: Session) => JSON.stringify(session.effectsOf('print').at(-1)?.slip)

describe('sending', () => {
  test('first the price is set aside, then it is sealed, then it is in the outbox, and only then it leaves', () => {
    const session = readySession().toReview()
    const before = session.records.length
    session.do('send', { consent: true })
    expect(session.records.slice(before)).toEqual([
      { kind: 'confirmed', visit: session.visit.visit, body: { item: 1, key: session.key, price: 800 } },
    ])
    expect(session.effectsOf('seal')).toHaveLength(1)
    expect(session.effectsOf('submit')).toEqual([])
    session.sealed()
    expect(session.recordsOf('queued')).toMatchObject([
      {
        body: {
          key: session.key,
          number: expect.stringMatching(/^2026(?:-\d{4}){3}$/),
          code: expect.stringMatching(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/),
          price: 800,
          office: 'office-DEMO-1',
        },
      },
    ])
    expect(session.effectsOf('submit')).toEqual([{ kind: 'submit', key: session.key }])
  })

  test.each([
    ['ja', '0120-95-0178'],
    ['en', '0120-0178-27'],
    ['zh-Hant', '0120-0178-27'],
  ] as const)('R052 R054 in %s the slip has the line that speaks it', (language, line) => {
    const session = readySession().toReview().do('choose-language', { language })
    session.do('send', { consent: true }).sealed().centreSays(received)
    expect(session.effectsOf('print').at(-1)?.slip.blocks).toContainEqual({ kind: 'number', label: { key: 'slip.phone-card' }, value: line })
  })

  test('R043 received: the slip says so, and never that it was accepted', () => {
    const session = queuedSession().centreSays(received)
    const { number, code } = session.queued()
    expect(session.view).toMatchObject({ screen: 'receipt', status: 'received', number, code, reason: null, claim: null })
    expect(session.effectsOf('print')[0]?.slip.kind).toBe('receipt')
    expect(slipOf(session)).toContain(number)
    expect(slipOf(session)).toContain(code)
    expect(session.money.get(session.visit.visit)).toMatchObject({ earned: 800, parked: 0, owed: 0 })
  })

  test.each(refusalReasons)('refused for its form, %s: said so, with the price and the change owed by one claim', (reason) => {
    const session = readySession().toPayment().insert(500, 500).fromScanToSealed()
    session.centreSays({ status: 'refused', reason })
    expect(session.view).toMatchObject({ screen: 'receipt', status: 'refused', reason: { key: `refusal.${reason}` }, claim: { amount: 1000 } })
    expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(['refused'])
    expect(session.money.get(session.visit.visit)).toMatchObject({ earned: 0, parked: 0, owed: 1000, credit: 0 })
    expect(wordsMissing([session.view, session.effectsOf('print')])).toEqual([])
    session.do('continue', { step: 'receipt' }).do('continue', { step: 'leave' })
    expect(session.view).toMatchObject({ screen: 'goodbye', kept: 'nothing' })
    session.do('continue', { step: 'goodbye' })
    expect(session.recordsOf('visit-ended')[0]?.body.outcome).toBe('refused')
    expect(session.recordsOf('claim-issued')).toHaveLength(1)
  })

  test('nobody knows: after 20 seconds "not confirmed" is said and printed, and the outbox goes on with the same one', () => {
    const session = queuedSession()
    session.centreSays({ status: 'unknown', reason: 'timeout' }).pass(19_999)
    expect(session.screen).toBe('sending')
    session.pass(1)
    expect(session.view).toMatchObject({ screen: 'receipt', status: 'not-confirmed', number: session.queued().number })
    expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(['not-confirmed'])
    expect(session.effectsOf('submit')).toHaveLength(1)
    expect(session.money.get(session.visit.visit)).toMatchObject({ parked: 800, earned: 0, owed: 0 })
    expect(wordsMissing([session.view, session.effectsOf('print')])).toEqual([])
  })

  test('parked for a person to look at: said and printed so, never that it will be sent, and its money stays with it', () => {
    const session = queuedSession().centreSays({ status: 'parked', reason: 'http-409' })
    expect(session.view).toMatchObject({ screen: 'receipt', status: 'parked', number: session.queued().number })
    expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(['parked'])
    expect(slipOf(session)).not.toContain('slip.not-confirmed')
    expect(slipOf(session)).not.toContain('next.no-second')
    expect(wordsMissing([session.view, session.effectsOf('print')])).toEqual([])
    expect(session.recordsOf('answered')).toMatchObject([{ body: { status: 'parked', reason: 'http-409' } }])
    expect(session.money.get(session.visit.visit)).toMatchObject({ parked: 800 })
    session.do('continue', { step: 'receipt' }).do('continue', { step: 'leave' })
    expect(session.view).toMatchObject({ screen: 'goodbye', kept: 'for-a-person' })
  })

  test('F61 the reply was lost: the answer to the same key comes later, earns the price once, and nothing is sent again', () => {
    const session = queuedSession().pass(20_000)
    const application = session.queued()
    session.printed().pass(600_000)
    expect(session.screen).toBe('attract')
    session.centreSays(received, application)
    expect(session.recordsOf('answered')).toMatchObject([{ visit: application.visit, body: { key: application.key, status: 'received' } }])
    expect(session.money.get(application.visit)).toMatchObject({ earned: 800, parked: 0 })
    expect([session.effectsOf('submit').length, session.effectsOf('seal').length, session.screen]).toEqual([1, 1, 'attract'])
  })

  test('refused after the resident left: the slip in the hand, with its number and code, is the claim', () => {
    const session = queuedSession().pass(20_000)
    const { visit, ...application } = session.queued()
    session.printed().pass(600_000).toQuestions()
    session.centreSays({ status: 'refused', reason: 'closed' }, { visit, ...application })
    expect(session.recordsOf('claim-issued').map(({ body }) => body.claim)).toMatchObject([
      { number: application.number, code: application.code, visit, amount: 800, currency: 'JPY', reason: 'refused' },
    ])
    expect(session.money.get(visit)).toMatchObject({ owed: 800, parked: 0, credit: 0 })
    expect(session.screen).toBe('question:applicant')
  })

  test('refused after the resident left a free booth: nothing is owed, and the booth goes on', () => {
    const free = configured((file) => ({ ...file, services: { [service]: { price: 0 } } }))
    const session = goOnTo(readySession({ configuration: free }).toOffer(), 'sending').sealed().pass(20_000)
    const application = session.queued()
    session.printed().pass(600_000)
    expect(session.screen).toBe('attract')
    session.centreSays({ status: 'refused', reason: 'closed' }, application)
    expect(session.recordsOf('answered')).toMatchObject([{ body: { status: 'refused' } }])
    expect(session.recordsOf('claim-issued')).toEqual([])
    expect(refundParked(application, { ...session, signClaim: () => '' }).map(({ kind }) => kind)).toEqual(['answered'])
  })

  test('I4 the sealed file goes with the record of the final answer, and stays with an application that is parked', () => {
    for (const status of ['received', 'refused'] as const) {
      const session = queuedSession().pass(20_000)
      const { key } = session.queued()
      session.centreSays(status === 'received' ? received : { status, reason: 'closed' })
      expect(session.effectsOf('delete-sealed')).toEqual([{ kind: 'delete-sealed', key }])
    }
    const parked = queuedSession().centreSays({ status: 'unknown', reason: 'timeout' }).centreSays({ status: 'parked', reason: 'http-409' })
    expect(parked.effectsOf('delete-sealed')).toEqual([])
  })

  test('refused while "not confirmed" is still on the screen: owed all the same, once', () => {
    const session = queuedSession().pass(20_000).centreSays({ status: 'refused', reason: 'closed' })
    expect(session.recordsOf('claim-issued')).toHaveLength(1)
    session.pass(600_000)
    expect([...session.money.values()]).toMatchObject([{ owed: 800, credit: 0, ended: true }])
  })

  test('a late answer about another visit does not touch the screen of this one', () => {
    const session = queuedSession().pass(20_000)
    const application = session.queued()
    session.printed().pass(600_000).toSending()
    const { visit } = session
    session.centreSays(received, application)
    expect(session.visit).toBe(visit)
    expect(session.screen).toBe('sending')
  })
})

describe('when it cannot be sealed', () => {
  test('the price is the resident’s again, nothing has left, and it can be sent once more', () => {
    const session = readySession().toSending()
    const { key } = session
    session.dispatch({ kind: 'not-sealed', visit: session.visit.visit, key })
    expect(session.view).toMatchObject({ screen: 'review', notice: { text: { key: 'sending.not-sealed' } }, money: { inserted: 800 } })
    expect(session.effectsOf('submit')).toEqual([])
    session.do('send', { consent: true }).sealed().centreSays(received)
    expect(session.view).toMatchObject({ screen: 'receipt', status: 'received' })
    expect(session.money.get(session.visit.visit)).toMatchObject({ inserted: 800, earned: 800 })
  })

  test('or stopped, with all of it owed and nothing said to be sent', () => {
    const session = readySession().toSending()
    session.dispatch({ kind: 'not-sealed', visit: session.visit.visit, key: session.key })
    session.do('cancel', { confirm: true })
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 800 } })
    expect(session.do('continue', { step: 'claim' }).do('continue', { step: 'leave' }).view).toMatchObject({ screen: 'goodbye', sent: false })
  })

  test('a sealing that never ends gives the price back after 20 seconds, and what comes late is not taken for the next try', () => {
    const session = readySession().toSending()
    const late = session.key
    session.pass(20_000)
    expect(session.view).toMatchObject({ screen: 'review', money: { inserted: 800 } })
    session.do('send', { consent: true })
    session.sealed(late)
    expect(session.recordsOf('queued')).toEqual([])
    expect(session.effectsOf('delete-sealed')).toEqual([{ kind: 'delete-sealed', key: late }])
    session.sealed()
    expect(session.recordsOf('queued')).toHaveLength(1)
    expect(session.queued().key).not.toBe(late)
  })

  test('I3 a file that is reported twice is queued and submitted once', () => {
    const session = readySession().toSending().sealed()
    session.sealed()
    expect(session.recordsOf('queued')).toHaveLength(1)
    expect(session.effectsOf('submit')).toHaveLength(1)
    expect(session.effectsOf('delete-sealed')).toEqual([])
  })
})

describe('F53 ten taps', () => {
  /** Taps ten times; how many of them did something. */
  const taps = (tap: () => string | null) => Array.from({ length: 10 }, tap).filter((refusal) => refusal === null).length

  test('F53 on send: one application, one sealing, one submission', () => {
    const session = readySession().toReview()
    expect(taps(() => session.say('send', { consent: true }))).toBe(1)
    session.sealed()
    taps(() => session.say('send', { consent: true }))
    expect(session.recordsOf('confirmed')).toHaveLength(1)
    expect(session.effectsOf('seal')).toHaveLength(1)
    expect(session.effectsOf('submit')).toHaveLength(1)
  })

  test('F53 on an answer, on continue, on accept, on the service, on begin: one step', () => {
    const session = readySession()
    expect(taps(() => session.say('begin', {}))).toBe(1)
    session.do('choose-language', { language: 'ja' })
    expect(taps(() => session.say('choose-service', { service: 'jp-mynumber-application' }))).toBe(1)
    expect(taps(() => session.say('accept', { step: 'privacy', boxes: ['privacy', 'terms', 'age'] }))).toBe(1)
    expect(taps(() => session.say('continue', { step: 'number' }))).toBe(1)
    expect(taps(() => session.say('answer', { step: 'applicant', value: 'adult' }))).toBe(1)
    expect(session.screen).toBe('question:cause')
    expect(session.recordsOf('visit-opened')).toHaveLength(1)
    expect(session.visit.service).toBe('jp-mynumber-application')
  })

  test('F53 on the shutter: one photo', () => {
    const session = readySession().toPhoto()
    expect(taps(() => session.say('photo', { attempt: 1, imageBase64: '/9j/' }))).toBe(1)
    expect(session.effectsOf('make-photo')).toHaveLength(1)
  })

  test('F53 on stop: one claim, one slip', () => {
    const session = readySession().toScan()
    expect(taps(() => session.say('cancel', { confirm: true }))).toBe(1)
    expect(session.recordsOf('claim-issued')).toHaveLength(1)
    expect(session.effectsOf('print')).toHaveLength(1)
  })

  test('F53 on a language: the language, and nothing else', () => {
    const session = readySession().toPayment().insert(100)
    const { effects, records } = { effects: session.effects.length, records: session.records.length }
    taps(() => session.say('choose-language', { language: 'en' }))
    expect([session.effects.length, session.records.length, session.screen, session.view.language]).toEqual([effects, records, 'payment', 'en'])
  })

  test('F53 on back: it never leaves the visit, loses an answer or leads over the payment', () => {
    const session = readySession().toPhoto()
    const { answers, credit } = session.visit
    taps(() => session.say('back', {}))
    expect(session.screen).toBe('scan')
    expect(session.visit).toMatchObject({ answers, credit })
  })
})
