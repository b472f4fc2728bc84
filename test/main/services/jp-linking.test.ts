import { describe, expect, it } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { linking } from '../../../main/services/jp-linking/service.ts'
import { services } from '../../../main/services/services.ts'
import type { Situation } from '../../../main/services/service.ts'
import { advices, stepsAt } from '../../support/advice.ts'
import { certificate, moicaCard, myNumber } from '../../support/card-facts.ts'
import { situation } from '../../support/situation.ts'
import { wordsMissing } from '../../support/words.ts'

const topics = ['health-insurance', 'benefit-account', 'licence', 'history'] as const
const both = ['linking', 'sign-in'] as const
const advice = (otherwise: Partial<Situation>, language: (typeof languages)[number] = 'en') => {
  const [first] = advices(linking, otherwise, language)
  if (!first) throw new Error('no advice')
  return first
}
const ids = (otherwise: Partial<Situation>) => stepsAt(linking, otherwise).map(({ id }) => id)

describe('linking', () => {
  it.each(['health-insurance', 'benefit-account', 'licence'] as const)('%s: what it is, who may, that it is voluntary, where, and the way on a telephone', (topic) => {
    const { text, blocks } = advice({ answers: { topic, 'with-card': 'no' } })
    expect(text).toContain('It is your own choice')
    expect(text).toContain('Who may')
    expect(text).toContain('asks for neither an account number nor your My Number')
    expect(blocks.some((block) => block.kind === 'code' && block.payload === 'https://myna.go.jp/')).toBe(topic !== 'licence')
  })

  it('asks nothing but what is linked, and never has a field: no account number can be typed (section 0, 20)', () => {
    expect(linking.steps.map(({ kind }) => kind)).not.toContain('field')
    expect(ids({ answers: { topic: 'licence', 'with-card': 'no' } })).toEqual(['topic', 'with-card', 'result'])
    expect(ids({ answers: { topic: 'history' } })).toEqual(['topic', 'result'])
  })

  it('says whether the card in the reader can be used', () => {
    const said = (card: Situation['card']) => advice({ card, answers: { topic: 'health-insurance', 'with-card': 'yes' } }).lines.find((line) => line.startsWith('Your card'))
    expect(said(myNumber())).toBe('Your card: It can be used')
    expect(said(myNumber({ authentication: certificate('2027-01-31') }))).toBe('Your card: It can be used')
    for (const broken of [{ expiry: '2026-01-01' }, { authentication: null }, { tries: { authentication: 0, signature: 5 } }]) expect(said(myNumber(broken))).toContain('cannot be used now')
    expect(said(moicaCard('2030-01-01'))).toBe('Your card: It is not a My Number Card')
  })

  it('a request exists only under both agreements, with a card that can be used, and where it is wanted', () => {
    const wanting = { topic: 'licence', 'with-card': 'yes', request: 'yes' }
    const signedIn = { 'sign-in': { ok: true as const, facts: { session: 'abc' } } }
    expect(ids({ answers: wanting, card: myNumber(), agreements: both, replies: signedIn })).toEqual(['topic', 'with-card', 'card', 'request', 'sign-in', 'request-sent', 'result'])
    expect(ids({ answers: wanting, card: myNumber(), agreements: both })).toEqual(['topic', 'with-card', 'card', 'request', 'sign-in', 'result'])
    expect(ids({ answers: { ...wanting, request: 'no' }, card: myNumber(), agreements: both })).not.toContain('sign-in')
    for (const agreements of [[], ['linking'], ['sign-in'], ['pin-change', 'sign-in']] as const) expect(ids({ answers: wanting, card: myNumber(), agreements, replies: signedIn })).toEqual(['topic', 'with-card', 'card', 'result'])
    expect(ids({ answers: wanting, card: myNumber({ authentication: null }), agreements: both })).toEqual(['topic', 'with-card', 'card', 'result'])
  })

  it('a request carries the topic and the session, and nothing of the person', () => {
    const step = linking.steps.find(({ kind }) => kind === 'ask')
    if (step?.kind !== 'ask') throw new Error('no question')
    const inquiry = step.inquiry(situation({ answers: { topic: 'licence' }, card: myNumber(), replies: { 'sign-in': { ok: true, facts: { session: 'abc' } } } }))
    expect(inquiry).toEqual({ subject: 'jp-linking', operation: 'licence', fields: { session: 'abc' } })
  })

  it('says what became of the request: received by the operator, never more; or not made, and the other ways', () => {
    const end = (replies: Situation['replies']) => advice({ answers: { topic: 'licence', 'with-card': 'yes', request: 'yes' }, card: myNumber(), agreements: both, replies }).lines[0]
    const signedIn = { ok: true as const, facts: { session: 'abc' } }
    expect(end({ 'sign-in': signedIn, 'request-sent': { ok: true, facts: { number: 'L-1' } } })).toBe('The operator has received your request. The authority decides.')
    expect(end({ 'sign-in': signedIn, 'request-sent': { ok: false, code: 'not-offered' } })).toContain('cannot be asked for from here')
    expect(end({ 'sign-in': { ok: false, code: 'refused' } })).toContain('could not be confirmed')
    expect(end({ 'sign-in': { ok: false, code: 'unreachable' } })).toContain('line was down')
  })
})

describe('the article of 2020', () => {
  it.each(languages)('R060 R061 R062 R063 R064 R065 R066 R067 R068 is told in %s as a plan of its day, beside what holds now', (language) => {
    const { title, lines } = advice({ answers: { topic: 'history' } }, language)
    const reported = { ja: '2020年当時の報道による計画です', en: 'As a newspaper reported in 2020, a plan at that time', 'zh-Hant': '2020' }[language]
    expect(title).toContain('2020')
    expect(lines.filter((line) => line.includes(reported)).length).toBeGreaterThanOrEqual(9)
    expect(lines.some((line) => line.includes('2025-03-24'))).toBe(true)
    // R067 names who and when: the two steps of the law, the Diet of January 2021, the agency of that year.
    expect(lines.find((line) => /菅/.test(line) || line.includes('Suga'))).toMatch({ ja: /2段階.*2020年秋.*2021年1月.*デジタル庁/, en: /two steps.*autumn session of 2020.*January 2021.*Digital Agency/, 'zh-Hant': /兩階段.*2020年秋季.*2021年1月.*數位廳/ }[language])
  })

  it('R069 the headline about another country is shown nowhere', () => {
    const said = topics.flatMap((topic) => advice({ answers: { topic } }).lines)
    expect(said.some((line) => line.includes('900'))).toBe(false)
    expect(services.length).toBeGreaterThan(0)
  })

  it('no plan of then stands in what is said of today', () => {
    for (const topic of topics.slice(0, 3)) expect(advice({ answers: { topic } }).text).not.toContain('plan at that time')
  })
})

it('every advice has words in every language', () => {
  const step = linking.steps.find(({ id }) => id === 'result')
  const replies = ['not-offered', 'unreachable', 'not-found', 'refused'] as const
  const said = topics.flatMap((topic) =>
    [null, myNumber(), moicaCard('2030-01-01')].flatMap((card) =>
      replies.map((code) => (step?.kind === 'advice' ? step.advise(situation({ card, agreements: both, answers: { topic, 'with-card': 'yes', request: 'yes' }, replies: { 'sign-in': { ok: false, code } } })) : null)),
    ),
  )
  expect(wordsMissing(said)).toEqual([])
})
