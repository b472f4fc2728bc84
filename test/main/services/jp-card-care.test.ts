import { describe, expect, it } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { cardCare } from '../../../main/services/jp-card-care/service.ts'
import type { Answers } from '../../../main/services/service.ts'
import { advices, stepsAt } from '../../support/advice.ts'

const advice = (answers: Answers, today = '2026-11-21') => advices(cardCare, { answers, today })[0]!
const days = (answers: Answers, today?: string) => advice(answers, today).lines.filter((line) => /^(?:To be safe|At the latest)/.test(line)).map((line) => line.slice(-10))
const asked = (answers: Answers) => stepsAt(cardCare, { answers }).map(({ id }) => id)

describe('a change of address or name', () => {
  const changed = (day: string) => ({ topic: 'changed', changed: day })

  it('R033 has 14 days, the day of the change not counted; a closed office moves the last one, not the safe one', () => {
    expect(days(changed('2026-11-20'))).toEqual(['2026-12-04', '2026-12-04'])
    expect(days(changed('2026-12-15'))).toEqual(['2026-12-29', '2027-01-04'])
    expect(days(changed('2024-02-15'), '2024-02-15')).toEqual(['2024-02-29', '2024-02-29'])
    expect(days(changed('2026-07-06'), '2026-07-06')).toEqual(['2026-07-20', '2026-07-21'])
  })

  it('R033 is in time, to be asked, and late on the days that decide, and late is never too late', () => {
    const at = (today: string) => [advice(changed('2026-12-15'), today).tone, advice(changed('2026-12-15'), today).title]
    expect(at('2026-12-29')).toEqual(['good', 'Have the card updated by 2026-12-29'])
    expect(at('2026-12-30')).toEqual(['attention', 'Go to the counter now: the safe day has passed'])
    expect(at('2027-01-04')[1]).toContain('the safe day has passed')
    expect(at('2027-01-05')).toEqual(['attention', 'It is late, but the card can still be updated. Go soon'])
  })

  it.each(languages)('R033 tells in %s where, with what, and that the signature certificate is a new one', (language) => {
    const { text } = advices(cardCare, { answers: changed('2026-11-20') }, language)[0]!
    expect(text).toContain('14')
    expect(text).toContain('4')
    expect(text).toContain('署名用電子証明書')
  })

  it('reminds of a day that is still to come, and of no other', () => {
    expect(advice(changed('2026-11-20')).text).toContain('[2026-12-04] Last safe day to update the My Number Card')
    expect(advice(changed('2026-11-20'), '2026-12-04').text).not.toContain('[2026-12-04]')
  })

  it('says so where the holidays of that time are not known yet', () => {
    expect(advice(changed('2026-11-20')).text).not.toContain('not known here yet')
    expect(advice(changed('2035-11-20'), '2035-11-21').text).toContain('The holidays of that time are not known here yet')
  })
})

describe('a move to another municipality', () => {
  const moved = (answers: Answers) => ({ topic: 'moved', moved: '2026-11-20', planned: '2026-11-20', notice: 'no', ...answers })

  it('the notice must come within 14 days of the move and 30 of the planned move-out, whichever ends first', () => {
    expect(days(moved({}))).toEqual(['2026-12-04', '2026-12-04'])
    expect(days(moved({ planned: '2026-10-25' }))).toEqual(['2026-11-24', '2026-11-24'])
    expect(advice(moved({})).title).toBe('Hand in the move-in notice by 2026-12-04')
  })

  it('the continued use has 90 days, the day of the notice counted', () => {
    const notified = moved({ notice: 'yes', notified: '2026-11-20' })
    expect(days(notified)).toEqual(['2027-02-17', '2027-02-17'])
    expect(advice(notified, '2027-02-17').title).toBe('Have the card continued by 2027-02-17')
    expect(advice(notified, '2027-02-18').title).toBe('The days are over: this card has ended')
  })

  it('too late with the notice, or moved again before: the card has ended, at the price of a new one', () => {
    expect(advice(moved({}), '2026-12-04').title).toContain('Hand in the move-in notice')
    expect(advice(moved({}), '2026-12-05').title).toBe('The days are over: this card has ended')
    expect(advice(moved({ notice: 'yes', notified: '2026-12-05' }), '2026-12-06').title).toBe('The days are over: this card has ended')
    const again = advice(moved({ notice: 'again' }))
    expect(again.title).toContain('After a second move')
    expect(again.text).toContain('costs 1000 yen, 800 without')
    expect(again.text).not.toContain('To be safe')
  })

  it('a notice before the move is no day to count from', () => {
    expect(advice(moved({ notice: 'yes', notified: '2026-11-19' }))).toMatchObject({ tone: 'attention', title: 'These days do not fit together' })
    expect(advice(moved({ notice: 'no', notified: '2026-11-19' })).title).toContain('Hand in')
  })
})

describe('the period of stay', () => {
  it('the card’s expiry does not wait for a closed office: safe is the last office day before it', () => {
    expect(days({ topic: 'stay-renewed', 'card-until': '2026-12-25' })).toEqual(['2026-12-25', '2026-12-25'])
    expect(days({ topic: 'stay-renewed', 'card-until': '2026-12-27' })).toEqual(['2026-12-25', '2026-12-27'])
    expect(days({ topic: 'stay-renewed', 'card-until': '2027-01-03' })).toEqual(['2026-12-28', '2027-01-03'])
    expect(days({ topic: 'stay-renewed', 'card-until': '2028-02-29' })).toEqual(['2028-02-29', '2028-02-29'])
  })

  it('while a renewal is not decided the card is extended by two months, free, asked for before it expires', () => {
    const pending = (until: string, today?: string) => advice({ topic: 'stay-pending', 'card-until': until }, today)
    expect(pending('2026-12-27').text).toContain('The card would then be good until: 2027-02-27')
    expect(pending('2026-12-31').text).toContain('The card would then be good until: 2027-02-28')
    expect(pending('2026-12-27').text).toContain('extended by 2 months, free')
    expect(pending('2026-11-21').tone).toBe('attention')
    expect(pending('2026-11-20').title).toBe('This card ended on 2026-11-20')
  })

  it('nobody sends a notice of it', () => {
    for (const topic of ['stay-renewed', 'stay-pending']) expect(advice({ topic, 'card-until': '2027-03-03' }).text).toContain('nobody sends you a notice')
  })
})

describe('how long a card is good for', () => {
  const card = { topic: 'validity', holder: 'permanent', birth: '1990-05-05', issued: '2026-05-20' }

  it('R034 X9 until the tenth birthday after issue, the fifth of who was under 18, or the end of the stay; an estimate', () => {
    expect(advice(card).title).toBe('An estimate: your card is good until 2036-05-05')
    expect(advice({ ...card, birth: '2010-05-05' }).title).toContain('2031-05-05')
    expect(advice({ ...card, holder: 'other', 'stay-until': '2029-01-31' }).title).toContain('2029-01-31')
    expect(advice({ ...card, 'stay-until': '2029-01-31' }).title).toContain('2036-05-05')
    expect(advice(card).text).toContain('Electronic certificates, about until: 2031-05-05')
    expect(advice({ ...card, birth: '1992-02-29', issued: '2026-03-01' }).title).toContain('2036-02-29')
  })

  it('X9 who turned 18 between application and issue is told both days', () => {
    expect(asked({ ...card, birth: '2008-05-05' })).toContain('applied')
    expect(asked({ ...card, birth: '2008-05-21' })).not.toContain('applied')
    expect(asked({ ...card, birth: '2007-05-20' })).not.toContain('applied')
    const both = advice({ ...card, birth: '2008-05-05', applied: '2026-04-20' }).text
    expect(both).toContain('Card, about until: 2031-05-05\nor, as some cities count, until: 2036-05-05')
  })

  it('asks for the end of the stay only of those who have one', () => {
    for (const [holder, expected] of [['japanese', false], ['permanent', false], ['highly-skilled-2', false], ['other', true], ['temporary', true]] as const)
      expect(asked({ ...card, holder }).includes('stay-until')).toBe(expected)
  })

  it('R034 without the procedure before it the card lapses: the days go into the calendar, the certificates’ first', () => {
    const { text } = advice(card)
    expect(text).toContain('Without the procedure at the municipality before that day, it lapses.')
    expect(text).toMatch(/\[2031-05-05\] Electronic certificates[^\n]*\n\[2036-05-05\] My Number Card expires/)
  })

  it('is over on the day after', () => {
    expect(advice({ ...card, birth: '1980-05-05', issued: '2016-05-20' }, '2026-05-05').tone).toBe('good')
    expect(advice({ ...card, birth: '1980-05-05', issued: '2016-05-20' }, '2026-05-06')).toMatchObject({ tone: 'attention', title: 'An estimate: your card ended on 2026-05-05' })
  })

  it.each([
    ['born after the issue', { birth: '2026-05-21' }],
    ['applied for after the issue', { birth: '2008-05-05', applied: '2026-05-21' }],
    ['a stay that ended before the issue', { holder: 'other', 'stay-until': '2026-05-19' }],
  ])('%s: the days do not fit together', (_, answers) => expect(advice({ ...card, ...answers }).title).toBe('These days do not fit together'))
})
