import { describe, expect, it } from 'vitest'
import { languages, type Language } from '../../../main/contract/language.ts'
import { builtInContent } from '../../../main/rulebook/built-in.ts'
import { epochAt } from '../../../main/rulebook/civil-date.ts'
import { readRulebook } from '../../../main/rulebook/rulebook.ts'
import { cardLost } from '../../../main/services/jp-card-lost/service.ts'
import type { Answers, Situation } from '../../../main/services/service.ts'
import { advices, stepsAt } from '../../support/advice.ts'
import { situation } from '../../support/situation.ts'
import { textsIn, wordsMissing } from '../../support/words.ts'

const call = (language: Language, time: string, day = '2026-11-21') => advices(cardLost, { now: epochAt(day, time, 'Asia/Tokyo') }, language)[0]!
const next = (answers: Answers, otherwise: Partial<Situation> = {}, language: Language = 'en') => advices(cardLost, { answers, ...otherwise }, language).at(-1)!
const outside = { where: 'outside', reported: 'no' }
const sheetsOf = (answers: Answers) => {
  const step = cardLost.steps.at(-1)!
  return step.kind === 'advice' ? (step.advise(situation({ answers })).sheets ?? []) : []
}

describe('the call', () => {
  it('R050 comes before any question: the first screen of the service has the number', () => {
    expect(stepsAt(cardLost, {})[0]).toMatchObject({ id: 'call', kind: 'advice' })
  })

  it.each([
    ['10:00', '2026-11-21'],
    ['03:00', '2026-11-21'],
    ['23:59', '2026-12-31'],
    ['00:00', '2027-01-01'],
  ])('R050 R051 R059 at %s on %s a line answers in each language, and beside it the Japanese one with the sentence to read out', (time, day) => {
    expect(call('ja', time, day).lines[0]).toBe('0120-95-0178 open')
    for (const language of ['en', 'zh-Hant'] as const) {
      const { lines, blocks } = call(language, time, day)
      expect(lines.slice(0, 2)).toEqual(['0120-0178-27 open', '0120-95-0178 open'])
      expect(blocks[2]).toMatchObject({ kind: 'sentence', language: 'ja' })
    }
    expect(call('ja', time, day).blocks.some(({ kind }) => kind === 'sentence')).toBe(false)
  })

  const words: Readonly<Record<Language, readonly RegExp[]>> = {
    ja: [/すぐ無料電話で利用を止めて/, /24時間365日/, /署名用電子証明書は失効/],
    en: [/call the free line at once and have the card suspended/, /at any time, day and night/, /signature certificate .* ends with it/],
    'zh-Hant': [/立即撥打免費電話停用（日本）/, /24小時、全年無休/, /簽名用電子證明書 .*失效/],
  }
  it.each(languages)('R050 R051 says in %s that it is free and at any time, and that the signature certificate ends', (language) => {
    for (const pattern of words[language]) expect(call(language, '03:00').text).toMatch(pattern)
  })
})

describe('after the call', () => {
  const order: Readonly<Record<Language, RegExp>> = {
    ja: /すぐ交番や警察署に遺失届を出し、受理番号[^]*すぐ市区町村の窓口で紛失を届け/,
    en: /Report it at once at a police box 交番, and write down the number[^]*Report the loss at once at the counter of your municipality/,
    'zh-Hant': /立即到派出所 交番 報案，記下受理編號[^]*到市區町村窗口申報遺失/,
  }

  it.each(languages)('R048 R049 leads in %s to the police, then to the municipality, each with a sheet', (language) => {
    expect(next(outside, {}, language).text).toMatch(order[language])
    expect(sheetsOf(outside).map(({ id }) => id)).toEqual(['police', 'counter'])
  })

  it('R049 needs no police for a card lost at home, and the certificate of the fire after one', () => {
    expect(next({ where: 'home', reported: 'no' })).toMatchObject({ title: 'Now report it to your municipality' })
    expect(next({ where: 'home', reported: 'no' }).text).not.toMatch(/Report it at once at a police box/)
    expect(next({ where: 'fire', reported: 'no' }).text).toContain('罹災証明書')
    expect(sheetsOf({ where: 'home' }).map(({ id }) => id)).toEqual(['counter'])
  })

  it('R048 R049 the sheets are in Japanese beside, blank where it is personal, and have no place for the Individual Number', () => {
    for (const { native, blocks, draft } of [...sheetsOf(outside), ...sheetsOf({ where: 'home' })]) {
      expect([native, draft]).toEqual(['ja', true])
      expect(blocks.some(({ kind }) => kind === 'sentence')).toBe(true)
      const blanks = blocks.flatMap((block) => (block.kind === 'blank' ? [block.label.key.split('.').at(-1)] : []))
      expect(blanks).toContain('name')
      expect(blanks).not.toContain('number')
      expect(textsIn(blocks).some(({ key }) => key === 'jp-card-lost.sheet.no-number')).toBe(true)
    }
    expect(wordsMissing(sheetsOf(outside))).toEqual([])
    expect(wordsMissing(['home', 'fire'].flatMap((where) => sheetsOf({ where })))).toEqual([])
  })

  it('the express issue counts the day of the report: safe 2026-12-19, last the Monday after it, then over', () => {
    const reported = { where: 'outside', reported: 'yes', 'reported-on': '2026-11-20' }
    const days = 'To be safe, until: 2026-12-19\nAt the latest: 2026-12-21'
    expect(next(reported, { today: '2026-12-19' }).text).toContain(days)
    expect(next(reported, { today: '2026-12-21' }).text).toContain(days)
    expect(next(reported, { today: '2026-12-19' }).text).not.toContain('[2026-12-19]')
    const late = next(reported, { today: '2026-12-22' }).text
    expect(late).toContain('The time for the express issue is over')
    expect(late).not.toContain('2026-12-19')
  })

  it('not yet reported, the days are those of a report today, for the calendar too', () => {
    const { text } = next(outside, { today: '2026-11-20' })
    expect(text).toContain('If you report the loss today, that is:\nTo be safe, until: 2026-12-19')
    expect(text).toContain('[2026-12-19] Last safe day for the express issue')
  })

  it('an answer that was changed does not count', () => {
    expect(next({ where: 'outside', reported: 'no', 'reported-on': '2026-01-01' }, { today: '2026-11-20' }).text).toContain('2026-12-19')
  })

  it('both prices are the rulebook’s, and change with it', () => {
    expect(next(outside).text).toMatch(/2000 yen, 1800 without[^]*1000 yen, 800 without/)
    const dearer = JSON.parse(JSON.stringify(builtInContent).replace('"fee":1000,"withoutCertificate":800', '"fee":1100,"withoutCertificate":900')) as unknown
    const read = readRulebook(dearer)
    if (!read.ok) throw new Error('no rulebook')
    expect(next(outside, { rulebook: read.rulebook }).text).toContain('1100 yen, 900 without')
  })

  it('says where it stands and when that was looked at', () => {
    expect(next(outside).lines.filter((line) => line.startsWith('Checked on'))).toHaveLength(2)
  })
})

describe('a card that was found again', () => {
  it('is released in person only, and nothing further is asked', () => {
    expect(stepsAt(cardLost, { answers: { where: 'found' } }).map(({ id }) => id)).toEqual(['call', 'where', 'next'])
    const { title, text } = next({ where: 'found', reported: 'yes', 'reported-on': '2026-11-20' })
    expect(title).toContain('in person only')
    expect(text).toContain('new signature certificate')
    expect(text).not.toMatch(/express|police/)
    expect(sheetsOf({ where: 'found' })).toEqual([])
  })
})
