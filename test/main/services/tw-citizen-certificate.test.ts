import { describe, expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { builtInRulebook as book } from '../../../main/rulebook/built-in.ts'
import { addDays, epochAt } from '../../../main/rulebook/civil-date.ts'
import { machines } from '../../../main/rulebook/state-machines.ts'
import { certificateActs } from '../../../main/rulebook/taiwan-citizens.ts'
import type { Answers, Situation } from '../../../main/services/service.ts'
import { citizenCertificate as service } from '../../../main/services/tw-citizen-certificate/service.ts'
import { advices, stepsAt, type ReadAdvice } from '../../support/advice.ts'
import { situation } from '../../support/situation.ts'
import { wordsMissing } from '../../support/words.ts'

/** A Friday. */
const today = '2026-11-20'
const noon = epochAt(today, '12:00', 'Asia/Taipei')
const morning = epochAt(today, '09:00', 'Asia/Taipei')

const all = (answers: Answers, otherwise: Partial<Situation> = {}) => advices(service, { answers, today, now: morning, ...otherwise })
const first = (answers: Answers, otherwise: Partial<Situation> = {}): ReadAdvice => all(answers, otherwise)[0]!
const named = (step: string, answers: Answers, otherwise: Partial<Situation> = {}): ReadAdvice => all(answers, otherwise).find((advice) => advice.step === step)!
const texts = (advice: ReadAdvice) => advice.lines.join('\n')
const sheetsOf = (step: string, answers: Answers) => {
  const advice = service.steps.find(({ id }) => id === step)!
  return advice.kind === 'advice' ? (advice.advise(situation({ answers, today, now: morning })).sheets ?? []) : []
}

const applicant = { need: 'apply', birth: '2000-01-01', household: 'yes', guardianship: 'no' }

describe('applying', () => {
  test.each([
    ['2008-11-20', 'good', 'You can apply for the certificate'],
    ['2008-11-21', 'attention', 'You can apply from 2026-11-21'],
    ['2012-02-29', 'attention', 'You can apply from 2030-03-01'],
    [today, 'attention', 'You can apply from 2044-11-20'],
  ])('R100 born on %s: %s', (birth, tone, title) => {
    expect(first({ ...applicant, birth })).toMatchObject({ tone, title })
  })

  test('R100 born on 29 February one is 18 on 1 March of a common year', () => {
    expect(first({ ...applicant, birth: '2008-02-29' }, { today: '2026-02-28' }).title).toBe('You can apply from 2026-03-01')
    expect(first({ ...applicant, birth: '2008-02-29' }, { today: '2026-03-01' }).tone).toBe('good')
  })

  test('R100 household registration and no guardianship: every obstacle is named with what to do, and nothing else is told', () => {
    const answers = { ...applicant, birth: '2020-01-01', household: 'no', guardianship: 'yes' }
    const [advice, ...others] = all(answers)
    expect(others).toEqual([])
    expect(advice!.title).toBe('You can apply from 2038-01-01')
    expect(advice!.text).toMatch(/household registration in Taiwan[^]*Under guardianship[^]*外來人口自然人憑證[^]*ask the household registration office or MOICA/)
    expect(advice!.lines).toContain('[2038-01-01] You can apply for the certificate')
    expect(first({ ...applicant, household: 'no' })).toMatchObject({ tone: 'attention', title: 'This certificate is for people with household registration in Taiwan' })
    expect(first({ ...applicant, guardianship: 'yes' })).toMatchObject({ tone: 'attention', title: 'Under guardianship, it cannot be applied for' })
  })

  test('R101 R102 R104 where, with what, and that the card is handed over at once', () => {
    const { blocks, text } = first(applicant)
    expect(blocks.find(({ kind }) => kind === 'steps')).toMatchObject({ texts: ['identity-card', 'fee', 'mail'].map((item) => ({ key: `tw-citizen-certificate.take.${item}` })) })
    expect(text).toContain('original (國民身分證正本)')
    expect(text).toContain('NT$250 for the card')
    expect(text).toContain('any household registration office that offers it, in any county; not to the civil affairs bureau')
    expect(text).toContain('During these hours you get the card at once.')
  })

  test.each([
    [today, '08:29', 'Opens next on 2026-11-20 at 08:30 in Taiwan.'],
    [today, '08:30', 'Open now, until 12:00 in Taiwan.'],
    [today, '11:59', 'Open now, until 12:00 in Taiwan.'],
    [today, '12:00', 'Opens next on 2026-11-20 at 13:30 in Taiwan.'],
    [today, '13:30', 'Open now, until 17:00 in Taiwan.'],
    [today, '17:00', 'Opens next on 2026-11-23 at 08:30 in Taiwan.'],
    ['2026-12-25', '10:00', 'Opens next on 2026-12-28 at 08:30 in Taiwan.'],
  ])('R103 on %s at %s in Taiwan: %s', (day, time, line) => {
    expect(first(applicant, { now: epochAt(day, time, 'Asia/Taipei') }).lines).toContain(line)
  })

  test('R105 three ways, the one with time to think first; what is printed is a draft to copy, without a name or number', () => {
    const advice = named('counter', applicant)
    expect(advice.title).toBe('Best: fill in the form online first, then collect the card')
    expect(texts(advice)).toMatch(/choose subscriber code and PIN with time to think[^]*Write both down[^]*You can also go directly[^]*Or print the application form/)
    const [sheet] = sheetsOf('counter', { ...applicant, 'identity-number': 'A123456789' })
    expect(sheet).toMatchObject({ id: 'application', native: 'zh-Hant', draft: true })
    expect(sheet!.blocks.filter(({ kind }) => kind === 'blank').length).toBe(5)
    expect(JSON.stringify(sheet)).not.toMatch(/A123456789|2000-01-01|民國89年/)
    expect(wordsMissing(sheet)).toEqual([])
  })

  test('R106 R107 R108 R109 R110 R111 seven steps at the counter, in their order', () => {
    const flow = named('flow', applicant)
    const steps = flow.blocks.flatMap((block) => (block.kind === 'steps' ? block.texts : []))
    expect(steps).toHaveLength(7)
    expect(flow.lines.slice(0, 7).join('\n')).toMatch(
      /checks who you are and prints the application[^]*mail address and subscriber code, and the officer enters them[^]*chip card of their own, and prints number, name and expiry[^]*registration authority[^]*checks the officer’s signature and asks the certification authority[^]*written to your card[^]*officer activates the card/,
    )
  })

  test('R111 which first PIN the officer sets: that of the day, and of an earlier day the earlier one', () => {
    expect(named('flow', applicant).text).toContain('last four of the identity number, then month and day of birth: 8 digits')
    expect(named('flow', applicant, { today: '2025-09-22' }).text).toContain('date of birth in ROC years, 6 digits')
    expect(named('flow', applicant, { today: '2025-09-23' }).text).toContain('8 digits')
  })

  test('R112 R117 nothing is activated at home; PIN and code are chosen on the spot', () => {
    const { text } = named('flow', applicant)
    expect(text).toContain('There is nothing to activate at home.')
    expect(text).toContain('You sign, and the officer activates the card.')
    expect(text).toContain('you choose the first PIN or one of your own. The subscriber code is set on the spot')
  })

  test('R116 who filled in online first has PIN and code from there', () => {
    const said = 'PIN and subscriber code are the ones you entered there'
    expect(named('counter', applicant).text).toContain(said)
    const { title, text } = first({ need: 'pin', pin: 'first', origin: 'online' })
    expect(title).toBe('It is the PIN that you chose')
    expect(text).toContain(said)
  })

  test('a checked identity number is said to be right, and not shown', () => {
    const { text } = first({ ...applicant, 'identity-number': 'A123456789' })
    expect(text).toContain('well formed, and its check digit is right')
    expect(text).not.toContain('A123456789')
    expect(first(applicant).text).not.toContain('check digit')
  })
})

describe('PIN, code and lock', () => {
  const tutored = (issued: string) => first({ need: 'pin', pin: 'first', origin: 'counter-default', issued })

  test.each([
    ['2025-09-22', 'The first PIN is the date of birth in ROC years, 6 digits'],
    ['2025-09-23', 'The first PIN is the last four of the identity number, then month and day of birth: 8 digits'],
  ])('R115 of a card issued on %s: %s', (issued, title) => {
    expect(tutored(issued)).toMatchObject({ tone: 'good', title })
  })

  test('R115 it is told by its form, never asked for and never computed: no step takes a PIN or code, and the answers change no digit', () => {
    const asking = service.steps.filter(({ kind }) => kind === 'field').map(({ id }) => id)
    expect(asking).toEqual(['identity-number', 'card-number'])
    const visit = { need: 'pin', pin: 'first', origin: 'counter-default', issued: '2020-01-01', birth: '1984-01-01', 'identity-number': 'A123456789' }
    expect(first(visit).text).not.toMatch(/730101|67890101|6789/)
    expect(first(visit).text).toContain('(!) Neither this booth nor anybody on the telephone asks for PIN or code.')
  })

  test('R117 at the counter one chose the first PIN or an own one', () => {
    expect(first({ need: 'pin', pin: 'first', origin: 'counter-own' })).toMatchObject({ tone: 'good', title: 'It is the PIN that you chose' })
    expect(first({ need: 'pin', pin: 'first', origin: 'counter-own' }).text).toContain('The subscriber code is set on the spot.')
  })

  test('who does not know is told both, each with its days', () => {
    const { text } = first({ need: 'pin', pin: 'first', origin: 'unsure' })
    expect(text).toContain('Card issued until 2025-09-22')
    expect(text).toContain('Since 2025-09-23')
  })

  test('R119 locked, code remembered: the way online, by code and by words, and only there', () => {
    const { tone, title, text, lines } = first({ need: 'pin', pin: 'locked', code: 'remembered', site: 'works' })
    expect([tone, title]).toEqual(['good', 'Unlock it on MOICA’s site with the subscriber code'])
    expect(lines).toContain('[https://moica.nat.gov.tw] https://moica.nat.gov.tw, then 憑證作業 / 忘記PIN碼 / 鎖卡解碼')
    expect(text).toContain('Programs of others may lock the card for good.')
  })

  test.each([
    ['2026-11-20', '06:59', '0800-080-117 closed 07:00'],
    ['2026-11-20', '07:00', '0800-080-117 open 23:00'],
    ['2026-11-20', '23:00', '0800-080-117 closed'],
    ['2026-11-21', '12:00', '0800-080-117 closed'],
  ])('R120 the site fails: the line of MOICA on %s at %s in Taiwan: %s', (day, time, line) => {
    const { title, lines } = first({ need: 'pin', pin: 'locked', code: 'remembered', site: 'fails' }, { now: epochAt(day, time, 'Asia/Taipei') })
    expect(title).toBe('Call MOICA to have it unlocked')
    expect(lines.filter((each) => each.startsWith('0800'))).toEqual([line])
  })

  test.each([{ pin: 'locked', code: 'forgotten' }, { pin: 'code' }])('R121 R122 code forgotten %j: both cards to any office, the PIN is a default again, and a delegate may go', (answers) => {
    const { tone, title, text, blocks } = first({ need: 'pin', ...answers })
    expect([tone, title]).toEqual(['attention', 'Have the code reset at a household registration office'])
    const [own, delegates] = blocks.flatMap((block) => (block.kind === 'steps' ? [block.texts.map(({ key }) => key.replace('tw-citizen-certificate.take.', ''))] : []))
    expect(own).toEqual(['identity-card', 'ic-card'])
    expect(delegates).toEqual(['letter-signed-by-both', 'ic-card', 'identity-card-of-holder', 'identity-card-of-delegate'])
    expect(text).toContain('the PIN goes back to a default (which one, ask there), and the card works again.')
    expect(text).toContain('Somebody else may have the code reset for you')
    expect(text).toContain('any household registration office')
    expect(sheetsOf('unlock', { need: 'pin', ...answers }).map(({ id }) => id)).toEqual(['authorisation'])
  })

  test('R121 after a reset both first PINs are possible: ask, before trying locks the card', () => {
    const { tone, title, text } = first({ need: 'pin', pin: 'first', origin: 'reset' })
    expect([tone, title]).toEqual(['attention', 'Ask the office which first PIN the reset has set'])
    expect(text).toMatch(/6 digits[^]*8 digits[^]*Both are possible/)
  })
})

describe('who may do what', () => {
  const asked = (act: string): Answers => {
    const groups: Readonly<Record<string, readonly string[]>> = { stop: ['suspend', 'resume', 'revoke'], contact: ['mobile', 'email', 'publication'], card: ['apply', 'renew'] }
    const group = Object.keys(groups).find((name) => groups[name]!.includes(act))
    return { need: 'acts', act: group ?? act, ...(group !== undefined && { [group]: act }) }
  }

  test('every act can be asked for, and no other', () => {
    const choices = (id: string) => service.steps.flatMap((step) => (step.id === id && step.kind === 'choice' ? step.options : []))
    const askable = choices('act').flatMap((act) => (choices(act).length > 0 ? choices(act) : [act]))
    expect(askable.toSorted()).toEqual([...certificateActs].toSorted())
  })

  test.each(['apply', 'revoke'])('R136 to %s is for the holder in person, with the original identity card', (act) => {
    const { title, text } = first(asked(act))
    expect(title).toBe('You must go in person')
    expect(text).toContain('you go in person with your identity card: both cannot be undone')
    expect(sheetsOf('delegation', asked(act))).toEqual([])
  })

  test.each(['reset-code', 'suspend', 'resume', 'extend', 'mobile', 'email', 'publication'])('R137 R138 to %s a delegate may go, with the pack: four things, signed by both', (act) => {
    const { title, blocks, text } = first(asked(act))
    expect(title).toBe('You can do this yourself, or somebody for you')
    expect(blocks.find(({ kind }) => kind === 'steps')).toMatchObject({
      texts: ['letter-signed-by-both', 'ic-card', 'identity-card-of-holder', 'identity-card-of-delegate'].map((item) => ({ key: `tw-citizen-certificate.take.${item}` })),
    })
    expect(text).toContain('自然人憑證代辦事項委託書), signed or sealed by both')
    expect(text).toContain('both read the letter through and both sign or seal it')
  })

  test('R137 nothing else: unlocking and renewing are the holder’s own', () => {
    for (const act of ['unlock', 'renew']) expect(first(asked(act))).toMatchObject({ tone: 'attention', title: 'Only you can do this' })
  })

  test('R138 the letter is a draft to copy: the seven acts to tick, blanks for both, and not a name or number on it', () => {
    const [letter, ...others] = sheetsOf('delegation', { ...asked('extend'), 'identity-number': 'A123456789' })
    expect(others).toEqual([])
    expect(letter).toMatchObject({ id: 'authorisation', native: 'zh-Hant', draft: true })
    const ticks = letter!.blocks.flatMap((block) => (block.kind === 'ticks' ? [block.options.length] : []))
    expect(ticks).toEqual([7, 4])
    const blanks = letter!.blocks.flatMap((block) => (block.kind === 'blank' ? [block.label.key.replace('tw-citizen-certificate.sheet.', '')] : []))
    for (const of of ['name', 'identity-number', 'signature']) expect(blanks.filter((name) => name === of)).toHaveLength(2)
    expect(JSON.stringify(letter)).not.toContain('A123456789')
    expect(wordsMissing(letter)).toEqual([])
  })

  test('a lost card cannot be brought along: MOICA is asked first', () => {
    expect(first(asked('suspend')).lines[0]).toBe('(!) If the card itself is lost, call MOICA first and ask what to take along.')
    expect(first(asked('email')).text).not.toContain('is lost')
  })
})

describe('looking a certificate up', () => {
  const asking = (reply: Situation['replies'][string], on = today) => first({ need: 'status', 'card-number': 'AB12345678901234' }, { replies: { 'look-up': reply }, today: on })

  test('R135 without a number it says where to look, and asks nobody', () => {
    const { tone, lines } = first({ need: 'status' })
    expect(tone).toBe('plain')
    expect(lines).toContain('[https://moica.nat.gov.tw] https://moica.nat.gov.tw, then 憑證作業 / 查詢憑證簽發情形')
    expect(stepsAt(service, { answers: { need: 'status' } }).map(({ id }) => id)).toEqual(['need', 'card-number', 'status'])
  })

  test('R135 with the number of the card it asks by that alone', () => {
    const ask = stepsAt(service, { answers: { need: 'status', 'card-number': 'AB12345678901234' } }).find(({ kind }) => kind === 'ask')!
    const inquiry = ask.kind === 'ask' && ask.inquiry(situation({ answers: { 'card-number': 'AB12345678901234' } }))
    expect(inquiry).toEqual({ subject: 'tw-citizen-certificate', operation: 'certificate-status', fields: { number: 'AB12345678901234' } })
  })

  test.each(['not-offered', 'unreachable', 'not-found', 'refused'] as const)('%s: the booth says that it does not know, and how to look oneself', (code) => {
    const { tone, text } = asking({ ok: false, code })
    expect(tone).toBe('attention')
    expect(text).toContain('How your certificate stands is not known here.')
    expect(text).toContain('憑證作業 / 查詢憑證簽發情形')
  })

  test('every state has its own sentence; what nobody knows is not made up', () => {
    const states = Object.keys(machines['citizen-certificate'])
    expect(new Set(states.map((state) => asking({ ok: true, facts: { state, expiry: '2027-06-30' } }).title)).size).toBe(states.length)
    for (const facts of [{}, { state: 'ACCEPTED' }, { state: '__proto__' }]) expect(asking({ ok: true, facts }).text).toContain('not known here')
    expect(asking({ ok: true, facts: { state: 'VALID', expiry: '2027-02-30' } }).text).not.toContain('2027-02-30')
  })

  test('what the days make of the answer is said beside it, and the number never', () => {
    expect(asking({ ok: true, facts: { state: 'EXTENDABLE', expiry: '2026-12-31' } }).lines).toContain('(!) Extend it now: it stops working after 2026-12-31')
    expect(asking({ ok: true, facts: { state: 'RENEWABLE', expiry: '2026-12-31' } }).lines).toContain('(!) You can renew it online now, until 2026-12-31')
    expect(asking({ ok: true, facts: { state: 'SUSPENDED', expiry: '2027-12-31' } }).lines).toContain('(!) Have it resumed (復用) first')
    expect(asking({ ok: true, facts: { state: 'RENEWAL_ORDERED', expiry: '2026-12-31', ordered: today, payUntil: '2026-11-21' } }).text).toMatch(/Pay by: 2026-11-21[^]*What is not paid in time is deleted/)
    expect(asking({ ok: true, facts: { state: 'RENEWAL_ORDERED', expiry: '2026-12-31', paid: today } }).text).toMatch(/Paid on: 2026-11-20[^]*activate it/)
    expect(asking({ ok: true, facts: { state: 'DEAD', expiry: '2020-12-31' } }).text).toContain('applied for anew, in person')
    expect(asking({ ok: true, facts: { state: 'VALID', expiry: '2029-12-31' } }).text).not.toContain('12345678901234')
  })
})

describe('what it is good for', () => {
  test('R114 what it opens, the transcript at an ibon among it', () => {
    const { text } = first({ need: 'uses' })
    for (const use of ['tax returns', 'labour insurance', 'medical records', 'household and land transcripts', 'vehicle licences and registrations', 'stolen vehicle', 'credit report', 'lost identity card', 'ibon of 7-Eleven'])
      expect(text).toContain(use)
  })
})

describe('every advice', () => {
  /** Every way through the questions, each date on days that decide differently. */
  function* visits(answers: Answers = {}, index = 0): Generator<Answers> {
    const step = service.steps[index]
    if (!step) return yield answers
    const there = stepsAt(service, { answers, today, now: noon }).includes(step)
    const expiries = [addDays(today, 200), addDays(today, 30), addDays(today, -30), '2023-12-01', '2018-02-28']
    const days = step.id === 'birth' ? ['2000-01-01', '2020-01-01'] : step.id === 'issued' ? ['2025-09-22', today] : expiries
    const values = !there ? [] : step.kind === 'choice' ? step.options : step.kind === 'date' ? days : []
    if (values.length === 0) return yield* visits(answers, index + 1)
    for (const value of values) yield* visits({ ...answers, [step.id]: value }, index + 1)
  }
  const everyVisit = [...visits()]

  test.each(languages)('is complete in %s, ends with its source and the day of checking, and is where each visit ends', (language) => {
    const problems = everyVisit.flatMap((answers) => {
      const given = advices(service, { answers, today, now: noon, language }, language)
      const lacking = given.filter(({ text, blocks }) => text.includes('⟦') || !text.includes('2026-11-21') || !blocks.some(({ kind }) => kind === 'rule'))
      return given.length === 0 || lacking.length > 0 ? [JSON.stringify(answers)] : []
    })
    expect(everyVisit.length).toBeGreaterThan(80)
    expect(problems).toEqual([])
  })

  test('takes what it says from the rulebook: another fee, other hours and another line are said at once', () => {
    const rules = new Map(book.rules)
    const change = (id: string, value: Parameters<typeof JSON.stringify>[0]) => rules.set(id, { ...rules.get(id)!, editions: [{ value }] })
    change('R102', 300)
    change('R103', { workdays: [{ from: '10:00', to: '11:00' }], offDays: [], yearEnd: [] })
    change('R094', { number: '0800-111-222', email: 'other@moica.nat.gov.tw' })
    change('R138', ['ic-card'])
    const otherwise = { rulebook: { ...book, rules } }
    expect(first(applicant, otherwise).text).toMatch(/NT\$300[^]*Opens next on 2026-11-20 at 10:00/)
    expect(named('counter', applicant, otherwise).text).toContain('0800-111-222')
    expect(first({ need: 'acts', act: 'extend' }, otherwise).text).not.toContain('signed or sealed by both\nThe certificate card')
  })
})
