import type { Block } from '../../contract/block.ts'
import { text, type Text } from '../../contract/text.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import { foreignObstacles, paymentDeadline, type ForeignApplicant, type ForeignObstacle } from '../../rulebook/taiwan-foreigners.ts'
import { readResidentNumber } from '../../rulebook/taiwan-numbers.ts'
import { attention, checked, field, heading, paragraph, said, steps } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { counter, moica, taiwanDate, workdays } from '../taiwan.ts'
import { windowSheet } from './sheets.ts'

/** What stands against an application, and from which day the age does not. */
export function obstaclesOf({ answers, today, rulebook }: Situation): ReturnType<typeof foreignObstacles> {
  const applicant: ForeignApplicant = {
    birth: answers['birth'] ?? today,
    document: answers['document'] as ForeignApplicant['document'],
    documentUntil: answers['document-until'] ?? null,
    inPerson: answers['who'] === 'self',
  }
  return foreignObstacles(rulebook, applicant, today)
}

/** The stations of the immigration agency: whether they are open, and where they are listed (R090). */
export function stations(situation: Situation): readonly Block[] {
  const list = valueOn(situation.rulebook, 'R090', situation.today)
  return [
    heading(text('tw-resident-certificate.stations')),
    paragraph(workdays(situation, 'immigration-hours')),
    ...counter(situation, 'immigration-hours'),
    { kind: 'code', payload: list, caption: text('tw-resident-certificate.stations.list', { url: list }) },
  ]
}

/** What an old number means for a certificate that hangs on it; nothing for a new one, or where none was entered. */
function numberNotes(situation: Situation): readonly Block[] {
  const number = situation.answers['number']
  if (!number) return []
  const reading = readResidentNumber(situation.rulebook, number, situation.today)
  if (!reading.ok || reading.kind === 'new') return [paragraph(text('tw-resident-certificate.number.right'))]
  return [...said(situation, 'old-ui-number').map(paragraph), attention(text('tw-resident-certificate.number.old'))]
}

const reasons: Readonly<Record<ForeignObstacle, readonly string[]>> = {
  'too-young': ['R070'],
  document: ['R071', 'R072'],
  'document-expired': ['R071'],
  'not-in-person': ['R073'],
}

/** Whether this person can apply, what to take along, and what happens at the window (R070–R074, R078, R090). */
export function applyAdvice(situation: Situation): Advice {
  const { obstacles, ofAge } = obstaclesOf(situation)
  const title = (ending: ForeignObstacle | 'yes'): Text => text(`tw-resident-certificate.can-apply.${ending}`, { date: ofAge })
  const age = valueOn(situation.rulebook, 'R070', situation.today)
  const [first] = obstacles
  if (first)
    return {
      tone: 'attention',
      title: title(first),
      blocks: [
        ...obstacles.slice(1).map((other) => attention(title(other))),
        ...said(situation, ...obstacles.flatMap((obstacle) => reasons[obstacle])).map(paragraph),
        ...(obstacles.includes('too-young') ? [field(text('tw-resident-certificate.of-age', { age }), taiwanDate(ofAge))] : []),
        ...stations(situation),
        ...checked(situation, 'R070', 'R071', 'R072', 'R073', 'R090'),
      ],
    }
  return {
    tone: 'good',
    title: title('yes'),
    blocks: [
      ...said(situation, 'R073').map(paragraph),
      heading(text('tw-resident-certificate.take-along')),
      steps(...said(situation, 'R071'), text('tw-resident-certificate.take-along.contact')),
      ...said(situation, 'R072').map(paragraph),
      ...numberNotes(situation),
      heading(text('tw-resident-certificate.window')),
      ...said(situation, 'R074', 'R078').map(paragraph),
      ...stations(situation),
      ...checked(situation, 'R070', 'R071', 'R072', 'R073', 'R074', 'R078', 'R090'),
    ],
    sheets: [windowSheet],
  }
}

/** What comes after the window: the four steps, the days to pay if the application were made today, the fee and what is not given back (R075–R089). */
export function afterwardsAdvice(situation: Situation): Advice {
  const { safe, last } = paymentDeadline(situation.rulebook, situation.today)
  return {
    tone: 'plain',
    title: text('tw-resident-certificate.afterwards.title', { days: valueOn(situation.rulebook, 'R079', situation.today) }),
    blocks: [
      ...said(situation, 'R077', 'R079').map(paragraph),
      field(text('tw-resident-certificate.if-today.safe'), taiwanDate(safe)),
      field(text('tw-resident-certificate.if-today.last'), taiwanDate(last)),
      ...said(situation, 'R085', 'R089').map(attention),
      ...said(situation, 'R082', 'R083').map(paragraph),
      heading(text('tw-resident-certificate.afterwards.card')),
      ...said(situation, 'R086', 'R087', 'R088', 'R075', 'R076').map(paragraph),
      ...moica(situation),
      ...checked(situation, 'R077', 'R079', 'R083'),
    ],
  }
}
