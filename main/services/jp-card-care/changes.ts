import { text } from '../../contract/text.ts'
import { standing } from '../../rulebook/counting.ts'
import { moveState, updateDeadline } from '../../rulebook/japan-card.ts'
import { attention, checked, paragraph, said, steps } from '../blocks.ts'
import { deadline, reminders } from '../japan.ts'
import type { Advice, Situation } from '../service.ts'
import { doubtful, lapsed } from './ends.ts'

/** A new address in the same municipality, or a new name: enter it on the card in time (R033). Who is late has it entered all the same. */
export function adviseUpdate(situation: Situation): Advice {
  const { answers, today, rulebook } = situation
  const changed = answers['changed'] ?? today
  const until = updateDeadline(rulebook, changed)
  const place = standing(until, today)
  return {
    tone: place === 'in-time' ? 'good' : 'attention',
    title: text(`jp-card-care.update.title.${place}`, { day: until.safe }),
    blocks: [
      ...deadline(situation, until),
      steps(text('jp-card-care.step.counter'), text('jp-card-care.step.pin'), text('jp-card-care.step.signature')),
      ...said(situation, 'R033').map(paragraph),
      ...reminders(situation, [{ day: until.safe, title: text('jp-card-care.update.calendar') }]),
      ...checked(situation, 'R033'),
    ],
  }
}

/** A move to another municipality: the move-in notice, then the continued use of the card, each within its days; too late, the card has ended (B5). */
export function adviseMove(situation: Situation): Advice {
  const { answers, today, rulebook } = situation
  const moved = answers['moved'] ?? today
  const notified = answers['notice'] === 'yes' ? (answers['notified'] ?? null) : null
  if (notified !== null && notified < moved) return doubtful(text('jp-card-care.doubtful.notified'))
  const move = moveState(rulebook, { moved, plannedMoveOut: answers['planned'] ?? moved, notified }, today)
  if (move.state === 'lapsed' || answers['notice'] === 'again') return lapsed(situation, text(`jp-card-care.move.title.${answers['notice'] === 'again' ? 'again' : 'lapsed'}`))
  const { state, deadline: until, now } = move
  const rules = state === 'notice-due' ? ['R033', 'planned-move-out'] : ['continued-use']
  return {
    tone: now === 'in-time' ? 'good' : 'attention',
    title: text(`jp-card-care.move.title.${state}`, { day: until.safe }),
    blocks: [
      ...(now === 'ask' ? [attention(text('jp-card-care.move.ask'))] : []),
      ...deadline(situation, until),
      ...(state === 'notice-due'
        ? [steps(text('jp-card-care.move.notice'), text('jp-card-care.move.same-day'), text('jp-card-care.step.pin'), text('jp-card-care.step.signature'))]
        : [steps(text('jp-card-care.move.continue'), text('jp-card-care.step.pin'), text('jp-card-care.step.signature'))]),
      ...said(situation, ...rules, ...(state === 'notice-due' ? ['continued-use'] : [])).map(paragraph),
      attention(text('jp-card-care.move.else')),
      ...reminders(situation, [{ day: until.safe, title: text(`jp-card-care.move.calendar.${state}`) }]),
      ...checked(situation, ...rules),
    ],
  }
}
