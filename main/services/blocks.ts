import type { Block } from '../contract/block.ts'
import type { Text } from '../contract/text.ts'
import { evidence, explanation } from '../rulebook/explanation.ts'
import type { Situation } from './service.ts'

/** Pieces of an advice, by their short names. */
export const heading = (words: Text): Block => ({ kind: 'heading', text: words })
export const paragraph = (words: Text): Block => ({ kind: 'paragraph', text: words })
/** What would cost the resident money, a deadline or the card. */
export const attention = (words: Text): Block => ({ kind: 'paragraph', text: words, tone: 'attention' })
export const steps = (...texts: readonly Text[]): Block => ({ kind: 'steps', texts })
export const field = (label: Text, value: Text): Block => ({ kind: 'field', label, value })

/** Rules in the resident's words, as the rulebook says them today; a rule that it does not have is left out. */
export function said({ rulebook, today }: Situation, ...rules: readonly string[]): readonly Text[] {
  return rules.map((id) => explanation(rulebook, id, today)).filter((words) => words !== null)
}

/** The foot of an advice: where the named rules stand, and when that was last looked at. */
export function checked({ rulebook, language }: Situation, ...rules: readonly string[]): readonly Block[] {
  return [{ kind: 'rule' }, ...evidence(rulebook, rules, language).map(paragraph)]
}
