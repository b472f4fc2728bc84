import { describe, expect, it } from 'vitest'
import { languages, type Language } from '../../../main/contract/language.ts'
import { applicationStates } from '../../../main/rulebook/japan-card.ts'
import { machines } from '../../../main/rulebook/state-machines.ts'
import { cardStatus } from '../../../main/services/jp-card-status/service.ts'
import { readFacts, statusInquiry } from '../../../main/services/jp-card-status/inquiry.ts'
import type { Reply } from '../../../main/services/service.ts'
import { advices, stepsAt } from '../../support/advice.ts'
import { formId } from '../../support/booth-facts.ts'
import { situation } from '../../support/situation.ts'

const told = (state: string, facts: Readonly<Record<string, string>> = {}): Reply => ({ ok: true, facts: { state, applied: '2026-10-21', ...facts } })
const status = (reply: Reply, today = '2026-11-21', language: Language = 'en', applied = '2026-10-21') => advices(cardStatus, { replies: { state: reply }, answers: { applied }, today }, language)[0]!
const unable = { ok: false, code: 'not-offered' } as const

describe('how far an application is', () => {
  it('R020 is asked with the ID of the form, which is scanned before anything is typed', () => {
    expect(cardStatus.steps.map(({ kind }) => kind).slice(0, 3)).toEqual(['scan', 'identifier', 'ask'])
    expect(cardStatus.steps.some(({ kind }) => kind === 'field')).toBe(false)
    expect(statusInquiry(situation({ identifier: formId }))).toEqual({ subject: 'jp-card-application', operation: 'status', fields: { applicationFormId: formId } })
  })

  it('R020 knows every state that an application can come to', () => {
    expect(Object.keys(machines.application).toSorted()).toEqual([...applicationStates].toSorted())
  })

  it.each(languages)('R020 says in %s what each state means and what to do', (language) => {
    const said = applicationStates.map((state) => status(told(state), '2026-11-21', language))
    expect(said.filter(({ text }) => text.includes('⟦'))).toEqual([])
    expect(new Set(said.map(({ title }) => title)).size).toBe(applicationStates.length)
    for (const { blocks } of said) expect(blocks.some(({ kind }) => kind === 'steps')).toBe(true)
  })

  it('under way: about a month to the postcard, and from the second month on the municipality is asked', () => {
    const waiting = status(told('REVIEW'), '2026-12-20')
    expect(waiting.text).toContain('The postcard 交付通知書 comes about: 2026-11-21\nIf nothing has come, ask your municipality from: 2026-12-21')
    expect(waiting.text).toContain('Do not apply a second time')
    expect(status(told('REVIEW'), '2026-12-21')).toMatchObject({ tone: 'attention' })
    expect(status(told('REVIEW'), '2026-12-21').text).toContain('Ask at the counter of your municipality')
  })

  it('ready: collected in person with a photo document until the day on the postcard, and after it the office is asked', () => {
    const ready = told('READY', { pickUpUntil: '2026-12-10' })
    expect(status(ready, '2026-12-10')).toMatchObject({ tone: 'good', title: 'Your card is ready to be collected' })
    expect(status(ready).text).toMatch(/Collect it until: 2026-12-10[^]*identity document with a photo[^]*PINs/)
    expect(status(ready, '2026-12-11')).toMatchObject({ tone: 'attention', title: 'The day on the postcard has passed: ask whether the card is still there' })
  })

  it('a stay that ends before the card is collected ends the application, and is told before it does', () => {
    const ready = told('READY', { pickUpUntil: '2027-12-10', stayUntil: '2026-12-01' })
    expect(status(ready, '2026-12-01').text).toContain('(!) Your period of stay ends on 2026-12-01')
    expect(status(ready, '2026-12-02').title).toBe('This application has ended: apply again')
    expect(status(told('COLLECTED', { stayUntil: '2026-12-01' }), '2026-12-02').title).toBe('Your card has been collected')
  })

  it('never shows a name or the ID', () => {
    for (const state of applicationStates) expect(status(told(state, { name: '番号 花子', applicationFormId: formId })).text).not.toMatch(/花子|\d{5}/)
  })
})

describe('where the centre cannot say', () => {
  it.each(['not-offered', 'unreachable', 'not-found', 'refused'] as const)('R020 %s: says so, hands the official page over, and counts from the day of the application', (code) => {
    for (const language of languages) {
      const { text } = status({ ok: false, code }, '2026-11-21', language)
      expect(text).not.toContain('⟦')
      expect(text).toContain('[https://www.kojinbango-card.go.jp/]')
      expect(text).toContain('申請状況照会サービス')
      expect(text).toContain('2026-12-21')
    }
    expect(stepsAt(cardStatus, { replies: { state: { ok: false, code } } }).map(({ id }) => id)).toContain('applied')
  })

  it('only then the day of the application is asked for', () => {
    expect(stepsAt(cardStatus, { replies: { state: told('READY') } }).map(({ id }) => id)).not.toContain('applied')
  })

  it('waits, and from the second month on asks the municipality', () => {
    expect(status(unable, '2026-12-20').title).toBe('Look it up on the official page')
    expect(status(unable, '2026-12-21').title).toContain('Ask your municipality')
    expect(status(unable, '2026-02-28', 'en', '2025-12-31').title).toContain('Ask your municipality')
    expect(status(unable, '2026-02-27', 'en', '2025-12-31').title).toBe('Look it up on the official page')
  })
})

describe('an answer of the centre', () => {
  it.each([
    ['an unknown state', told('LOST')],
    ['no state', { ok: true, facts: { applied: '2026-10-21' } } as const],
    ['no day', { ok: true, facts: { state: 'READY' } } as const],
    ['a day that is none', told('READY', { applied: '2026-02-29' })],
    ['script', told('<script>alert(1)</script>')],
    ['a property of every object', told('constructor')],
  ])('with %s is not understood, and no state is guessed', (_, reply) => {
    expect(readFacts(reply)).toBeNull()
    expect(status(reply).text).toContain('official page')
    expect(stepsAt(cardStatus, { replies: { state: reply } }).map(({ id }) => id)).toContain('applied')
  })

  it('leaves out days that are none', () => {
    expect(readFacts(told('READY', { pickUpUntil: 'soon', stayUntil: '2026-13-01' }))).toEqual({ state: 'READY', applied: '2026-10-21', pickUpUntil: null, stayUntil: null })
  })
})
