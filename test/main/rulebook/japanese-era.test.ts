import { describe, expect, test } from 'vitest'
import { addDays } from '../../../main/rulebook/civil-date.ts'
import { eraNames, eraParts, toEra, toWestern, type EraErrorCode, type JapaneseEra } from '../../../main/rulebook/japanese-era.ts'

const western = (era: JapaneseEra, year: number, month: number, day: number) => toWestern({ era, year, month, day })

describe('Japanese eras', () => {
  test.each<[JapaneseEra, number, number, number, string]>([
    ['meiji', 6, 1, 1, '1873-01-01'],
    ['meiji', 45, 7, 30, '1912-07-30'],
    ['taisho', 1, 7, 30, '1912-07-30'],
    ['taisho', 15, 12, 25, '1926-12-25'],
    ['showa', 1, 12, 25, '1926-12-25'],
    ['showa', 64, 1, 7, '1989-01-07'],
    ['heisei', 1, 1, 8, '1989-01-08'],
    ['heisei', 1, 3, 31, '1989-03-31'],
    ['heisei', 31, 4, 30, '2019-04-30'],
    ['reiwa', 1, 5, 1, '2019-05-01'],
    ['reiwa', 8, 11, 21, '2026-11-21'],
    ['heisei', 12, 2, 29, '2000-02-29'],
  ])('%s %i-%i-%i is %s; change days belong to both eras', (era, year, month, day, date) => {
    expect(western(era, year, month, day)).toEqual({ ok: true, date, warning: null })
  })

  test.each<[JapaneseEra, number, number, number, string]>([
    ['heisei', 33, 3, 31, '2021-03-31'],
    ['heisei', 31, 5, 1, '2019-05-01'],
    ['showa', 64, 1, 8, '1989-01-08'],
    ['showa', 100, 1, 1, '2025-01-01'],
    ['taisho', 15, 12, 26, '1926-12-26'],
    ['meiji', 45, 7, 31, '1912-07-31'],
  ])('%s %i-%i-%i, past the end of the era, is %s with a warning and not refused', (era, year, month, day, date) => {
    expect(western(era, year, month, day)).toEqual({ ok: true, date, warning: 'past-era-end' })
  })

  test.each<[JapaneseEra, number, number, number, EraErrorCode]>([
    ['heisei', 0, 1, 1, 'not-a-year'],
    ['heisei', -1, 1, 1, 'not-a-year'],
    ['heisei', 1.5, 1, 1, 'not-a-year'],
    ['reiwa', 9000, 1, 1, 'not-a-year'],
    ['heisei', 2, 2, 0, 'not-a-day'],
    ['heisei', 2, 2, 31, 'not-a-day'],
    ['heisei', 2, 2, 29, 'not-a-day'],
    ['heisei', 2, 0, 1, 'not-a-day'],
    ['heisei', 2, 13, 1, 'not-a-day'],
    ['heisei', 1, 1, 7, 'before-era'],
    ['showa', 1, 12, 24, 'before-era'],
    ['reiwa', 1, 4, 30, 'before-era'],
    ['meiji', 5, 12, 31, 'before-era'],
  ])('%s %d-%i-%i is refused: %s', (era, year, month, day, code) => {
    expect(western(era, year, month, day)).toEqual({ ok: false, error: { code } })
  })

  test('every day since 1873 comes back from its era without a warning', () => {
    for (let date = '1873-01-01'; date < '2030-01-01'; date = addDays(date, 1)) {
      const era = toEra(date)
      if (!era) throw new Error(`${date} has no era`)
      const reading = toWestern(era)
      if (!reading.ok || reading.date !== date || reading.warning !== null) throw new Error(`${date} came back as ${JSON.stringify(reading)}`)
    }
    expect(toEra('1872-12-31')).toBeNull()
    expect(toEra('1926-12-25')).toEqual({ era: 'showa', year: 1, month: 12, day: 25 })
  })

  test('a birth date is written as on the card: 平成元年3月31日', () => {
    const { name, year, month, day } = eraParts(toEra('1989-03-31')!)
    expect(`${name}${year}年${month}月${day}日`).toBe('平成元年3月31日')
    expect(eraParts(toEra('1990-03-31')!).year).toBe('2')
    expect(eraNames.reiwa).toEqual({ ja: '令和', latin: 'Reiwa', initial: 'R' })
  })

  test('agrees with the platform on era and year of 1 January of each year from 1927', () => {
    const format = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { era: 'long', year: 'numeric', timeZone: 'UTC' })
    for (let year = 1927; year <= 2030; year += 1) {
      const { name, year: eraYear } = eraParts(toEra(`${year}-01-01`)!)
      expect(`${name}${eraYear}年`).toBe(format.format(Date.UTC(year, 0, 1)))
    }
  })
})
