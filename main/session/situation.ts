import { abilitiesLeft } from '../../hardware/faults.ts'
import type { Configuration } from '../config/configuration.ts'
import { civilDateAt } from '../rulebook/civil-date.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import type { Situation } from '../services/service.ts'
import { serviceOf } from '../services/services.ts'
import { agreementsOf, heldFaults, sendsLater } from './availability.ts'
import type { State, Visit } from './state.ts'

/** What the steps of the visit's service may depend on now. */
export function situationIn(
  state: State,
  { service, answers, identifier, replies, card, language, openedAt }: Visit,
  { now, configuration, rulebook }: { readonly now: number; readonly configuration: Configuration; readonly rulebook: Rulebook },
): Situation {
  const zone = service === null ? 'Asia/Tokyo' : serviceOf(service).zone
  return {
    answers,
    identifier,
    replies,
    card: card?.facts ?? null,
    agreements: agreementsOf(configuration),
    language,
    now,
    openedAt,
    today: civilDateAt(openedAt, zone),
    sendsLater: sendsLater(state, configuration),
    printsPhotos: abilitiesLeft(heldFaults(state)).has('print-photos'),
    rulebook,
  }
}
