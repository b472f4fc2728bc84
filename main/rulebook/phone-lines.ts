import type { CivilDate } from '../contract/date.ts'
import type { PhoneLine } from '../contract/view.ts'
import { civilDateAt } from './civil-date.ts'
import { dayKind } from './closed-days.ts'
import { openAt, type OpenState } from './opening-hours.ts'
import type { ServiceLine } from './rule-values.ts'
import { valueOn, type Rulebook } from './rulebook.ts'

/** `suspend` a lost card, ask about the `card`, ask about the My Number `system`. */
export type PhonePurpose = Exclude<PhoneLine['purpose'], 'booth' | 'certificate'>

/** The rules of the free lines for the My Number Card. */
export const phoneRules = ['R052', 'R053', 'R054', 'R055', 'R056', 'R057'] as const

/** The free lines for the My Number Card that serve `purpose` on `today` (Asia/Tokyo), each with the rule that names it. */
function linesServing(book: Rulebook, purpose: PhonePurpose, today: CivilDate): readonly (ServiceLine & { readonly rule: (typeof phoneRules)[number] })[] {
  return phoneRules.flatMap((rule) => valueOn(book, rule, today).map((line) => ({ ...line, rule }))).filter(({ purposes }) => purposes.includes(purpose))
}

/** The language of a BCP 47 tag as the lines name it, in lower case; Filipino is Tagalog there. */
export function spokenLanguage(tag: string): string {
  const language = tag.toLowerCase().split('-')[0] ?? ''
  return language === 'fil' ? 'tl' : language
}

/** The rule that says when somebody answers in the language of `tag`; null where nobody does. */
export function phoneRuleFor(book: Rulebook, tag: string, purpose: PhonePurpose, today: CivilDate): (typeof phoneRules)[number] | null {
  return linesServing(book, purpose, today).find(({ languages }) => languages.includes(spokenLanguage(tag)))?.rule ?? null
}

/**
 * The lines for someone who speaks `language` (as `th` or `zh-Hant`), those that serve `purpose` at `epochMs` first, own language before others.
 * A lost card always gets the Japanese line as well, day and night (R053, R059): print the sentence to read out beside it.
 * `until` is null when nothing changes within 24 hours. The hours of 0120-0178-27 on weekends and at New Year are an assumption: `usually` (X14).
 */
export function resolvePhoneLines(book: Rulebook, language: string, purpose: PhonePurpose, epochMs: number): PhoneLine[] {
  const spoken = spokenLanguage(language)
  const today = civilDateAt(epochMs, 'Asia/Tokyo')
  const serving = linesServing(book, purpose, today)
  const isOffDay = dayKind(book, 'JP', today) !== 'office-day'
  const find = (tongue: string): PhoneLine | null => {
    const line = serving.find(({ languages }) => languages.includes(tongue))
    if (!line) return null
    const isAssumed = isOffDay && line.opening !== 'always' && book.rules.get(line.rule)?.conflict?.treatment === 'usually'
    return { number: line.number, language: tongue, purpose, ...openAt(book, 'JP', line.opening, epochMs), ...(isAssumed && { usually: true }) }
  }
  /** Whom somebody can turn to besides: at night a lost card is suspended in few languages only (R059). */
  const fallbacks = (): readonly string[] => {
    if (spoken === 'ja') return []
    const served = serving.some(({ languages, opening }) => languages.includes(spoken) && (purpose !== 'suspend' || opening === 'always'))
    if (served) return ['ja']
    return purpose === 'suspend' ? valueOn(book, 'R059', today) : ['en', 'ja']
  }
  const lines = [spoken, ...fallbacks()].map(find).filter((line) => line !== null)
  return [...lines.filter(({ open }) => open), ...lines.filter(({ open }) => !open)]
}

/** Taiwan's line for certificates (R094, R120): within its hours only. */
export function moicaLine(book: Rulebook, epochMs: number): OpenState & { readonly number: string; readonly email: string } {
  const today = civilDateAt(epochMs, 'Asia/Taipei')
  return { ...valueOn(book, 'R094', today), ...openAt(book, 'TW', valueOn(book, 'moica-hours', today), epochMs) }
}
