import type { CivilDate } from '../../contract/date.ts'
import { standing } from '../../rulebook/counting.ts'
import { expressDeadline } from '../../rulebook/japan-card.ts'
import { valueOn, type Rulebook } from '../../rulebook/rulebook.ts'
import type { Answers } from '../service.ts'

/** The ways to a card: within a week at the counter, in one with the residence card, at this booth, on the web, by mail, at the municipality's counter. */
export type Route = 'express' | 'combined' | 'booth' | 'web' | 'mail' | 'counter'

/** The day from which the express issue counts: of the move-in notice, or of the loss notice; for a baby no day counts. */
export function expressFrom(answers: Answers): CivilDate | null {
  return (answers['cause'] === 'arrived' ? answers['arrived-on'] : answers['cause'] === 'lost' ? answers['reported-on'] : null) ?? null
}

/** The ways that fit the answers, best first; there is always one (C5; R036–R046, X8). */
export function fittingRoutes(answers: Answers, today: CivilDate, book: Rulebook): readonly [Route, ...Route[]] {
  const { who, cause, residence, form, japanese } = answers
  if (who === 'infant') return ['express', 'counter']
  if (cause === 'certificate-letter') return ['counter']
  const from = expressFrom(answers)
  const byForm: readonly [Route, ...Route[]] = form === 'with-code' ? (japanese === 'yes' ? ['booth', 'web', 'mail'] : ['booth', 'mail']) : [form === 'handwritten' ? 'mail' : 'counter']
  const hasProcedure = (cause === 'first' || cause === 'renewal-letter') && residence === 'soon'
  if (hasProcedure && valueOn(book, 'combined-card', today)) return ['combined', ...byForm]
  return from !== null && standing(expressDeadline(book, from), today) !== 'late' ? ['express', ...byForm] : byForm
}
