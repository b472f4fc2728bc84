import { describe, expect, test } from 'vitest'
import type { Era } from '../../../main/contract/date.ts'
import { readEnteredDate } from '../../../main/rulebook/entered-date.ts'

const read = (era: Era, year: number, month: number, day: number) => {
  const reading = readEnteredDate(era, { year, month, day })
  return reading.ok ? [reading.date, reading.warning] : reading.error.code
}

describe('a day as it was entered', () => {
  test.each<[Era, number, number, number, readonly [string, string | null]]>([
    ['western', 2024, 2, 29, ['2024-02-29', null]],
    ['roc', 1, 1, 1, ['1912-01-01', null]],
    ['roc', 73, 1, 1, ['1984-01-01', null]],
    ['roc', 113, 2, 29, ['2024-02-29', null]],
    ['reiwa', 8, 11, 22, ['2026-11-22', null]],
    ['heisei', 33, 1, 1, ['2021-01-01', 'past-era-end']],
  ])('%s %i-%i-%i is a day', (era, year, month, day, expected) => {
    expect(read(era, year, month, day)).toEqual(expected)
  })

  test.each<[Era, number, number, number, string]>([
    ['western', 2023, 2, 29, 'not-a-day'],
    ['western', 0, 1, 1, 'not-a-day'],
    ['roc', 0, 1, 1, 'not-a-year'],
    ['roc', 9999, 1, 1, 'not-a-year'],
    ['roc', 112, 2, 29, 'not-a-day'],
    ['roc', 115, 13, 1, 'not-a-day'],
    ['showa', 1, 1, 1, 'before-era'],
  ])('%s %i-%i-%i is none: %s', (era, year, month, day, code) => {
    expect(read(era, year, month, day)).toBe(code)
  })
})
