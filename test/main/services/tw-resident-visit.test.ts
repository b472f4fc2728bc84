import { describe, expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { configured } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

const service = 'tw-resident-certificate'
const configuration = configured((file) => ({ ...file, services: { ...file.services, [service]: {} } }))

/** Somebody who has come for `topic`, on 2026-11-21 in the morning. */
function come(topic: string, language: (typeof languages)[number] = 'en'): Session {
  return readySession({ configuration })
    .do('begin', {})
    .do('choose-language', { language })
    .do('choose-service', { service })
    .do('choose-service', { service })
    .answer('topic', topic)
}

/** Nothing of what was typed is in what was recorded or shown. */
function traces(session: Session, typed: string): readonly string[] {
  const everywhere = [JSON.stringify(session.records), JSON.stringify(session.views)]
  return everywhere.filter((text) => text.includes(typed))
}

describe('a visit for the certificate of foreign residents', () => {
  test.each(languages)('in %s: from the menu through the questions to two pages of advice, printed, and goodbye; the number leaves no trace', (language) => {
    const session = come('apply', language)
      .date('birth', 'roc', 89, 1, 1)
      .answer('document', 'chip')
      .date('document-until', 'western', 2027, 1, 1)
      .answer('who', 'self')
      .do('enter', { step: 'number', entered: 'a800000014' })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'can-apply', tone: 'good', last: false, money: null })
    session.do('print', { step: 'can-apply' })
    expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(['advice'])
    session.printed().do('continue', { step: 'can-apply' })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'afterwards', last: true })
    expect([...session.views, session.effectsOf('print')].flatMap(wordsMissing)).toEqual([])
    session.do('continue', { step: 'afterwards' })
    if (session.screen === 'leave') session.do('continue', { step: 'leave' })
    session.do('continue', { step: 'goodbye' })
    expect(session.screen).toBe('attract')
    expect(session.recordsOf('visit-ended')[0]?.body).toEqual({ outcome: 'guided' })
    expect([...session.money.values()]).toMatchObject([{ inserted: 0, owed: 0 }])
    expect([...traces(session, 'A800000014'), ...traces(session, 'a800000014')]).toEqual([])
  })

  test('the number can be left out', () => {
    const session = come('apply').date('birth', 'western', 2000, 1, 1).answer('document', 'none').answer('who', 'self').do('enter', { step: 'number', entered: '' })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'can-apply', tone: 'attention', last: true })
  })

  test.each([
    ['123456789018', 'field.individual-number'],
    ['1234-5678-9018', 'field.individual-number'],
    ['１２３４５６７８９０１８', 'field.individual-number'],
    ['A8000000141', 'field.too-long'],
    ['A800000015', 'tw-resident-certificate.number.problem.check-digit'],
    ['<script>al', 'tw-resident-certificate.number.problem.form'],
    ["' OR 1=1--", 'tw-resident-certificate.number.problem.length'],
    ['🙂🙂🙂🙂🙂', 'tw-resident-certificate.number.problem.form'],
    ['‮A8000014', 'tw-resident-certificate.number.problem.length'],
    ['王', 'tw-resident-certificate.number.problem.length'],
  ])('%s in the field is told at the field, the answers stay, and nothing of it is kept', (entered, notice) => {
    const session = come('apply').date('birth', 'western', 2000, 1, 1).answer('document', 'none').answer('who', 'self')
    const before = session.visit.answers
    session.do('enter', { step: 'number', entered })
    expect(session.view).toMatchObject({ screen: 'field', step: 'number', notice: { tone: 'attention', text: { key: notice } } })
    expect(session.visit.answers).toEqual(before)
    expect(wordsMissing(session.view)).toEqual([])
    expect(traces(session, entered)).toEqual([])
    session.do('enter', { step: 'number', entered: 'AC01234567' })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'can-apply' })
  })

  test('to ask where an order stands, a number is needed', () => {
    const session = come('status').do('enter', { step: 'order-number', entered: '' })
    expect(session.view).toMatchObject({ screen: 'field', step: 'order-number', notice: { tone: 'attention' } })
  })

  test.each([
    ['western', 2026, 2, 29, 'date.not-a-day'],
    ['western', 2026, 13, 1, 'date.not-a-day'],
    ['western', 0, 1, 1, 'date.not-a-day'],
    ['western', 2026, 11, 22, 'date.in-the-future'],
    ['western', 9999, 12, 31, 'date.in-the-future'],
    ['western', 2021, 11, 20, 'date.too-early'],
    ['roc', 0, 11, 20, 'date.not-a-year'],
    ['roc', 115, 2, 29, 'date.not-a-day'],
    ['roc', 115, 11, 22, 'date.in-the-future'],
    ['roc', 2026, 11, 20, 'date.in-the-future'],
  ] as const)('applied on %s %i-%i-%i is told at the date, and nothing is lost', (era, year, month, day, notice) => {
    const session = come('pay').date('applied', era, year, month, day)
    expect(session.view).toMatchObject({ screen: 'date', step: 'applied', notice: { tone: 'attention', text: { key: notice } } })
    expect(session.visit.answers).toEqual({ topic: 'pay' })
    session.date('applied', 'roc', 115, 11, 20)
    expect(session.view).toMatchObject({ screen: 'advice', step: 'pay', title: { values: { date: '2026-12-04', days: 13 } } })
  })

  test.each([
    ['western', 1895, 1, 1, 'date.too-old'],
    ['roc', 116, 1, 1, 'date.in-the-future'],
    ['western', 2007, 2, 29, 'date.not-a-day'],
  ] as const)('born on %s %i-%i-%i is told at the date', (era, year, month, day, notice) => {
    expect(come('apply').date('birth', era, year, month, day).view).toMatchObject({ screen: 'date', step: 'birth', notice: { text: { key: notice } } })
  })

  test('R097 midnight in Tokyo is not yet midnight in Taipei: the day of the visit is Taiwan’s', () => {
    const session = readySession({ configuration, now: Date.UTC(2026, 10, 21, 15, 30) })
    session.do('begin', {}).do('choose-language', { language: 'en' }).do('choose-service', { service }).do('choose-service', { service }).answer('topic', 'pay')
    session.date('applied', 'western', 2026, 11, 22)
    expect(session.view).toMatchObject({ screen: 'date', notice: { text: { key: 'date.in-the-future' } } })
    session.date('applied', 'western', 2026, 11, 21)
    expect(session.view).toMatchObject({ screen: 'advice', title: { values: { date: '2026-12-05', days: 14 } } })
  })

  test('another topic after going back drops the answers of the first', () => {
    const session = come('pay').date('applied', 'western', 2026, 11, 20).do('back', {}).do('back', {}).answer('topic', 'card').answer('arrived', 'yes')
    expect(session.visit.answers).toEqual({ topic: 'card', arrived: 'yes' })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'activation' })
  })

  test('where no system answers within its time, the visit goes on with how to look oneself', () => {
    const session = come('status').do('enter', { step: 'order-number', entered: 'A800000014' })
    expect(session.screen).toBe('asking:ask')
    session.pass(configuration.times.askMs)
    expect(session.view).toMatchObject({ screen: 'advice', step: 'status', tone: 'attention', title: { key: 'tw-resident-certificate.status.unreachable' } })
    expect(traces(session, 'A800000014')).toEqual([])
  })

  test('what the system answers is told', () => {
    const session = come('status').do('enter', { step: 'order-number', entered: 'A800000014' })
    session.dispatch({ kind: 'replied', visit: session.visit.visit, asked: session.visit.asked, reply: { ok: true, facts: { state: 'PAID' } } })
    expect(session.view).toMatchObject({ screen: 'advice', step: 'status', tone: 'good', title: { key: 'tw-resident-certificate.state.PAID' } })
  })
})
