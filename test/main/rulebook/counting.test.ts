import { describe, expect, test } from 'vitest'
import { addDays, addMonths, addYears, daysBetween, weekday } from '../../../main/rulebook/civil-date.ts'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import { dayKind, knowsHolidays, officeDays } from '../../../main/rulebook/closed-days.ts'
import { endOfMonths, endOfYears, lastDayAfter, lastDayFrom, nextOpenDay, standing, windowBeforeExpiry, workingDaysAfter } from '../../../main/rulebook/counting.ts'

const isJapaneseOfficeDay = officeDays(builtInRulebook, 'JP')
const isTaiwaneseOfficeDay = officeDays(builtInRulebook, 'TW')

describe('counting', () => {
  test('R132 a certificate that expires on 2014-10-01 can be renewed online from 2014-08-02: 61 days, both ends inside', () => {
    const { from, to } = windowBeforeExpiry('2014-10-01', 60)
    expect([from, to]).toEqual(['2014-08-02', '2014-10-01'])
    expect(daysBetween(from, to) + 1).toBe(61)
  })

  test('R124 the window opens 60 days before the expiry, over leap days and year ends', () => {
    expect(windowBeforeExpiry('2024-02-29', 60).from).toBe('2023-12-31')
    expect(windowBeforeExpiry('2025-02-28', 60).from).toBe('2024-12-30')
    expect(windowBeforeExpiry('2024-03-31', 60).from).toBe('2024-01-31')
  })

  test('R124 three years after the expiry: calendar and civil codes agree except for 28 February before a leap year', () => {
    expect(endOfYears('2014-10-01', 3)).toEqual({ safe: '2017-10-01', last: '2017-10-01' })
    expect(endOfYears('2024-02-29', 3)).toEqual({ safe: '2027-02-28', last: '2027-02-28' })
    expect(endOfYears('2025-02-28', 3)).toEqual({ safe: '2028-02-28', last: '2028-02-29' })
    expect(endOfYears('2023-02-28', 1)).toEqual({ safe: '2024-02-28', last: '2024-02-29' })
    expect(endOfYears('2024-02-28', 1)).toEqual({ safe: '2025-02-28', last: '2025-02-28' })
  })

  test('R127 the new expiry is the same calendar day three years later', () => {
    expect(addYears('2014-10-01', 3)).toBe('2017-10-01')
  })

  test('R079 an order of Monday 2026-11-23: pay safely until 12-07, at the latest on 12-08', () => {
    expect(weekday('2026-11-23')).toBe(1)
    expect(lastDayFrom('2026-11-23', 15)).toBe('2026-12-07')
    expect(lastDayAfter('2026-11-23', 15)).toBe('2026-12-08')
  })

  test('R087 paid on Friday 2026-11-27, 7 to 10 working days later: 12-08 to 12-11', () => {
    expect(workingDaysAfter('2026-11-27', 7, isTaiwaneseOfficeDay)).toBe('2026-12-08')
    expect(workingDaysAfter('2026-11-27', 10, isTaiwaneseOfficeDay)).toBe('2026-12-11')
  })

  test('R033 fourteen days after a move; a last day on which counters are closed moves to the next open one', () => {
    expect(nextOpenDay(lastDayAfter('2026-11-20', 14), isJapaneseOfficeDay)).toBe('2026-12-04')
    expect(lastDayAfter('2026-12-15', 14)).toBe('2026-12-29')
    expect(nextOpenDay('2026-12-29', isJapaneseOfficeDay)).toBe('2027-01-04')
  })

  test('「起算」 counts the day itself: 90 days of continued use, 30 days of express issue', () => {
    expect(lastDayFrom('2026-11-20', 90)).toBe('2027-02-17')
    expect(lastDayFrom('2026-11-20', 30)).toBe('2026-12-19')
  })

  test('R036 a photo within six months, to the day', () => {
    expect(addMonths('2026-08-31', -6)).toBe('2026-02-28')
    expect(addMonths('2024-08-31', -6)).toBe('2024-02-29')
  })
})

describe('ends of periods', () => {
  test('months counted by the civil codes end with the month where the calendar day would not', () => {
    expect(endOfMonths('2026-11-21', 2)).toEqual({ safe: '2027-01-21', last: '2027-01-21' })
    expect(endOfMonths('2027-02-28', 2)).toEqual({ safe: '2027-04-28', last: '2027-04-30' })
    expect(endOfMonths('2026-12-31', 2)).toEqual({ safe: '2027-02-28', last: '2027-02-28' })
    expect(endOfMonths('2026-12-30', 2)).toEqual({ safe: '2027-02-28', last: '2027-02-28' })
  })

  test('in time until the safe day, "ask" until the last one, then late', () => {
    const grey = { safe: '2028-02-28', last: '2028-02-29' }
    expect(['2028-02-28', '2028-02-29', '2028-03-01'].map((day) => standing(grey, day))).toEqual(['in-time', 'ask', 'late'])
  })
})

describe('Taiwanese holidays', () => {
  test('2026 as the government has listed them: 120 days off with the weekends, and no Saturday that is worked on', () => {
    const days = Array.from({ length: 365 }, (_, index) => addDays('2026-01-01', index))
    expect(days.filter((day) => !isTaiwaneseOfficeDay(day))).toHaveLength(120)
    const lunarNewYear = days.filter((day) => day >= '2026-02-14' && day <= '2026-02-22')
    expect(lunarNewYear.filter((day) => isTaiwaneseOfficeDay(day))).toEqual([])
    expect(['2026-02-13', '2026-02-23'].filter((day) => isTaiwaneseOfficeDay(day))).toHaveLength(2)
  })

  test('a Saturday that is worked on to make up for another day is an office day', () => {
    const { TW, JP } = builtInRulebook.closedDays
    const book = { ...builtInRulebook, closedDays: { JP, TW: { ...TW, workingWeekendDays: { '2026-06-13': '補行上班' } } } }
    expect(dayKind(book, 'TW', '2026-06-13')).toBe('office-day')
    expect(dayKind(book, 'JP', '2026-06-13')).toBe('weekend')
  })

  test('what lies outside of the tables is known to be unknown', () => {
    expect(['2025-12-31', '2026-01-01', '2027-12-31', '2028-01-01'].map((day) => knowsHolidays(builtInRulebook, 'TW', day))).toEqual([false, true, true, false])
  })
})

describe('Japanese holidays', () => {
  const days: Readonly<Record<string, string>> = builtInRulebook.closedDays.JP.holidays
  const sunday = 0
  const monday = 1

  test('16 named holidays each year, the moving ones on Mondays', () => {
    for (const year of ['2026', '2027']) {
      const named = Object.entries(days).filter(([date, name]) => date.startsWith(year) && name !== '休日')
      expect(named).toHaveLength(16)
      const moving = named.filter(([, name]) => ['成人の日', '海の日', '敬老の日', 'スポーツの日'].includes(name))
      expect(moving.map(([date]) => weekday(date))).toEqual([monday, monday, monday, monday])
    }
  })

  test('a holiday on a Sunday has its substitute on the next day that is none; a day between two holidays is off', () => {
    expect(Object.keys(days).filter((date) => weekday(date) === sunday)).toEqual(['2026-05-03', '2027-03-21'])
    expect(Object.keys(days).filter((date) => days[date] === '休日')).toEqual(['2026-05-06', '2026-09-22', '2027-03-22'])
  })

  test('counters are closed on weekends, holidays and from 29 December to 3 January', () => {
    const closed = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-12-29', '2026-12-31', '2027-01-01', '2027-01-03']
    expect(closed.filter((day) => isJapaneseOfficeDay(day))).toEqual([])
    const open = ['2026-11-20', '2026-11-24', '2026-12-28', '2027-01-04']
    expect(open.filter((day) => isJapaneseOfficeDay(day))).toEqual(open)
  })
})
