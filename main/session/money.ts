import { isoTimeAt } from '../rulebook/zoned-time.ts'
import { serviceOf } from '../services/services.ts'
import type { Configuration } from '../config/configuration.ts'
import { obstacles } from './availability.ts'
import { claimNumberFrom, codeFrom } from './codes.ts'
import { changeVisit, visitOf, type Draft } from './draft.ts'
import { stepAt } from './position.ts'
import type { Claim, ClaimReason } from './records.ts'
import type { State, Visit } from './state.ts'

/** What the operator set for a service. */
function settingsOf(service: string, configuration: Configuration): Configuration['services'][keyof Configuration['services']] {
  return configuration.services[service as keyof Configuration['services']]
}

/** What the current service costs, 0 outside of one. */
export function priceOf(service: string | null, configuration: Configuration): number {
  return service === null ? 0 : settingsOf(service, configuration).price
}

/** How often a photo may be taken in one visit, 0 outside of a service. */
export function photoAttemptsOf(service: string | null, configuration: Configuration): number {
  return service === null ? 0 : settingsOf(service, configuration).photoAttempts
}

/** Which coins the acceptor is to take now: all approved ones while the payment screen waits for money that the booth can still earn, else none. */
export function wantedCoins(state: State, configuration: Configuration): readonly string[] {
  const visit = state.visit
  if (!visit?.service || !isPaying(visit) || visit.overlay === 'cancel') return []
  const service = serviceOf(visit.service)
  const missing = priceOf(visit.service, configuration) - visit.credit
  if (missing <= 0 || visit.inserted >= configuration.cash.maximumCredit) return []
  if (obstacles(service, state, configuration).length > 0) return []
  // Nobody must take more than so many coins of a kind at once (Act on Currency Units, article 7).
  return configuration.cash.coins.filter(({ value }) => (visit.pieces[value] ?? 0) < configuration.cash.mostPieces).map((coin) => coin.id)
}

/** Whether the visit stands at its payment. */
export function isPaying(visit: Visit): boolean {
  return stepAt(visit)?.kind === 'payment'
}

/** Turns all credit of the visit into a signed claim. Nothing to claim: nothing happens. */
export function issueClaim(draft: Draft, reason: ClaimReason): void {
  const visit = visitOf(draft)
  const amount = visit.credit
  if (amount === 0) return
  const { facts } = draft
  const claim: Claim = {
    number: claimNumberFrom(facts.chance),
    code: codeFrom(facts.chance),
    visit: visit.visit,
    amount,
    currency: facts.configuration.cash.currency,
    reason,
    issuedAt: isoTimeAt(facts.now, 'Asia/Tokyo'),
  }
  const signature = facts.signClaim(claim)
  draft.records.push({ kind: 'claim-issued', visit: visit.visit, body: { claim, signature } })
  // One that was never sent to the paper is still to be told.
  const earlierClaims = visit.claim && !visit.printing ? [...visit.earlierClaims, visit.claim] : visit.earlierClaims
  changeVisit(draft, { credit: 0, claim: { claim, signature }, earlierClaims })
}
