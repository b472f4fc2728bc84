import { describe, expect, test } from 'vitest'
import {
  addDays, addMonths, addYears, ageOn, civilDateAt, compareDates, dayOfAge, daysBetween, epochAt, isCivilDate, timeOfDayAt, weekday,
} from '../../../main/rulebook/civil-date.ts'

const dayMs = 86_400_000

/** The platform's calendar as an independent witness. */
const witness = (days: number) => new Date(days * dayMs)

describe('civil dates', () => {
  test('agree with the platform on every day from 1868 to 2100: text, next day, weekday', () => {
    const first = Date.UTC(1868, 0, 1) / dayMs
    const last = Date.UTC(2100, 11, 31) / dayMs
    const wrong: string[] = []
    for (let days = first, date = '1868-01-01'; days <= last; days += 1, date = addDays(date, 1)) {
      const other = witness(days)
      if (other.toISOString().slice(0, 10) !== date || other.getUTCDay() !== weekday(date) || !isCivilDate(date)) wrong.push(date)
    }
    expect(wrong).toEqual([])
    expect(daysBetween('1868-01-01', '2100-12-31')).toBe(last - first)
    expect(addDays('2100-12-31', first - last)).toBe('1868-01-01')
  })

  test.each([
    '2026-02-00', '2026-02-29', '2026-02-31', '2026-04-31', '2026-13-01', '2026-00-10', '1900-02-29', '0000-01-01',
    '2026-2-01', '26-02-01', '2026-02-01 ', ' 2026-02-01', '2026-02-01\n', '２０２６-02-01', '2026/02/01', '', 'today',
  ])('%j is not a day', (text) => {
    expect(isCivilDate(text)).toBe(false)
  })

  test.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
    expect(isCivilDate(text)).toBe(true)
  })

  test('months and years clamp to the last day of the month, forward and back', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-11-21', 1)).toBe('2026-12-21')
    expect(addMonths('2026-12-31', 2)).toBe('2027-02-28')
    expect(addMonths('2026-01-31', -1)).toBe('2025-12-31')
    expect(addMonths('2026-03-31', -13)).toBe('2025-02-28')
    expect(addYears('2024-02-29', 3)).toBe('2027-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
    expect(addYears('2024-02-29', -1)).toBe('2023-02-28')
  })

  test('order', () => {
    expect(['2026-10-01', '2025-12-31', '2026-09-30'].sort(compareDates)).toEqual(['2025-12-31', '2026-09-30', '2026-10-01'])
    expect(compareDates('2026-10-01', '2026-10-01')).toBe(0)
  })

  test('the zone belongs to the rule: at 00:30 in Tokyo it is the day before in Taipei', () => {
    const moment = Date.UTC(2026, 10, 20, 15, 30)
    expect(civilDateAt(moment, 'Asia/Tokyo')).toBe('2026-11-21')
    expect(timeOfDayAt(moment, 'Asia/Tokyo')).toBe('00:30:00')
    expect(civilDateAt(moment, 'Asia/Taipei')).toBe('2026-11-20')
    expect(timeOfDayAt(moment, 'Asia/Taipei')).toBe('23:30:00')
  })

  test.each(['Asia/Tokyo', 'Asia/Taipei'] as const)('%s agrees with the platform around the clock, before 1970 too', (timeZone) => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    for (const start of [Date.UTC(2026, 11, 31), Date.UTC(1965, 5, 1)])
      for (let moment = start; moment < start + 2 * dayMs; moment += 977_001) {
        expect(`${civilDateAt(moment, timeZone)} ${timeOfDayAt(moment, timeZone)}`).toBe(format.format(moment))
        expect(epochAt(civilDateAt(moment, timeZone), timeOfDayAt(moment, timeZone), timeZone)).toBe(Math.floor(moment / 1000) * 1000)
      }
  })

  test('who was born on 29 February turns 18 on 1 March of a common year', () => {
    expect(dayOfAge('2008-02-29', 18)).toBe('2026-03-01')
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17)
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18)
    expect(dayOfAge('2008-02-29', 16)).toBe('2024-02-29')
    expect(ageOn('2008-02-29', '2024-02-29')).toBe(16)
  })

  test('age is counted in completed years, negative before birth', () => {
    expect(ageOn('2011-11-22', '2026-11-21')).toBe(14)
    expect(ageOn('2011-11-21', '2026-11-21')).toBe(15)
    expect(ageOn('2025-11-22', '2026-11-21')).toBe(0)
    expect(ageOn('1895-11-21', '2026-11-21')).toBe(131)
    expect(ageOn('2026-11-22', '2026-11-21')).toBe(-1)
  })
})
