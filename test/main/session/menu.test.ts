import { describe, expect, test } from 'vitest'
import { configured, service as application } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'

const guide = 'phone-lines'
const looking = 'tw-citizen-certificate'
const configuration = configured((file) => ({ ...file, services: { [application]: { price: 800 }, [looking]: {}, [guide]: {} } }))

const toMenu = () => readySession({ configuration }).do('begin', {}).do('choose-language', { language: 'en' })
const into = (session: Session, service: string) => session.do('choose-service', { service }).do('choose-service', { service })
const toAdvice = () => into(toMenu(), guide).answer('topic', 'card').answer('tongue', 'en')
/** A certificate is looked up: an authority's system is asked. */
const toAsking = () => into(toMenu(), looking).answer('need', 'status').do('enter', { step: 'card-number', entered: 'AB12345678901234' })
const outcomes = (session: Session) => session.recordsOf('visit-ended').map(({ body }) => body.outcome)

describe('a booth that offers several services', () => {
  test('says on its menu what each costs; one of them is looked at, and left again without a trace', () => {
    const session = toMenu()
    expect(session.view).toMatchObject({
      screen: 'menu',
      services: [
        { id: application, group: 'japan', price: { amount: 800 }, available: true },
        { id: looking, group: 'taiwan', price: { amount: 0 } },
        { id: guide, group: 'help', price: { amount: 0 } },
      ],
    })
    session.do('choose-service', { service: guide })
    expect(session.view).toMatchObject({ screen: 'offer', service: guide, price: { amount: 0 }, test: false })
    expect(session.say('choose-service', { service: application })).toBe('not-now')
    session.do('back', {}).do('choose-service', { service: application })
    expect(session.view).toMatchObject({ screen: 'offer', service: application, test: true })
    session.do('back', {}).do('back', {})
    expect(session.screen).toBe('languages')
    expect(session.recordsOf('service-chosen')).toEqual([])
  })

  test('guides on while it cannot sell, and says why it cannot', () => {
    const session = toMenu().health('printer', 'limited', ['printer-paper-out'])
    expect(session.view).toMatchObject({ services: [{ id: application, available: false }, { id: looking, available: true }, { id: guide, available: true }] })
    expect(session.say('choose-service', { service: application })).toBe('not-now')
    expect(session.view).toMatchObject({ screen: 'menu', notice: { text: { key: 'fault.printer-paper-out.resident' } } })
    into(session, guide).answer('topic', 'card').answer('tongue', 'en')
    expect(session.view).toMatchObject({ screen: 'advice', print: 'none' })
  })

  test('says of what is free without a word of money why it cannot be had', () => {
    const session = toMenu()
    session.dispatch({ kind: 'clock', unsure: true })
    const named = (reasons: string) => ({ reasons: expect.arrayContaining([{ key: `fault.clock-unsure.${reasons}` }]) })
    expect(session.view).toMatchObject({ services: [named('resident'), named('free'), named('free')] })
    session.say('choose-service', { service: guide })
    expect(session.view.notice).toMatchObject({ text: { key: 'fault.clock-unsure.free' } })
    const closed = readySession({ configuration: configured((file) => ({ ...file, services: { [guide]: {} } })) })
    closed.dispatch({ kind: 'clock', unsure: true })
    expect(closed.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'clock-unsure', text: { key: 'fault.clock-unsure.free' } }] })
  })

  test.each([
    ['help', (session: Session) => session.do('help', { open: true }), { screen: 'languages', overlay: { kind: 'help' } }],
    ['a language', (session: Session) => session.do('choose-language', { language: 'en' }), { screen: 'menu', language: 'en' }],
    ['lower controls', (session: Session) => session.do('display', { low: true, contrast: false }), { screen: 'languages', display: { low: true } }],
  ])('begins a visit when somebody asks the resting screen for %s', (_what, ask, seen) => {
    expect(ask(readySession({ configuration })).view).toMatchObject(seen)
  })
})

describe('a service that only guides', () => {
  test('takes no money, and gives coins back that fell all the same', () => {
    const session = toAdvice()
    expect(session.accepting).toEqual([])
    session.insert(500)
    expect(session.view).toMatchObject({ screen: 'advice', money: { inserted: 500 } })
    session.do('continue', { step: 'line' })
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 500 } })
  })

  test('prints its advice once, and ends with the goodbye', () => {
    const session = toAdvice().do('print', { step: 'line' })
    expect(session.view).toMatchObject({ screen: 'advice', print: 'printing', last: true, others: true })
    expect(session.say('print', { step: 'line' })).toBe('not-now')
    expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(['advice'])
    session.printed().do('continue', { step: 'line' }).do('continue', { step: 'leave' }).do('continue', { step: 'goodbye' })
    expect([session.screen, outcomes(session)]).toEqual(['attract', ['guided']])
  })

  test('something else begins at the menu, with everything forgotten', () => {
    const session = toAdvice().do('print', { step: 'line' }).do('something-else', {})
    expect(session.screen).toBe('menu')
    expect(session.visit).toMatchObject({ service: null, answers: {}, replies: {}, identifier: null, photo: null, printing: null })
    session.do('cancel', { confirm: true })
    expect([session.screen, outcomes(session)]).toEqual(['attract', ['guided']])
  })

  test('whoever walks away from an advice was guided', () => {
    const session = toAdvice().pass(600_000)
    expect([session.screen, outcomes(session)]).toEqual(['attract', ['guided']])
  })
})

describe('a question to an authority', () => {
  test('is asked once; its answer leads on, and one that comes too late is nobody’s', () => {
    const session = toAsking()
    expect(session.view).toMatchObject({ screen: 'asking', can: { back: false, cancel: false } })
    expect(session.effectsOf('ask')).toHaveLength(1)
    const { visit, asked } = session.visit
    session.pass(10_000)
    expect(session.view).toMatchObject({ screen: 'advice', step: 'status' })
    expect(session.visit.replies['look-up']).toEqual({ ok: false, code: 'unreachable' })
    session.dispatch({ kind: 'replied', visit, asked, reply: { ok: false, code: 'refused' } })
    expect(session.visit.replies['look-up']).toEqual({ ok: false, code: 'unreachable' })
  })

  test('is asked anew by whoever goes back and on', () => {
    const session = toAsking().replies({ ok: false, code: 'not-found' }).do('back', {})
    expect(session.view).toMatchObject({ screen: 'field', step: 'card-number', entered: '' })
    session.do('enter', { step: 'card-number', entered: 'AB12345678901234' })
    expect([session.view.screen, session.effectsOf('ask').length]).toEqual(['asking', 2])
    expect(session.visit.replies).toEqual({})
  })
})
