import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { standing } from '../../rulebook/counting.ts'
import { expressDeadline } from '../../rulebook/japan-card.ts'
import { attention, checked, heading, paragraph, said, steps } from '../blocks.ts'
import { deadline, reminders } from '../japan.ts'
import type { Advice, Situation } from '../service.ts'
import { counterSheet, policeSheet } from './sheets.ts'

/** A card that turned up is released in person only, never by telephone (B4). */
const found: Advice = {
  tone: 'attention',
  title: text('jp-card-lost.found.title'),
  blocks: [
    steps(text('jp-card-lost.found.counter'), text('jp-card-lost.found.certificate')),
    paragraph(text('jp-card-lost.found.not-by-phone')),
    paragraph(text('jp-card-lost.found.old')),
  ],
}

/** What proves the loss at the counter, by where it happened: the number of the police, a statement of one's own, or the certificate of the fire (B4). */
const proofs = { outside: 'police', home: 'statement', fire: 'fire' } as const

/** The express issue: until when, counted from the day of the report, or from today where nothing is reported yet (B0.5, B4). */
function express(situation: Situation): readonly Block[] {
  const { answers, today, rulebook } = situation
  const reported = answers['reported'] === 'yes' ? (answers['reported-on'] ?? null) : null
  const until = expressDeadline(rulebook, reported ?? today)
  const title = heading(text('jp-card-lost.next.express'))
  const place = standing(until, today)
  if (place === 'late') return [title, attention(text('jp-card-lost.next.express-late'))]
  return [
    title,
    ...said(situation, 'express-issue').map(paragraph),
    ...(reported === null ? [paragraph(text('jp-card-lost.next.if-today'))] : []),
    ...deadline(situation, until),
    ...reminders(situation, [{ day: until.safe, title: text('jp-card-lost.next.calendar') }]),
  ]
}

/** Police, municipality, new card: in this order, with what each costs and until when (R048, R049, B4). */
export function adviseNext(situation: Situation): Advice {
  const { answers } = situation
  if (answers['where'] === 'found') return found
  const proof = proofs[answers['where'] as keyof typeof proofs] ?? 'police'
  return {
    tone: 'attention',
    title: text(`jp-card-lost.next.title.${proof}`),
    blocks: [
      steps(text('jp-card-lost.next.suspend'), text(`jp-card-lost.next.${proof}`), text('jp-card-lost.next.municipality'), text('jp-card-lost.next.again')),
      ...express(situation),
      heading(text('jp-card-lost.next.normal')),
      ...said(situation, 'reissue').map(paragraph),
      paragraph(text('jp-card-lost.next.ways')),
      paragraph(text('jp-card-lost.found.old')),
      ...checked(situation, 'R048', 'reissue'),
    ],
    sheets: proof === 'police' ? [policeSheet, counterSheet(proof)] : [counterSheet(proof)],
  }
}
