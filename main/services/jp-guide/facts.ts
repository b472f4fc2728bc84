import { text } from '../../contract/text.ts'
import { noticeArrival } from '../../rulebook/japan-card.ts'
import { attention, checked, field, heading, paragraph, said } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'

/** What the Individual Number is (R001–R007), and that it is nobody else's business (R012–R014, R017, R018). The booth never asks for it. */
export function adviseNumber(situation: Situation): Advice {
  return {
    tone: 'plain',
    title: text('jp-guide.number.title'),
    blocks: [
      ...said(situation, 'R002', 'R003', 'R005', 'R006', 'R007').map(paragraph),
      heading(text('jp-guide.number.keep')),
      ...said(situation, 'R004', 'R017', 'R018', 'R013', 'R014').map(paragraph),
      ...said(situation, 'R001').map(paragraph),
      ...checked(situation, 'R002', 'R017'),
    ],
  }
}

/** What the card is, what it is good for, what stands on it and how one gets it (R019, R020, R027–R032, R034, R035, R045). */
export function adviseCard(situation: Situation): Advice {
  return {
    tone: 'plain',
    title: text('jp-guide.card.title'),
    blocks: [
      ...said(situation, 'R027', 'R035').map(paragraph),
      heading(text('jp-guide.card.get')),
      ...said(situation, 'R030', 'R019', 'R020', 'R029', 'R045').map(paragraph),
      heading(text('jp-guide.card.printed')),
      ...said(situation, 'R028', 'R031', 'R032').map(paragraph),
      heading(text('jp-guide.card.keep')),
      ...said(situation, 'R034', 'R033').map(paragraph),
      ...checked(situation, 'R027'),
    ],
  }
}

/** Why the notice has not come, and whom to ask (R008–R011): by the day of the first resident record, unless the post office was there already. */
export function adviseNotice(situation: Situation): Advice {
  const { answers, today, rulebook } = situation
  const registered = answers['registered']
  const foot = checked(situation, 'R008')
  if (answers['slip'] === 'yes' || registered === undefined)
    return { tone: 'good', title: text('jp-guide.notice.title.slip'), blocks: [...said(situation, 'R010', 'R009', 'R011').map(paragraph), ...foot] }
  const { from, to } = noticeArrival(rulebook, registered)
  const when = today < from ? 'wait' : today <= to ? 'soon' : 'ask'
  const [ask] = said(situation, 'R011')
  return {
    tone: when === 'ask' ? 'attention' : 'plain',
    title: text(`jp-guide.notice.title.${when}`, { from, to }),
    blocks: [
      ...(ask ? [when === 'ask' ? attention(ask) : paragraph(ask)] : []),
      field(text('jp-guide.notice.about'), text('jp-guide.notice.days', { from, to })),
      ...said(situation, 'R008', 'R009', 'R010').map(paragraph),
      paragraph(text('jp-guide.notice.address')),
      ...foot,
    ],
  }
}
