import type { CivilDate } from '../contract/date.ts'
import { weekday } from './civil-date.ts'

/** Japan's national holidays, substitute holidays included. */
export const japaneseHolidays = {
  /** Outside of these days nothing is known: only weekends are then off. */
  from: '2026-01-01',
  to: '2027-12-31',
  source: 'Cabinet Office of Japan, 国民の祝日について (Act on National Holidays, Act 178 of 1948)',
  checked: '2026-11-21',
  days: {
    '2026-01-01': '元日',
    '2026-01-12': '成人の日',
    '2026-02-11': '建国記念の日',
    '2026-02-23': '天皇誕生日',
    '2026-03-20': '春分の日',
    '2026-04-29': '昭和の日',
    '2026-05-03': '憲法記念日',
    '2026-05-04': 'みどりの日',
    '2026-05-05': 'こどもの日',
    '2026-05-06': '休日',
    '2026-07-20': '海の日',
    '2026-08-11': '山の日',
    '2026-09-21': '敬老の日',
    '2026-09-22': '休日',
    '2026-09-23': '秋分の日',
    '2026-10-12': 'スポーツの日',
    '2026-11-03': '文化の日',
    '2026-11-23': '勤労感謝の日',
    '2027-01-01': '元日',
    '2027-01-11': '成人の日',
    '2027-02-11': '建国記念の日',
    '2027-02-23': '天皇誕生日',
    '2027-03-21': '春分の日',
    '2027-03-22': '休日',
    '2027-04-29': '昭和の日',
    '2027-05-03': '憲法記念日',
    '2027-05-04': 'みどりの日',
    '2027-05-05': 'こどもの日',
    '2027-07-19': '海の日',
    '2027-08-11': '山の日',
    '2027-09-20': '敬老の日',
    '2027-09-23': '秋分の日',
    '2027-10-11': 'スポーツの日',
    '2027-11-03': '文化の日',
    '2027-11-23': '勤労感謝の日',
  },
} as const satisfies { days: Readonly<Record<CivilDate, string>>; [fact: string]: unknown }

/** Year end and New Year, every year, as `MM-DD`. The phone lines' notice gives no dates: an ASSUMPTION there; the offices' own custom. */
export const yearEnd = {
  from: '12-29',
  to: '01-03',
  source: 'Customary closing of Japanese public offices, 29 December to 3 January; assumed for the phone lines',
  checked: '2026-11-21',
} as const

/** Whether `date` is a national holiday of Japan, as far as the table reaches. */
export function isJapaneseHoliday(date: CivilDate): boolean {
  return Object.hasOwn(japaneseHolidays.days, date)
}

/** Whether `date` lies in the days around New Year on which Japanese offices and lines are closed. */
export function isYearEnd(date: CivilDate): boolean {
  const monthDay = date.slice(5)
  return monthDay >= yearEnd.from || monthDay <= yearEnd.to
}

/** Saturday or Sunday. */
export function isWeekend(date: CivilDate): boolean {
  return weekday(date) === 0 || weekday(date) === 6
}

/** Whether a Japanese municipality's counter keeps its ordinary hours on `date`. */
export function isJapaneseOfficeDay(date: CivilDate): boolean {
  return !isWeekend(date) && !isJapaneseHoliday(date) && !isYearEnd(date)
}
