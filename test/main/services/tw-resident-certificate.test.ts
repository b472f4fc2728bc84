import { describe, expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { builtInRulebook as book } from '../../../main/rulebook/built-in.ts'
import { addDays, epochAt } from '../../../main/rulebook/civil-date.ts'
import { machines } from '../../../main/rulebook/state-machines.ts'
import type { Answers, Situation } from '../../../main/services/service.ts'
import { residentCertificate as service } from '../../../main/services/tw-resident-certificate/service.ts'
import { advices, stepsAt, type ReadAdvice } from '../../support/advice.ts'

/** A Friday. */
const today = '2026-11-20'
const noon = epochAt(today, '12:00', 'Asia/Taipei')

/** The advice of a visit with these answers; the last one when there are several. */
function advice(answers: Answers, otherwise: Partial<Situation> = {}): ReadAdvice {
  return advices(service, { answers, today, now: noon, ...otherwise }).at(-1)!
}
const first = (answers: Answers, otherwise: Partial<Situation> = {}) => advices(service, { answers, today, now: noon, ...otherwise })[0]!

const applicant = { topic: 'apply', birth: '2000-01-01', document: 'chip', 'document-until': '2027-01-01', who: 'self' }

describe('can I apply?', () => {
  test.each([
    ['2008-11-20', 'good', 'You can apply at any service station of the National Immigration Agency'],
    ['2008-11-21', 'attention', 'You can apply from 2026-11-21 on'],
    ['2008-02-29', 'good', 'You can apply at any service station of the National Immigration Agency'],
    ['2012-02-29', 'attention', 'You can apply from 2030-03-01 on'],
  ])('R070 born on %s: %s', (birth, tone, title) => {
    expect(first({ ...applicant, birth })).toMatchObject({ tone, title })
  })

  test('R070 born on 29 February one is 18 on 1 March', () => {
    expect(first({ ...applicant, birth: '2008-02-29' }, { today: '2026-02-28' })).toMatchObject({ tone: 'attention', title: 'You can apply from 2026-03-01 on' })
    expect(first({ ...applicant, birth: '2008-02-29' }, { today: '2026-03-01' }).tone).toBe('good')
  })

  test('R071 the original residence card with a chip is good through its last day, and not after it', () => {
    expect(first({ ...applicant, 'document-until': today }).tone).toBe('good')
    const late = first({ ...applicant, 'document-until': '2026-11-19' })
    expect(late).toMatchObject({ tone: 'attention', title: 'Your residence card has expired: renew it first' })
    expect(late.text).toContain('residence card with a chip from the National Immigration Agency of Taiwan, within its validity')
  })

  test.each(['other', 'none'])('R072 no other document is taken: %s', (document) => {
    const refused = first({ topic: 'apply', birth: '2000-01-01', document, who: 'self' })
    expect(refused).toMatchObject({ tone: 'attention', title: 'You need the original residence card with a chip 晶片居留證' })
    expect(refused.text).toContain('For a first application no other document is taken.')
    expect(stepsAt(service, { answers: { topic: 'apply', document } }).map(({ id }) => id)).not.toContain('document-until')
  })

  test('R073 in person only, at any station', () => {
    const sent = first({ ...applicant, who: 'other' })
    expect(sent).toMatchObject({ tone: 'attention', title: 'You have to go yourself' })
    expect(sent.text).toContain('Nobody else can go for you.')
    expect(first(applicant).text).toContain('any service station')
  })

  test('every obstacle is named, not only the first', () => {
    const { title, text } = first({ topic: 'apply', birth: '2020-01-01', document: 'none', who: 'other' })
    expect(title).toBe('You can apply from 2038-01-01 on')
    expect(text).toMatch(/original residence card[^]*You have to go yourself/)
  })

  test('R074 R078 what the window does: looks the card up, enters telephone and mail, prints a form to sign; the booth asks for none of it', () => {
    const { text } = first(applicant)
    expect(text).toContain('The counter checks in its own database that the card is valid and that it is yours.')
    expect(text).toContain('show your residence card, state mobile number and mail address, check and sign the printed form, keep your copy')
    expect(text).toContain('This booth does not need them')
    expect(first(applicant).sheets).toMatchObject([{ id: 'window', draft: true }])
  })

  test('R090 where the stations are listed, and whether they are open: Monday to Friday 8:30 to 17:00 in Taiwan, whatever the booth’s clock says', () => {
    const at = (day: string, time: string, zone: 'Asia/Taipei' | 'Asia/Tokyo' = 'Asia/Taipei') => first(applicant, { now: epochAt(day, time, zone) }).lines
    expect(at(today, '12:00')).toContain('[https://www.immigration.gov.tw] The list of stations: https://www.immigration.gov.tw')
    expect(at(today, '12:00')).toContain('Applications are taken on workdays, 8:30–17:00.')
    expect(at(today, '08:29')).toContain('Opens next on 2026-11-20 at 08:30 in Taiwan.')
    expect(at(today, '08:30')).toContain('Open now, until 17:00 in Taiwan.')
    expect(at(today, '17:59', 'Asia/Tokyo')).toContain('Open now, until 17:00 in Taiwan.')
    expect(at(today, '18:00', 'Asia/Tokyo')).toContain('Opens next on 2026-11-23 at 08:30 in Taiwan.')
    expect(at('2027-12-31', '20:00').some((line) => line.startsWith('Usually opens next on 2028-01-03'))).toBe(true)
  })

  test('R075 R076 R077 what comes after, in four steps, and what the certificates are', () => {
    const { step, text } = advice(applicant)
    expect(step).toBe('afterwards')
    expect(text).toContain('Four steps: apply, pay, receive by mail, activate.')
    expect(text).toContain('two certificates: one for signing and one for encryption')
    expect(text).toContain('checks its status, class, assurance level and permitted use first')
  })

  test('who cannot apply is not told how to pay', () => {
    expect(advices(service, { answers: { ...applicant, who: 'other' }, today, now: noon }).map(({ step }) => step)).toEqual(['can-apply'])
    expect(advices(service, { answers: applicant, today, now: noon }).map(({ step }) => step)).toEqual(['can-apply', 'afterwards'])
  })

  test('an old number is told until when it is good, and that a new one revokes the certificate; a new number is only right in form', () => {
    const old = first({ ...applicant, number: 'AC01234567' })
    expect(old.text).toContain('good until 2030-12-31')
    expect(old.text).toContain('(!) Your number is of the old kind. When it is changed to a new one, the certificate is revoked by itself')
    expect(first({ ...applicant, number: 'A800000014' }).text).toContain('Whether it is yours, only the window can tell.')
    expect(first(applicant).text).not.toContain('number is of the old kind')
    expect([old, first({ ...applicant, number: 'A800000014' })].filter(({ text }) => /A800000014|AC01234567|01234567/.test(text))).toEqual([])
  })
})

describe('the countdown to the payment', () => {
  const paying = (applied: string, on: string) => advice({ topic: 'pay', applied }, { today: on, now: epochAt(on, '12:00', 'Asia/Taipei') })

  test('R079 applied on Monday 2026-11-23: safe until 2026-12-07, last day 2026-12-08', () => {
    const { title, lines, tone } = paying('2026-11-23', '2026-11-23')
    expect([tone, title]).toEqual(['good', 'Pay by 2026-12-07: 14 days left'])
    expect(lines).toContain('Safe until: 2026-12-07 (民國115年12月7日)')
    expect(lines).toContain('Last day, 24:00 in Taiwan (ask MOICA before): 2026-12-08 (民國115年12月8日)')
    expect(lines).toContain('[2026-12-07] Taiwan certificate: pay today (moica.nat.gov.tw)')
  })

  test.each([
    ['2026-12-06', 'good', 'Pay by 2026-12-07: 1 day left'],
    ['2026-12-07', 'good', 'Pay today: it is the last safe day'],
    ['2026-12-08', 'attention', 'Pay now: today is the last day, and nobody can promise that it still counts'],
    ['2026-12-09', 'attention', 'The days to pay are over: apply again'],
  ])('R079 on %s: %s', (on, tone, title) => {
    expect(paying('2026-11-23', on)).toMatchObject({ tone, title })
  })

  test('R079 over a leap day and over the new year', () => {
    expect(paying('2028-02-20', '2028-02-20').title).toBe('Pay by 2028-03-05: 14 days left')
    expect(paying('2026-12-20', '2026-12-21').title).toBe('Pay by 2027-01-03: 13 days left')
  })

  test('R079 R085 for every day of a winter with a leap day: in time for 15 days, one day to ask, then deleted for good', () => {
    const kind = (title: string) => (title.startsWith('Pay by') || title.startsWith('Pay today') ? 'pay' : title.startsWith('Pay now') ? 'ask' : 'over')
    for (let applied = '2027-12-15'; applied < '2028-03-15'; applied = addDays(applied, 1)) {
      const tones = Array.from({ length: 18 }, (_, days) => paying(applied, addDays(applied, days))).map(({ tone, title }) => `${tone} ${kind(title)}`)
      expect(tones).toEqual([...Array.from({ length: 15 }, () => 'good pay'), 'attention ask', 'attention over', 'attention over'])
    }
  })

  test('R085 once deleted there is nothing to pay: apply again at a station', () => {
    const { text, lines } = paying('2026-11-01', today)
    expect(text).toContain('the system deletes the application, and you apply again at a station')
    expect(lines).toContain('[https://www.immigration.gov.tw] The list of stations: https://www.immigration.gov.tw')
    expect(text).not.toContain('credit card')
  })

  test('R080 R081 where: both names of the menu as a code for the telephone, and what it asks is never typed here', () => {
    const { text, lines } = paying(today, today)
    expect(lines).toContain('[https://moica.nat.gov.tw] https://moica.nat.gov.tw, then 外來人口 / 憑證申請查詢及繳費')
    expect(text).toContain('外來人口 / 憑證申請查詢及繳費, or with 常用功能 between')
    expect(text).toContain('the number of your residence card and the subscriber code (用戶代碼) printed on the form')
    expect(text).toContain('(!) Never type your subscriber code 用戶代碼 or a PIN into this booth.')
  })

  test('R082 R083 R084 how: credit card online, NT$278 of 250 and 28, address and invoice; the order of acting', () => {
    const { blocks, text } = paying(today, today)
    expect(text).toContain('You can pay by credit card online only.')
    expect(text).toContain('The fee is NT$278: NT$250 for the card and NT$28 for the mail. This booth never takes it.')
    expect(text).toContain('check the delivery address once more and fill in the data of the electronic invoice')
    expect(blocks.flatMap((block) => (block.kind === 'steps' ? block.texts.map(({ key }) => key) : []))).toEqual(['R080', 'R081', 'R084', 'R082', 'R083'].map((id) => `rule.${id}`))
  })

  test('R089 no refund is said before the way to pay', () => {
    const { lines } = paying(today, today)
    const warning = lines.findIndex((line) => line.startsWith('(!) After payment and production there is no refund'))
    expect(warning).toBeGreaterThanOrEqual(0)
    expect(warning).toBeLessThan(lines.indexOf('How to pay'))
  })
})

describe('the card', () => {
  const waiting = (paid: string, where = 'main', on = today) => advice({ topic: 'card', arrived: 'no', paid, where }, { today: on })

  test('R086 R087 paid on Friday 2026-11-27 it comes 2026-12-08 to 2026-12-11, to the islands 2 to 3 working days later, over holidays later', () => {
    expect(waiting('2026-11-27', 'main', '2026-11-27')).toMatchObject({ tone: 'good', title: 'The card comes about 2026-12-08 to 2026-12-11' })
    expect(waiting('2026-11-27', 'islands', '2026-11-27').title).toBe('The card comes about 2026-12-10 to 2026-12-16')
    expect(waiting('2026-12-18', 'main', '2026-12-18').title).toBe('The card comes about 2026-12-30 to 2027-01-05')
    expect(waiting(today).text).toContain('the certificate is issued, written to the card, checked and sent by registered mail')
  })

  test('R087 "about" is no deadline: only when the last of its days is over MOICA is asked', () => {
    expect(waiting('2026-11-27', 'main', '2026-12-11').tone).toBe('good')
    expect(waiting('2026-11-27', 'main', '2026-12-12')).toMatchObject({ tone: 'attention', title: 'It should have come by 2026-12-11: ask MOICA' })
  })

  test('where the holidays are not known yet, it says so', () => {
    expect(waiting('2027-12-24', 'main', '2027-12-24').text).toContain('(!) The holidays of that time are not known here yet')
    expect(waiting(today).text).not.toContain('not known here yet')
  })

  test('R088 how to activate it: the page as a code, a PIN of 6 to 8 characters of one’s own, nothing typed here; the lock is an assumption and told as such', () => {
    const { text, lines } = advice({ topic: 'card', arrived: 'yes' })
    expect(lines).toContain('[https://moica.nat.gov.tw] https://moica.nat.gov.tw, then 外來人口 / 憑證作業 / 線上開卡作業')
    expect(text).toContain('choose a PIN of 6 to 8 characters')
    expect(text).toContain('(!) Never type your subscriber code')
    expect(text).toContain('3 wrong PINs probably lock the card, as they do for citizens. It is not stated for foreign residents.')
  })
})

describe('lost, suspended, resumed', () => {
  test('R091 lost: suspend it now; then in person with the residence card, revoked for good and applied for anew at the same fee', () => {
    const { text, lines } = advice({ topic: 'stop', need: 'lost' })
    expect(text).toContain('go in person with your residence card to any station. The old certificate is revoked and a new one applied for, at the same fee.')
    expect(text).toContain('NT$278')
    expect(text).toContain('(!) Revoking 廢止 is for good')
    expect(lines.findIndex((line) => line.includes('憑證停用'))).toBeLessThan(lines.indexOf('Then: a new one'))
  })

  const asked = { topic: 'stop', taken: 'no', both: 'yes' }

  test('R092 R096 with code and card number: online, for no stated time, at the longest until the expiry', () => {
    const { tone, title, text, lines } = advice({ ...asked, need: 'suspend' })
    expect([tone, title]).toEqual(['good', 'Suspend it online now'])
    expect(lines).toContain('[https://moica.nat.gov.tw] https://moica.nat.gov.tw, then 外來人口 / 憑證作業 / 憑證停用')
    expect(text).toContain('with subscriber code and card number')
    expect(text).toContain('You need not say for how long. A suspension can last until the certificate expires.')
  })

  test('R093 R094 without one of them: by fax, the form from hotline or mail in service hours, and an outline with blanks for the pen', () => {
    const { tone, title, text, lines, sheets } = advice({ ...asked, need: 'suspend', both: 'no' })
    expect([tone, title]).toEqual(['attention', 'Suspend it by fax: ask MOICA for the form'])
    expect(text).toContain('fax the form for emergency suspension with written material that shows who you are')
    expect(text).toContain('The form comes from 0800-080-117 or cse@moica.nat.gov.tw, within service hours.')
    expect(text).toContain('not the official form')
    expect(lines).toEqual(expect.arrayContaining(['Name (姓名)', 'Card number, if known (IC卡卡號)', 'Signature (簽名)']))
    expect(sheets).toMatchObject([{ id: 'fax', native: 'zh-Hant', draft: true }])
    expect(sheets[0]!.blocks.filter(({ kind }) => kind === 'blank')).toHaveLength(6)
  })

  test.each([
    ['2026-11-20', '06:59', '0800-080-117 closed 07:00'],
    ['2026-11-20', '07:00', '0800-080-117 open 23:00'],
    ['2026-11-20', '22:59', '0800-080-117 open 23:00'],
    ['2026-11-20', '23:00', '0800-080-117 closed'],
  ])('R094 the line of MOICA on %s at %s in Taiwan: %s', (day, time, line) => {
    expect(advice({ ...asked, need: 'suspend', both: 'no' }, { now: epochAt(day, time, 'Asia/Taipei') }).lines).toContain(line)
  })

  test('R094 closed over the weekend it says when it opens again', () => {
    expect(advice({ ...asked, need: 'suspend' }, { now: epochAt('2026-11-21', '12:00', 'Asia/Taipei') }).lines).toContain('Opens next on 2026-11-23 at 07:00 in Taiwan.')
  })

  test('R095 with code and card number it is resumed online', () => {
    const { title, lines } = advice({ ...asked, need: 'resume', 'card-until': '2030-01-01' })
    expect(title).toBe('Resume it online')
    expect(lines).toContain('[https://moica.nat.gov.tw] https://moica.nat.gov.tw, then 外來人口 / 憑證作業 / 憑證復用')
  })

  test('R096 until its expiry it can be resumed, on the day after it cannot', () => {
    expect(advice({ ...asked, need: 'resume', 'card-until': today }).title).toBe('Resume it online')
    expect(advice({ ...asked, need: 'resume', 'card-until': '2026-11-19' })).toMatchObject({ tone: 'attention', title: 'It expired on 2026-11-19 and cannot be resumed' })
  })

  test('R096 a certificate that expires before the resumption is sure to be done is said so', () => {
    const until = (day: string) => advice({ topic: 'stop', need: 'resume', taken: 'yes', accepted: today, 'card-until': day }).text
    expect(until('2026-11-22')).toContain('(!) It expires before the resumption is sure to be done: ask MOICA first.')
    expect(until('2026-11-23')).not.toContain('It expires before')
  })

  test('R097 taken on on Friday, a suspension is done by Monday; with a holiday between, later', () => {
    expect(advice({ topic: 'stop', need: 'suspend', taken: 'yes', accepted: today }).title).toBe('It is suspended by 2026-11-23 at the latest')
    expect(advice({ topic: 'stop', need: 'suspend', taken: 'yes', accepted: '2026-12-24' }, { today: '2026-12-24' }).title).toBe('It is suspended by 2026-12-28 at the latest')
  })

  test('R097 R098 a resumption has three clocks, each for itself: done, services catch up, advised', () => {
    const { title, lines } = advice({ topic: 'stop', need: 'resume', taken: 'yes', accepted: today, 'card-until': '2030-01-01' })
    expect(title).toBe('Best use it from 2026-11-26 on')
    expect(lines.filter((line) => /^(?:Taken on|Done|Services catch up|Best use them)/.test(line))).toEqual([
      'Taken on: 2026-11-20 (民國115年11月20日)',
      'Done at the latest: 2026-11-23 (民國115年11月23日)',
      'Services catch up from about: 2026-11-24 (民國115年11月24日)',
      'Services catch up until about: 2026-11-26 (民國115年11月26日)',
      'Best use them from: 2026-11-26 (民國115年11月26日)',
    ])
  })

  test('R098 a suspension has no clock of services', () => {
    expect(advice({ ...asked, need: 'suspend' }).text).not.toContain('Services catch up')
  })

  test('R099 without code or card number there is no way to resume: not by fax either', () => {
    const { tone, title, text } = advice({ ...asked, need: 'resume', both: 'no', 'card-until': '2030-01-01' })
    expect([tone, title]).toEqual(['attention', 'Without code and card number the way online is closed'])
    expect(text).toContain('No way to resume by fax is given.')
    expect(text).not.toContain('憑證復用')
  })
})

describe('until when', () => {
  test('by the printed date: good through it, then anew or ask MOICA, for an extension is not stated', () => {
    const at = (on: string) => advice({ topic: 'expiry', known: 'printed', 'card-until': '2028-02-29' }, { today: on })
    expect(at('2028-02-29')).toMatchObject({ tone: 'good', title: 'It is good until 2028-02-29' })
    expect(at('2028-03-01')).toMatchObject({ tone: 'attention', title: 'It expired on 2028-02-29: apply anew, or ask MOICA' })
    expect(at('2028-02-29').text).toContain('Whether it can be extended is not stated: apply anew, or ask MOICA.')
  })

  test('by the day of issue: five years, and on the day between the two counts, ask', () => {
    const at = (issued: string, on: string) => advice({ topic: 'expiry', known: 'issued', issued }, { today: on })
    expect(at('2024-02-29', '2026-11-20').title).toBe('It is good until about 2029-02-28: look at the card')
    expect(at('2023-02-28', '2028-02-28').tone).toBe('good')
    expect(at('2023-02-28', '2028-02-29')).toMatchObject({ tone: 'attention', title: 'Today may be one day too late: ask MOICA' })
    expect(at('2023-02-28', '2028-03-01').title).toBe('It expired on 2028-02-29: apply anew, or ask MOICA')
  })

  test('what ends it earlier by itself is said: another number, another nationality', () => {
    const { text } = advice({ topic: 'expiry', known: 'printed', 'card-until': '2030-01-01' })
    expect(text).toContain('(!) When the number of your residence card changes, also from an old to a new number, the certificate is revoked by itself')
    expect(text).toContain('New citizens can apply 3 working days after their data has been changed.')
  })
})

describe('where an order stands', () => {
  const asking = (reply: Situation['replies'][string]) => advice({ topic: 'status', 'order-number': 'A800000014' }, { replies: { ask: reply } })

  test('asks with the number only: the subscriber code is no field of this booth', () => {
    const ask = service.steps.find((step) => step.kind === 'ask')!
    const inquiry = ask.kind === 'ask' && ask.inquiry({ answers: { 'order-number': 'A800000014' } } as Partial<Situation> as Situation)
    expect(inquiry).toEqual({ subject: 'tw-resident-certificate', operation: 'order-status', fields: { number: 'A800000014' } })
    expect(service.steps.filter(({ kind }) => kind === 'field').map(({ id }) => id)).toEqual(['number', 'order-number'])
  })

  test.each(['not-offered', 'unreachable', 'refused', 'not-found'] as const)('%s: the booth says that it does not know, and how to look oneself', (code) => {
    const { tone, text, lines } = asking({ ok: false, code })
    expect(tone).toBe('attention')
    expect(text).toContain('This booth does not know where your application stands, and does not guess.')
    expect(lines).toContain('[https://moica.nat.gov.tw] https://moica.nat.gov.tw, then 外來人口 / 憑證申請查詢及繳費')
  })

  test('every state of the order and of the certificate has its own sentence', () => {
    const states = [...Object.keys(machines['foreigner-order']), ...Object.keys(machines['foreigner-certificate'])]
    const titles = new Set(states.map((state) => asking({ ok: true, facts: { state } }).title))
    expect(titles.size).toBe(new Set(states).size)
    expect([...titles].filter((title) => title.includes('⟦'))).toEqual([])
  })

  test('R085 unpaid: the countdown from the day that the system says; deleted: apply again', () => {
    expect(asking({ ok: true, facts: { state: 'APPLIED_UNPAID', completed: '2026-11-10' } }).lines).toContain('Safe until: 2026-11-24 (民國115年11月24日)')
    expect(asking({ ok: true, facts: { state: 'APPLIED_UNPAID', completed: '2026-02-30' } }).text).not.toContain('Safe until')
    expect(asking({ ok: true, facts: { state: 'DELETED_UNPAID' } }).text).toContain('the system deletes the application, and you apply again at a station')
  })

  test.each([
    [{ state: 'PAID', paid: '2026-11-27' }, 'About until: 2026-12-11 (民國115年12月11日)'],
    [{ state: 'SUSPENDING', accepted: '2026-11-20' }, 'Done at the latest: 2026-11-23 (民國115年11月23日)'],
    [{ state: 'VALID', advised: '2026-11-26', expiry: '2031-11-20' }, 'Best use them from: 2026-11-26 (民國115年11月26日)'],
    [{ state: 'VALID', expiry: '2031-11-20' }, 'Good until: 2031-11-20 (民國120年11月20日)'],
    [{ state: 'SUSPENDED', expiry: '2031-11-20' }, 'Good until: 2031-11-20 (民國120年11月20日)'],
  ])('the days of %j are counted by the rulebook', (facts, line) => {
    expect(asking({ ok: true, facts }).lines).toContain(line)
  })

  test('days of the system that are none, or are over, are left out', () => {
    expect(asking({ ok: true, facts: { state: 'VALID', advised: today } }).text).not.toContain('Best use them')
    expect(asking({ ok: true, facts: { state: 'PAID', paid: 'yesterday' } }).text).not.toContain('About until')
  })

  test('what nobody knows is not made up', () => {
    expect(asking({ ok: true, facts: { state: 'ACCEPTED' } }).title).toBe('The system did not answer this: look it up yourself')
    expect(asking({ ok: true, facts: {} }).tone).toBe('attention')
  })
})

describe('every advice', () => {
  /** Every way through the questions, each date on three days around today. */
  function* visits(answers: Answers = {}, index = 0): Generator<Answers> {
    const step = service.steps[index]
    if (!step) return yield answers
    const there = stepsAt(service, { answers, today, now: noon }).includes(step)
    const values = !there ? [] : step.kind === 'choice' ? step.options : step.kind === 'date' ? [addDays(today, -1), addDays(today, -17), '2005-02-28'] : []
    if (values.length === 0) return yield* visits(answers, index + 1)
    for (const value of values) yield* visits({ ...answers, [step.id]: value }, index + 1)
  }
  const all = [...visits()]

  test.each(languages)('is complete in %s, ends with its source and the day of checking, and is where each visit ends', (language) => {
    const problems = all.flatMap((answers) => {
      const given = advices(service, { answers, today, now: noon, language }, language)
      if (given.length === 0) return [`${JSON.stringify(answers)} has no advice`]
      return given.flatMap(({ text, blocks, step }) => (text.includes('⟦') || !text.includes('2026-11-2') || !blocks.some(({ kind }) => kind === 'rule') ? [`${step} ${JSON.stringify(answers)}`] : []))
    })
    expect(all.length).toBeGreaterThan(60)
    expect(problems).toEqual([])
  })

  test('takes what it says from the rulebook: another fee, another number of days and another line are said at once', () => {
    const rules = new Map(book.rules)
    const change = (id: string, value: Parameters<typeof JSON.stringify>[0]) => rules.set(id, { ...rules.get(id)!, editions: [{ value }] })
    change('R083', { card: 300, postage: 30, total: 330 })
    change('R079', 10)
    change('R094', { number: '0800-111-222', email: 'other@moica.nat.gov.tw' })
    const { title, text } = advice({ topic: 'pay', applied: '2026-11-20' }, { rulebook: { ...book, rules } })
    expect(title).toBe('Pay by 2026-11-29: 9 days left')
    expect(text).toContain('NT$330')
    expect(text).toContain('0800-111-222')
  })
})
