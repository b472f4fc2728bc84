import { describe, expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { configured } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

const service = 'tw-citizen-certificate'
const configuration = configured((file) => ({ ...file, services: { ...file.services, [service]: {} } }))

/** Somebody who has come with a `need`, on 2026-11-21 in the morning. */
function come(need: string, { language = 'en', now }: { readonly language?: (typeof languages)[number]; readonly now?: number } = {}): Session {
  return readySession({ configuration, ...(now !== undefined && { now }) })
    .do('begin', {})
    .do('choose-language', { language })
    .do('choose-service', { service })
    .do('choose-service', { service })
    .answer('need', need)
}

/** What was recorded or shown and holds what was typed. */
function traces(session: Session, typed: string): readonly string[] {
  return [JSON.stringify(session.records), JSON.stringify(session.views)].filter((text) => text.includes(typed))
}

/** Through every page of advice that is left, and out. */
function leave(session: Session): Session {
  while (session.view.screen === 'advice') session.do('continue', { step: session.view.step })
  if (session.screen === 'leave') session.do('continue', { step: 'leave' })
  return session.do('continue', { step: 'goodbye' })
}

const applying = (session: Session) => session.date('birth', 'roc', 89, 1, 1).answer('household', 'yes').answer('guardianship', 'no')

describe('a visit for the citizen certificate', () => {
  test.each(languages)('in %s: from the menu through the questions to three pages of advice, printed, and goodbye; free, and the number leaves no trace', (language) => {
    const session = applying(come('apply', { language })).do('enter', { step: 'identity-number', entered: 'a123456789' })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'eligibility', tone: 'good', last: false, money: null })
    session.do('print', { step: 'eligibility' })
    expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(['advice'])
    session.printed().do('continue', { step: 'eligibility' })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'counter', last: false })
    session.do('continue', { step: 'counter' })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'flow', last: true })
    expect([...session.views, session.effectsOf('print')].flatMap(wordsMissing)).toEqual([])
    expect(leave(session).screen).toBe('attract')
    expect(session.recordsOf('visit-ended')[0]?.body).toEqual({ outcome: 'guided' })
    expect([...session.money.values()]).toMatchObject([{ inserted: 0, owed: 0 }])
    expect([...traces(session, 'A123456789'), ...traces(session, 'a123456789')]).toEqual([])
  })

  test('the number can be left out', () => {
    expect(applying(come('apply')).do('enter', { step: 'identity-number', entered: '' }).view).toMatchObject({ screen: 'advice', step: 'eligibility', tone: 'good' })
  })

  test('another answer makes void what hung on the old one, and what hung on that', () => {
    const session = come('pin').answer('pin', 'locked').answer('code', 'remembered').do('back', {}).do('back', {}).do('back', {})
    expect(session.visit.answers).toEqual({ need: 'pin', pin: 'locked', code: 'remembered' })
    expect(session.answer('need', 'acts').visit.answers).toEqual({ need: 'acts' })
  })

  test('who cannot apply is asked for no number, and told why at once', () => {
    const session = come('apply').date('birth', 'western', 2015, 5, 5).answer('household', 'yes').answer('guardianship', 'no')
    expect(session.view).toMatchObject({ screen: 'advice', step: 'eligibility', tone: 'attention', last: true, title: { values: { date: '2033-05-05' } } })
  })

  test.each([
    ['identity-number', '123456789018', 'field.individual-number'],
    ['identity-number', '１２３４-５６７８-９０１８', 'field.individual-number'],
    ['identity-number', 'A12345678901', 'field.too-long'],
    ['identity-number', 'A123456788', `${service}.identity-number.problem.check-digit`],
    ['identity-number', 'A800000014', `${service}.identity-number.problem.resident-number`],
    ['identity-number', '<script>al', `${service}.identity-number.problem.form`],
    ['identity-number', "' OR 1=1--", `${service}.identity-number.problem.length`],
    ['identity-number', '🙂🙂🙂🙂🙂', `${service}.identity-number.problem.form`],
    ['identity-number', '\u202eA1234567', `${service}.identity-number.problem.length`],
    ['card-number', '123456789018', 'field.individual-number'],
    ['card-number', 'AB123456789018', 'field.individual-number'],
    ['card-number', 'AB111111111111111', 'field.too-long'],
    ['card-number', 'ABC1111111111111', `${service}.card-number.problem.form`],
    ['card-number', '王', `${service}.card-number.problem.length`],
  ])('%s %j is told at the field, the answers stay, and nothing of it is kept', (step, entered, notice) => {
    const session = step === 'card-number' ? come('status') : applying(come('apply'))
    const before = session.visit.answers
    session.do('enter', { step, entered })
    expect(session.view).toMatchObject({ screen: 'field', step, entered: '', notice: { tone: 'attention', text: { key: notice } } })
    expect(session.visit.answers).toEqual(before)
    expect(wordsMissing(session.view)).toEqual([])
    expect(traces(session, entered)).toEqual([])
  })

  test.each([
    ['birth', 'roc', 0, 1, 1, 'date.not-a-year'],
    ['birth', 'roc', 89, 2, 30, 'date.not-a-day'],
    ['birth', 'roc', 115, 11, 22, 'date.in-the-future'],
    ['birth', 'western', 2007, 2, 29, 'date.not-a-day'],
    ['birth', 'western', 1895, 1, 1, 'date.too-old'],
    ['expiry', 'western', 2035, 1, 1, 'date.too-late'],
    ['expiry', 'western', 2007, 12, 31, 'date.too-early'],
    ['expiry', 'roc', 999, 1, 1, 'date.too-late'],
    ['expiry', 'roc', 116, 2, 29, 'date.not-a-day'],
    ['issued', 'western', 2026, 11, 22, 'date.in-the-future'],
    ['issued', 'roc', 0, 1, 1, 'date.not-a-year'],
  ] as const)('%s on %s %i-%i-%i is told at the date, and nothing is lost', (step, era, year, month, day, notice) => {
    const session =
      step === 'birth' ? come('apply') : step === 'expiry' ? come('validity').answer('where', 'card') : come('pin').answer('pin', 'first').answer('origin', 'counter-default')
    const before = session.visit.answers
    session.date(step, era, year, month, day)
    expect(session.view).toMatchObject({ screen: 'date', step, notice: { tone: 'attention', text: { key: notice } } })
    expect(session.visit.answers).toEqual(before)
  })

  test('the expiry, by the years of the Republic: asked once more only where it decides', () => {
    const lapsed = come('validity').answer('where', 'card').date('expiry', 'roc', 114, 2, 28).answer('extended', 'no')
    expect(lapsed.view).toMatchObject({ screen: 'question', step: 'stopped' })
    lapsed.answer('stopped', 'no')
    expect(lapsed.view).toMatchObject({ screen: 'advice', step: 'advice', tone: 'attention', title: { values: { until: '2028-02-28' } } })
    const long = come('validity').answer('where', 'card').date('expiry', 'western', 2030, 1, 1).answer('extended', 'no')
    expect(long.view).toMatchObject({ screen: 'advice', tone: 'good', title: { values: { from: '2029-11-02' } } })
  })

  test('midnight in Tokyo is not yet midnight in Taipei: the last day is Taiwan’s', () => {
    const at = (hour: number, minute: number) => {
      const session = come('validity', { now: Date.UTC(2026, 10, 21, hour, minute) }).answer('where', 'screen').date('expiry', 'western', 2026, 11, 21).answer('extended', 'yes')
      if (session.view.screen === 'question') session.answer('stopped', 'no')
      return session.view.screen === 'advice' ? session.view.title.key.replace(/^.*\.title\./, '') : session.screen
    }
    expect([at(15, 30), at(15, 59), at(16, 0)]).toEqual(['renew', 'renew', 'ask-renewal'])
  })

  test('another need after going back drops the answers of the first', () => {
    const session = come('pin').answer('pin', 'locked').do('back', {}).do('back', {}).answer('need', 'uses')
    expect(session.visit.answers).toEqual({ need: 'uses' })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'uses', last: true })
  })

  test('without a number nobody is asked; with one, MOICA’s answer is told, and where none comes, how to look oneself', () => {
    expect(come('status').do('enter', { step: 'card-number', entered: '' }).view).toMatchObject({ screen: 'advice', step: 'status', title: { key: `${service}.status.own-look` } })
    const asked = () => come('status').do('enter', { step: 'card-number', entered: 'AB00123456789018' })
    const silent = asked()
    expect(silent.view).toMatchObject({ screen: 'asking' })
    silent.pass(configuration.times.askMs)
    expect(silent.view).toMatchObject({ screen: 'advice', step: 'status', tone: 'attention', title: { key: `${service}.status.unreachable` } })
    const answered = asked()
    answered.dispatch({ kind: 'replied', visit: answered.visit.visit, asked: answered.visit.asked, reply: { ok: true, facts: { state: 'VALID', expiry: '2027-06-30' } } })
    expect(answered.view).toMatchObject({ screen: 'advice', step: 'status', tone: 'good', title: { key: `${service}.state.VALID` } })
    for (const session of [silent, answered]) expect(traces(leave(session), '00123456789018')).toEqual([])
  })
})
