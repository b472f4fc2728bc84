import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { dateText } from '../../rulebook/date-text.ts'
import { applicationStatus, type ApplicationAdvice, type ApplicationState } from '../../rulebook/japan-card.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import { attention, checked, field, paragraph, said, steps } from '../blocks.ts'
import { reminders } from '../japan.ts'
import type { Advice, Situation } from '../service.ts'
import { readFacts } from './inquiry.ts'

const say = (name: string) => text(`jp-card-status.${name}`)

/** The official page of the same question: for whom the booth may not ask. */
function officialPage({ rulebook, today }: Situation): readonly Block[] {
  const { url, path } = valueOn(rulebook, 'status-site', today)
  return [steps(say('page.open'), text('jp-card-status.page.menu', { menu: path.join(' / ') }), say('page.enter')), { kind: 'code', payload: url, caption: text('jp-card-status.page.code', { url }) }]
}

/** What to do, in the order of doing it. */
const acts: Readonly<Record<ApplicationAdvice, readonly string[]>> = {
  wait: ['act.wait', 'act.no-second'],
  'ask-municipality': ['act.ask'],
  'apply-again': ['act.new-form', 'act.apply'],
  collect: ['act.postcard', 'act.bring', 'act.pins'],
  'await-mail': ['act.mail'],
  none: ['act.none'],
}

/** The states of B3 as keys of messages. */
const stateKey = (state: ApplicationState) => state.toLowerCase().replaceAll('_', '-')

/** Where the application stands by the answer of the centre, or by the day of the application alone, and what to do until when (B3). */
export function adviseStatus(situation: Situation): Advice {
  const { answers, replies, today, rulebook } = situation
  const facts = readFacts(replies['state'])
  if (facts === null) {
    const { advice, postcardAbout, askFrom } = applicationStatus(rulebook, { state: 'SUBMITTED', applied: answers['applied'] ?? today, pickUpUntil: null, stayUntil: null }, today)
    const reply = replies['state']
    const why = reply && !reply.ok ? reply.code : 'not-offered'
    return {
      tone: advice === 'wait' ? 'plain' : 'attention',
      title: text(`jp-card-status.title.${advice === 'wait' ? 'page' : 'ask'}`),
      blocks: [
        paragraph(text(`jp-card-status.why.${why}`)),
        ...officialPage(situation),
        field(say('postcard-about'), dateText(postcardAbout)),
        field(say('ask-from'), dateText(askFrom)),
        ...said(situation, 'issue-months').map(paragraph),
        ...reminders(situation, [{ day: askFrom, title: say('calendar.ask') }]),
        ...checked(situation, 'issue-months', 'status-site'),
      ],
    }
  }
  const { state, advice, postcardAbout, askFrom } = applicationStatus(rulebook, facts, today)
  const isUnderWay = advice === 'wait' || advice === 'ask-municipality'
  return {
    tone: advice === 'apply-again' || advice === 'ask-municipality' ? 'attention' : 'good',
    title: text(`jp-card-status.state.${stateKey(state)}.title`),
    blocks: [
      paragraph(text(`jp-card-status.state.${stateKey(state)}.body`)),
      ...(state === 'READY' && facts.pickUpUntil ? [field(say('pick-up-until'), dateText(facts.pickUpUntil)), ...reminders(situation, [{ day: facts.pickUpUntil, title: say('calendar.pick-up') }])] : []),
      ...(isUnderWay && state !== 'PICKUP_LAPSED' ? [field(say('postcard-about'), dateText(postcardAbout)), field(say('ask-from'), dateText(askFrom))] : []),
      steps(...acts[advice].map(say)),
      ...(state === 'READY' ? said(situation, 'R029').map(paragraph) : []),
      ...(facts.stayUntil && (isUnderWay || state === 'READY') ? [attention(text('jp-card-status.stay', { day: facts.stayUntil }))] : []),
      ...(advice === 'wait' ? reminders(situation, [{ day: askFrom, title: say('calendar.ask') }]) : []),
      ...checked(situation, 'issue-months'),
    ],
  }
}
