import { text } from '../../contract/text.ts'
import { standing } from '../../rulebook/counting.ts'
import { foreignValidity } from '../../rulebook/taiwan-foreigners.ts'
import { attention, checked, field, heading, paragraph, said } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { moica, taiwanDate } from '../taiwan.ts'
import { stations } from './apply.ts'
import { reminder } from './reminder.ts'

/** Until when a certificate is good, by the date on it or counted from its issue, and what then: an extension is not stated anywhere (B7, X10). */
export function expiryAdvice(situation: Situation): Advice {
  const { answers, today, rulebook } = situation
  const printed = answers['card-until']
  const end = printed === undefined ? foreignValidity(rulebook, answers['issued'] ?? today) : { safe: printed, last: printed }
  const now = standing(end, today)
  const titles = {
    'in-time': text(printed === undefined ? 'tw-resident-certificate.expiry.about' : 'tw-resident-certificate.expiry.until', { date: end.safe }),
    ask: text('tw-resident-certificate.expiry.ask'),
    late: text('tw-resident-certificate.expiry.over', { date: end.last }),
  }
  return {
    tone: now === 'in-time' ? 'good' : 'attention',
    title: titles[now],
    blocks: [
      field(text('tw-resident-certificate.until'), taiwanDate(end.safe)),
      ...(end.safe === end.last ? [] : [field(text('tw-resident-certificate.until.last'), taiwanDate(end.last))]),
      ...said(situation, 'foreigner-validity').map(paragraph),
      ...(now === 'in-time'
        ? [reminder(situation, { day: end.safe, title: text('tw-resident-certificate.expiry.calendar'), remind: [60, 7] })]
        : []),
      heading(text('tw-resident-certificate.expiry.ends')),
      attention(text('tw-resident-certificate.expiry.ends.number')),
      paragraph(text('tw-resident-certificate.expiry.ends.other')),
      ...said(situation, 'nationality-change').map(paragraph),
      ...moica(situation),
      ...(now === 'late' ? stations(situation) : []),
      ...checked(situation, 'foreigner-validity', 'nationality-change'),
    ],
  }
}
