import type { CivilDate } from '../contract/date.ts'
import type { Language } from '../contract/language.ts'
import { text, type Text } from '../contract/text.ts'
import { hoursText } from './opening-hours.ts'
import { openingHours, type OpeningHours } from './rule-values.ts'
import { editionOn, type Rulebook } from './rulebook.ts'

/** The hours that a rule says: its own, or those of the first of its lines that is not open day and night. */
function openingOf(value: unknown): OpeningHours | null {
  const candidates: readonly unknown[] = Array.isArray(value) ? value.map((line: { readonly opening?: unknown } | null) => line?.opening) : [value]
  return candidates.map((candidate) => openingHours.safeParse(candidate)).find(({ success }) => success)?.data ?? null
}

/** What a rule's sentence takes: a bare value as `value`, the named ones of an object by their names, hours as `workdays` and `offDays`; other lists stand in words. */
export function explanationValues(value: unknown): Readonly<Record<string, string | number>> {
  const opening = openingOf(value)
  if (opening) return { workdays: hoursText(opening.workdays), offDays: hoursText(opening.offDays) }
  const named = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [['value', value] as const]
  return Object.fromEntries(named.filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number'))
}

/** A rule in the resident's words, with what it says on `today`; null for a rule that the rulebook does not have. */
export function explanation(book: Rulebook, id: string, today: CivilDate): Text | null {
  const rule = book.rules.get(id)
  return rule ? text(`rule.${id}`, explanationValues(editionOn(rule, today).value)) : null
}

/** Where the named rules stand, each source once, and when it was last looked at: of several days the oldest. Rules that the rulebook does not have are left out. */
export function evidence(book: Rulebook, ids: readonly string[], language: Language): readonly Text[] {
  const oldest = new Map<string, CivilDate>()
  for (const { source, sourceIn, checked } of ids.flatMap((id) => book.rules.get(id) ?? [])) {
    const name = sourceIn[language] ?? source
    const known = oldest.get(name)
    oldest.set(name, known !== undefined && known < checked ? known : checked)
  }
  return [...oldest].map(([source, checked]) => text('evidence.checked', { source, checked }))
}
