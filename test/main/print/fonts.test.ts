import { describe, expect, test } from 'vitest'
import { languages, type Language } from '../../../main/contract/language.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import { cssFont, loadCanvas, makeCanvas, weights, type Weight } from '../../../main/print/canvas.ts'

const canvas = makeCanvas(64, 64).context

/** The dots of one character, as text to compare. */
function dots(character: string, language: Language, weight: Weight): string {
  canvas.fillStyle = '#fff'
  canvas.fillRect(0, 0, 64, 64)
  canvas.fillStyle = '#000'
  canvas.font = cssFont({ language, size: 40, weight })
  canvas.fillText(character, 8, 48)
  return Buffer.from(canvas.getImageData(0, 0, 64, 64).data).toString('base64')
}

/** A character that no font has: its picture is the empty box. */
const unknown = '\u{10fffd}'

describe.each(languages)('%s', (language) => {
  test.each(weights)('every character of every message is drawn with an embedded font at weight %i, none as an empty box', (weight) => {
    const characters = new Set(Object.values(catalogueOf(language)).flatMap((message) => [...message]))
    for (const common of '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ-abcdefghijklmnopqrstuvwxyz.,:;()[]/+&\'"¥¢€ōūé’“”…–—') characters.add(common)
    const box = dots(unknown, language, weight)
    const empty = dots(' ', language, weight)
    const missing = [...characters].filter((character) => character.trim() !== '' && [box, empty].includes(dots(character, language, weight)))
    expect(missing).toEqual([])
  })
})

test('fonts of the system are not used: a script that only they have is an empty box', () => {
  expect(loadCanvas().GlobalFonts.families.map(({ family }) => family).filter((family) => !/^(?:Slip |Noto Sans)/.test(family))).toEqual([])
  for (const character of 'Աაක') expect(dots(character, 'en', 400)).toBe(dots(unknown, 'en', 400))
})

test('Chinese and Japanese forms of a character are those of the language', () => {
  expect(dots('骨', 'zh-Hant', 400)).not.toBe(dots('骨', 'ja', 400))
  expect(dots('直', 'zh-Hant', 400)).not.toBe(dots('直', 'ja', 400))
})

test('both weights are there', () => {
  for (const language of languages) expect(dots('受', language, 700)).not.toBe(dots('受', language, 400))
})
