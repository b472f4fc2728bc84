import { serviceOf } from '../services/services.ts'
import type { Service, Situation, Step } from '../services/service.ts'
import { isThere, stepAt } from './position.ts'
import type { Stage, Visit } from './state.ts'

/** Stages in which the resident can still say "stop". */
const cancellable: readonly Stage['at'][] = ['languages', 'menu', 'offer', 'code-test', 'step', 'typing', 'photo-review']

/** Whether "stop" is offered here. */
export function canCancel(visit: Visit): boolean {
  return cancellable.includes(visit.stage.at) && !isAtWork(visit) && stepAt(visit)?.kind !== 'ask'
}

/** Steps that going back never leads to: they would do their work again, and lead on by themselves. */
const passedOver: readonly Step['kind'][] = ['payment', 'ask', 'card', 'sign-in']

/** Whether a card is at work with a PIN: what comes of it must be told, so nobody leaves meanwhile. */
export function isAtWork({ card }: Visit): boolean {
  return card?.doing === 'change-pin' || card?.doing === 'sign-in'
}

/** The step before `here`, if the resident may go there: never onto the payment or a question to an authority, and not back over the payment with money in the booth. */
export function previousStep({ service, credit }: Visit, here: string, situation: Situation): Step | null {
  if (service === null) return null
  const { steps } = serviceOf(service)
  const place = steps.findIndex((step) => step.id === here)
  const payment = steps.findIndex((step) => step.kind === 'payment')
  const first = place >= payment && credit > 0 ? payment + 1 : 0
  return steps.slice(first, place).findLast((step) => !passedOver.includes(step.kind) && isThere(step, situation)) ?? null
}

/** Whether nothing comes after this step of the service any more. */
export function isLast({ steps }: Service, step: Step, situation: Situation): boolean {
  return !steps.slice(steps.indexOf(step) + 1).some((other) => isThere(other, situation))
}

/** Whether "back" leads anywhere from here: the review that sent the visit here, a step before, or from the first step the offer. */
export function canGoBack(visit: Visit, situation: Situation): boolean {
  const { stage, service } = visit
  if (service === null || stage.at !== 'step') return ['menu', 'offer', 'code-test', 'typing', 'photo-review'].includes(stage.at)
  if (stepAt(visit)?.kind === 'ask' || isAtWork(visit)) return false
  return stage.correcting || previousStep(visit, stage.step, situation) !== null || serviceOf(service).steps[0]?.id === stage.step
}
