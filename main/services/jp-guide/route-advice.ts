import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { expressDeadline } from '../../rulebook/japan-card.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import { checked, heading, paragraph, said, steps } from '../blocks.ts'
import { deadline } from '../japan.ts'
import type { Advice, Situation } from '../service.ts'
import { expressFrom, fittingRoutes, type Route } from './routes.ts'

const step = (route: Route, name: string) => text(`jp-guide.way.${route}.${name}`)

/** How each way goes. */
const blocksOf: Readonly<Record<Route, (situation: Situation) => readonly Block[]>> = {
  express(situation) {
    const from = expressFrom(situation.answers)
    const isFirst = situation.answers['cause'] !== 'lost'
    return [
      ...(from === null ? [] : deadline(situation, expressDeadline(situation.rulebook, from))),
      steps(step('express', 'go'), step('express', 'mailed')),
      ...said(situation, isFirst ? 'express-first' : 'express-issue').map(paragraph),
    ]
  },
  combined: (situation) => [steps(step('combined', 'ask'), step('combined', 'once')), ...said(situation, 'combined-card').map(paragraph)],
  booth: (situation) => [steps(step('booth', 'choose'), step('booth', 'scan'), step('booth', 'photo')), ...said(situation, 'R046', 'R044', 'issue-months').map(paragraph)],
  web: (situation) => [
    ...said(situation, 'R037', 'R039').map(paragraph),
    { kind: 'code', payload: valueOn(situation.rulebook, 'R038', situation.today), caption: step('web', 'open') },
  ],
  mail: (situation) => [steps(step('mail', 'photo'), step('mail', 'fill'), step('mail', 'send')), ...said(situation, 'R036', 'issue-months').map(paragraph)],
  counter: (situation) => {
    const { who, cause } = situation.answers
    if (cause === 'certificate-letter') return [steps(step('counter', 'certificates'))]
    if (who === 'infant') return [steps(step('counter', 'baby')), ...said(situation, 'no-photo-age').map(paragraph)]
    return [
      steps(step('counter', 'form'), step('counter', 'then')),
      ...said(situation, 'R045').map(paragraph),
      { kind: 'code', payload: valueOn(situation.rulebook, 'R045', situation.today), caption: step('counter', 'languages') },
    ]
  },
}

/** The rules behind each way. */
const standing: Readonly<Record<Route, readonly string[]>> = {
  express: ['express-issue', 'express-first'],
  combined: ['combined-card'],
  booth: ['R041', 'issue-months'],
  web: ['R037'],
  mail: ['R036', 'issue-months'],
  counter: ['R045', 'no-photo-age'],
}

/** The way that fits best, how it goes, and what else there is. */
export function adviseRoute(situation: Situation): Advice {
  const { answers, today, rulebook } = situation
  const [best, ...others] = fittingRoutes(answers, today, rulebook)
  const whole = (route: Route) => [heading(text(`jp-guide.way.${route}`)), ...blocksOf[route](situation)]
  const { who } = answers
  const together = who === 'ward' ? [text('jp-guide.route.ward')] : who === 'adult' ? [] : said(situation, 'representative-age')
  return {
    tone: 'good',
    title: text(`jp-guide.route.title.${best}`, { weeks: valueOn(rulebook, 'express-issue', today).weeks }),
    blocks: [
      ...blocksOf[best](situation),
      ...together.map(paragraph),
      ...(others.length > 0 ? [{ kind: 'rule' as const }, ...others.flatMap(whole)] : []),
      ...checked(situation, ...[best, ...others].flatMap((route) => standing[route])),
    ],
  }
}
