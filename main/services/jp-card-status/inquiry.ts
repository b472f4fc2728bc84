import { isCivilDate } from '../../rulebook/civil-date.ts'
import { applicationStates, type ApplicationFacts } from '../../rulebook/japan-card.ts'
import type { Inquiry, Reply, Situation } from '../service.ts'

/** Asks how far the application with the ID of the form is. */
export function statusInquiry({ identifier }: Situation): Inquiry {
  return { subject: 'jp-card-application', operation: 'status', fields: { applicationFormId: identifier ?? '' } }
}

/** What the centre told of an application; null where it told nothing that is understood: the booth never guesses a state. */
export function readFacts(reply: Reply | undefined): ApplicationFacts | null {
  if (!reply?.ok) return null
  const { applied = '', pickUpUntil = '', stayUntil = '' } = reply.facts
  const state = applicationStates.find((one) => one === reply.facts['state'])
  const day = (value: string) => (isCivilDate(value) ? value : null)
  return state === undefined || !isCivilDate(applied) ? null : { state, applied, pickUpUntil: day(pickUpUntil), stayUntil: day(stayUntil) }
}
