import type { HopperEvent } from '../../hardware/hopper/events.ts'
import { isoTimeAt, zoneOfMoney } from '../rulebook/zoned-time.ts'
import { claimNumberFrom, codeFrom } from './codes.ts'
import { beyond, counterCycle } from './device-counter.ts'
import { change, changeVisit, latch, visitOf, wait, type Draft } from './draft.ts'
import { closeOut, endVisit, enter, showClaim } from './flow.ts'
import { intendPayout, openClaim } from './payout.ts'
import type { Claim, OpenPayout } from './records.ts'
import { showReceipt } from './sending.ts'
import type { Stage } from './state.ts'

type PayingOut = Extract<Stage, { at: 'paying-out' }>

/** What the hoppers say: who they are, and what became of a pay-out. */
export function hopperSaid(draft: Draft, event: HopperEvent): void {
  if (event.kind === 'hoppers') hoppersSeen(draft, event)
  else payoutSettled(draft, event)
}

function hoppersSeen(draft: Draft, { hoppers, fresh }: Extract<HopperEvent, { kind: 'hoppers' }>): void {
  change(draft, { hoppers })
  for (const { serial, address, coin, total } of hoppers) {
    const { state, facts } = draft
    const first = state.hopperAt[address] ?? serial
    change(draft, { hopperAt: { ...state.hopperAt, [address]: first } })
    if (first !== serial) {
      latch(draft, 'hopper-exchanged')
      continue
    }
    const settings = facts.configuration.devices.hopper?.hoppers.find((hopper) => hopper.address === address)
    const known = state.hopperTotals[serial]
    // The books do not know it: it begins with what the operator says that was filled in.
    if (known === undefined && state.hopperCoins[serial] === undefined) {
      const value = facts.configuration.cash.coins.find(({ id }) => id === coin)?.value
      const count = settings?.filled ?? 0
      if (value !== undefined && count > 0)
        draft.records.push({
          kind: 'till-refilled',
          visit: null,
          body: { place: serial, id: coin, value, currency: facts.configuration.cash.currency, count, by: 'configuration' },
        })
      change(draft, { hopperCoins: { ...state.hopperCoins, [serial]: count } })
    }
    if (total === null || state.openPayouts.some((payout) => payout.serial === serial) || known === total) continue
    // Coins left it that no pay-out of ours accounts for.
    const beside = known === undefined || known === null ? null : beyond(known, total)
    if (beside !== null) latch(draft, 'till-mismatch')
    draft.records.push({ kind: 'hopper-seen', visit: null, body: { serial, total, ...(beside !== null && { beside }) } })
    change(draft, { hopperTotals: { ...draft.state.hopperTotals, [serial]: total } })
  }
  if (!fresh) return
  for (const { id, serial, coins, counterBefore, totalBefore } of draft.state.openPayouts)
    if (hoppers.some((hopper) => hopper.serial === serial))
      draft.effects.push({
        kind: 'device',
        command: { device: 'hopper', command: { kind: 'settle', intent: { id, serial, coins, counterBefore, totalBefore } } },
      })
}

function payoutSettled(draft: Draft, { id, paid, alarm }: Extract<HopperEvent, { kind: 'settled' }>): void {
  const payout = draft.state.openPayouts.find((open) => open.id === id)
  if (!payout) return
  const { serial, coins, value, visit, totalBefore } = payout
  const returned = Math.min(paid, coins) * value
  const { hopperCoins, hopperTotals, openPayouts } = draft.state
  draft.records.push({ kind: 'payout-settled', visit, body: { id, paid, returned, alarm } })
  change(draft, {
    openPayouts: openPayouts.filter((open) => open.id !== id),
    hopperCoins: { ...hopperCoins, [serial]: (hopperCoins[serial] ?? 0) - paid },
    hopperTotals: totalBefore === null ? hopperTotals : { ...hopperTotals, [serial]: (totalBefore + paid) % counterCycle },
  })
  const rest = coins * value - returned
  if (payout.slip) {
    if (rest > 0) draft.records.push(lateClaim(draft, payout, payout.slip, rest))
    return
  }
  const { stage, credit, returned: before } = visitOf(draft)
  changeVisit(draft, { credit: credit + rest, returned: before + returned })
  if (stage.at === 'paying-out' && stage.open === id) goOnPaying(draft, stage, rest > 0 || alarm !== null ? [serial] : [])
}

/** What did not come out is owed under the number that the resident was given. */
function lateClaim(draft: Draft, { visit, currency }: OpenPayout, { number, code }: NonNullable<OpenPayout['slip']>, amount: number) {
  const { facts } = draft
  const claim: Claim = { number, code, visit, amount, currency, reason: 'unclear', issuedAt: isoTimeAt(facts.now, zoneOfMoney(currency)) }
  return { kind: 'claim-issued' as const, visit, body: { claim, signature: facts.signClaim(claim) } }
}

/** The next hopper, or on to what comes after the coins. */
function goOnPaying(draft: Draft, stage: PayingOut, failed: readonly string[]): void {
  const tried = [...stage.tried, ...failed]
  const open = stage.settleOnly ? nextOpen(draft) : intendPayout(draft, stage.reason, tried)
  if (open !== null) {
    changeVisit(draft, { stage: { ...stage, open, tried } })
    wait(draft, 'payout', draft.facts.configuration.times.payoutMs)
    return
  }
  wait(draft, 'payout', null)
  const { next, reason } = stage
  if (next.kind === 'receipt') return showReceipt(draft, next.application, next.status, next.reason, next.cameOut)
  if (next.kind === 'close') return closeOut(draft, reason, next.outcome, false)
  const { credit, claim, earlierClaims } = visitOf(draft)
  if (credit > 0) enter(draft, { at: 'held' })
  else if (claim) showClaim(draft)
  else if (earlierClaims.length > 0 || visitOf(draft).returned > 0) closeOut(draft, 'returned', visitOf(draft).outcome, false)
  else endVisit(draft)
}

function nextOpen(draft: Draft): string | null {
  const { visit } = visitOf(draft)
  return draft.state.openPayouts.find((payout) => payout.visit === visit && payout.slip === null)?.id ?? null
}

/** The hopper did not say in time what it paid: the resident gets a slip with a number for what may be owed, and the visit goes on. */
export function payoutTimedOut(draft: Draft): void {
  const visit = visitOf(draft)
  const { stage } = visit
  const payout = stage.at === 'paying-out' ? draft.state.openPayouts.find(({ id }) => id === stage.open) : undefined
  if (stage.at !== 'paying-out' || !payout) return
  const { facts } = draft
  const slip = { number: claimNumberFrom(facts.chance), code: codeFrom(facts.chance) }
  const { id } = payout
  draft.records.push({ kind: 'payout-left-open', visit: visit.visit, body: { id, ...slip } })
  change(draft, { openPayouts: draft.state.openPayouts.map((open) => (open.id === id ? { ...open, slip } : open)) })
  latch(draft, 'payout-unclear')
  changeVisit(draft, { earlierClaims: [...visit.earlierClaims, openClaim(payout, slip, facts)] })
  goOnPaying(draft, stage, [payout.serial])
}
