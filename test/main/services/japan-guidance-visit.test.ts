import { describe, expect, test } from 'vitest'
import { languages, type Language } from '../../../main/contract/language.ts'
import type { Reply } from '../../../main/services/service.ts'
import { configured, formCode, formId } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

const ids = ['jp-guide', 'jp-card-status', 'jp-card-lost', 'jp-card-care'] as const
type Id = (typeof ids)[number]
const configuration = configured((file) => ({ ...file, services: { ...file.services, ...Object.fromEntries(ids.map((id) => [id, {}])) } }))

/** Somebody who has come for a service, on 2026-11-21 in the morning. */
function come(service: Id, language: Language = 'en'): Session {
  return readySession({ configuration }).do('begin', {}).do('choose-language', { language }).do('choose-service', { service }).do('choose-service', { service })
}

/** Prints the advice, reads on, and leaves; everything that was shown and printed has words, and no money was asked for. */
function finish(session: Session, ...steps: readonly string[]): Session {
  for (const [index, step] of steps.entries()) {
    expect(session.view).toMatchObject({ screen: 'advice', step, last: index === steps.length - 1, money: null })
    session.do('print', { step }).printed().do('continue', { step })
  }
  expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(steps.map(() => 'advice'))
  expect([...session.views, session.effectsOf('print')].flatMap(wordsMissing)).toEqual([])
  if (session.screen === 'leave') session.do('continue', { step: 'leave' })
  session.do('continue', { step: 'goodbye' })
  expect(session.recordsOf('visit-ended')[0]?.body).toEqual({ outcome: 'guided' })
  expect([...session.money.values()]).toMatchObject([{ inserted: 0, owed: 0 }])
  return session
}

const everything = (session: Session) => JSON.stringify([session.records, session.views, session.effectsOf('print')])
/** What the centre says to the question that is open. */
const replied = (session: Session, reply: Reply) => session.dispatch({ kind: 'replied', visit: session.visit.visit, asked: session.visit.asked, reply })

describe.each(languages)('in %s', (language) => {
  test('the guide leads from a question to the way that fits', () => {
    const session = come('jp-guide', language).answer('topic', 'route').answer('who', 'adult').answer('cause', 'arrived').date('arrived-on', 'western', 2026, 11, 20)
    expect(finish(session.answer('form', 'with-code').answer('japanese', 'no'), 'route').screen).toBe('attract')
  })

  test.each(['number', 'card'])('the guide tells what the %s is', (topic) => {
    expect(finish(come('jp-guide', language).answer('topic', topic), topic).screen).toBe('attract')
  })

  test('R050 a lost card: the number to call is on the first screen, and nothing was asked before', () => {
    const session = come('jp-card-lost', language)
    const blocks = session.view.screen === 'advice' ? session.view.blocks : []
    expect(blocks[0]).toMatchObject({ kind: 'line', line: { open: true, purpose: 'suspend' } })
    session.do('continue', { step: 'call' }).answer('where', 'outside').answer('reported', 'yes').date('reported-on', 'reiwa', 8, 11, 20)
    finish(session, 'next')
  })

  test('the care of the card: from the day of the change to the day of the counter', () => {
    expect(finish(come('jp-card-care', language).answer('topic', 'changed').date('changed', 'western', 2026, 11, 20), 'update').screen).toBe('attract')
  })

  test('R020 the status: the ID is scanned, the centre asked, and what it says is told; of the ID only the end is shown', () => {
    const session = come('jp-card-status', language)
    expect(session.view).toMatchObject({ screen: 'scan' })
    session.scan(formCode).do('continue', { step: 'identifier' })
    expect(session.screen).toBe('asking:state')
    expect(session.effectsOf('ask')[0]?.inquiry).toEqual({ subject: 'jp-card-application', operation: 'status', fields: { applicationFormId: formId } })
    replied(session, { ok: true, facts: { state: 'READY', applied: '2026-10-21', pickUpUntil: '2026-12-10' } })
    finish(session, 'status')
    expect(everything(session)).not.toContain(formId)
  })

  test('R020 the status without an interface: says so, and hands the official page over', () => {
    const session = come('jp-card-status', language).scan(formCode).do('continue', { step: 'identifier' })
    replied(session, { ok: false, code: 'not-offered' })
    expect(finish(session.date('applied', 'western', 2026, 10, 21), 'status').screen).toBe('attract')
  })
})

describe('a code that is none, in the status', () => {
  test.each([['123456789018'], ['https://example.org/12345678901234567890123'], ['<script>alert(1)</script>'], ['1234567890123456789012']])('%s is not taken, and nothing of it is kept', (code) => {
    const session = come('jp-card-status').scan(code)
    expect(session.view).toMatchObject({ screen: 'scan', notice: { tone: 'attention' } })
    expect(everything(session)).not.toContain(code)
  })

  test('typed after the reader failed, 12 digits are refused and 23 are taken', () => {
    const session = come('jp-card-status')
    for (const code of ['1', '2', '3']) session.scan(code)
    session.do('type-id', {}).do('typed', { round: 1, digits: '123456789018' })
    expect(session.view).toMatchObject({ screen: 'typed-id', round: 1, notice: { tone: 'attention' } })
    session.do('typed', { round: 1, digits: formId }).do('typed', { round: 2, digits: formId })
    expect(session.screen).toBe('identifier')
  })
})

/** Each day that is asked for, and how one comes to it. */
const days: Readonly<Record<string, () => Session>> = {
  registered: () => come('jp-guide').answer('topic', 'notice').answer('slip', 'no'),
  'arrived-on': () => come('jp-guide').answer('topic', 'route').answer('who', 'adult').answer('cause', 'arrived'),
  'reported-on': () => come('jp-card-lost').do('continue', { step: 'call' }).answer('where', 'home').answer('reported', 'yes'),
  changed: () => come('jp-card-care').answer('topic', 'changed'),
  moved: () => come('jp-card-care').answer('topic', 'moved'),
  'card-until': () => come('jp-card-care').answer('topic', 'stay-pending'),
  birth: () => come('jp-card-care').answer('topic', 'validity').answer('holder', 'japanese'),
}
const isPast = (step: string) => ['registered', 'arrived-on', 'reported-on', 'birth'].includes(step)

describe.each(Object.entries(days))('the day %s', (step, reach) => {
  test.each([
    ['western', 2026, 2, 29, 'date.not-a-day'],
    ['western', 2026, 13, 1, 'date.not-a-day'],
    ['western', 2026, 4, 31, 'date.not-a-day'],
    ['western', 1811, 1, 1, step === 'birth' ? 'date.too-old' : 'date.too-early'],
    ['western', 9999, 12, 31, isPast(step) ? 'date.in-the-future' : 'date.too-late'],
    ['reiwa', 0, 1, 1, 'date.not-a-year'],
    ['reiwa', 1, 4, 30, 'date.before-era'],
  ] as const)('is not %s %i-%i-%i, which is told there; what was answered stays', (era, year, month, day, notice) => {
    const session = reach()
    const before = session.visit.answers
    session.date(step, era, year, month, day)
    expect(session.view).toMatchObject({ screen: 'date', step, notice: { tone: 'attention', text: { key: notice } } })
    expect(wordsMissing(session.view)).toEqual([])
    expect(session.visit.answers).toEqual(before)
    session.date(step, 'western', 2024, 2, 29)
    expect(session.visit.answers).toMatchObject({ [step]: '2024-02-29' })
  })
})

test('tomorrow has not been yet: a day of the past is refused in Japan’s own day, whatever the clock of the booth says', () => {
  const session = readySession({ configuration, now: Date.UTC(2026, 10, 21, 15, 30) })
  session.do('begin', {}).do('choose-language', { language: 'en' }).do('choose-service', { service: 'jp-guide' }).do('choose-service', { service: 'jp-guide' })
  session.answer('topic', 'notice').answer('slip', 'no').date('registered', 'western', 2026, 11, 23)
  expect(session.view).toMatchObject({ notice: { text: { key: 'date.in-the-future' } } })
  session.date('registered', 'western', 2026, 11, 22)
  expect(session.view).toMatchObject({ screen: 'advice', step: 'notice' })
})

test('an era that has ended goes on with a warning: 平成38年 is 2026', () => {
  const session = come('jp-card-care').answer('topic', 'changed').date('changed', 'heisei', 38, 11, 20)
  expect(session.visit.answers).toMatchObject({ changed: '2026-11-20' })
})

test('another topic after going back drops the answers of the first', () => {
  const session = come('jp-card-care').answer('topic', 'changed').date('changed', 'western', 2026, 11, 20).do('back', {}).do('back', {}).answer('topic', 'moved')
  expect(session.visit.answers).toEqual({ topic: 'moved' })
})
