import { text } from '../../contract/text.ts'
import { paymentState } from '../../rulebook/taiwan-foreigners.ts'
import { attention, checked, field, heading, paragraph, said, steps } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { moica, page, taiwanDate } from '../taiwan.ts'
import { stations } from './apply.ts'
import { reminder } from './reminder.ts'

/** The countdown of an application that is not paid, and how to pay (R079–R085, R089): safe, the one grey day, and deleted. */
export function payAdvice(situation: Situation): Advice {
  const { today, rulebook, answers } = situation
  const { deadline, now, daysLeft } = paymentState(rulebook, answers['applied'] ?? today, today)
  const { safe, last } = deadline
  if (now === 'late')
    return {
      tone: 'attention',
      title: text('tw-resident-certificate.pay.late'),
      blocks: [
        field(text('tw-resident-certificate.pay.ended'), taiwanDate(last)),
        ...said(situation, 'R085', 'R071', 'R073').map(paragraph),
        ...stations(situation),
        ...moica(situation),
        ...checked(situation, 'R079', 'R085', 'R090'),
      ],
    }
  return {
    tone: now === 'ask' ? 'attention' : 'good',
    title: now === 'ask' ? text('tw-resident-certificate.pay.ask') : text('tw-resident-certificate.pay.in-time', { date: safe, days: daysLeft }),
    blocks: [
      field(text('tw-resident-certificate.pay.safe'), taiwanDate(safe)),
      field(text('tw-resident-certificate.pay.last'), taiwanDate(last)),
      ...said(situation, 'R089', 'R085').map(attention),
      ...(now === 'in-time'
        ? [reminder(situation, { day: safe, title: text('tw-resident-certificate.pay.calendar'), remind: [3, 0] })]
        : []),
      heading(text('tw-resident-certificate.pay.how')),
      steps(...said(situation, 'R080', 'R081', 'R084', 'R082', 'R083')),
      page(situation, 'R080'),
      ...said(situation, 'subscriber-code', 'subscriber-code-again').map(paragraph),
      attention(text('tw-resident-certificate.not-here')),
      ...moica(situation),
      ...checked(situation, 'R079', 'R080', 'R081', 'R082', 'R083', 'R084', 'R085', 'R089'),
    ],
  }
}
