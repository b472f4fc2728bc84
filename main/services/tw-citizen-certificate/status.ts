import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { isCivilDate } from '../../rulebook/civil-date.ts'
import { machines } from '../../rulebook/state-machines.ts'
import { readCardNumber, typed } from '../../rulebook/taiwan-numbers.ts'
import { attention, checked, field, heading, paragraph, said } from '../blocks.ts'
import type { Advice, Inquiry, Read, Situation } from '../service.ts'
import { moica, page, taiwanDate } from '../taiwan.ts'
import { offices } from './offices.ts'
import { certificateAdvice, type KnownCertificate } from './validity.ts'

/** Reads the number of a certificate card as typed: its own full pattern is let through, every other row of 12 digits is refused (section 0, 7). */
export function readCard(entered: string, { rulebook, today }: Pick<Situation, 'rulebook' | 'today'>): Read {
  const reading = readCardNumber(rulebook, entered, today)
  if (reading.ok) return { ok: true, value: typed(entered) }
  return { ok: false, problem: text(`tw-citizen-certificate.card-number.problem.${reading.reason}`) }
}

/** Asks where a certificate stands, by the number on its card (R135); no code and no PIN. */
export function statusInquiry({ answers }: Situation): Inquiry {
  return { subject: 'tw-citizen-certificate', operation: 'certificate-status', fields: { number: answers['card-number'] ?? '' } }
}

const states = machines['citizen-certificate']
/** Where a certificate can stand (B10, region 1). */
type CertificateState = keyof typeof states

const isState = (name: string): name is CertificateState => Object.hasOwn(states, name)
/** States in which the days decide what to do next. */
const byDays: readonly CertificateState[] = ['VALID', 'EXTENDABLE', 'LAPSED_EXTENDABLE', 'VALID_EXT', 'RENEWABLE', 'SUSPENDED', 'SUSPENDED_EXT']
const extended: readonly CertificateState[] = ['VALID_EXT', 'RENEWABLE', 'SUSPENDED_EXT']

/** How to look it up oneself on MOICA's page (R135). */
function onesOwnLook(situation: Situation): readonly Block[] {
  return [
    heading(text('tw-citizen-certificate.status.yourself')),
    ...said(situation, 'R135').map(paragraph),
    page(situation, 'R135'),
    ...moica(situation),
    ...checked(situation, 'R135'),
  ]
}

/** An online renewal that was ordered: until when it is to be paid, or what comes after it was (B10). */
function orderBlocks({ payUntil = '', paid = '' }: Readonly<Record<string, string>>): readonly Block[] {
  const activate = paragraph(text('tw-citizen-certificate.validity.renew.activate'))
  if (isCivilDate(paid)) return [field(text('tw-citizen-certificate.status.paid'), taiwanDate(paid)), activate]
  const pay = isCivilDate(payUntil) ? [field(text('tw-citizen-certificate.status.pay-until'), taiwanDate(payUntil))] : []
  return [...pay, attention(text('tw-citizen-certificate.validity.renew.deleted')), activate]
}

/** Where a certificate stands by the authority's system and what to do, or why this booth cannot say and how to look oneself (R135). */
export function statusAdvice(situation: Situation): Advice {
  const reply = situation.replies['look-up']
  if (!reply) return { tone: 'plain', title: text('tw-citizen-certificate.status.own-look'), blocks: onesOwnLook(situation) }
  const { state = '', expiry = '' } = reply.ok ? reply.facts : {}
  if (!reply.ok || !isState(state))
    return {
      tone: 'attention',
      title: text(`tw-citizen-certificate.status.${reply.ok ? 'refused' : reply.code}`),
      blocks: [paragraph(text('tw-citizen-certificate.status.nothing-known')), ...onesOwnLook(situation)],
    }
  const told = text(`tw-citizen-certificate.state.${state}`)
  const today = paragraph(text('tw-citizen-certificate.status.of-today'))
  if (byDays.includes(state) && isCivilDate(expiry)) {
    const certificate: KnownCertificate = extended.includes(state) ? { expiry, extended: true } : { expiry, extended: false, wasValid: true }
    const { tone, title, blocks } = certificateAdvice(situation, certificate, state.startsWith('SUSPENDED') ? 'suspended' : 'no')
    return { tone, title: told, blocks: [today, attention(title), ...blocks] }
  }
  const needsOffice = state === 'NONE' || state === 'DEAD' || state === 'REVOKED'
  return {
    tone: 'attention',
    title: told,
    blocks: [
      today,
      ...(reply.ok && state === 'RENEWAL_ORDERED' ? orderBlocks(reply.facts) : []),
      ...(isCivilDate(expiry) ? [field(text('tw-citizen-certificate.validity.last-expiry'), taiwanDate(expiry))] : []),
      ...(needsOffice ? [...said(situation, 'R133').map(paragraph), ...offices(situation)] : []),
      ...onesOwnLook(situation),
    ],
  }
}
