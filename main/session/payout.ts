import type { HopperState } from '../../hardware/hopper/events.ts'
import type { Configuration } from '../config/configuration.ts'
import { canGiveChange, makeChange, type Stock } from '../money/change.ts'
import { isoTimeAt, zoneOfMoney } from '../rulebook/zoned-time.ts'
import { change, changeVisit, visitOf, type Draft } from './draft.ts'
import type { Facts } from './events.ts'
import type { Claim, ClaimReason, OpenPayout } from './records.ts'
import type { SignedClaim, State } from './state.ts'

/** Coins that one dispense can ask for (CT2 3.86). */
const mostCoins = 255

/** The coins that can be paid out now, by the serial number of their hopper: what the books say lies there, and the operator approved. */
export function stocks(state: State, configuration: Configuration, tried: readonly string[] = []): readonly Stock[] {
  const health = state.devices.hopper.state
  if (health !== 'ready' && health !== 'limited') return []
  const busy = new Set([...tried, ...state.openPayouts.map(({ serial }) => serial)])
  return state.hoppers
    .filter((hopper) => hopper.ready && !busy.has(hopper.serial) && state.hopperAt[hopper.address] === hopper.serial)
    .flatMap((hopper) => {
      const value = valueOf(hopper, configuration)
      return value === null ? [] : [{ id: hopper.serial, value, count: Math.max(0, state.hopperCoins[hopper.serial] ?? 0) }]
    })
}

/** What a coin of this hopper is worth; null when the operator approved no such coin, or another one there. */
function valueOf({ address, coin }: HopperState, configuration: Configuration): number | null {
  const expected = configuration.devices.hopper?.hoppers.find((hopper) => hopper.address === address)?.coin
  return expected === coin ? (configuration.cash.coins.find(({ id }) => id === coin)?.value ?? null) : null
}

/** Whether every overpayment with the coins that are taken can be given back as coins now. */
export function givesChange(state: State, configuration: Configuration): boolean {
  return canGiveChange(configuration.cash.coins.map(({ value }) => value), stocks(state, configuration))
}

/** Whether this amount could be given back as coins now, to the unit. */
export function canReturn(amount: number, state: State, configuration: Configuration): boolean {
  return makeChange(amount, stocks(state, configuration)).rest <= 0
}

/**
 * The next pay-out towards the visit's credit: the intent is recorded, its money leaves the credit, and the hopper is told once that is durable. Null when no
 * coins can pay any of it.
 */
export function intendPayout(draft: Draft, reason: ClaimReason, tried: readonly string[]): string | null {
  const { state, facts } = draft
  const visit = visitOf(draft)
  const { currency } = facts.configuration.cash
  const [first] = makeChange(visit.credit, stocks(state, facts.configuration, tried)).coins
  const hopper = state.hoppers.find(({ serial }) => serial === first?.id)
  if (!first || !hopper) return null
  const coins = Math.min(first.count, mostCoins)
  const { serial, coin, counter: counterBefore, total: totalBefore } = hopper
  const intent = { id: `${visit.visit}-${visit.payouts + 1}`, serial, coins, counterBefore, totalBefore }
  const payout: OpenPayout = { ...intent, coin, value: first.value, currency, reason, visit: visit.visit, slip: null }
  draft.records.push({ kind: 'payout-intended', visit: visit.visit, body: { ...intent, coin, value: first.value, currency, reason } })
  changeVisit(draft, { credit: visit.credit - coins * first.value, payouts: visit.payouts + 1 })
  change(draft, { openPayouts: [...state.openPayouts, payout] })
  draft.effects.push({ kind: 'device', command: { device: 'hopper', command: { kind: 'pay', intent } } })
  return intent.id
}

/** The slip for a pay-out whose hopper fell silent: the most that can be owed of it, under a number that a later claim bears too. */
export function openClaim(payout: OpenPayout, slip: { readonly number: string; readonly code: string }, facts: Pick<Facts, 'now' | 'signClaim'>): SignedClaim {
  const { visit, coins, value, currency } = payout
  const claim: Claim = { ...slip, visit, amount: coins * value, currency, reason: 'unclear', issuedAt: isoTimeAt(facts.now, zoneOfMoney(currency)) }
  return { claim, signature: facts.signClaim(claim) }
}
