import { describe, expect, test } from 'vitest'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import { epochAt } from '../../../main/rulebook/civil-date.ts'
import { resolvePhoneLines, type PhonePurpose } from '../../../main/rulebook/phone-lines.ts'

const japanese = '0120-95-0178'
const card = '0120-0178-27'
const system = '0120-0178-26'

// 2026-11-20 is a Friday, 11-21 a Saturday, 11-23 a holiday on a Monday.
const lines = (language: string, purpose: PhonePurpose, date: string, time: string) =>
  resolvePhoneLines(builtInRulebook, language, purpose, epochAt(date, time, 'Asia/Tokyo'))
const first = (language: string, purpose: PhonePurpose, date: string, time: string) => lines(language, purpose, date, time)[0]
const short = (language: string, purpose: PhonePurpose, date: string, time: string) =>
  lines(language, purpose, date, time).map((line) => `${line.number} ${line.language} ${line.open ? 'open' : 'closed'} ${line.until ?? 'always'}`)

describe('phone lines', () => {
  test.each([
    ['2026-11-20', '09:29:59', false, '09:30'],
    ['2026-11-20', '09:30:00', true, '20:00'],
    ['2026-11-20', '19:59:59', true, '20:00'],
    ['2026-11-20', '20:00:00', false, '09:30'],
    ['2026-11-21', '17:29:59', true, '17:30'],
    ['2026-11-21', '17:30:00', false, '09:30'],
    ['2026-11-22', '18:00:00', false, '09:30'],
    ['2026-11-23', '17:29:59', true, '17:30'],
    ['2026-11-23', '17:30:00', false, '09:30'],
    ['2026-12-28', '20:00:00', false, null],
    ['2026-12-29', '12:00:00', false, null],
    ['2027-01-03', '08:00:00', false, null],
    ['2027-01-03', '12:00:00', false, '09:30'],
    ['2027-01-04', '12:00:00', true, '20:00'],
  ])('R052 the Japanese line on %s at %s: open %s until %s', (date, time, open, until) => {
    expect(lines('ja', 'card', date, time)).toEqual([{ number: japanese, language: 'ja', purpose: 'card', open, until }])
  })

  test.each([['2026-11-20', '03:00'], ['2027-01-01', '12:00'], ['2026-11-22', '23:59:59']])(
    'R053 R051 a lost card can be suspended in Japanese on %s at %s', (date, time) => {
      expect(lines('ja', 'suspend', date, time)).toEqual([{ number: japanese, language: 'ja', purpose: 'suspend', open: true, until: null }])
    },
  )

  test('R054 in English: from 20:00 to 9:29 suspension only, from 9:30 everything', () => {
    expect(first('en', 'card', '2026-11-20', '09:29:59')).toMatchObject({ number: card, open: false, until: '09:30' })
    expect(first('en', 'suspend', '2026-11-20', '09:29:59')).toMatchObject({ number: card, open: true, until: null })
    expect(first('en', 'card', '2026-11-20', '09:30:00')).toMatchObject({ number: card, open: true, until: '20:00' })
    expect(first('en', 'card', '2026-11-20', '19:59:59')).toMatchObject({ open: true })
    expect(first('en', 'card', '2026-11-20', '20:00:00')).toMatchObject({ open: false })
  })

  test.each(['en', 'zh-Hant', 'zh-Hans', 'ko', 'es', 'pt'])('R054 %s: a lost card: the own and the Japanese line at any time', (language) => {
    for (const time of ['03:00', '12:00', '20:00'])
      expect(short(language, 'suspend', '2027-01-01', time)).toEqual([`${card} ${language.split('-')[0]} open always`, `${japanese} ja open always`])
  })

  test.each(['th', 'ne', 'id'])('R055 %s: 9:00 to 18:00', (language) => {
    const state = (time: string) => lines(language, 'card', '2026-11-20', time).find((line) => line.language === language)
    expect(state('08:59:59')).toMatchObject({ number: card, open: false, until: '09:00' })
    expect(state('09:00:00')).toMatchObject({ number: card, open: true, until: '18:00' })
    expect(state('17:59:59')).toMatchObject({ number: card, open: true, until: '18:00' })
    expect(state('18:00:00')).toMatchObject({ number: card, open: false, until: '09:00' })
  })

  test.each(['vi', 'tl', 'fil'])('R056 %s: 10:00 to 19:00', (language) => {
    const tongue = language === 'fil' ? 'tl' : language
    const state = (time: string) => lines(language, 'suspend', '2026-11-20', time).find((line) => line.language === tongue)
    expect(state('09:59:59')).toMatchObject({ number: card, open: false, until: '10:00' })
    expect(state('10:00:00')).toMatchObject({ number: card, open: true, until: '19:00' })
    expect(state('18:59:59')).toMatchObject({ number: card, open: true, until: '19:00' })
    expect(state('19:00:00')).toMatchObject({ number: card, open: false, until: '10:00' })
  })

  const ten = ['en', 'zh-Hant', 'ko', 'es', 'pt', 'vi', 'th', 'id', 'tl', 'ne']
  test.each(ten)('R057 R058 the system is explained in %s, at the hours of the call centre', (language) => {
    const state = (date: string, time: string) => lines(language, 'system', date, time).find((line) => line.number === system)
    expect(state('2026-11-20', '09:29:59')).toMatchObject({ open: false, until: '09:30' })
    expect(state('2026-11-20', '19:59:59')).toMatchObject({ open: true, until: '20:00', language: language.split('-')[0] })
    expect(state('2026-11-21', '17:30:00')).toMatchObject({ open: false })
    expect(state('2026-12-31', '12:00:00')).toMatchObject({ open: false })
  })

  test.each(['th', 'ne', 'id', 'vi', 'tl'])('R059 %s at 3 in the morning: a lost card goes to open lines, Japanese first', (language) => {
    const opens = ['vi', 'tl'].includes(language) ? '10:00' : '09:00'
    expect(short(language, 'suspend', '2026-11-20', '03:00')).toEqual([
      `${japanese} ja open always`,
      `${card} en open always`,
      `${card} zh open always`,
      `${card} ${language} closed ${opens}`,
    ])
    expect(first(language, 'suspend', '2026-11-20', '12:00')).toMatchObject({ language, open: true })
  })

  test.each([
    ['th', '2026-11-20', undefined],
    ['th', '2026-11-21', true],
    ['en', '2027-01-01', true],
    ['ja', '2026-11-21', undefined],
  ] as const)('R054 R055 X14 the card in %s on %s: hours that no source gives for such a day are told as usual ones: %s', (language, date, usually) => {
    expect(first(language, 'card', date, '12:00')?.usually).toBe(usually)
  })

  test('a language without a line of its own is never left alone with a lost card', () => {
    expect(first('fr', 'suspend', '2027-01-01', '03:00')).toMatchObject({ number: japanese, open: true })
    expect(first('fr', 'card', '2026-11-20', '12:00')).toMatchObject({ number: card, language: 'en', open: true })
    expect(first('fr', 'system', '2026-11-20', '12:00')).toMatchObject({ number: system, language: 'en', open: true })
  })
})
