import { expect, test } from 'vitest'
import { text } from '../../../main/contract/text.ts'
import { formatText } from '../../../main/i18n/format.ts'

const catalogue = {
  plain: 'Take the slip.',
  money: '{amount, number} yen',
  plural: '{count, plural, one {# coin} other {# coins}}',
  markup: 'a < b and <b>{name}</b>',
  broken: '{unfinished',
}

test('messages take their values as ICU says', () => {
  expect(formatText(catalogue, 'en', text('plain'))).toBe('Take the slip.')
  expect(formatText(catalogue, 'en', text('money', { amount: 1200 }))).toBe('1,200 yen')
  expect(formatText(catalogue, 'en', text('plural', { count: 1 }))).toBe('1 coin')
  expect(formatText(catalogue, 'en', text('plural', { count: 3 }))).toBe('3 coins')
})

test('what looks like markup is words, in messages and in values', () => {
  expect(formatText(catalogue, 'en', text('markup', { name: '<img src=x>{{7*7}}' }))).toBe('a < b and <b><img src=x>{{7*7}}</b>')
})

test('a missing key, a missing value and a broken message cost one sentence, not the slip', () => {
  for (const key of ['absent', 'money', 'broken', 'constructor', '__proto__']) expect(formatText(catalogue, 'en', text(key))).toBe(`⟦${key}⟧`)
})
