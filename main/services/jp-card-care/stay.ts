import { text } from '../../contract/text.ts'
import { lastOfficeDay, stayExtension } from '../../rulebook/japan-card.ts'
import { attention, checked, field, paragraph, said, steps } from '../blocks.ts'
import { dateText } from '../../rulebook/date-text.ts'
import { deadline, reminders } from '../japan.ts'
import type { Advice, Situation } from '../service.ts'
import { lapsed } from './ends.ts'

/**
 * The stay is renewed, or a renewal is applied for and not decided: both have to be entered on the card before it expires, and nobody sends a notice (B5). A card's
 * expiry does not wait for an office that is closed (B0.6): safe is the last office day before it.
 */
export function adviseStay(situation: Situation): Advice {
  const { answers, today, rulebook } = situation
  const cardUntil = answers['card-until'] ?? today
  const isPending = answers['topic'] === 'stay-pending'
  const extended = stayExtension(rulebook, cardUntil, today)
  if (extended === null) return lapsed(situation, text('jp-card-care.stay.title.lapsed', { day: cardUntil }))
  const until = { safe: lastOfficeDay(rulebook, cardUntil), last: cardUntil }
  const kind = isPending ? 'pending' : 'renewed'
  return {
    tone: today <= until.safe ? 'good' : 'attention',
    title: today <= until.safe ? text(`jp-card-care.stay.title.${kind}`, { day: until.safe }) : text('jp-card-care.update.title.ask'),
    blocks: [
      ...deadline(situation, until),
      steps(text(`jp-card-care.stay.bring.${kind}`), text('jp-card-care.step.pin')),
      ...(isPending
        ? [...said(situation, 'stay-extension').map(paragraph), field(text('jp-card-care.stay.extended'), dateText(extended.safe))]
        : said(situation, 'card-validity').map(paragraph)),
      attention(text('jp-card-care.stay.no-notice')),
      ...reminders(situation, [{ day: until.safe, title: text('jp-card-care.stay.calendar') }]),
      ...checked(situation, 'stay-extension'),
    ],
  }
}
