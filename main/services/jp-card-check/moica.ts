import type { CardFacts, CertificateFacts, ContentFault } from '../../../hardware/card-reader/events.ts'
import type { Block } from '../../contract/block.ts'
import type { CivilDate } from '../../contract/date.ts'
import { text, type Text } from '../../contract/text.ts'
import { addYears, civilDateAt } from '../../rulebook/civil-date.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import { citizenState, extensionWindow, renewalWindow } from '../../rulebook/taiwan-citizens.ts'
import { attention, checked, field, heading, paragraph, said } from '../blocks.ts'
import { moica, taiwanDate } from '../taiwan.ts'
import type { Advice, Situation } from '../service.ts'

export type MoicaFacts = Extract<CardFacts, { kind: 'moica' }>

const name = (rest: string, values?: Text['values']) => text(`jp-card-check.moica.${rest}`, values)
const isRead = (certificate: CertificateFacts | ContentFault): certificate is CertificateFacts => typeof certificate !== 'string' && certificate.problem !== 'own-signed'

/** The last day of the card's certificates in Taipei, the earliest of them; null when none can be believed. */
export function moicaLastDay({ certificates }: MoicaFacts): CivilDate | null {
  const days = certificates.filter(isRead).map(({ until }) => civilDateAt(Date.parse(until), 'Asia/Taipei'))
  return days.toSorted()[0] ?? null
}

function factLines({ generation, number, certificates }: MoicaFacts, until: CivilDate | null): readonly Block[] {
  const issuer = certificates.find(isRead)?.issuer
  return [
    field(text('jp-card-check.kind'), name('kind', { generation })),
    field(name('number'), number === null ? text('jp-card-check.not-said') : text('taiwan.as-written', { written: number })),
    field(name('until'), until === null ? text('jp-card-check.unconfirmed') : taiwanDate(until)),
    ...(issuer ? [field(name('issuer'), text('taiwan.as-written', { written: issuer }))] : []),
  ]
}

/** PINs of these cards are left to the ministry's own programs: what locks a card, and what opens it again (R118–R121). */
function pinLines(situation: Situation): readonly Block[] {
  return [heading(name('pin')), attention(name('pin-not-here')), ...said(situation, 'R118', 'R119', 'R120', 'R121').map(paragraph)]
}

/** The windows of a certificate: the extension of five years, once, or the renewal after it (R124–R127, R131). */
function windows(situation: Situation, until: CivilDate, extended: boolean): readonly Block[] {
  if (extended) {
    const { from, to } = renewalWindow(situation.rulebook, until)
    return [field(name('renewal.from'), taiwanDate(from)), field(name('renewal.to'), taiwanDate(to)), ...said(situation, 'R131', 'renewal-order', 'R133').map(paragraph)]
  }
  const { from, to, newExpiry } = extensionWindow(situation.rulebook, until)
  return [
    field(name('extension.from'), taiwanDate(from)),
    field(name('extension.safe'), taiwanDate(to.safe)),
    ...(to.last === to.safe ? [] : [field(name('extension.last'), taiwanDate(to.last))]),
    field(name('extension.gives'), taiwanDate(newExpiry)),
    ...said(situation, 'R125', 'R126', 'R127', 'R128', 'R129').map(paragraph),
  ]
}

function adviseCitizen(card: MoicaFacts, until: CivilDate, situation: Situation): Advice {
  const { rulebook, answers, openedAt } = situation
  const today = civilDateAt(openedAt, 'Asia/Taipei')
  const isKnown = answers['extended'] !== 'unknown'
  const extended = answers['extended'] === 'yes'
  const expiry = extended ? addYears(until, -valueOn(rulebook, 'R127', until)) : until
  const { state, advice } = citizenState(rulebook, { expiry, extended, wasValid: true }, today)
  const over = today > until
  return {
    tone: !isKnown ? (over ? 'attention' : 'plain') : advice === 'wait' ? 'good' : 'attention',
    title: isKnown ? name(`title.${state}`, { until }) : name(over ? 'title.over' : 'title.valid', { until }),
    blocks: [
      (advice === 'wait' && isKnown ? paragraph : attention)(name(isKnown ? `advice.${advice}` : 'advice.both')),
      ...factLines(card, until),
      ...(isKnown ? windows(situation, until, extended) : [heading(name('not-extended')), ...windows(situation, until, false), heading(name('was-extended')), ...windows(situation, until, true)]),
      paragraph(name('revoked')),
      ...pinLines(situation),
      heading(name('use')),
      ...said(situation, 'R113').map(paragraph),
      ...moica(situation),
      ...checked(situation, 'R124', 'R131', 'R118'),
    ],
  }
}

/** What a MOICA card says without a PIN: validity, the windows of extension and renewal, and what is never done here (R113, R118, R123–R133). */
export function adviseMoica(card: MoicaFacts, situation: Situation): Advice {
  const until = moicaLastDay(card)
  if (until === null)
    return {
      tone: 'attention',
      title: name('title.unreadable'),
      blocks: [attention(name('advice.ask')), ...factLines(card, until), ...pinLines(situation), ...moica(situation), ...checked(situation, 'R118')],
    }
  if (situation.answers['holder'] !== 'foreign') return adviseCitizen(card, until, situation)
  const over = civilDateAt(situation.openedAt, 'Asia/Taipei') > until
  return {
    tone: over ? 'attention' : 'plain',
    title: name(over ? 'title.over' : 'title.valid', { until }),
    blocks: [
      ...factLines(card, until),
      ...said(situation, 'foreigner-validity', 'foreigner-lock').map(paragraph),
      heading(name('pin')),
      attention(name('pin-not-here')),
      heading(name('use')),
      ...said(situation, 'R113').map(paragraph),
      ...moica(situation),
      ...checked(situation, 'foreigner-validity'),
    ],
  }
}
