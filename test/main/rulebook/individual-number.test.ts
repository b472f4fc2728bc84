import { describe, expect, test } from 'vitest'
import { containsIndividualNumber, hasTwelveDigits, hasValidCheckDigit } from '../../../main/rulebook/individual-number.ts'
import { fastest } from '../../support/fastest.ts'

const number = '123456789018'
/** The sample on the card in the ministry's pamphlet; its check digit is wrong. */
const sample = '123456789012'

const scripts: readonly (readonly [string, number])[] = [
  ['full-width', 0xff10], ['Arabic-Indic', 0x660], ['Extended Arabic-Indic', 0x6f0], ['Thai', 0xe50], ['Devanagari', 0x966], ['Bengali', 0x9e6],
  ['Gurmukhi', 0xa66], ['Gujarati', 0xae6], ['Tamil', 0xbe6], ['Khmer', 0x17e0], ['Lao', 0xed0], ['Myanmar', 0x1040], ['Tibetan', 0xf20],
  ['Mongolian', 0x1810], ['mathematical bold', 0x1d7ce], ['mathematical monospace', 0x1d7f6],
  ['Adlam', 0x1e950], ['segmented', 0x1fbf0],
]
const inScript = (digits: string, zero: number) => digits.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))

/** The check digit as the ordinance words it: from the right of the first eleven, Q = n+1 for n ≤ 6 and n−5 above. */
function checkDigit(eleven: string): number {
  const sum = [...eleven].toReversed().reduce((total, digit, index) => total + Number(digit) * (index + 1 <= 6 ? index + 2 : index - 4), 0)
  return sum % 11 <= 1 ? 0 : 11 - (sum % 11)
}

describe('the check digit', () => {
  test.each(['123456789018', '023456789013', '548836529885', '983205673214', '465281266333'])('%s is right', (digits) => {
    expect(hasValidCheckDigit(digits)).toBe(true)
  })

  test('R032 the sample of the pamphlet does not pass, the right last digit would be 8', () => {
    expect(hasValidCheckDigit(sample)).toBe(false)
    expect(hasValidCheckDigit(number)).toBe(true)
  })

  test('agrees with the wording of the ordinance on 20 000 numbers; one in ten random strings passes', () => {
    let state = 12345
    const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
    let passed = 0
    for (let round = 0; round < 20_000; round += 1) {
      const digits = Array.from({ length: 12 }, () => Math.floor(random() * 10)).join('')
      const valid = Number(digits[11]) === checkDigit(digits.slice(0, 11))
      if (hasValidCheckDigit(digits) !== valid) throw new Error(digits)
      if (valid) passed += 1
    }
    expect(passed / 20_000).toBeGreaterThan(0.09)
    expect(passed / 20_000).toBeLessThan(0.11)
  })

  test.each(['', '12345678901', '1234567890180', '１２３４５６７８９０１８', '12345678901a', '123456789018\n'])('%j is not 12 digits', (text) => {
    expect(hasValidCheckDigit(text)).toBe(false)
  })
})

describe('the guard', () => {
  test.each([number, sample, '000000000000'])('R004 %s is refused, whatever its check digit', (digits) => {
    expect(containsIndividualNumber(digits)).toBe(true)
    expect(containsIndividualNumber(`マイナンバーは${digits}です`)).toBe(true)
    expect(containsIndividualNumber(`a${digits}b`)).toBe(true)
  })

  test.each(scripts)('R004 12 digits in %s are refused, alone and mixed with ASCII', (_name, zero) => {
    expect(containsIndividualNumber(inScript(sample, zero))).toBe(true)
    expect(containsIndividualNumber(`${inScript(sample.slice(0, 6), zero)} ${sample.slice(6)}`)).toBe(true)
    expect(containsIndividualNumber(`0${inScript(number, zero)}`)).toBe(true)
    expect(containsIndividualNumber(inScript(sample.slice(1), zero))).toBe(false)
  })

  test('R004 12 digits in numerals 一二三, in circles and in emoji keys are refused', () => {
    expect(containsIndividualNumber('一二三四五六七八九〇一二')).toBe(true)
    expect(containsIndividualNumber('①②③④⑤⑥⑦⑧⑨⓪①②')).toBe(true)
    expect(containsIndividualNumber([...sample].map((digit) => `${digit}\ufe0f\u20e3`).join(''))).toBe(true)
  })

  test.each([
    ' ', '  ', '\t', '\n', '\r\n', '\u00a0', '\u3000', '\u2009', '\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u202e', '\u061c',
    '-', '--', ' - ', '‐', '‑', '‒', '–', '—', '―', '−', '－', 'ー', 'ｰ', '─', '﹣', '.', '．', '。', '・', '･', '·', '•', '…', '_',
  ])('R004 12 digits with %j between groups or between all are refused', (between) => {
    expect(containsIndividualNumber(`1234${between}5678${between}9012`)).toBe(true)
    expect(containsIndividualNumber([...sample].join(between))).toBe(true)
  })

  test('R004 a number with digits around it is refused, in one row or in groups', () => {
    expect(containsIndividualNumber(`${number}0`)).toBe(true)
    expect(containsIndividualNumber(`0${number}`)).toBe(true)
    expect(containsIndividualNumber(`${number} 2026`)).toBe(true)
    expect(containsIndividualNumber(`tel 03-1234-5678 ${sample} 2026`)).toBe(true)
    expect(containsIndividualNumber(`99999${number}99999`)).toBe(true)
  })

  test.each(['', '12345678901', '2026-11-21', '2026-11-21 09:30', '0120-95-0178', '03-1234-5678', '12,345', '4b 3F', '1234/5678/9012'])(
    '%j is let through', (text) => {
      expect(containsIndividualNumber(text)).toBe(false)
    },
  )

  test('a longer row without a right check digit inside is let through', () => {
    expect(containsIndividualNumber(`${sample}3`)).toBe(false)
    expect(containsIndividualNumber('9'.repeat(24))).toBe(false)
  })

  test('12 digits and nothing else about them: the question of the ID field', () => {
    expect(hasTwelveDigits('１２３４ ５６７８ ９０１２')).toBe(true)
    expect(hasTwelveDigits(`0${number}`)).toBe(false)
  })

  test('10 KB of any text are judged at once', () => {
    const long = [
      '1'.repeat(10_240), '9'.repeat(10_240), '1 '.repeat(5120), '12345678901 x'.repeat(800), '-'.repeat(10_240), '๑'.repeat(3413),
      '\u202e'.repeat(3413), 'e\u0301'.repeat(3413), '\u{1fbf9}'.repeat(2560), '\ufdfa'.repeat(3413),
    ]
    for (const text of long) expect(fastest(3, () => void containsIndividualNumber(text)), text.slice(0, 20)).toBeLessThan(100)
  })
})
