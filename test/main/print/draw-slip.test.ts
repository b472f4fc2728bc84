import { describe, expect, test } from 'vitest'
import { languages, type Catalogue, type Language } from '../../../main/contract/language.ts'
import type { Slip } from '../../../main/contract/slip.ts'
import { text } from '../../../main/contract/text.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import { drawSlip, type SlipPicture, type SlipSetting } from '../../../main/print/draw-slip.ts'
import { receipt, setting, stop } from './samples.ts'
import { fastest } from '../../support/fastest.ts'

const blackAt = (picture: SlipPicture, x: number, y: number) =>
  ((picture.raster[y * Math.ceil(picture.widthDots / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
const count = (length: number, black: (index: number) => boolean) => Array.from({ length }, (_, index) => black(index)).filter(Boolean).length
const blackInRow = (picture: SlipPicture, y: number) => count(picture.widthDots, (x) => blackAt(picture, x, y))
const blackInColumn = (picture: SlipPicture, x: number) => count(picture.heightDots, (y) => blackAt(picture, x, y))

/** The slip, and the keys whose words it asked for by language. */
function drawn(slip: Slip, changes: Partial<SlipSetting> = {}) {
  const asked: Record<Language, Set<string>> = { ja: new Set(), en: new Set(), 'zh-Hant': new Set() }
  const catalogues = (language: Language): Catalogue =>
    new Proxy(catalogueOf(language), {
      get(target, key) {
        asked[language].add(String(key))
        return target[String(key)]
      },
    })
  return { picture: drawSlip(slip, setting({ catalogues, ...changes })), asked }
}

describe.each(languages)('a slip in %s', (language) => {
  test('has words for everything that it says', () => {
    for (const slip of [receipt(language), stop(language)]) {
      const { asked } = drawn(slip, { demo: true, markCopy: true })
      for (const key of asked[language]) expect(catalogueOf(language)).toHaveProperty([key])
      expect(asked[language].size).toBeGreaterThan(8)
    }
  })

  test('has the Japanese original of each sentence beside it', () => {
    const { asked } = drawn(receipt(language))
    expect([...asked[language]].filter((key) => !asked.ja.has(key) && key !== 'slip.operator-phone')).toEqual([])
  })

  test('names the owner of the trademark exactly when a QR code is on it (R016)', () => {
    expect(drawn(receipt(language)).asked[language]).toContain('slip.trademark')
    expect(drawn(stop(language)).asked[language]).not.toContain('slip.trademark')
    expect(catalogueOf(language)['slip.trademark']).toMatch(/DENSO WAVE|デンソーウェーブ/)
  })

  test('says who runs the booth, that it is no government machine, whom to call, and which booth it is', () => {
    for (const key of ['slip.operator', 'slip.operator-phone', 'slip.at-booth']) expect(drawn(stop(language)).asked[language]).toContain(key)
    expect(catalogueOf(language)['slip.operator']).toMatch(/government|役所|政府/)
  })

  test.each([576, 384, 832])('keeps its margins on %i dots: nothing touches the edges', (widthDots) => {
    const { picture } = drawn(receipt(language), { widthDots, operator: { name: 'W'.repeat(60), phone: '+81 3 0000 0000' } })
    expect(picture.raster.length).toBe(Math.ceil(widthDots / 8) * picture.heightDots)
    for (const x of [0, 1, 2, 3, 4, 5, 6, 7]) {
      expect(blackInColumn(picture, x)).toBe(0)
      expect(blackInColumn(picture, widthDots - 1 - x)).toBe(0)
    }
  })

  test('in a demonstration begins and ends with a black ribbon, and otherwise does not', () => {
    const { picture } = drawn(receipt(language), { demo: true })
    for (const y of [0, 4, picture.heightDots - 1, picture.heightDots - 4]) expect(blackInRow(picture, y)).toBe(576)
    expect(blackInRow(drawn(receipt(language)).picture, 0)).toBe(0)
  })

  test('printed a second time is marked COPY (F48)', () => {
    const marked = drawn(receipt(language), { markCopy: true })
    expect(marked.asked[language]).toContain('slip.copy')
    expect(catalogueOf(language)['slip.copy']).toContain('COPY')
    expect(marked.picture.heightDots).toBeGreaterThan(drawn(receipt(language)).picture.heightDots + 60)
    expect(drawn(receipt(language)).asked[language]).not.toContain('slip.copy')
  })

  test('is drawn within 150 ms once the fonts are loaded', () => {
    drawSlip(receipt(language), setting())
    expect(fastest(8, () => void drawSlip(receipt(language), setting()))).toBeLessThan(150)
  })
})

test('the same slip is the same dots each time', () => {
  expect(drawSlip(receipt('zh-Hant'), setting())).toEqual(drawSlip(receipt('zh-Hant'), setting()))
})

test('a number that is too wide gets smaller type, never a cut', () => {
  for (const value of ['2026-1234-5678-9012', '2026-1234-5678-9012-3456-7890-1234']) {
    const { picture } = drawn({ kind: 'claim', language: 'en', blocks: [{ kind: 'number', label: text('slip.number'), value }] })
    expect(blackInColumn(picture, 570)).toBe(0)
  }
})

test('a sentence that the catalogues lack is shown by its key, and the slip is drawn', () => {
  const { picture } = drawn({ kind: 'stop', language: 'en', blocks: [{ kind: 'paragraph', text: text('no.such.key') }] })
  expect(picture.heightDots).toBeGreaterThan(50)
})

describe('an advice on paper', () => {
  const sentence = { kind: 'sentence', text: text('jp-card-lost.call.sentence'), language: 'ja' } as const
  const line = { kind: 'line', line: { number: '0120-0178-27', language: 'en', purpose: 'suspend', open: true, until: null } } as const
  const advice = (blocks: Slip['blocks'], original?: 'ja' | 'zh-Hant'): Slip => ({ kind: 'advice', language: 'en', ...(original && { original }), blocks })
  const height = (...blocks: Slip['blocks']) => drawn(advice(blocks)).picture.heightDots

  test('R059 has the telephone number, and the sentence to read out in Japanese with its meaning', () => {
    const { asked } = drawn(advice([line, sentence]))
    expect([...asked.en]).toEqual(expect.arrayContaining(['jp-card-lost.call.sentence', 'ui.phone.suspend']))
    expect(asked.ja).toContain('jp-card-lost.call.sentence')
    expect(height(line)).toBeGreaterThan(height() + 48)
    expect(height(line, sentence)).toBeGreaterThan(height(line) + 40)
  })

  test('has the words of Taiwan’s counters beneath, where it is for them', () => {
    const paragraph = { kind: 'paragraph', text: text('rule.R073') } as const
    expect(drawn(advice([paragraph], 'zh-Hant')).asked.ja).not.toContain('rule.R073')
    expect(drawn(advice([paragraph], 'zh-Hant')).asked['zh-Hant']).toContain('rule.R073')
    expect(drawn(advice([paragraph])).asked.ja).toContain('rule.R073')
  })
})
