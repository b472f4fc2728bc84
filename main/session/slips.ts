import type { Block } from '../contract/block.ts'
import type { Slip } from '../contract/slip.ts'
import { text, type Text } from '../contract/text.ts'
import type { ReceiptStatus } from '../contract/view.ts'
import { timeText } from '../rulebook/date-text.ts'
import type { Advice, Delivery, Service } from '../services/service.ts'
import { isoTimeAt, zoneOfMoney } from '../rulebook/zoned-time.ts'
import type { Facts } from './events.ts'
import type { Claim } from './records.ts'
import type { Visit } from './state.ts'

const amount = (value: number, currency: string): Text => text('money.amount', { amount: value, currency })

/** Where the number and code are looked up, and what they are; the link brings the number, and the code is typed. Never a name, a whole ID or a photo (C2). */
function lookUp(number: string, code: string, statusPage: string): readonly Block[] {
  const link = new URL(statusPage)
  link.searchParams.set('number', number)
  return [
    { kind: 'number', label: text('slip.number'), value: number },
    { kind: 'number', label: text('slip.code'), value: code },
    { kind: 'code', payload: link.href, caption: text('slip.look-up') },
  ]
}

/** When it was, and whether that can be relied on. */
function time(at: string, isUnsure: boolean): readonly Block[] {
  return [{ kind: 'field', label: text('slip.time'), value: timeText(at) }, ...(isUnsure ? [{ kind: 'paragraph' as const, text: text('slip.time-unsure') }] : [])]
}

function claimBlocks(claim: Claim, signature: string, isTimeUnsure: boolean): readonly Block[] {
  return [
    { kind: 'heading', text: text('slip.claim.title', { amount: claim.amount, currency: claim.currency }) },
    { kind: 'paragraph', text: text(`slip.claim.why.${claim.reason}`) },
    { kind: 'number', label: text('slip.claim.number'), value: claim.number },
    { kind: 'number', label: text('slip.code'), value: claim.code },
    ...time(claim.issuedAt, isTimeUnsure),
    { kind: 'steps', texts: [text('slip.claim.step.keep'), text('slip.claim.step.call')] },
    { kind: 'code', payload: `cardbooth-claim:${claim.number}:${claim.code}:${claim.amount}${claim.currency}:${claim.issuedAt}:${signature}`, caption: text('slip.claim.proof') },
  ]
}

/** What is owed, why, and how to get it: signed, so that it can be proved without the booth. */
export function claimSlip(visit: Visit, claim: Claim, signature: string, isTimeUnsure: boolean): Slip {
  return { kind: 'claim', language: visit.language, blocks: claimBlocks(claim, signature, isTimeUnsure) }
}

/** Why this service does not go on, and the way out for this reason (section 0, 5). */
export function stopSlip(visit: Visit, service: string, reason: string, ways: readonly string[]): Slip {
  return {
    kind: 'stop',
    language: visit.language,
    blocks: [
      { kind: 'heading', text: text(`${service}.stop.${reason}.title`) },
      { kind: 'paragraph', text: text(`${service}.stop.${reason}.body`) },
      { kind: 'heading', text: text('slip.stop.ways') },
      { kind: 'steps', texts: ways.map((way) => text(`${service}.way.${way}`)) },
      { kind: 'paragraph', text: text('slip.stop.nothing-applied') },
    ],
  }
}

/** An advice to take along, with the words of the counters in `zone` beside the resident's. */
export function adviceSlip(visit: Visit, zone: Service['zone'], advice: Advice): Slip {
  return {
    kind: 'advice',
    language: visit.language,
    original: zone === 'Asia/Taipei' ? 'zh-Hant' : 'ja',
    blocks: [{ kind: 'heading', text: advice.title }, ...advice.blocks],
  }
}

/** What was paid and came, and what to do with it. The QR code that opens the photo is never printed: whoever finds the slip must not find the face. */
export function deliverySlip(
  visit: Visit,
  delivery: Delivery,
  price: number,
  { now, configuration }: Pick<Facts, 'now' | 'configuration'>,
  isTimeUnsure: boolean,
): Slip {
  return {
    kind: 'delivery',
    language: visit.language,
    blocks: [
      { kind: 'heading', text: delivery.title },
      ...delivery.blocks,
      { kind: 'rule' },
      ...time(isoTimeAt(now, zoneOfMoney(configuration.cash.currency)), isTimeUnsure),
      { kind: 'field', label: text('slip.booth'), value: text('slip.booth-name', { booth: configuration.booth.id }) },
      { kind: 'field', label: text('slip.paid'), value: amount(price, configuration.cash.currency) },
    ],
  }
}

/** What was sent, whether it arrived, and what happens next (C2: about a month, then a postcard). `Received` is the operator's word, never the authority's. */
export function receiptSlip(
  visit: Visit,
  receipt: { readonly number: string; readonly code: string; readonly status: ReceiptStatus; readonly reason: string | null },
  facts: { readonly at: string; readonly isTimeUnsure: boolean; readonly booth: string; readonly price: number; readonly currency: string; readonly statusPage: string; readonly phone: string | null; readonly last4: string | null },
): Slip {
  const service = visit.service ?? ''
  const choice = (step: string): readonly Block[] => {
    const value = visit.answers[step]
    return value ? [{ kind: 'field', label: text(`${service}.${step}.short`), value: text(`${service}.${step}.option.${value}`) }] : []
  }
  const paid: readonly Block[] = receipt.status === 'refused' ? [] : [{ kind: 'field', label: text('slip.paid'), value: amount(facts.price, facts.currency) }]
  // After a restart nobody knows them.
  const masked: readonly Block[] = facts.last4 ? [{ kind: 'field', label: text(`${service}.identifier.short`), value: text('screen.identifier.masked', { last4: facts.last4 }) }] : []
  return {
    kind: receipt.status === 'received' ? 'receipt' : receipt.status,
    language: visit.language,
    blocks: [
      { kind: 'heading', text: text(`slip.${receipt.status}.title`) },
      { kind: 'paragraph', text: text(`slip.${receipt.status}.body`) },
      ...(receipt.reason ? [{ kind: 'paragraph' as const, text: text(`refusal.${receipt.reason}`) }] : []),
      ...lookUp(receipt.number, receipt.code, facts.statusPage),
      { kind: 'rule' },
      ...time(facts.at, facts.isTimeUnsure),
      { kind: 'field', label: text('slip.booth'), value: text('slip.booth-name', { booth: facts.booth }) },
      ...paid,
      ...masked,
      ...choice('certificates'),
      ...choice('braille'),
      { kind: 'rule' },
      { kind: 'steps', texts: nextSteps(service, receipt.status) },
      ...(facts.phone === null ? [] : [{ kind: 'number' as const, label: text('slip.phone-card'), value: facts.phone }]),
      ...(visit.claim ? [{ kind: 'rule' as const }, ...claimBlocks(visit.claim.claim, visit.claim.signature, facts.isTimeUnsure)] : []),
    ],
  }
}

/** What happens after the booth, on the slip and on the screen alike. */
export function nextSteps(service: string, status: ReceiptStatus): readonly Text[] {
  const steps = { received: ['month', 'bring', 'two-months'], 'not-confirmed': ['look-up', 'no-second', 'month'], parked: ['look-up', 'undecided', 'call'], refused: ['money', 'office'] }[status]
  return steps.map((step) => text(`${service}.next.${step}`))
}
