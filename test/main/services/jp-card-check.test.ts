import { describe, expect, it } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { cardCheck } from '../../../main/services/jp-card-check/service.ts'
import type { Situation } from '../../../main/services/service.ts'
import { advices, stepsAt } from '../../support/advice.ts'
import { certificate, moicaCard, myNumber } from '../../support/card-facts.ts'
import { situation } from '../../support/situation.ts'
import { wordsMissing } from '../../support/words.ts'

const taipeiNoon = (day: string) => Date.parse(`${day}T12:00:00+08:00`)
const advice = (otherwise: Partial<Situation>, language: (typeof languages)[number] = 'en') => {
  const [first] = advices(cardCheck, otherwise, language)
  if (!first) throw new Error('no advice')
  return first
}
const titled = (card: Situation['card'], otherwise: Partial<Situation> = {}) => advice({ card, ...otherwise }).title

describe('a My Number Card', () => {
  it('that is in order: its days, both certificates, tries left, and what to keep in mind', () => {
    const { tone, title, text } = advice({ card: myNumber() })
    expect([tone, title]).toEqual(['good', 'Your card is in order'])
    for (const line of ['The card is good until: 2031-04-01', 'until: 2029-04-01', 'It is there', '3 tries left', '5 tries left']) expect(text).toContain(line)
  })

  it.each(languages)('R027 R028 R033 R034 R035 says in %s what it is good for, what is printed on it, the 14 days, and that it ends', (language) => {
    const { text } = advice({ card: myNumber() }, language)
    const said = {
      ja: ['身分証明書', '氏名、住所、生年月日', '14日以内', '有効期限があります', 'コンビニ'],
      en: ['identity document', 'Name, address', '14 days', 'it lapses', 'convenience'],
      'zh-Hant': ['身分', '姓名', '14', '期限', '便利商店'],
    }
    for (const words of said[language]) expect(text).toContain(words)
  })

  it('R034 that ends soon: renewed from three months before; safe is the last open day up to its end, which does not move', () => {
    const sunday = myNumber({ expiry: '2027-01-10' })
    expect(titled(sunday, { today: '2026-10-09' })).toBe('Your card is in order')
    const soon = advice({ card: sunday, today: '2026-10-10' })
    expect(soon.title).toBe('The card ends soon')
    expect(soon.lines).toContain('Go to the counter by: 2027-01-08')
    expect(soon.lines).toContain('It ends on: 2027-01-10')
    expect(soon.text).toContain('[2027-01-08] Renew the My Number Card')
    expect(titled(sunday, { today: '2027-01-10' })).toBe('The card ends soon')
    expect(titled(sunday, { today: '2027-01-11' })).toBe('This card has expired')
  })

  it('an end in the days around New Year is safe only before them', () => {
    expect(advice({ card: myNumber({ expiry: '2027-01-01' }), today: '2026-11-21' }).lines).toContain('Go to the counter by: 2026-12-28')
  })

  it('whose certificate alone ends soon, has ended, is missing, not valid yet, or cannot be believed', () => {
    expect(titled(myNumber({ authentication: certificate('2027-01-31') }))).toBe('The certificate ends soon')
    expect(titled(myNumber({ authentication: certificate('2026-11-01', { problem: 'expired' }) }))).toBe('The certificate has expired')
    expect(titled(myNumber({ authentication: null }))).toBe('There is no certificate for signing in')
    expect(titled(myNumber({ authentication: certificate('2030-01-01', { problem: 'not-yet-valid' }) }))).toBe('The certificate is not valid yet')
    for (const wrong of ['certificate-malformed', certificate('2030-01-01', { problem: 'own-signed' }), certificate('2030-01-01', { problem: 'other-authority' })] as const) {
      const { title, text } = advice({ card: myNumber({ authentication: wrong }) })
      expect(title).toBe('The certificate cannot be confirmed')
      expect(text).not.toContain('2030-01-01')
    }
  })

  it('A02 that is locked or has one try left says so, with the counter and an open line instead of more tries', () => {
    const locked = advice({ card: myNumber({ tries: { authentication: 0, signature: 1 } }) })
    expect(locked.title).toBe('The 4-digit PIN is locked')
    expect(locked.text).toContain('One try is left for the password for signatures\n(!) One more mistake locks it')
    expect(locked.text).toContain('set anew at your municipality’s counter')
    expect(locked.lines.some((line) => line.startsWith('0120-0178-27 open'))).toBe(true)
    expect(titled(myNumber({ tries: { authentication: 3, signature: 0 } }))).toBe('The password for signatures is locked')
    expect(titled(myNumber({ tries: { authentication: 1, signature: 5 } }))).toBe('One try is left for the 4-digit PIN')
  })

  it('A11 that does not say its last day is looked at by its holder', () => {
    const { title, lines } = advice({ card: myNumber({ expiry: null, signature: null, tries: { authentication: null, signature: null } }) })
    expect(title).toBe('The card did not say when it ends')
    expect(lines).toContain('The card is good until: The card does not say')
  })

  it('in a telephone has no day of a card', () => {
    const { title, text } = advice({ card: myNumber({ token: 'phone', expiry: null }) })
    expect(title).toBe('Your card is in order')
    expect(text).toContain('Certificate in a smartphone')
    expect(text).not.toContain('The card is good until')
  })
})

describe('another card', () => {
  it('A01 is told apart by what it is, and nothing of it is shown', () => {
    expect(titled(myNumber({ token: 'juki' }))).toBe('This is an old resident card (住民基本台帳カード)')
    expect(titled({ kind: 'health-insurance' })).toBe('This is a health insurance card of Taiwan')
    const unknown = advice({ card: { kind: 'unknown', atrHash: '0123456789abcdef' } })
    expect(unknown.title).toBe('This booth does not know this card')
    expect(unknown.text).not.toContain('0123456789abcdef')
  })
})

describe('a MOICA card', () => {
  const of = (until: string, day: string, answers: Situation['answers'] = { holder: 'citizen', extended: 'no' }) =>
    advice({ card: moicaCard(until), answers, openedAt: taipeiNoon(day) })

  it('is asked whose it is, and a citizen’s whether it was extended', () => {
    const ids = (answers: Situation['answers'], card: Situation['card'] = moicaCard('2028-06-30')) => stepsAt(cardCheck, { card, answers }).map(({ id }) => id)
    expect(ids({})).toEqual(['card', 'holder', 'result'])
    expect(ids({ holder: 'citizen' })).toEqual(['card', 'holder', 'extended', 'result'])
    expect(ids({ holder: 'foreign' })).toEqual(['card', 'holder', 'result'])
    expect(ids({}, myNumber())).toEqual(['card', 'result'])
  })

  it('shows its masked number, and R123 R124 R127 the windows by the rulebook', () => {
    const { tone, title, text } = of('2027-06-30', '2026-11-21')
    expect([tone, title]).toEqual(['good', 'Valid until 2027-06-30. Nothing needs doing now'])
    expect(text).toContain('TP••••••••••9902')
    for (const line of ['Can be extended from: 2027-05-01', 'Extend it by: 2030-06-30', 'It then ends on: 2030-06-30']) expect(text).toContain(line)
    expect(of('2027-06-30', '2027-05-01').title).toBe('Valid until 2027-06-30, and can be extended now')
    expect(of('2027-06-30', '2027-07-01').title).toBe('It ended on 2027-06-30, but can still be extended')
    expect(of('2027-06-30', '2030-07-01').title).toBe('It ended on 2027-06-30')
  })

  it('R131 that was extended has the window of the renewal, both ends inside', () => {
    const extended = { holder: 'citizen', extended: 'yes' }
    expect(of('2014-10-01', '2014-08-01', extended).title).toContain('Nothing needs doing now')
    expect(of('2014-10-01', '2014-08-02', extended).title).toContain('can be renewed online now')
    expect(of('2014-10-01', '2014-10-01', extended).lines).toContain('Renewal online until: 2014-10-01 (民國103年10月1日)')
    expect(of('2014-10-01', '2014-10-02', extended).title).toBe('It ended on 2014-10-01')
  })

  it('of which nobody remembers an extension shows both', () => {
    const { text } = of('2027-06-30', '2026-11-21', { holder: 'citizen', extended: 'unknown' })
    expect(text).toContain('If it has not been extended')
    expect(text).toContain('Renewal online until: 2027-06-30')
  })

  it.each(languages)('R113 R118 says in %s what using it needs, that three wrong PINs lock it, and that its PIN is the ministry’s matter', (language) => {
    for (const holder of ['citizen', 'foreign']) {
      const { text } = advice({ card: moicaCard('2028-06-30'), answers: { holder, extended: 'no' } }, language)
      expect(text).toContain('HiCOS')
      expect(text).toMatch(language === 'en' ? /3 wrong PINs/ : language === 'ja' ? /3回間違える/ : /3次/)
      expect(text).toMatch(language === 'en' ? /ministry’s own software/ : language === 'ja' ? /内政部のソフトだけ/ : /內政部的軟體/)
    }
  })

  it('today is Taipei’s: at half past midnight in Japan the day before still counts', () => {
    const at = (time: string) => advice({ card: moicaCard('2026-11-20'), answers: { holder: 'citizen', extended: 'yes' }, openedAt: Date.parse(time) }).title
    expect(at('2026-11-21T00:30:00+09:00')).toContain('can be renewed online now')
    expect(at('2026-11-21T01:00:00+09:00')).toBe('It ended on 2026-11-20')
  })

  it('whose certificates cannot be read leaves the line to ask, and no day', () => {
    const unread = { kind: 'moica', generation: 1, number: null, certificates: ['certificate-malformed', certificate('2030-01-01', { problem: 'own-signed' })] } as const
    const { title, text } = advice({ card: unread })
    expect(title).toBe('The certificate could not be read')
    expect(text).not.toContain('2030-01-01')
    expect(text).toContain('0800-080-117')
  })
})

it('every advice has words in every language', () => {
  const cards: readonly Situation['card'][] = [
    ...[myNumber(), myNumber({ token: 'phone' }), myNumber({ token: 'juki' }), myNumber({ expiry: null, authentication: null, signature: false, tries: { authentication: 0, signature: 1 } })],
    ...[myNumber({ expiry: '2026-12-01', authentication: 'content', tries: { authentication: 1, signature: 0 } }), { kind: 'health-insurance' as const }, { kind: 'unknown' as const, atrHash: '' }, null],
  ]
  const said = cards.flatMap((card) => cardCheck.steps.flatMap((step) => (step.kind === 'advice' ? [step.advise(situation({ card }))] : [])))
  const moica = ['2026-11-01', '2026-12-24', '2030-01-01', '2018-01-01'].flatMap((until) =>
    ['no', 'yes', 'unknown'].flatMap((extended) =>
      ['citizen', 'foreign'].flatMap((holder) =>
        cardCheck.steps.flatMap((step) => (step.kind === 'advice' ? [step.advise(situation({ card: moicaCard(until), answers: { extended, holder } }))] : [])),
      ),
    ),
  )
  expect(wordsMissing([...said, ...moica])).toEqual([])
})
