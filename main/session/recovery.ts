import { change, type Draft } from './draft.ts'
import { endVisit, enter, showClaim } from './flow.ts'
import type { Recovered } from './records.ts'
import { showReceipt } from './sending.ts'
import { newVisit } from './state.ts'

/**
 * The booth starts: what was open is settled from the journal alone (F02). Personal data is gone with the process, so a visit resumes no further than its
 * money: an application that was queued gets its receipt, credit is offered back or to go on from the scan, a claim is shown again, and a visit without
 * any of them is over.
 */
export function recover(draft: Draft, recovered: Recovered): void {
  const { facts } = draft
  change(draft, {
    phase: 'open',
    cursors: Object.fromEntries(recovered.cursors.map((cursor) => [cursor.serial, cursor])),
  })
  draft.records.push({ kind: 'booth-started', visit: null, body: { version: facts.version, demo: facts.configuration.mode === 'demo' } })
  const open = recovered.visit
  if (!open) return
  const visit = newVisit(open.visit, facts, open.language, { at: 'held' })
  const { service, credit, item } = open
  const claims = open.claims.map((claim) => ({ claim, signature: facts.signClaim(claim) }))
  const last = claims.at(-1)
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
      earlierClaims: claims.slice(0, -1),
      sent: open.queued !== null,
      outcome: 'abandoned',
    },
  })
  draft.records.push({ kind: 'recovered', visit: open.visit, body: { credit: open.credit, queued: open.queued !== null } })
  if (open.queued) {
    const { status } = open.queued
    showReceipt(draft, { ...open.queued, visit: open.visit }, status === 'waiting' ? 'not-confirmed' : status, null, cameOut)
  } else if (credit > 0) enter(draft, { at: 'held' })
  else if (last) showClaim(draft, cameOut)
  else endVisit(draft)
}
