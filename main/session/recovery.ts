import { change, type Draft } from './draft.ts'
import { endVisit, enter, showClaim } from './flow.ts'
import { cameOut } from './printing.ts'
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
  const last = open.claims.at(-1)
  change(draft, {
    visit: {
      ...visit,
      service,
      credit,
      inserted: credit,
      item,
      claim: last ? { claim: last, signature: facts.signClaim(last) } : null,
      sent: open.queued !== null,
      outcome: 'abandoned',
    },
  })
  draft.records.push({ kind: 'recovered', visit: open.visit, body: { credit: open.credit, queued: open.queued !== null } })
  if (open.queued) {
    const status = open.queued.status === 'received' || open.queued.status === 'refused' ? open.queued.status : 'not-confirmed'
    showReceipt(draft, { ...open.queued, visit: open.visit }, status, null)
  } else if (credit > 0) enter(draft, { at: 'held' })
  else if (last) showClaim(draft)
  else return endVisit(draft)
  cameOut(draft, open.printed)
}
