import { isoTimeAt, zoneOfMoney } from '../rulebook/zoned-time.ts'
import { serviceOf } from '../services/services.ts'
import type { Configuration } from '../config/configuration.ts'
import type { NoteCursor } from '../../hardware/bill-validator/events.ts'
import { abilitiesLeft } from '../../hardware/faults.ts'
import { heldFaults, obstacles } from './availability.ts'
import { claimNumberFrom, codeFrom } from './codes.ts'
import { changeVisit, visitOf, type Draft } from './draft.ts'
import { canReturn } from './payout.ts'
import { stepAt } from './position.ts'
import type { Claim, ClaimReason } from './records.ts'
import type { State, Visit } from './state.ts'

/** What the operator set for a service. */
function settingsOf(service: string, configuration: Configuration): Configuration['services'][string] | undefined {
  return configuration.services[service]
}

/** What the current service costs, 0 outside of one. */
export function priceOf(service: string | null, configuration: Configuration): number {
  return service === null ? 0 : (settingsOf(service, configuration)?.price ?? 0)
}

/** How often a photo may be taken in one visit, 0 outside of a service. */
export function photoAttemptsOf(service: string | null, configuration: Configuration): number {
  return service === null ? 0 : (settingsOf(service, configuration)?.photoAttempts ?? 0)
}

/** What the payment still waits for, in the smallest unit; 0 while it takes no money: it is paid, something else is asked, or the booth could not earn it. */
export function awaited(state: State, configuration: Configuration): number {
  const { visit } = state
  if (!visit?.service || !isPaying(visit) || visit.overlay === 'cancel') return 0
  const missing = priceOf(visit.service, configuration) - visit.credit
  if (missing <= 0 || visit.inserted >= configuration.cash.maximumCredit) return 0
  return obstacles(serviceOf(visit.service), state, configuration).length > 0 ? 0 : missing
}

/** Which coins the acceptor is to take now: all approved ones while the payment screen waits for money that the booth can still earn, else none. */
export function wantedCoins(state: State, configuration: Configuration): readonly string[] {
  const { visit } = state
  if (!visit || heldNote(state) || awaited(state, configuration) === 0) return []
  // Nobody must take more than so many coins of a kind at once (Act on Currency Units, article 7).
  return configuration.cash.coins.filter(({ value }) => (visit.pieces[value] ?? 0) < configuration.cash.mostPieces).map((coin) => coin.id)
}

/** The notes that can be taken while `missing` is to be paid: those whose change could be given if they were the last, while no other one is held. */
export function possibleNotes(missing: number, state: State, configuration: Configuration): Configuration['cash']['notes'] {
  const validator = state.devices['bill-validator'].state
  if ((validator !== 'ready' && validator !== 'limited') || heldNote(state) || !abilitiesLeft(heldFaults(state)).has('take-notes')) return []
  return missing === 0 ? [] : configuration.cash.notes.filter(({ value }) => fits(value, missing, state, configuration))
}

/** Which notes the validator is to take now. */
export function wantedNotes(state: State, configuration: Configuration): readonly string[] {
  return possibleNotes(awaited(state, configuration), state, configuration).map(({ id }) => id)
}

/** Whether a note of `value` may become credit while `missing` is awaited: its change can be given, and the visit may hold it. */
function fits(value: number, missing: number, state: State, configuration: Configuration): boolean {
  return (state.visit?.inserted ?? 0) + value <= configuration.cash.maximumCredit && canReturn(value - missing, state, configuration)
}

/** The note that is in the validator, and the ordinal that will be its name. */
export function heldNote(state: State): (NonNullable<NoteCursor['held']> & { readonly ordinal: number }) | null {
  const cursor = state.validator === null ? undefined : state.noteCursors[state.validator]
  return cursor?.held ? { ...cursor.held, ordinal: cursor.ordinal + 1 } : null
}

/**
 * What is to become of the note in escrow: one that does not reach the price is stacked, the last one when the resident says so, and it goes back when the
 * payment is over without it. Null: it waits there.
 */
export function decideNote(state: State, configuration: Configuration): { readonly kind: 'stack' | 'return'; readonly ordinal: number } | null {
  const note = heldNote(state)
  if (!note) return null
  const { ordinal, phase, value } = note
  if (phase === 'stacking') return { kind: 'stack', ordinal }
  const { visit } = state
  if (!visit?.service || !isPaying(visit)) return { kind: 'return', ordinal }
  if (visit.overlay !== null) return null
  const missing = awaited(state, configuration)
  if (missing === 0 || !fits(value, missing, state, configuration)) return { kind: 'return', ordinal }
  return value < missing || visit.payingNote === ordinal ? { kind: 'stack', ordinal } : null
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
    issuedAt: isoTimeAt(facts.now, zoneOfMoney(facts.configuration.cash.currency)),
  }
  const signature = facts.signClaim(claim)
  draft.records.push({ kind: 'claim-issued', visit: visit.visit, body: { claim, signature } })
  // One that was never sent to the paper is still to be told.
  const earlierClaims = visit.claim && !visit.printing ? [...visit.earlierClaims, visit.claim] : visit.earlierClaims
  changeVisit(draft, { credit: 0, claim: { claim, signature }, earlierClaims })
}
