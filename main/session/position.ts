import { serviceOf } from '../services/services.ts'
import type { Situation, Step } from '../services/service.ts'
import type { Visit } from './state.ts'

/** The step of the service at which a visit stands; null outside of the service's steps. */
export function stepAt({ service, stage }: Visit): Step | null {
  if (stage.at !== 'step' || service === null) return null
  return serviceOf(service).steps.find((step) => step.id === stage.step) ?? null
}

/** Whether a step is part of this visit. */
export function isThere(step: Step, situation: Situation): boolean {
  return step.when?.(situation) ?? true
}
