import { text, type Text } from '../../contract/text.ts'
import type { ReviewItem } from '../../contract/view.ts'
import { dateText } from '../../rulebook/date-text.ts'
import type { Answers } from '../service.ts'

const service = 'jp-mynumber-application'

const option = (step: string, value: string): Text => text(`${service}.${step}.option.${value}`)

/** The review screen: what will be sent, each with the step that corrects it. A scanned ID cannot be edited, only scanned again (C2). */
export function reviewItems(answers: Answers, last4: string): readonly ReviewItem[] {
  const chosen = (step: string): readonly ReviewItem[] => {
    const value = answers[step]
    return value === undefined ? [] : [{ step, label: text(`${service}.${step}.short`), value: option(step, value) }]
  }
  return [
    { step: 'scan', label: text(`${service}.identifier.short`), value: text('screen.identifier.masked', { last4 }) },
    ...chosen('applicant'),
    ...chosen('cause'),
    ...(answers['birth'] ? [{ step: 'birth', label: text(`${service}.birth.short`), value: dateText(answers['birth']) }] : []),
    ...chosen('certificates'),
    ...chosen('braille'),
  ]
}
