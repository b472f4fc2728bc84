import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { isCivilDate } from '../../rulebook/civil-date.ts'
import { machines } from '../../rulebook/state-machines.ts'
import { cardDelivery, paymentState, suspensionClocks } from '../../rulebook/taiwan-foreigners.ts'
import { attention, checked, field, heading, paragraph, said } from '../blocks.ts'
import type { Advice, Inquiry, Situation } from '../service.ts'
import { moica, page, taiwanDate } from '../taiwan.ts'
import { stations } from './apply.ts'

/** Asks where an order stands, by the number of the resident; the subscriber code is for MOICA's own page and never asked here (section 0, 19). */
export function statusInquiry({ answers }: Situation): Inquiry {
  return { subject: 'tw-resident-certificate', operation: 'order-status', fields: { number: answers['order-number'] ?? '' } }
}

const states = { ...machines['foreigner-order'], ...machines['foreigner-certificate'] }
/** Where an order or a certificate can stand (B7). */
export type OrderState = keyof typeof states
const isState = (name: string): name is OrderState => Object.hasOwn(states, name)

/** Rules that say what to do next, by state. */
const next: Readonly<Record<OrderState, readonly string[]>> = {
  NONE: ['R077', 'R073'],
  APPLIED_UNPAID: ['R080', 'R081', 'R082', 'R083', 'R084'],
  DELETED_UNPAID: ['R085', 'R073'],
  PAID: ['R086', 'R087', 'R089'],
  PRODUCED_MAILED: ['R087', 'R088'],
  DELIVERED_INACTIVE: ['R088'],
  VALID: ['foreigner-validity'],
  SUSPENDING: ['R097', 'R096'],
  SUSPENDED: ['R095', 'R096', 'R099'],
  RESUMING: ['R097', 'R098'],
  REVOKED: ['R091'],
  EXPIRED: ['foreigner-validity'],
}

/** The days that count in a state, from those that the system told. */
function daysThatCount({ rulebook, today }: Situation, state: OrderState, facts: Readonly<Record<string, string>>): readonly Block[] {
  const day = (name: string) => (isCivilDate(facts[name] ?? '') ? (facts[name] ?? '') : null)
  const [completed, paid, accepted, advised, expiry] = ['completed', 'paid', 'accepted', 'advised', 'expiry'].map(day)
  const until = expiry ? [field(text('tw-resident-certificate.until'), taiwanDate(expiry))] : []
  switch (state) {
    case 'APPLIED_UNPAID': {
      if (!completed) return []
      const { deadline } = paymentState(rulebook, completed, today)
      return [
        field(text('tw-resident-certificate.pay.safe'), taiwanDate(deadline.safe)),
        field(text('tw-resident-certificate.pay.last'), taiwanDate(deadline.last)),
      ]
    }
    case 'PAID':
    case 'PRODUCED_MAILED': {
      if (!paid) return []
      const { from, to } = cardDelivery(rulebook, paid, false)
      return [field(text('tw-resident-certificate.delivery.from'), taiwanDate(from)), field(text('tw-resident-certificate.delivery.to'), taiwanDate(to))]
    }
    case 'SUSPENDING':
    case 'RESUMING':
      return accepted ? [field(text('tw-resident-certificate.clock.done'), taiwanDate(suspensionClocks(rulebook, accepted).done)), ...until] : until
    case 'VALID':
      return advised && advised > today ? [field(text('tw-resident-certificate.clock.advised'), taiwanDate(advised)), ...until] : until
    default:
      return until
  }
}

/** How to look it up oneself on MOICA's page. */
function onesOwnLook(situation: Situation): readonly Block[] {
  return [
    heading(text('tw-resident-certificate.status.yourself')),
    ...said(situation, 'R081').map(paragraph),
    page(situation, 'R080'),
    attention(text('tw-resident-certificate.not-here')),
    ...moica(situation),
    ...checked(situation, 'R080', 'R081'),
  ]
}

/** Where an order stands by the authority's system, or why this booth cannot say and how to look oneself. */
export function statusAdvice(situation: Situation): Advice {
  const reply = situation.replies['ask']
  if (!reply?.ok)
    return {
      tone: 'attention',
      title: text(`tw-resident-certificate.status.${reply?.code ?? 'unreachable'}`),
      blocks: [paragraph(text('tw-resident-certificate.status.nothing-known')), ...onesOwnLook(situation)],
    }
  const { state = '' } = reply.facts
  if (!isState(state)) return { tone: 'attention', title: text('tw-resident-certificate.status.refused'), blocks: onesOwnLook(situation) }
  const isGood = state === 'PAID' || state === 'PRODUCED_MAILED' || state === 'VALID'
  return {
    tone: isGood ? 'good' : 'attention',
    title: text(`tw-resident-certificate.state.${state}`),
    blocks: [
      paragraph(text('tw-resident-certificate.status.of-today')),
      ...daysThatCount(situation, state, reply.facts),
      ...(state === 'APPLIED_UNPAID' ? said(situation, 'R089', 'R085').map(attention) : []),
      ...said(situation, ...next[state]).map(paragraph),
      ...(state === 'DELETED_UNPAID' || state === 'NONE' || state === 'REVOKED' || state === 'EXPIRED' ? stations(situation) : []),
      ...onesOwnLook(situation),
    ],
  }
}
