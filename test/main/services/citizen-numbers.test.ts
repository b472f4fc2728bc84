import { describe, expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import type { Read, Step } from '../../../main/services/service.ts'
import { citizenCertificate as service } from '../../../main/services/tw-citizen-certificate/service.ts'
import { situation } from '../../support/situation.ts'

const field = (id: string): Extract<Step, { kind: 'field' }> => {
  const step = service.steps.find((each) => each.id === id)
  if (step?.kind !== 'field') throw new Error(`${id} is no field`)
  return step
}
const reader = (id: string) => (entered: string): Read => field(id).read(entered, situation({ today: '2026-11-22' }))
const problemOf = (read: Read) => (read.ok ? 'none' : read.problem.key.replace(/^.*\.problem\./, ''))
const identity = reader('identity-number')
const card = reader('card-number')

/** 12 digits in a row, whatever they are written in and whatever stands between them. */
const disguises = [
  '123456789018', '1234 5678 9012', '1234-5678-9018', '１２３４５６７８９０１８', '一二三四五六七八九〇一八', '١٢٣٤٥٦٧٨٩٠١٨', '๑๒๓๔๕๖๗๘๙๐๑๘', '1234\u200f5678\u202e9018', '1.2.3.4.5.6.7.8.9.0.1.8',
]
/** What nobody means to enter; a name of what it is, and the thing. */
const nonsense: readonly (readonly [string, string])[] = [
  ['nothing', ''], ['spaces', '   '], ['very long', 'A1'.repeat(5000)], ['Chinese', '王小明的身分證字號嗎'], ['Arabic', 'ابتثجحخدذر'], ['emoji', '🙂🙂🙂🙂🙂'], ['a lone surrogate', 'A12345678\ud83d'],
  ['a hundred marks', `A12345678${'\u0301'.repeat(100)}`], ['a script', '<script>al'], ['SQL', "'OR'1'='1'"], ['a mark that turns the writing', 'A12345\u202e6789'], ['a null character', 'A12345678\u0000'],
  ['braces of a message', '{number}{a'], ['Cyrillic А', 'А123456789'], ['Arabic digits', 'A١٢٣٤٥٦٧٨٩'],
]

describe('the number of an identity card, as typed', () => {
  test('wide or small, with spaces or dashes, becomes one way of writing', () => {
    for (const way of ['A123456789', 'a123456789', ' ａ1２3 456789 ', 'A1-2345-6789', 'A1\u00a02345\u20036789']) expect(identity(way)).toEqual({ ok: true, value: 'A123456789' })
  })

  test.each(['A12345678', 'B28765432', 'Z10000000', 'I23456789'])('of the ten that begin with %s exactly one is right', (beginning) => {
    const problems = Array.from({ length: 10 }, (_, digit) => problemOf(identity(`${beginning}${digit}`)))
    expect(problems.filter((problem) => problem === 'none')).toHaveLength(1)
    expect(problems.filter((problem) => problem === 'check-digit')).toHaveLength(9)
  })

  test.each([
    ['one short', 'A12345678', 'length'],
    ['one long', 'A1234567890', 'length'],
    ['a wrong check digit', 'A123456788', 'check-digit'],
    ['two neighbours swapped', 'A124356789', 'check-digit'],
    ['neither 1 nor 2', 'A323456789', 'form'],
    ['no letter', '1123456789', 'form'],
    ['a new resident number', 'A800000014', 'resident-number'],
    ['an old resident number', 'AC01234567', 'resident-number'],
    ['a resident number with a wrong check digit', 'A800000015', 'form'],
  ])('%s: %s is refused', (_what, entered, reason) => {
    expect(problemOf(identity(entered))).toBe(reason)
  })
})

describe('the number of a certificate card, as typed', () => {
  test('two letters and fourteen digits, which no check digit guards', () => {
    for (const way of ['AB12345678901234', 'ab12345678901234', 'AB 1234 5678 9012 34', 'ＡＢ12345678901234']) expect(card(way)).toEqual({ ok: true, value: 'AB12345678901234' })
  })

  test('its fourteen digits are let through, also where twelve of them could be an Individual Number; nothing but its own pattern is', () => {
    expect(card('AB00123456789018')).toEqual({ ok: true, value: 'AB00123456789018' })
    const { exempt } = field('card-number')
    expect(['AB00123456789018', '00123456789018', 'AB123456789018', 'ABC23456789012345', 'AB00123456789018 123456789018'].map((entered) => exempt?.test(entered))).toEqual([true, false, false, false, false])
  })

  test.each([
    ['one short', 'AB1234567890123', 'length'],
    ['one long', 'AB123456789012345', 'length'],
    ['one letter', 'A112345678901234', 'form'],
    ['three letters', 'ABC2345678901234', 'form'],
    ['twelve digits', 'AB123456789012', 'individual-number'],
  ])('%s: %s is refused', (_what, entered, reason) => {
    expect(problemOf(card(entered))).toBe(reason)
  })
})

describe.each([['identity-number', identity], ['card-number', card]] as const)('the field %s', (id, read) => {
  test.each(nonsense)('refuses %s', (_what, entered) => {
    expect(['length', 'form']).toContain(problemOf(read(entered)))
  })

  test.each(disguises)('tells 12 digits in the disguise %j as the number that is not needed', (entered) => {
    expect(problemOf(read(entered))).toBe('individual-number')
  })

  test('is secret, can be passed over, and repeats nothing of what was wrong, in no language', () => {
    expect(field(id)).toMatchObject({ secret: true, optional: true })
    for (const wrong of ['A123456788', '123456789018', '<script>al']) {
      const refused = read(wrong)
      expect(refused).toEqual({ ok: false, problem: { key: expect.any(String) } })
      for (const language of languages) expect(catalogueOf(language)[refused.ok ? '' : refused.problem.key]).toMatch(/\S/)
    }
  })
})

describe('the days that can be entered', () => {
  const range = (id: string, today: string) => {
    const step = service.steps.find((each) => each.id === id)
    return step?.kind === 'date' ? step.range(today) : null
  }

  test('no birth in the future or more than 130 years ago, no issue in the future, no expiry that no certificate can have', () => {
    expect(range('birth', '2026-11-20')).toEqual({ from: '1895-11-21', to: '2026-11-20' })
    expect(range('issued', '2026-11-20')).toMatchObject({ to: '2026-11-20' })
    expect(range('expiry', '2024-02-29')).toMatchObject({ to: '2032-02-29' })
  })

  test('by the years of the Republic or the Western ones', () => {
    const eras = service.steps.flatMap((step) => (step.kind === 'date' ? [[...step.eras].toSorted().join()] : []))
    expect(new Set(eras)).toEqual(new Set(['roc,western']))
  })
})
