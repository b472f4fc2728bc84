import type { SendResult } from '../contract/submission.ts'
import { text } from '../contract/text.ts'
import type { ReceiptStatus } from '../contract/view.ts'
import { civilDateAt } from '../rulebook/civil-date.ts'
import { resolvePhoneLines } from '../rulebook/phone-lines.ts'
import { isoTimeAt, zoneOfMoney } from '../rulebook/zoned-time.ts'
import { codeFrom, slipNumberFrom } from './codes.ts'
import { changeVisit, visitOf, type Draft } from './draft.ts'
import type { BoothEvent, Facts, QueuedApplication } from './events.ts'
import { enter, payOut } from './flow.ts'
import { issueClaim, priceOf } from './money.ts'
import { print } from './printing.ts'
import type { Claim, JournalRecord } from './records.ts'
import { receiptSlip } from './slips.ts'
import { isTimeUnsure } from './wall-clock.ts'

/**
 * The sealed file is on disk: the application enters the outbox with its number, code and money, and the first try begins. A file that nobody waits for any
 * more goes.
 */
export function sealed(draft: Draft, event: Extract<BoothEvent, { kind: 'sealed' }>): void {
  const visit = draft.state.visit
  if (visit?.stage.at !== 'sending' || visit.stage.key !== event.key) {
    draft.effects.push({ kind: 'delete-sealed', key: event.key })
    return
  }
  if (visit.stage.queued) return
  const { facts } = draft
  const { configuration } = facts
  const application: QueuedApplication = {
    key: event.key,
    visit: visit.visit,
    // The visit's day, like all its rules: a clock that is set meanwhile gives no number of 1970, which the centre would not take.
    number: slipNumberFrom(facts.chance, civilDateAt(visit.openedAt, 'Asia/Tokyo').slice(0, 4)),
    code: codeFrom(facts.chance),
    price: priceOf(visit.service, configuration),
  }
  draft.records.push({
    kind: 'queued',
    visit: visit.visit,
    body: {
      item: visit.item,
      key: event.key,
      service: visit.service ?? '',
      number: application.number,
      code: application.code,
      file: event.file,
      sha256: event.sha256,
      office: configuration.centre.office.id,
      confirmedAt: isoTimeAt(facts.now, 'Asia/Tokyo'),
      price: application.price,
    },
  })
  changeVisit(draft, { stage: { at: 'sending', key: event.key, queued: application } })
  draft.effects.push({ kind: 'submit', key: event.key })
}

/** Nothing was sealed: the money is the resident's again. The next try has a name of its own, for this one's file may still come. */
export function notSealed(draft: Draft, key: string): void {
  const visit = draft.state.visit
  if (visit?.stage.at !== 'sending' || visit.stage.key !== key || visit.stage.queued) return
  draft.records.push({ kind: 'not-queued', visit: visit.visit, body: { item: visit.item, key } })
  changeVisit(draft, { item: visit.item + 1, credit: visit.credit + priceOf(visit.service, draft.facts.configuration), sent: false })
  enter(draft, { at: 'step', step: 'review', correcting: false })
  changeVisit(draft, { notice: { tone: 'attention', text: text('sending.not-sealed') } })
}

/** The centre's word on an application. Final words are recorded whenever they come; the screen is told while it waits. */
export function sent(draft: Draft, application: QueuedApplication, result: SendResult): void {
  if (result.status === 'unknown') return
  const visit = draft.state.visit
  const waiting = visit?.stage.at === 'sending' && visit.stage.key === application.key
  draft.records.push({
    kind: 'answered',
    visit: application.visit,
    body: {
      key: application.key,
      status: result.status,
      reason: result.status === 'received' ? null : result.reason,
      receivedAt: result.status === 'received' ? result.receivedAt : null,
    },
  })
  if (result.status !== 'parked') draft.effects.push({ kind: 'delete-sealed', key: application.key })
  if (waiting) {
    if (result.status === 'refused') changeVisit(draft, { credit: visit.credit + application.price })
    giveReceipt(draft, application, result.status, result.status === 'refused' ? result.reason : null)
  } else if (result.status === 'refused') draft.records.push(...lateClaim(application, draft.facts))
}

/** What a late claim is written with. */
type ClaimFacts = Pick<Facts, 'now' | 'configuration' | 'signClaim'>

/** Records that give up an application of which only a person could say what becomes of it: its price is owed. */
export function refundParked(application: QueuedApplication, facts: ClaimFacts): readonly JournalRecord[] {
  const { key, visit } = application
  return [{ kind: 'answered', visit, body: { key, status: 'refused', reason: 'given-up', receivedAt: null } }, ...lateClaim(application, facts)]
}

/** Refused after the resident left: the slip in their hand, with its number and code, is the claim. What was free owes nothing. */
function lateClaim(application: QueuedApplication, facts: ClaimFacts): readonly JournalRecord[] {
  if (application.price === 0) return []
  const claim: Claim = {
    number: application.number,
    code: application.code,
    visit: application.visit,
    amount: application.price,
    currency: facts.configuration.cash.currency,
    reason: 'refused',
    issuedAt: isoTimeAt(facts.now, zoneOfMoney(facts.configuration.cash.currency)),
  }
  return [{ kind: 'claim-issued', visit: application.visit, body: { claim, signature: facts.signClaim(claim) } }]
}

/** Nobody answered in time: "not confirmed" is said and printed, the outbox goes on, and nothing is sent twice. */
export function notConfirmed(draft: Draft): void {
  const { stage } = visitOf(draft)
  if (stage.at !== 'sending') return
  if (stage.queued) giveReceipt(draft, stage.queued, 'not-confirmed', null)
  else notSealed(draft, stage.key)
}

/** Change and a refund come as coins first, as far as the hoppers can; the receipt follows. */
function giveReceipt(draft: Draft, application: QueuedApplication, status: ReceiptStatus, reason: string | null): void {
  const next = { kind: 'receipt' as const, application, status, reason, cameOut: [] }
  if (!payOut(draft, status === 'refused' ? 'refused' : 'change', next)) showReceipt(draft, application, status, reason)
}

/** The receipt on the screen and on paper, with a claim for what did not come back as coins. */
export function showReceipt(draft: Draft, application: QueuedApplication, status: ReceiptStatus, reason: string | null, cameOut: readonly string[] = []): void {
  const { facts } = draft
  const { configuration } = facts
  issueClaim(draft, status === 'refused' ? 'refused' : 'change')
  const visit = changeVisit(draft, { outcome: status })
  enter(draft, { at: 'receipt', key: application.key, number: application.number, code: application.code, status, reason })
  const slip = receiptSlip(
    visit,
    { number: application.number, code: application.code, status, reason },
    {
      at: isoTimeAt(facts.now, 'Asia/Tokyo'),
      isTimeUnsure: isTimeUnsure(draft),
      booth: configuration.booth.id,
      price: application.price,
      currency: configuration.cash.currency,
      statusPage: configuration.operator.statusPage,
      phone: resolvePhoneLines(facts.rulebook, visit.language, 'card', facts.now).find(({ language }) => visit.language.startsWith(language))?.number ?? null,
      last4: visit.identifier?.slice(-4) ?? null,
    },
  )
  print(draft, `${status}-${application.number}`, slip, cameOut)
}
