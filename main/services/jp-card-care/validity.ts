import type { Block } from '../../contract/block.ts'
import { text, type Text } from '../../contract/text.ts'
import type { Deadline } from '../../rulebook/counting.ts'
import { dateText } from '../../rulebook/date-text.ts'
import { cardValidity, type CardHolder } from '../../rulebook/japan-card.ts'
import { checked, field, paragraph, said } from '../blocks.ts'
import { reminders } from '../japan.ts'
import type { Advice, Situation } from '../service.ts'
import { doubtful } from './ends.ts'

/** About when the card and its certificates end; two days where cities judge the age differently (B5, R034, X9). */
export function adviseValidity(situation: Situation): Advice {
  const { answers, today, rulebook } = situation
  const { birth = today, issued = today } = answers
  const holder = (answers['holder'] ?? 'japanese') as CardHolder
  const stayUntil = holder === 'other' || holder === 'temporary' ? (answers['stay-until'] ?? null) : null
  const applied = answers['applied'] ?? null
  if (issued < birth) return doubtful(text('jp-card-care.doubtful.issued'))
  if (applied !== null && applied > issued) return doubtful(text('jp-card-care.doubtful.applied'))
  if (stayUntil !== null && stayUntil < issued) return doubtful(text('jp-card-care.doubtful.stay'))
  const { card, certificate } = cardValidity(rulebook, { holder, birth, issued, applied, stayUntil })
  const days = (name: Text, { safe, last }: Deadline): readonly Block[] => [field(name, dateText(safe)), ...(safe === last ? [] : [field(text('jp-card-care.validity.or'), dateText(last))])]
  return {
    tone: today <= card.safe ? 'good' : 'attention',
    title: text(`jp-card-care.validity.title.${today <= card.safe ? 'good' : today <= card.last ? 'ask' : 'over'}`, { day: card.safe }),
    blocks: [
      ...days(text('jp-card-care.validity.card'), card),
      ...days(text('jp-card-care.validity.certificate'), certificate),
      paragraph(text('jp-card-care.validity.printed')),
      ...said(situation, 'card-validity', 'R034').map(paragraph),
      ...reminders(situation, [
        { day: certificate.safe, title: text('jp-card-care.validity.calendar.certificate') },
        ...(card.safe === certificate.safe ? [] : [{ day: card.safe, title: text('jp-card-care.validity.calendar.card') }]),
      ]),
      ...checked(situation, 'card-validity'),
    ],
  }
}
