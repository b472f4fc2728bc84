import { describe, expect, test } from 'vitest'
import { configured, service } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

/** The answers before a question, of somebody whose form is good. */
const upTo = {
  applicant: (session: Session) => session.toQuestions(),
  cause: (session: Session) => session.toQuestions().answer('applicant', 'adult'),
  form: (session: Session) => upTo.cause(session).answer('cause', 'first'),
  printed: (session: Session) => upTo.form(session).answer('form', 'with-code'),
  stay: (session: Session) => upTo.printed(session).answer('printed', 'same'),
  stayUntil: (session: Session) => upTo.stay(session).answer('stay', 'same'),
}
const until = (date: string) => (session: Session) => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return upTo.stayUntil(session).date('stay-until', 'western', year, month, day)
}

/** On 2026-11-21: what is answered, why it stops, and the ways out in their order. */
const stops: readonly (readonly [title: string, act: (session: Session) => Session, reason: string, ways: readonly string[]])[] = [
  ['a child under 1', (session) => upTo.applicant(session).answer('applicant', 'infant'), 'infant', ['office']],
  [
    'a minor without representative',
    (session) => upTo.applicant(session).answer('applicant', 'minor').answer('representative', 'absent'),
    'representative',
    ['together'],
  ],
  [
    'a ward without representative',
    (session) => upTo.applicant(session).answer('applicant', 'ward').answer('representative', 'absent'),
    'representative',
    ['together'],
  ],
  ['a letter about certificates', (session) => upTo.cause(session).answer('cause', 'certificate-letter'), 'certificate-letter', ['counter']],
  ['no form', (session) => upTo.form(session).answer('form', 'none'), 'no-form', ['municipality', 'mail']],
  ['a form filled in by hand', (session) => upTo.form(session).answer('form', 'handwritten'), 'handwritten', ['mail']],
  ['R022 another name', (session) => upTo.printed(session).answer('printed', 'name'), 'name', ['municipality']],
  ['R021 another address', (session) => upTo.printed(session).answer('printed', 'address'), 'address', ['municipality']],
  ['R023b another item', (session) => upTo.printed(session).answer('printed', 'other'), 'other', ['municipality']],
  ['R023 R026 a changed stay', (session) => upTo.stay(session).answer('stay', 'changed'), 'stay-changed', ['immigration', 'municipality', 'apply']],
  ['R024 R026 a printed date that has passed', until('2026-11-20'), 'expired', ['immigration', 'municipality', 'apply']],
  ['R025 R026 a printed date of today', until('2026-11-21'), 'near', ['immigration', 'municipality', 'apply']],
  ['R025 R026 a printed date a month away', until('2026-12-21'), 'near', ['immigration', 'municipality', 'apply']],
]

describe('what stops before any money', () => {
  test.each(stops)('%s', (_title, act, reason, ways) => {
    const session = act(readySession())
    expect(session.view).toMatchObject({
      screen: 'stop',
      reason,
      title: { key: `${service}.stop.${reason}.title` },
      ways: ways.map((way) => ({ key: `${service}.way.${way}` })),
      money: null,
      can: { back: false, cancel: false },
    })
    expect(
      session.effects.filter(
        (effect) => effect.kind === 'device' && effect.command.command.kind === 'accept' && effect.command.command.ids.length > 0,
      ),
    ).toEqual([])
    expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(['stop'])
    expect([session.view, session.effectsOf('print')].flatMap(wordsMissing)).toEqual([])
    session.printed().do('continue', { step: 'stop' }).do('continue', { step: 'leave' }).do('continue', { step: 'goodbye' })
    expect(session.screen).toBe('attract')
    expect(session.recordsOf('claim-issued')).toEqual([])
    expect(session.recordsOf('visit-ended')[0]?.body).toEqual({ outcome: 'stopped' })
    expect([...session.money.values()]).toMatchObject([{ inserted: 0, owed: 0 }])
  })

  test('no money is asked for, taken or held until every question was answered', () => {
    const session = readySession().toPayment()
    const money = session.views.slice(0, -1).map((view) => view.money)
    expect(money.every((line) => line === null)).toBe(true)
    const firstAccept = session
      .effectsOf('device')
      .find(({ command }) => command.device === 'coin-acceptor' && command.command.kind === 'accept' && command.command.ids.length > 0)
    expect(firstAccept?.command).toMatchObject({ command: { ids: ['JP010A', 'JP050A', 'JP100A', 'JP500A', 'JP500B'] } })
    expect(session.screen).toBe('payment')
  })
})

describe('what is told and does not stop', () => {
  const advice = (session: Session) =>
    session.view.screen === 'info' ? session.view.body.map(({ key }) => key.replace(`${service}.advice.`, '')) : session.screen

  test.each([
    ['2026-12-22', 'no', ['short', 'express-first']],
    ['2027-01-20', 'no', ['short', 'express-first']],
    ['2027-01-20', 'yes', ['short', 'combined-card', 'express-first']],
    ['2027-01-21', 'yes', ['combined-card', 'express-first']],
    ['2027-01-21', 'no', ['express-first']],
  ])('a printed date of %s, combined card: %s', (date, combined, notes) => {
    const session = until(date)(readySession()).answer('combined-card', combined)
    expect(advice(session)).toEqual(notes)
    expect(wordsMissing(session.view)).toEqual([])
    session.do('continue', { step: 'advice' })
    expect(session.screen).toBe('payment')
  })

  test('a renewal that is pending is advised against, and the resident decides', () => {
    const session = upTo.stay(readySession()).answer('stay', 'pending').date('stay-until', 'western', 2028, 1, 1).answer('combined-card', 'no')
    expect(advice(session)).toEqual(['pending', 'express-first'])
    session.do('continue', { step: 'advice' })
    expect(session.screen).toBe('payment')
  })

  test('who has lost the card is told what a new one costs, and of the express issue', () => {
    const session = upTo.cause(readySession()).answer('cause', 'lost').answer('form', 'with-code').answer('printed', 'same').answer('stay', 'none')
    expect(advice(session)).toEqual(['rule.reissue', 'rule.express-issue'])
    expect(wordsMissing(session.view)).toEqual([])
  })

  test('who applies for a child is told that both collect the card', () => {
    const session = upTo.applicant(readySession()).answer('applicant', 'minor').answer('representative', 'here').answer('cause', 'first')
    expect(advice(session.answer('form', 'with-code').answer('printed', 'same').answer('stay', 'none'))).toEqual(['rule.representative-age'])
  })

  test('with nothing to tell, nothing is told', () => {
    expect(upTo.stay(readySession()).answer('stay', 'none').screen).toBe('payment')
  })

  test('the combined card is asked for since 2026-06-14, and not before', () => {
    const before = until('2030-01-01')(readySession({ now: Date.parse('2026-06-13T12:00:00+09:00') }))
    expect(before.screen).not.toBe('question:combined-card')
    expect(until('2030-01-01')(readySession({ now: Date.parse('2026-06-14T12:00:00+09:00') })).screen).toBe('question:combined-card')
  })
})

describe('changing one’s mind', () => {
  test('answers to questions that are no longer asked are forgotten: no advice about a stay that is not there', () => {
    const session = until('2028-01-01')(readySession())
      .answer('combined-card', 'yes')
      .do('back', {})
      .do('back', {})
      .do('back', {})
      .answer('stay', 'none')
    expect(session.screen).toBe('payment')
    expect(session.visit.answers).toEqual({ applicant: 'adult', cause: 'first', form: 'with-code', printed: 'same', stay: 'none' })
  })

  test('the representative of a child is not declared for an adult', () => {
    const session = upTo.applicant(readySession()).answer('applicant', 'minor').answer('representative', 'here').do('back', {}).do('back', {})
    session.answer('applicant', 'adult').answer('cause', 'first').answer('form', 'with-code').answer('printed', 'same').answer('stay', 'none')
    expect(session.visit.answers).not.toHaveProperty('representative')
  })

  test('with money held from before, the questions can still be gone back to', () => {
    const session = readySession().insert(500).do('use-credit', {}).do('choose-language', { language: 'ja' }).do('choose-service', { service })
    session
      .do('accept', { step: 'privacy', boxes: ['privacy', 'terms', 'age'] })
      .do('continue', { step: 'number' })
      .answer('applicant', 'adult')
    expect(session.view.can.back).toBe(true)
    session.do('back', {})
    expect(session.screen).toBe('question:applicant')
  })

  test('an answer that is not one of the choices, or of another question, changes nothing', () => {
    const session = readySession().toQuestions()
    const before = session.visit
    expect(session.say('answer', { step: 'applicant', value: 'nobody' })).toBe('not-now')
    expect(session.say('answer', { step: 'cause', value: 'first' })).toBe('not-now')
    expect(session.say('date', { step: 'applicant', era: 'western', year: 2000, month: 1, day: 1 })).toBe('not-now')
    expect(session.visit).toBe(before)
  })
})

describe('one instant for the rules of a visit', () => {
  test('F71 midnight passes between question and answer: the date on the form is judged on the day on which the visit began', () => {
    const beforeMidnight = Date.UTC(2026, 10, 21, 14, 59, 30)
    const session = upTo
      .stayUntil(readySession({ now: beforeMidnight }))
      .pass(45_000)
      .date('stay-until', 'western', 2026, 12, 22)
      .answer('combined-card', 'no')
    expect(session.screen).toBe('info:advice')
    expect(until('2026-12-22')(readySession({ now: beforeMidnight + 60_000 })).view).toMatchObject({ screen: 'stop', reason: 'near' })
  })

  test('F71 the printed date passes and the clock jumps years ahead after the payment: nothing stops, no visit ends early', () => {
    const session = until('2027-01-21')(readySession()).answer('combined-card', 'no').do('continue', { step: 'advice' }).insert(500, 500)
    session.now = Date.UTC(2038, 0, 19)
    session.scan('12345678901234567890123').do('continue', { step: 'identifier' }).date('birth', 'western', 1980, 4, 1)
    expect(session.screen).toBe('question:certificates')
    session.now = 0
    session.answer('certificates', 'none').answer('braille', 'no')
    expect(session.screen).toBe('photo')
    session.pass(59_000)
    expect(session.view.overlay).toBeNull()
  })
})

describe('selling while the line is down', () => {
  const selling = configured((file) => ({ ...file, centre: { ...file.centre, sellWhileUnreachable: true } }))
  const cut = (session: Session, held = true) => {
    session.dispatch({ kind: 'outbox', fault: 'centre-unreachable', held })
    return session
  }

  test('by default nothing that needs sending is sold', () => {
    const session = cut(readySession())
    expect(session.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'centre-unreachable' }] })
    expect(session.say('begin', {})).toBe('not-now')
  })

  test('where the pack allows it, the resident is told before paying and agrees', () => {
    const session = cut(readySession({ configuration: selling })).toPayment()
    expect(session.screen).toBe('question:later')
    expect(session.accepting).toEqual([])
    session.answer('later', 'agree')
    expect(session.screen).toBe('payment')
    expect(session.accepting).not.toEqual([])
  })

  test('whoever does not agree stops without having paid', () => {
    const session = cut(readySession({ configuration: selling }))
      .toPayment()
      .answer('later', 'no')
    expect(session.view).toMatchObject({ screen: 'stop', reason: 'later', ways: [{ key: `${service}.way.another-day` }] })
  })

  test('the line goes down while coins are awaited: it is asked before another coin is taken, and the money is kept', () => {
    const session = readySession({ configuration: selling }).toPayment().insert(500)
    cut(session)
    expect(session.screen).toBe('question:later')
    expect(session.accepting).toEqual([])
    session.answer('later', 'agree')
    expect(session.view).toMatchObject({ screen: 'payment', open: true, money: { inserted: 500 } })
  })

  test('a line that was down and came back asks nothing any more', () => {
    const session = cut(cut(readySession({ configuration: selling })), false).toPayment()
    expect(session.screen).toBe('payment')
  })
})
