import type { CivilDate } from '../contract/date.ts'
import type { PhoneLine } from '../contract/view.ts'
import { addDays, civilDateAt, timeOfDayAt } from './civil-date.ts'
import { isJapaneseHoliday, isWeekend, isYearEnd } from './holidays.ts'

/** `suspend` a lost card, ask about the `card`, ask about the My Number `system`. */
export type PhonePurpose = Exclude<PhoneLine['purpose'], 'booth'>

/** `from` inside, `to` outside, as `HH:MM` of Asia/Tokyo. */
export interface Hours {
  readonly from: string
  readonly to: string
}

/** Hours by kind of day; null = closed. `always` is day and night, every day. */
export type Opening = 'always' | { readonly workdays: Hours; readonly offDays: Hours; readonly yearEnd: Hours | null }

/** One purpose of one number: its languages and hours. */
export interface ServiceLine {
  readonly rule: string
  readonly number: string
  readonly languages: readonly string[]
  readonly purposes: readonly PhonePurpose[]
  readonly opening: Opening
}

/** Hours that the pamphlet does not limit to any days: whether they hold on weekends and at New Year it does not say. */
const daily = (from: string, to: string): Opening => ({ workdays: { from, to }, offDays: { from, to }, yearEnd: { from, to } })
const callCentre: Opening = { workdays: { from: '09:30', to: '20:00' }, offDays: { from: '09:30', to: '17:30' }, yearEnd: null }
const dayAndNight = ['en', 'zh', 'ko', 'es', 'pt'] as const
const foreign = [...dayAndNight, 'vi', 'th', 'id', 'tl', 'ne'] as const

/** The free lines for the My Number Card (R052–R057). */
export const phoneLines: { readonly source: string; readonly checked: CivilDate; readonly lines: readonly ServiceLine[] } = {
  source: 'Pamphlet 致各位外國居民, Ministry of Internal Affairs and Communications and Digital Agency of Japan, January 2023',
  checked: '2026-11-21',
  lines: [
    { rule: 'R052', number: '0120-95-0178', languages: ['ja'], purposes: ['card', 'system'], opening: callCentre },
    { rule: 'R053', number: '0120-95-0178', languages: ['ja'], purposes: ['suspend'], opening: 'always' },
    { rule: 'R054', number: '0120-0178-27', languages: dayAndNight, purposes: ['suspend'], opening: 'always' },
    { rule: 'R054', number: '0120-0178-27', languages: dayAndNight, purposes: ['card'], opening: daily('09:30', '20:00') },
    { rule: 'R055', number: '0120-0178-27', languages: ['th', 'ne', 'id'], purposes: ['suspend', 'card'], opening: daily('09:00', '18:00') },
    { rule: 'R056', number: '0120-0178-27', languages: ['vi', 'tl'], purposes: ['suspend', 'card'], opening: daily('10:00', '19:00') },
    { rule: 'R057', number: '0120-0178-26', languages: foreign, purposes: ['system'], opening: callCentre },
  ],
}

/** Taiwan's line for the natural-person certificate (R094): within service hours only. */
export const moicaLine = {
  number: '0800-080-117',
  email: 'cse@moica.nat.gov.tw',
  source: 'MOICA (moica.nat.gov.tw), frequently asked questions',
  checked: '2026-11-21',
} as const

function hoursOn(opening: Exclude<Opening, 'always'>, day: CivilDate): Hours | null {
  if (isYearEnd(day)) return opening.yearEnd
  return isWeekend(day) || isJapaneseHoliday(day) ? opening.offDays : opening.workdays
}

function stateAt(opening: Opening, epochMs: number): Pick<PhoneLine, 'open' | 'until'> {
  if (opening === 'always') return { open: true, until: null }
  const day = civilDateAt(epochMs, 'Asia/Tokyo')
  const time = timeOfDayAt(epochMs, 'Asia/Tokyo').slice(0, 5)
  const today = hoursOn(opening, day)
  if (today && time < today.from) return { open: false, until: today.from }
  if (today && time < today.to) return { open: true, until: today.to }
  const tomorrow = hoursOn(opening, addDays(day, 1))
  return { open: false, until: tomorrow && tomorrow.from <= time ? tomorrow.from : null }
}

/** The languages to fall back on, in order: at night a lost card is suspended in Japanese, English or Chinese only (R059). */
function fallbacks(spoken: string, purpose: PhonePurpose): readonly string[] {
  if (spoken === 'ja') return []
  const served: readonly string[] = purpose === 'suspend' ? dayAndNight : foreign
  if (served.includes(spoken)) return ['ja']
  return purpose === 'suspend' ? ['ja', 'en', 'zh'] : ['en', 'ja']
}

/**
 * The lines for someone who speaks `language` (as `th` or `zh-Hant`), those that serve `purpose` at `epochMs` first, own language before others.
 * A lost card always gets the Japanese line as well, day and night (R053, R059): print the sentence to read out beside it.
 * `until` is null when nothing changes within 24 hours. The hours of 0120-0178-27 on weekends and at New Year are an assumption: say "usually".
 */
export function resolvePhoneLines(language: string, purpose: PhonePurpose, epochMs: number): PhoneLine[] {
  const tag = language.toLowerCase().split('-')[0] ?? ''
  const spoken = tag === 'fil' ? 'tl' : tag
  const find = (tongue: string): PhoneLine | null => {
    const line = phoneLines.lines.find(({ languages, purposes }) => languages.includes(tongue) && purposes.includes(purpose))
    return line ? { number: line.number, language: tongue, purpose, ...stateAt(line.opening, epochMs) } : null
  }
  const lines = [spoken, ...fallbacks(spoken, purpose)].map(find).filter((line) => line !== null)
  return [...lines.filter(({ open }) => open), ...lines.filter(({ open }) => !open)]
}
