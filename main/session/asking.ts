import type { Inquiry, Step } from '../services/service.ts'
import { changeVisit, visitOf, wait, type Draft } from './draft.ts'
import { forgetPrints } from './printing.ts'
import { situationIn } from './situation.ts'

/** Puts a question to the centre or, through it, to an authority's system; whatever an older one still brings is void. */
export function inquire(draft: Draft, inquiry: Inquiry): void {
  const visit = changeVisit(draft, { asked: visitOf(draft).asked + 1 })
  wait(draft, 'ask', draft.facts.configuration.times.askMs)
  draft.effects.push({ kind: 'ask', visit: visit.visit, asked: visit.asked, inquiry })
}

/** Asks an authority's system; what it said when it was asked before is void, and so is whatever of that is still to come. */
export function ask(draft: Draft, step: Extract<Step, { readonly kind: 'ask' }>): void {
  const before = visitOf(draft)
  const { [step.id]: said, ...replies } = before.replies
  if (said) forgetPrints(draft)
  const visit = changeVisit(draft, { replies })
  inquire(draft, step.inquiry(situationIn(draft.state, visit, draft.facts)))
}
