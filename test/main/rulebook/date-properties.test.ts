import { afterAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { builtInRulebook as book } from '../../../main/rulebook/built-in.ts'
import { addDays, addMonths, addYears, ageOn, civilDateAt, dateOf, dayOfAge, daysBetween, epochAt, isCivilDate, partsOf, weekday } from '../../../main/rulebook/civil-date.ts'
import { officeDays } from '../../../main/rulebook/closed-days.ts'
import { endOfMonths, endOfYears, lastDayAfter, lastDayFrom, nextOpenDay, standing, windowBeforeExpiry, workingDaysAfter } from '../../../main/rulebook/counting.ts'
import { toEra, toWestern } from '../../../main/rulebook/japanese-era.ts'
import { rocSixDigits, rocToWestern, westernToRoc } from '../../../main/rulebook/roc-year.ts'
import { citizenState, extensionWindow, renewalWindow } from '../../../main/rulebook/taiwan-citizens.ts'

fc.configureGlobal({ seed: 20_261_122 })
afterAll(() => fc.resetConfigureGlobal())

const first = '1990-01-01'
const count = daysBetween(first, '2060-12-31') + 1
/** Every day of 1990 to 2060. */
const days = Array.from({ length: count }, (_, index) => index).map((index) => new Date(Date.UTC(1990, 0, 1 + index)).toISOString().slice(0, 10))
const day = fc.nat(count - 1).map((index) => days[index]!)
const wrongDays = (isRight: (date: string, index: number) => boolean) => days.filter((date, index) => !isRight(date, index))

describe('on every day of 1990 to 2060', () => {
  test('one day later is the next, three years later the same day, but 28 for 29 February', () => {
    expect(days).toHaveLength(25_933)
    expect(wrongDays((date, index) => index === count - 1 || addDays(date, 1) === days[index + 1])).toEqual([])
    expect(wrongDays((date) => addYears(date, 3) === `${Number(date.slice(0, 4)) + 3}${date.endsWith('02-29') ? '-02-28' : date.slice(4)}`)).toEqual([])
  })

  test('R131 the renewal window has 61 days, its last the expiry itself', () => {
    expect(wrongDays((date, index) => index < 60 || renewalWindow(book, date).from === days[index - 60])).toEqual([])
    expect(wrongDays((date) => renewalWindow(book, date).to === date)).toEqual([])
  })

  test('R124 the extension window ends on the same day three years later; one day more to ask on after 28 February before a leap year, and only then', () => {
    const isLeap = (year: number) => new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29
    const wrong = wrongDays((date) => {
      const { to, newExpiry } = extensionWindow(book, date)
      const grey = date.endsWith('02-28') && isLeap(Number(date.slice(0, 4)) + 3)
      return to.safe === newExpiry && to.last === (grey ? newExpiry.replace('02-28', '02-29') : newExpiry)
    })
    expect(wrong).toEqual([])
  })

  test('eras and ROC years lead back to the day they came from', () => {
    expect(wrongDays((date) => JSON.stringify(toWestern(toEra(date)!)) === JSON.stringify({ ok: true, date, warning: null }))).toEqual([])
    expect(wrongDays((date) => JSON.stringify(rocToWestern(westernToRoc(date))) === JSON.stringify({ ok: true, date }))).toEqual([])
  })
})

describe('whatever the days', () => {
  test('moving by days and counting them are inverse, and a week keeps the weekday', () => {
    fc.assert(fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => void expect(daysBetween(date, addDays(date, days))).toBe(days)))
    fc.assert(fc.property(day, (date) => void expect(weekday(addDays(date, 7))).toBe(weekday(date))))
  })

  test('months clamp and never skip: the month is the one that was asked for, the day no later than before', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -400, max: 400 }), (date, months) => {
        const [from, to] = [partsOf(date), partsOf(addMonths(date, months))]
        expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + months)
        expect(to.day <= from.day).toBe(true)
      }),
    )
  })

  test('a period ends no earlier than its safe day, at most three days later; later events end no earlier', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 120 }), (a, b, months) => {
        const [earlier, later] = a < b ? [a, b] : [b, a]
        const [first, second] = [endOfMonths(earlier, months), endOfMonths(later, months)]
        expect(first.safe <= first.last && daysBetween(first.safe, first.last) <= 3).toBe(true)
        expect(first.last <= second.last && first.safe <= second.safe).toBe(true)
        expect(standing(first, addDays(first.last, 1))).toBe('late')
      }),
    )
  })

  test('years: the two counts differ by one day at most', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 60 }), (date, years) => void expect(daysBetween(endOfYears(date, years).safe, endOfYears(date, years).last)).toBeLessThanOrEqual(1)))
  })

  test('counting the day of the event ends one day before not counting it; a window before an expiry has one day more than its number', () => {
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 3650 }), (date, length) => void expect(addDays(lastDayFrom(date, length), 1)).toBe(lastDayAfter(date, length))))
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 3650 }), (date, length) => void expect(daysBetween(windowBeforeExpiry(date, length).from, date)).toBe(length)))
  })

  test.each(['JP', 'TW'] as const)('in %s a deadline moves to an open day only, never over one, and working days are open days', (country) => {
    const isOpen = officeDays(book, country)
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (date, working) => {
        const moved = nextOpenDay(date, isOpen)
        expect(isOpen(moved)).toBe(true)
        for (let between = date; between < moved; between = addDays(between, 1)) expect(isOpen(between)).toBe(false)
        const after = workingDaysAfter(date, working, isOpen)
        expect(isOpen(after) && daysBetween(date, after) >= working).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('someone is of an age from the day of that age on, and not the day before', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 120 }), (birth, age) => {
        const from = dayOfAge(birth, age)
        expect([ageOn(birth, addDays(from, -1)), ageOn(birth, from)]).toEqual([age - 1, age])
      }),
    )
  })

  test('a day begins in Tokyo one hour before it begins in Taipei', () => {
    fc.assert(
      fc.property(day, (date) => {
        expect(epochAt(date, '00:00', 'Asia/Taipei') - epochAt(date, '00:00', 'Asia/Tokyo')).toBe(3_600_000)
        expect(civilDateAt(epochAt(date, '00:30', 'Asia/Tokyo'), 'Asia/Taipei')).toBe(addDays(date, -1))
      }),
    )
  })

  test('R123 R127 a certificate passes through its states in order and ends for good, extended or not', () => {
    const order = { no: ['VALID', 'EXTENDABLE', 'LAPSED_EXTENDABLE', 'DEAD'], yes: ['VALID_EXT', 'RENEWABLE', 'DEAD'] }
    fc.assert(
      fc.property(day, day, fc.boolean(), (expiry, today, extended) => {
        const at = (date: string) => citizenState(book, { expiry, extended, wasValid: true }, date)
        const names = order[extended ? 'yes' : 'no']
        const now = at(today)
        expect(names.indexOf(at(addDays(today, 1)).state)).toBeGreaterThanOrEqual(names.indexOf(now.state))
        if (now.to !== null) expect(at(addDays(now.to, 1)).state).not.toBe(now.state)
        if (now.from !== null) expect([at(now.from).state, at(addDays(now.from, -1)).state === now.state]).toEqual([now.state, false])
      }),
    )
  })
})

describe('years that are none', () => {
  test('ROC has no year 0; before 1912 it counts back; it takes no 30 February and no year past 9999', () => {
    const read = (year: number, before = false, month = 1, date = 1) => rocToWestern({ before, year, month, day: date })
    expect(read(1)).toEqual({ ok: true, date: '1912-01-01' })
    expect(read(1, true, 12, 31)).toEqual({ ok: true, date: '1911-12-31' })
    expect(read(0)).toEqual({ ok: false, error: { code: 'not-a-year' } })
    expect(read(0, true)).toEqual({ ok: false, error: { code: 'not-a-year' } })
    expect(read(-1).ok || read(1.5).ok || read(9000).ok || read(1912, true).ok).toBe(false)
    expect(read(113, false, 2, 29)).toEqual({ ok: true, date: '2024-02-29' })
    expect(read(112, false, 2, 29)).toEqual({ ok: false, error: { code: 'not-a-day' } })
    expect(westernToRoc('1911-12-31')).toEqual({ before: true, year: 1, month: 12, day: 31 })
  })

  test('the old default PIN has six digits for the years 1 to 99 alone: 73-01-01 is 730101, year 5 is 05', () => {
    expect(rocSixDigits('1984-01-01')).toBe('730101')
    expect(rocSixDigits('1916-03-02')).toBe('050302')
    expect([rocSixDigits('2011-01-01'), rocSixDigits('1911-12-31')]).toEqual([null, null])
  })

  test.each(['1899-12-31', '1900-02-28', '9999-12-31', '0001-01-01'])('%s is a day like any other', (date) => {
    expect(isCivilDate(date)).toBe(true)
    expect(dateOf(partsOf(date))).toBe(date)
  })
})
