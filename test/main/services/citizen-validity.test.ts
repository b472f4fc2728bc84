import { describe, expect, test } from 'vitest'
import { addDays } from '../../../main/rulebook/civil-date.ts'
import type { Answers, Situation } from '../../../main/services/service.ts'
import { citizenCertificate as service } from '../../../main/services/tw-citizen-certificate/service.ts'
import { advices, stepsAt, type ReadAdvice } from '../../support/advice.ts'
import { situation } from '../../support/situation.ts'

const stepNames = (answers: Answers, today: string) => stepsAt(service, { answers: { need: 'validity', ...answers }, today }).map(({ id }) => id)
const told = (answers: Answers, today: string, otherwise: Partial<Situation> = {}): ReadAdvice => advices(service, { answers: { need: 'validity', ...answers }, today, ...otherwise })[0]!

/** A certificate whose first five years end on `expiry`, as the card says, on a day. */
const first = (expiry: string, on: string, stopped?: string) => told({ where: 'card', expiry, extended: 'no', ...(stopped !== undefined && { stopped }) }, on)
/** One that was extended, as MOICA's page says. */
const last = (expiry: string, on: string, stopped?: string) => told({ where: 'screen', expiry, extended: 'yes', ...(stopped !== undefined && { stopped }) }, on)

describe('extending', () => {
  const expiry = '2026-06-30'

  test.each([
    ['2026-04-30', 'good', 'It is valid. You can extend it from 2026-05-01'],
    ['2026-05-01', 'good', 'Extend it now: it stops working after 2026-06-30'],
    ['2026-06-30', 'good', 'Extend it now: it stops working after 2026-06-30'],
    ['2026-07-01', 'attention', 'It has lapsed. You can still extend it, until 2029-06-30'],
    ['2028-12-30', 'attention', 'It has lapsed. You can still extend it, until 2029-06-30'],
    ['2028-12-31', 'attention', 'You can still extend it, but only 181 days would be left'],
    ['2029-06-29', 'attention', 'You can still extend it, but only 1 day would be left'],
    ['2029-06-30', 'attention', 'You can still extend it, but only today would be left'],
    ['2029-07-01', 'attention', 'You need a new card, from the counter'],
  ])('R124 first expiry 2026-06-30, on %s: %s', (on, tone, title) => {
    expect(first(expiry, on)).toMatchObject({ tone, title })
  })

  test('R124 R127 the days of the worked example, and the new expiry is always the first and three years', () => {
    const { lines } = first('2014-10-01', '2014-09-01')
    expect(lines).toContain('Can be extended from: 2014-08-02 (民國103年8月2日)')
    expect(lines).toContain('Can be extended until: 2017-10-01 (民國106年10月1日)')
    for (const on of ['2014-08-02', '2014-10-01', '2016-01-01', '2017-10-01']) expect(first('2014-10-01', on).lines).toContain('Expiry when extended: 2017-10-01 (民國106年10月1日)')
    expect(first('2014-10-01', '2016-10-01').lines).toContain('Left if you extend today: 365 days')
  })

  test('R124 the day between the two counts of three years: the earlier is shown, on the day itself MOICA is asked', () => {
    const before = first('2025-02-28', '2027-01-01')
    expect(before.lines).toContain('Can be extended until: 2028-02-28 (民國117年2月28日)')
    expect(before.lines).toContain('The day after: ask MOICA: 2028-02-29 (民國117年2月29日)')
    expect(first('2025-02-28', '2028-02-29')).toMatchObject({ tone: 'attention', title: 'Whether it can still be extended, ask MOICA today' })
    expect(first('2025-02-28', '2028-02-29').lines[0]).toMatch(/^0800-080-117/)
    expect(first('2025-02-28', '2028-03-01').title).toBe('You need a new card, from the counter')
    expect(first('2024-02-29', '2027-02-28').title).toBe('You can still extend it, but only today would be left')
    expect(first('2024-02-29', '2025-01-01').text).not.toContain('The day after')
  })

  test('R127 so late that little is left, a new card is offered first, and what it costs and how long it is good', () => {
    const { lines, text } = first(expiry, '2029-01-15')
    expect(lines[0]).toBe('(!) An extension counts from the first expiry, whenever it is made. A new card is good for 5 years.')
    expect(lines.indexOf('Get a new card')).toBeLessThan(lines.indexOf('Extend it all the same'))
    expect(text).toContain('NT$250')
  })

  test('R125 suspended or revoked when it lapsed: not to be extended; while it is valid it is resumed first; who does not know looks it up', () => {
    expect(first(expiry, '2026-07-01', 'suspended').title).toBe('You need a new card, from the counter')
    expect(first(expiry, '2026-07-01', 'revoked').title).toBe('You need a new card, from the counter')
    expect(first(expiry, '2026-06-30', 'suspended').title).toBe('Have it resumed (復用) first')
    expect(first(expiry, '2026-06-30', 'revoked').title).toBe('You need a new card, from the counter')
    expect(first(expiry, '2026-07-01', 'unsure')).toMatchObject({ tone: 'attention', title: 'Look up first how it stands' })
  })

  test('R125 it is asked only where it decides', () => {
    const asks = (on: string) => stepNames({ where: 'card', expiry, extended: 'no' }, on).includes('stopped')
    expect(['2026-04-30', '2026-05-01', '2026-06-30', '2026-07-01', '2029-06-30', '2029-07-01'].map(asks)).toEqual([false, true, true, true, true, false])
    expect(stepNames({ where: 'card', expiry, extended: 'unsure' }, '2026-06-01')).not.toContain('stopped')
  })

  test('R126 once only: an extended one is renewed', () => {
    expect(first(expiry, '2026-06-01').text).toContain('can be extended once only')
    expect(told({ where: 'card', expiry, extended: 'yes' }, '2026-06-01').title).toBe('It is valid until 2029-06-30. You can renew it from 2029-05-01')
  })

  test('R128 the four ways, MOICA’s site as a code, and the letter for a delegate', () => {
    const { lines, text } = first(expiry, '2026-06-01')
    expect(text).toContain('by program, web page, at a counter with identity card and certificate card, or through somebody else')
    expect(lines).toContain('[https://moica.nat.gov.tw] MOICA’s site https://moica.nat.gov.tw')
    const advice = service.steps.find(({ id }) => id === 'advice')!
    const here = situation({ answers: { need: 'validity', where: 'card', expiry, extended: 'no', stopped: 'no' }, today: '2026-06-01' })
    expect(advice.kind === 'advice' && advice.advise(here).sheets?.map(({ id }) => id)).toEqual(['authorisation'])
  })

  test('R129 it is free, with MOICA as its source and the day of checking', () => {
    const { lines } = first(expiry, '2026-06-01')
    expect(lines).toContain('Fee of the extension: free')
    expect(lines.some((line) => line.startsWith('Checked on 2026-11-21: MOICA (moica.nat.gov.tw)'))).toBe(true)
  })

  test('MOICA’s mails never have files', () => {
    expect(first(expiry, '2026-06-01').text).toContain('never attaches a file')
  })

  test('from a year before to four years after, the titles come in their order and never go back', () => {
    const order = ['It is valid', 'Extend it now', 'It has lapsed', 'You can still', 'Whether it', 'You need']
    for (const [end, grey] of [['2025-02-28', '2028-02-29'], ['2024-02-29', null], ['2024-03-31', null]] as const) {
      const days = [...Array.from({ length: 70 }, (_, count) => addDays(end, count * 26 - 365)), ...(grey === null ? [] : [grey])].toSorted()
      const places = days.map((day) => order.findIndex((beginning) => first(end, day).title.startsWith(beginning)))
      expect(places.filter((place, index) => place === -1 || place < (places[index - 1] ?? 0))).toEqual([])
      expect(new Set(places).size).toBe(grey === null ? 5 : 6)
    }
  })
})

describe('renewing', () => {
  const expiry = '2014-10-01'

  test.each([
    ['2014-08-01', 'good', 'It is valid until 2014-10-01. You can renew it from 2014-08-02'],
    ['2014-08-02', 'good', 'You can renew it online now, until 2014-10-01'],
    ['2014-10-01', 'good', 'You can renew it online now, until 2014-10-01'],
    ['2014-10-02', 'attention', 'It has ended. Whether it can be renewed online, ask MOICA'],
    ['2015-10-01', 'attention', 'It has ended. Whether it can be renewed online, ask MOICA'],
    ['2015-10-02', 'attention', 'You need a new card, from the counter'],
  ])('R130 R131 R132 last expiry 2014-10-01, on %s: %s', (on, tone, title) => {
    expect(last(expiry, on)).toMatchObject({ tone, title })
  })

  test('R131 what it costs, that it must be paid within two days, and that the new card is activated online with the code', () => {
    const { lines, text } = last('2026-12-31', '2026-11-27')
    expect(lines).toContain('Fee of the renewal: NT$278 (card 250, registered mail 28)')
    expect(text).toContain('pay by 2026-11-28; 2026-11-29 at the very latest, and ask before you rely on that day')
    expect(text).toContain('comes by registered mail, about 2026-12-08')
    expect(text).toContain('activate it (開卡) on the site. You need the subscriber code.')
    expect(text).toContain('(!) What is not paid in time is deleted. What was paid is not given back.')
  })

  test('R130 after its eight years it has ended, and R133 a new application at any counter is the way, active at once', () => {
    const { text } = last('2014-10-01', '2016-01-01')
    expect(text).toContain('After 8 years it ends by itself')
    expect(text).toContain('applied for anew, in person, at a counter: with identity card, NT$250 and a mail address. It is active at once.')
    expect(text).toContain('any household registration office')
  })

  test('R133 where the renewal online does not work, the counter is named beside it', () => {
    const { lines } = last('2026-12-31', '2026-11-27')
    expect(lines.indexOf('If it does not work online')).toBeGreaterThan(0)
    expect(lines.join('\n')).toMatch(/If it does not work online\n[^\n]*in person, at a counter/)
  })

  test('R131 suspended it is resumed first, revoked it is applied for anew', () => {
    expect(last('2026-12-31', '2026-11-27', 'suspended').title).toBe('Have it resumed (復用) first')
    expect(last('2026-12-31', '2026-11-27', 'revoked').title).toBe('You need a new card, from the counter')
  })

  test('an expiry that MOICA’s page shows is the last one as it is, also on a leap day; the one on the card is the first', () => {
    expect(last('2028-02-29', '2028-02-29').title).toBe('You can renew it online now, until 2028-02-29')
    expect(told({ where: 'card', expiry: '2024-02-29', extended: 'yes' }, '2027-02-28').title).toBe('You can renew it online now, until 2027-02-28')
  })
})

describe('the expiry', () => {
  test('R134 R135 how it is read: on the card by its age, on MOICA’s page by the number, with the way there', () => {
    const { title, text, lines } = told({ where: 'unknown' }, '2026-11-20')
    expect(title).toBe('How to read the date of expiry')
    expect(text).toContain('Applied for before September 2006: the date on the card is that of the application; later ones print the end of the first five years. For September 2006 itself, ask MOICA.')
    expect(text).toContain('with the number of the card')
    expect(lines).toContain('[https://moica.nat.gov.tw] https://moica.nat.gov.tw, then 憑證作業 / 查詢憑證簽發情形')
    expect(text).toContain('Add 1911 to the ROC year. ROC 115 is 2026.')
    expect(text).toContain('When it is extended, the date on the card stays as it is.')
  })

  test('who does not know whether it was extended is told both, and to look it up', () => {
    const { tone, text } = told({ where: 'card', expiry: '2026-06-30', extended: 'unsure' }, '2026-06-01')
    expect(tone).toBe('attention')
    expect(text).toMatch(/查詢憑證簽發情形[^]*If it was not extended\nExtend it now: it stops working after 2026-06-30\nIf it was extended\nIt is valid until 2029-06-30/)
  })

  test('days to keep go into the calendar, and those that are over do not', () => {
    const calendar = (advice: ReadAdvice) => advice.lines.filter((line) => /^\[\d{4}-/.test(line))
    expect(calendar(first('2026-06-30', '2026-01-01'))).toEqual(['[2026-05-01] Citizen certificate: you can act now', '[2026-06-30] Citizen certificate: it ends today; extend it'])
    expect(calendar(first('2026-06-30', '2026-06-30'))).toEqual([])
    expect(calendar(last('2026-12-31', '2026-11-27'))).toEqual(['[2026-12-31] Citizen certificate: the last day'])
  })
})
