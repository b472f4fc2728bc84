import type { ReceiptStatus } from '../contract/view.ts'
import { change, wait, type Draft } from './draft.ts'
import { closeOut, endVisit, enter, showClaim } from './flow.ts'
import { openClaim } from './payout.ts'
import type { Recovered, RecoveredDoor } from './records.ts'
import { showReceipt } from './sending.ts'
import { openStaffDoor } from './staff.ts'
import { newVisit } from './state.ts'

/**
 * The booth starts: what was open is settled from the journal alone (F02). Personal data is gone with the process, so a visit resumes no further than its
 * money: an application that was queued gets its receipt, credit is offered back or to go on from the scan, a claim is shown again, and a visit without
 * any of them is over.
 */
export function recover(draft: Draft, recovered: Recovered, door?: RecoveredDoor): void {
  settle(draft, recovered)
  if (door) openStaffDoor(draft, door)
  const { visit, notes, payouts, tillWrong } = recovered
  const found = {
    visit: visit?.visit ?? null,
    credit: visit?.credit ?? 0,
    application: visit?.queued?.status ?? null,
    payouts: payouts.map(({ id }) => id),
    notes: notes.flatMap(({ serial, ordinal, held }) => (held ? [{ serial, ordinal: ordinal + 1, phase: held.phase }] : [])),
    booksAddUp: !tillWrong,
  }
  draft.records.push({ kind: 'recovery', visit: null, body: { found, decided: draft.state.visit?.stage.at ?? (visit ? 'ended' : 'nothing') } })
}

function settle(draft: Draft, recovered: Recovered): void {
  const { facts } = draft
  change(draft, {
    phase: 'open',
    cursors: Object.fromEntries(recovered.cursors.map((cursor) => [cursor.serial, cursor])),
    noteCursors: Object.fromEntries(recovered.notes.map((cursor) => [cursor.serial, cursor])),
    hopperCoins: Object.fromEntries(recovered.hoppers.map(({ serial, coins }) => [serial, coins])),
    hopperTotals: Object.fromEntries(recovered.hoppers.map(({ serial, total }) => [serial, total])),
    coinCounts: recovered.coinCounts ?? {},
    seen: recovered.seen ?? {},
    openPayouts: recovered.payouts,
    latched: recovered.tillWrong ? [...draft.state.latched, 'till-mismatch'] : draft.state.latched,
  })
  draft.records.push({ kind: 'booth-started', visit: null, body: { version: facts.version, demo: facts.configuration.mode === 'demo' } })
  const open = recovered.visit
  if (!open) return
  const visit = newVisit(open.visit, facts, open.language, { at: 'held' })
  const { service, credit, item } = open
  const claims = open.claims.map((claim) => ({ claim, signature: facts.signClaim(claim) }))
  const last = claims.at(-1)
  // What a silent hopper may owe: its slip is shown again as well.
  const openClaims = recovered.payouts.flatMap((payout) => (payout.visit === open.visit && payout.slip ? [openClaim(payout, payout.slip, facts)] : []))
  // A coin fell since, and what it gives stands on no slip yet.
  const cameOut = credit > 0 ? [] : open.printed
  change(draft, {
    visit: {
      ...visit,
      service,
      credit,
      inserted: credit,
      item,
      claim: last ?? null,
      earlierClaims: [...claims.slice(0, -1), ...openClaims],
      returned: open.returned,
      payouts: open.payouts,
      sent: open.queued !== null,
      outcome: open.delivered ? 'delivered' : 'abandoned',
    },
  })
  draft.records.push({ kind: 'recovered', visit: open.visit, body: { credit: open.credit, queued: open.queued !== null } })
  const unknown = recovered.payouts.filter((payout) => payout.visit === open.visit && payout.slip === null).at(0)
  if (unknown) {
    // Before anything else the hopper says what of it came out (CT4 2.3.2).
    const { queued } = open
    const next = queued
      ? { kind: 'receipt' as const, application: { ...queued, visit: open.visit }, status: statusOf(queued.status), reason: null, cameOut }
      : { kind: 'held' as const }
    enter(draft, { at: 'paying-out', reason: unknown.reason, open: unknown.id, tried: [], settleOnly: true, next })
    wait(draft, 'payout', facts.configuration.times.payoutMs)
  } else if (open.queued) {
    showReceipt(draft, { ...open.queued, visit: open.visit }, statusOf(open.queued.status), null, cameOut)
  } else if (credit > 0 || recovered.notes.some(({ held }) => held?.phase === 'stacking')) {
    // Of a note that was to be stacked the validator says what became of it.
    enter(draft, { at: 'held' })
  } else if (last) showClaim(draft, cameOut)
  else if (openClaims.length > 0) closeOut(draft, 'returned', 'abandoned', false)
  else endVisit(draft)
}

function statusOf(status: NonNullable<NonNullable<Recovered['visit']>['queued']>['status']): ReceiptStatus {
  return status === 'waiting' ? 'not-confirmed' : status
}
