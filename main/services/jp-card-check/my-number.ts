import type { CardFacts, CertificateFacts } from '../../../hardware/card-reader/events.ts'
import type { Block } from '../../contract/block.ts'
import type { CivilDate } from '../../contract/date.ts'
import { pinKinds, type PinKind } from '../../contract/pin.ts'
import { text, type Text } from '../../contract/text.ts'
import { cardRenewal, type CardRenewal } from '../../rulebook/card-renewal.ts'
import { civilDateAt } from '../../rulebook/civil-date.ts'
import { dateText } from '../../rulebook/date-text.ts'
import { resolvePhoneLines } from '../../rulebook/phone-lines.ts'
import { attention, checked, field, heading, paragraph, said } from '../blocks.ts'
import { reminders } from '../japan.ts'
import type { Advice, Situation } from '../service.ts'

export type MyNumberFacts = Extract<CardFacts, { kind: 'my-number' }>

const name = (rest: string, values?: Text['values']) => text(`jp-card-check.${rest}`, values)

/** What has to be said of a card, the gravest first. */
interface Finding {
  readonly id: string
  /** Until when to act, where there is a day. */
  readonly renewal?: CardRenewal
  /** Rules that say what to do. */
  readonly rules: readonly string[]
}

/** The last day of a certificate in Japan; null when the card has none that can be believed. */
function lastDay(certificate: MyNumberFacts['authentication']): CivilDate | null {
  if (certificate === null || typeof certificate === 'string') return null
  return certificate.problem === 'own-signed' || certificate.problem === 'other-authority' ? null : civilDateAt(Date.parse(certificate.until), 'Asia/Tokyo')
}

function certificateFinding(certificate: MyNumberFacts['authentication']): Finding | null {
  const finding = (id: string): Finding => ({ id: `certificate-${id}`, rules: [] })
  if (certificate === null) return finding('missing')
  if (lastDay(certificate) === null) return finding('unconfirmed')
  const { problem } = certificate as CertificateFacts
  return problem === 'expired' ? finding('expired') : problem === 'not-yet-valid' ? finding('early') : null
}

/** What holds of this card today, in the order of its weight; empty: all is well. */
export function findings(facts: MyNumberFacts, { rulebook, today }: Pick<Situation, 'rulebook' | 'today'>): readonly Finding[] {
  const { token, expiry, authentication, tries } = facts
  const isCard = token === 'card'
  const ofCertificate = certificateFinding(authentication)
  const soon = (id: string, ends: CivilDate | null, rules: readonly string[]): Finding | null => {
    if (ends === null || ends < today) return null
    const renewal = cardRenewal(rulebook, ends)
    return today < renewal.from ? null : { id, renewal, rules }
  }
  const ofPin = (kind: PinKind): Finding | null => {
    if (tries[kind] === 0) return { id: `blocked-${kind}`, rules: ['pin-reset'] }
    return tries[kind] === 1 ? { id: `last-try-${kind}`, rules: [] } : null
  }
  const isOver = isCard && expiry !== null && expiry < today
  const all: readonly (Finding | null)[] = [
    isOver ? { id: 'card-expired', rules: ['R034', 'reissue'] } : null,
    ofCertificate,
    ...pinKinds.map(ofPin),
    isCard ? soon('card-soon', expiry, ['card-renewal', 'R034', 'stay-extension']) : null,
    // A card that ends takes its certificates with it: one day is enough.
    ofCertificate || lastDay(authentication) === expiry ? null : soon('certificate-soon', lastDay(authentication), ['card-renewal']),
    isCard && expiry === null ? { id: 'expiry-unknown', rules: [] } : null,
  ]
  const held = all.filter((finding) => finding !== null)
  return [...held.filter(({ id }) => !id.startsWith('last-try')), ...held.filter(({ id }) => id.startsWith('last-try'))]
}

function say({ id, renewal, rules }: Finding, situation: Situation): readonly Block[] {
  return [
    attention(name(`finding.${id}.body`)),
    ...(renewal ? [field(name('go-by'), dateText(renewal.safe)), field(name('ends'), dateText(renewal.last))] : []),
    ...said(situation, ...rules).map(paragraph),
  ]
}

/** The facts of the card, line by line. */
function factLines({ token, expiry, authentication, signature, tries }: MyNumberFacts): readonly Block[] {
  const certificate = lastDay(authentication)
  const present = signature === null ? 'unknown' : signature ? 'present' : 'absent'
  const left = (kind: PinKind) => field(name(`pin.${kind}`), tries[kind] === null ? name('not-said') : name('tries', { tries: tries[kind] }))
  return [
    field(name('kind'), name(`token.${token}`)),
    ...(token === 'card' ? [field(name('expiry'), expiry === null ? name('not-said') : dateText(expiry))] : []),
    field(name('authentication'), certificate === null ? name(authentication === null ? 'absent' : 'unconfirmed') : dateText(certificate)),
    field(name('signature'), name(`signature.${present}`)),
    ...pinKinds.map(left),
  ]
}

/** The lines where somebody answers questions about the card, in the resident's language first. */
export function cardLines({ rulebook, language, now }: Pick<Situation, 'rulebook' | 'language' | 'now'>): readonly Block[] {
  return resolvePhoneLines(rulebook, language, 'card', now).map((line) => ({ kind: 'line', line }))
}

/** What a My Number Card, or its like in a telephone, says without a PIN, what to do about it and until when (R027, R028, R033–R035, B5). */
export function adviseMyNumber(card: MyNumberFacts, situation: Situation): Advice {
  const found = findings(card, situation)
  const [first] = found
  const ends = [
    { day: card.token === 'card' ? card.expiry : null, title: name('remind.card') },
    { day: lastDay(card.authentication) === card.expiry ? null : lastDay(card.authentication), title: name('remind.certificate') },
  ].flatMap(({ day, title }) => (day === null ? [] : [{ day: cardRenewal(situation.rulebook, day).safe, title }]))
  return {
    tone: first ? 'attention' : 'good',
    title: first ? name(`finding.${first.id}.title`) : name('good.title'),
    blocks: [
      ...found.flatMap((finding) => [...(finding === first ? [] : [heading(name(`finding.${finding.id}.title`))]), ...say(finding, situation)]),
      ...(first ? [{ kind: 'rule' as const }] : []),
      ...factLines(card),
      paragraph(name('signature-dates')),
      ...(found.length > 0 ? cardLines(situation) : []),
      ...reminders(situation, ends),
      heading(name('keep')),
      ...said(situation, 'R033', 'signature-change', 'R034', ...(found.some(({ id }) => id === 'card-soon') ? [] : ['card-renewal', 'stay-extension'])).map(paragraph),
      heading(name('good-for')),
      ...said(situation, 'R027', 'R035', 'R028').map(paragraph),
      ...checked(situation, 'R033', 'card-renewal', 'pin-reset'),
    ],
  }
}
