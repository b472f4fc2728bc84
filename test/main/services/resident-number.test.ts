import { describe, expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import { readNumber } from '../../../main/services/tw-resident-certificate/number.ts'
import { situation } from '../../support/situation.ts'

const read = (entered: string, today = '2026-11-22') => readNumber(entered, situation({ today }))
const problem = (entered: string, today?: string) => {
  const reading = read(entered, today)
  return reading.ok ? 'none' : reading.problem.key.replace('tw-resident-certificate.number.problem.', '')
}

describe('the number of a resident, as typed', () => {
  test('new and old, wide or small, with spaces or dashes, become one way of writing', () => {
    const ways = ['A800000014', 'a800000014', ' ａ８00 000014 ', 'A8-0000-0014', 'A8\u00a00000\u20030014']
    expect(ways.map((way) => read(way))).toEqual(ways.map(() => ({ ok: true, value: 'A800000014' })))
    expect(read('ac01234567')).toEqual({ ok: true, value: 'AC01234567' })
  })

  test.each([
    ['empty', '', 'length'],
    ['one short', 'A80000001', 'length'],
    ['one long', 'A8000000144', 'length'],
    ['very long', 'A8'.repeat(5000), 'length'],
    ['a wrong check digit', 'A800000015', 'check-digit'],
    ['an old one with a wrong check digit', 'AC01234568', 'check-digit'],
    ['two neighbours swapped', 'A800000104', 'check-digit'],
    ['a national identity number', 'A123456789', 'form'],
    ['no letter', '8800000014', 'form'],
    ['Chinese', '王小明的統一證號碼耶', 'form'],
    ['Arabic letters', 'ابتثجحخدذر', 'form'],
    ['Cyrillic А for Latin A', 'А800000014', 'form'],
    ['Arabic digits', 'A٨٠٠٠٠٠٠١٤', 'form'],
    ['an emoji', '🙂🙂🙂🙂🙂', 'form'],
    ['a script', '<script>', 'length'],
    ['a script of ten', '<script>al', 'form'],
    ['SQL', "' OR 1=1--", 'length'],
    ['SQL of ten', "'OR'1'='1'", 'form'],
    ['a right-to-left mark inside', 'A80000\u200f0014', 'length'],
    ['a null character', 'A80000001\u0000', 'form'],
    ['braces of a message', '{number}{a', 'form'],
  ])('%s is refused at the field', (_what, entered, reason) => {
    expect(problem(entered)).toBe(reason)
  })

  test.each([
    '123456789018', '1234 5678 9012', '1234-5678-9018', '１２３４５６７８９０１８', '一二三四五六七八九〇一八', '١٢٣٤٥٦٧٨٩٠١٨', '๑๒๓๔๕๖๗๘๙๐๑๘', '1234\u200f5678\u202e9018', '1.2.3.4.5.6.7.8.9.0.1.8',
    '1234567890180', 'A123456789018', 'number: 5488 3652 9885',
  ])('12 digits in the disguise %j are told as the number that is not needed', (entered) => {
    expect(problem(entered)).toBe('individual-number')
  })

  test('old numbers are taken until 2030-12-31, and after that the sentence says where to go', () => {
    expect([problem('AC01234567', '2030-12-31'), problem('AC01234567', '2031-01-01')]).toEqual(['none', 'no-longer'])
    expect([problem('A800000014', '2021-01-01'), problem('A800000014', '2021-01-02')]).toEqual(['not-yet', 'none'])
    expect(problem('A800000014', '2031-01-01')).toBe('none')
  })

  test('nothing of what was wrong is in the answer, in no language', () => {
    for (const wrong of ['A800000015', '123456789018', '<script>al']) {
      const reading = read(wrong)
      expect(reading).toEqual({ ok: false, problem: { key: expect.any(String) } })
      for (const language of languages) expect(catalogueOf(language)[reading.ok ? '' : reading.problem.key]).toMatch(/\S/)
    }
  })
})
