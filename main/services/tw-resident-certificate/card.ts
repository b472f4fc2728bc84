import { text } from '../../contract/text.ts'
import { knowsHolidays } from '../../rulebook/closed-days.ts'
import { cardDelivery } from '../../rulebook/taiwan-foreigners.ts'
import { attention, checked, field, heading, paragraph, said, steps } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { moica, page, taiwanDate } from '../taiwan.ts'

/** About when a paid card comes, and what then (R086, R087, R089). */
export function deliveryAdvice(situation: Situation): Advice {
  const { today, rulebook, answers } = situation
  const { from, to } = cardDelivery(rulebook, answers['paid'] ?? today, answers['where'] === 'islands')
  const isLate = to < today
  return {
    tone: isLate ? 'attention' : 'good',
    title: isLate ? text('tw-resident-certificate.delivery.late', { date: to }) : text('tw-resident-certificate.delivery.about', { from, to }),
    blocks: [
      field(text('tw-resident-certificate.delivery.from'), taiwanDate(from)),
      field(text('tw-resident-certificate.delivery.to'), taiwanDate(to)),
      ...(knowsHolidays(rulebook, 'TW', to) ? [] : [attention(text('tw-resident-certificate.holidays-unknown'))]),
      ...said(situation, 'R086', 'R087').map(paragraph),
      heading(text('tw-resident-certificate.delivery.then')),
      ...said(situation, 'R088', 'R089').map(paragraph),
      ...moica(situation),
      ...checked(situation, 'R086', 'R087', 'R088', 'R089'),
    ],
  }
}

/** How a card that has come is made usable, and what is on it (R075, R076, R081, R088). */
export function activationAdvice(situation: Situation): Advice {
  return {
    tone: 'good',
    title: text('tw-resident-certificate.activation.title'),
    blocks: [
      steps(text('tw-resident-certificate.activation.ready'), ...said(situation, 'R088'), text('tw-resident-certificate.activation.remember')),
      page(situation, 'R088'),
      attention(text('tw-resident-certificate.not-here')),
      ...said(situation, 'subscriber-code', 'subscriber-code-again', 'foreigner-lock').map(paragraph),
      paragraph(text('tw-resident-certificate.activation.locked')),
      heading(text('tw-resident-certificate.activation.what')),
      ...said(situation, 'R075', 'R076', 'foreigner-validity').map(paragraph),
      ...moica(situation),
      ...checked(situation, 'R075', 'R076', 'R088', 'foreigner-lock'),
    ],
  }
}
