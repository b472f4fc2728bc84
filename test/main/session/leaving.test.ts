import { describe, expect, test } from 'vitest'
import { configured, formCode, formId, service } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

/** Every place where a visit can stand with money in the booth. */
const withCredit: readonly (readonly [string, (session: Session) => Session, credit: number])[] = [
  ['the payment', (session) => session.toPayment().insert(500), 500],
  ['the scan', (session) => session.toScan(), 800],
  ['typing', (session) => session.toScan().pass(20_000).do('type-id', {}).do('typed', { round: 1, digits: formId }), 800],
  ['the ID', (session) => session.toScan().scan(formCode), 800],
  ['the birth date', (session) => session.toBirth(), 800],
  ['the photo', (session) => session.toPhoto(), 800],
  ['the photo’s review', (session) => session.toPhoto().shoot(), 800],
  ['the review', (session) => session.toReview(), 800],
  ['a correction', (session) => session.toReview().do('correct', { step: 'birth' }), 800],
  [
    'a question under way with money held',
    (session) => session.insert(100).do('use-credit', {}).do('choose-language', { language: 'ja' }).do('choose-service', { service }),
    100,
  ],
]
const personal = ({ visit }: Session) => ({ answers: visit.answers, identifier: visit.identifier, photo: visit.photo })
const nothingPersonal = { answers: {}, identifier: null, photo: null }

describe('stopping', () => {
  test.each(withCredit)('at %s gives a signed claim over all that was inserted, and everything personal goes at once', (_place, reach, credit) => {
    const session = reach(readySession())
    session.do('cancel', { confirm: false })
    expect(session.view.overlay).toEqual({ kind: 'cancel', credit, note: 0 })
    session.do('cancel', { confirm: true })
    expect(session.view).toMatchObject({
      screen: 'claim',
      claim: { amount: credit, currency: 'JPY', print: 'printing' },
      why: { key: 'slip.claim.why.cancelled' },
      money: null,
    })
    expect(personal(session)).toEqual(nothingPersonal)
    expect(session.effectsOf('drop-photo').length).toBeGreaterThan(0)
    const [print] = session.effectsOf('print')
    const [{ body }] = session.recordsOf('claim-issued') as [ReturnType<typeof session.recordsOf<'claim-issued'>>[number]]
    expect(JSON.stringify(print?.slip)).toContain(body.signature)
    expect(wordsMissing([session.view, print?.slip])).toEqual([])
    session.printed().do('continue', { step: 'claim' }).do('continue', { step: 'leave' }).do('continue', { step: 'goodbye' })
    expect(session.screen).toBe('attract')
    expect(session.recordsOf('visit-ended')[0]?.body.outcome).toBe('cancelled')
    expect(session.effects.at(-1)).toEqual({ kind: 'wipe' })
  })

  test('can be thought over: nothing is lost, and coins are taken again', () => {
    const session = readySession().toPayment().insert(100).do('cancel', { confirm: false })
    expect(session.accepting).toEqual([])
    session.do('keep-going', {})
    expect(session.accepting).not.toEqual([])
    expect(session.view).toMatchObject({ screen: 'payment', overlay: null, money: { inserted: 100 } })
  })

  test('is not offered while it is being sent, nor after', () => {
    for (const session of [readySession().toSending(), readySession().toSending().sealed(), readySession().toReceived()]) {
      expect(session.view.can.cancel).toBe(false)
      expect(session.say('cancel', { confirm: true })).toBe('not-now')
    }
  })

  test('before anything was chosen needs no farewell; without money there is no claim', () => {
    expect(readySession().toOffer().do('cancel', { confirm: true }).screen).toBe('attract')
    const session = readySession().toQuestions().do('cancel', { confirm: true })
    expect(session.screen).toBe('leave')
    expect(session.recordsOf('claim-issued')).toEqual([])
  })
})

describe('walking away', () => {
  test.each(withCredit)('from %s: asked first, then a claim is printed, and the booth is free again', (_place, reach, credit) => {
    const session = reach(readySession())
    const paying = session.view.screen === 'payment'
    session.pass(paying ? 119_999 : 59_999)
    expect(session.view.overlay).toBeNull()
    session.pass(1)
    expect(session.view.overlay).toEqual({ kind: 'still-there', seconds: 20, canExtend: true, credit })
    session.pass(19_999)
    expect(session.recordsOf('claim-issued')).toEqual([])
    session.pass(1)
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: credit } })
    expect(session.recordsOf('claim-issued')[0]?.body.claim).toMatchObject({ amount: credit, reason: 'abandoned' })
    expect(personal(session)).toEqual(nothingPersonal)
    session.printed().pass(120_000)
    expect(session.screen).toBe('attract')
    expect(session.recordsOf('visit-ended')[0]?.body.outcome).toBe('abandoned')
  })

  test.each([
    ['languages', (session: Session) => session.do('begin', {}), 'looked'],
    ['offer', (session: Session) => session.toOffer(), 'looked'],
    ['code test', (session: Session) => session.toOffer().do('test-code', {}).scan(formCode), 'looked'],
    ['consent', (session: Session) => session.toOffer().do('choose-service', { service }), 'abandoned'],
    ['question', (session: Session) => session.toQuestions(), 'abandoned'],
    ['making the photo, which never ends', (session: Session) => session.toPhoto().do('photo', { attempt: 1, imageBase64: '' }), 'abandoned'],
    ['stop', (session: Session) => session.toQuestions().answer('applicant', 'infant'), 'stopped'],
    ['sealing, which never ends', (session: Session) => session.toSending(), 'abandoned'],
    ['sending, which nobody answers', (session: Session) => session.toSending().sealed(), 'not-confirmed'],
    ['receipt', (session: Session) => session.toReceived(), 'received'],
    ['claim', (session: Session) => session.toScan().do('cancel', { confirm: true }), 'cancelled'],
    ['held', (session: Session) => session.insert(10), 'abandoned'],
    ['help', (session: Session) => session.toScan().do('help', { open: true }), 'abandoned'],
    ['the question whether to stop', (session: Session) => session.toScan().do('cancel', { confirm: false }), 'abandoned'],
  ])('time alone leads from %s to the attract screen, with the money whole', (_place, reach, outcome) => {
    const session = reach(readySession()).pass(600_000)
    expect(session.screen).toBe('attract')
    expect(session.recordsOf('visit-ended').map(({ body }) => body.outcome)).toEqual([outcome])
  })

  test('whoever is still here can say so ten times on one screen, twenty seconds each time', () => {
    const session = readySession().toScan()
    for (let time = 1; time <= 10; time += 1) {
      session.pass(60_000)
      expect(session.view.overlay, String(time)).toMatchObject({ kind: 'still-there', canExtend: true, seconds: 20 })
      session.pass(19_999).do('still-here', {})
      expect(session.view.overlay).toBeNull()
    }
    session.pass(60_000)
    expect(session.view.overlay).toMatchObject({ canExtend: false })
    expect(session.say('still-here', {})).toBe('not-now')
    session.pass(20_000)
    expect(session.screen).toBe('claim')
  })

  test('each screen has its own ten times: a slow visit does not end in the middle', () => {
    const session = readySession().toBirth()
    for (const act of [
      () => session.date('birth', 'western', 1980, 1, 1),
      () => session.answer('certificates', 'none'),
      () => session.answer('braille', 'no'),
    ]) {
      for (let time = 0; time < 5; time += 1) session.pass(60_000).do('still-here', {})
      act()
    }
    expect(session.pass(60_000).view.overlay).toMatchObject({ canExtend: true })
  })

  test('a touch puts the question off; while it is asked only its answers count', () => {
    const session = readySession().toReview()
    for (let touch = 0; touch < 10; touch += 1) session.pass(50_000).do('touch', {})
    expect(session.view.overlay).toBeNull()
    session.pass(60_000)
    expect(session.say('send', { consent: true })).toBe('not-now')
    expect(session.say('back', {})).toBe('not-now')
    expect(session.say('cancel', { confirm: true })).toBe('not-now')
    expect(session.say('help', { open: true })).toBe('not-now')
    expect(session.say('still-here', {})).toBeNull()
    expect(session.screen).toBe('review')
  })

  test('a code shown while the question is asked is an answer too', () => {
    expect(readySession().toScan().pass(60_000).scan(formCode).view).toMatchObject({ screen: 'identifier', overlay: null })
  })

  test('waits follow the monotonic clock: the wall clock may jump as it likes', () => {
    const session = readySession().toScan()
    for (const now of [Date.UTC(1970, 0, 1), Date.UTC(2038, 0, 20), session.now + 600_000, session.now - 3_600_000]) {
      session.now = now
      session.dispatch({ kind: 'tick' })
      expect(session.view).toMatchObject({ screen: 'scan', overlay: null })
    }
  })

  test('a machine that slept for hours still asks before it ends anything', () => {
    const session = readySession().toScan()
    session.monotonic += 36_000_000
    session.dispatch({ kind: 'tick' })
    expect(session.view).toMatchObject({ screen: 'scan', overlay: { kind: 'still-there' } })
  })
})

describe('the last screens', () => {
  test('every exit reminds of form and card, then says honestly what is left', () => {
    const received = readySession().toReceived().do('continue', { step: 'receipt' })
    expect(received.screen).toBe('leave')
    expect(received.do('continue', { step: 'leave' }).view).toMatchObject({ screen: 'goodbye', kept: 'nothing', sent: true })
    const waiting = readySession().toSending().sealed().pass(20_000).do('continue', { step: 'receipt' }).do('continue', { step: 'leave' })
    expect(waiting.view).toMatchObject({ screen: 'goodbye', kept: 'locked-copy', sent: true })
    const cancelled = readySession().toReview().do('cancel', { confirm: true }).do('continue', { step: 'claim' }).do('continue', { step: 'leave' })
    expect(cancelled.view).toMatchObject({ screen: 'goodbye', kept: 'nothing', sent: false })
  })

  test('they go by themselves', () => {
    const session = readySession().toReceived().do('continue', { step: 'receipt' }).pass(12_000)
    expect(session.screen).toBe('goodbye')
    expect(session.pass(12_000).screen).toBe('attract')
  })

  test('the next visit knows nothing of the last, and has another name', () => {
    const session = readySession().toReview()
    const first = session.visit.visit
    session.do('display', { low: true, contrast: true }).do('cancel', { confirm: true }).pass(600_000).do('begin', {})
    expect(session.visit.visit).not.toBe(first)
    expect(session.visit).toMatchObject({ ...nothingPersonal, credit: 0, inserted: 0, low: false, contrast: false, language: 'ja', claim: null })
    expect(JSON.stringify(session.state)).not.toContain(formId)
    expect(JSON.stringify(session.state)).not.toContain('1980-04-01')
  })

  test('a receipt with the resident’s choices is printed before they are forgotten', () => {
    const session = readySession({ configuration: configured() }).toReceived()
    expect(personal(session)).toEqual(nothingPersonal)
    const slip = JSON.stringify(session.effectsOf('print')[0]?.slip)
    expect(slip).toContain(`${service}.certificates.option.both`)
    expect(slip).toContain('0123')
    expect(slip).not.toContain(formId)
    expect(slip).not.toContain('1980')
  })
})
