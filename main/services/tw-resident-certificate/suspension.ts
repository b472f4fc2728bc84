import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { knowsHolidays } from '../../rulebook/closed-days.ts'
import { suspensionClocks } from '../../rulebook/taiwan-foreigners.ts'
import { attention, checked, field, heading, paragraph, said, steps } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { moica, page, taiwanDate } from '../taiwan.ts'
import { stations } from './apply.ts'

/** Whether subscriber code and card number are both at hand: the way online needs them (R092, R095). */
const hasBoth = ({ answers }: Situation) => answers['both'] === 'yes'

/** The clocks of a request: from the day on which it was taken on, or from today as if that were the day. */
function clocksOf({ answers, rulebook, today }: Situation): ReturnType<typeof suspensionClocks> & { readonly accepted: string } {
  const accepted = answers['accepted'] ?? today
  return { accepted, ...suspensionClocks(rulebook, accepted) }
}

/** What each clock says, one under the other and never added up (X11). */
function clockBlocks(situation: Situation, resumes: boolean): readonly Block[] {
  const { accepted, done, services, advised } = clocksOf(situation)
  const taken = situation.answers['accepted'] !== undefined
  return [
    heading(taken ? text('tw-resident-certificate.clocks') : text('tw-resident-certificate.clocks.if-today')),
    field(text('tw-resident-certificate.clock.accepted'), taiwanDate(accepted)),
    field(text('tw-resident-certificate.clock.done'), taiwanDate(done)),
    ...(resumes
      ? [
          field(text('tw-resident-certificate.clock.services-from'), taiwanDate(services.from)),
          field(text('tw-resident-certificate.clock.services-to'), taiwanDate(services.to)),
          field(text('tw-resident-certificate.clock.advised'), taiwanDate(advised)),
        ]
      : []),
    ...(knowsHolidays(situation.rulebook, 'TW', done) ? [] : [attention(text('tw-resident-certificate.holidays-unknown'))]),
    ...said(situation, 'R097', ...(resumes ? ['R098'] : [])).map(paragraph),
  ]
}

/** What the material with an emergency suspension says, left blank for the pen: the form itself comes from MOICA (R093). */
function faxOutline(): readonly Block[] {
  const blanks = ['name', 'number', 'card', 'phone', 'day', 'signature'] as const
  return [
    heading(text('tw-resident-certificate.fax')),
    paragraph(text('tw-resident-certificate.fax.draft')),
    ...blanks.map((blank) => field(text(`tw-resident-certificate.fax.${blank}`), text('tw-resident-certificate.fax.blank'))),
  ]
}

/** Lost for good: the old certificate is revoked and a new one applied for in one visit; suspend it until then (R091–R094). */
export function lostAdvice(situation: Situation): Advice {
  return {
    tone: 'attention',
    title: text('tw-resident-certificate.lost.title'),
    blocks: [
      heading(text('tw-resident-certificate.lost.now')),
      ...said(situation, 'R092', 'R093', 'R094').map(paragraph),
      page(situation, 'R092'),
      attention(text('tw-resident-certificate.not-here')),
      ...moica(situation),
      heading(text('tw-resident-certificate.lost.new')),
      ...said(situation, 'R091', 'R071', 'R079', 'R083', 'R089').map(paragraph),
      attention(text('tw-resident-certificate.lost.for-good')),
      ...stations(situation),
      ...checked(situation, 'R091', 'R092', 'R093', 'R094', 'R090'),
    ],
  }
}

/** How to suspend: online with code and card number, else by fax; how long it can last and when it is done (R092–R094, R096, R097). */
export function suspendAdvice(situation: Situation): Advice {
  const online = hasBoth(situation)
  const taken = situation.answers['accepted'] !== undefined
  const { done } = clocksOf(situation)
  return {
    tone: taken || online ? 'good' : 'attention',
    title: taken ? text('tw-resident-certificate.suspend.done', { date: done }) : text(online ? 'tw-resident-certificate.suspend.online' : 'tw-resident-certificate.suspend.fax'),
    blocks: [
      ...(taken ? [] : online ? [steps(...said(situation, 'R092')), page(situation, 'R092'), attention(text('tw-resident-certificate.not-here'))] : []),
      ...(taken ? [] : said(situation, 'R093', 'R094').map(paragraph)),
      ...moica(situation),
      ...clockBlocks(situation, false),
      ...said(situation, 'R096').map(paragraph),
      ...(taken || online ? [] : faxOutline()),
      ...checked(situation, 'R092', 'R093', 'R094', 'R096', 'R097'),
    ],
  }
}

/** How to resume, which is online only, and the three clocks after it (R095–R099); an expired certificate stays as it is. */
export function resumeAdvice(situation: Situation): Advice {
  const until = situation.answers['card-until'] ?? situation.today
  if (until < situation.today)
    return {
      tone: 'attention',
      title: text('tw-resident-certificate.resume.expired', { date: until }),
      blocks: [...said(situation, 'R096', 'foreigner-validity').map(paragraph), ...moica(situation), ...stations(situation), ...checked(situation, 'R096', 'foreigner-validity', 'R090')],
    }
  const taken = situation.answers['accepted'] !== undefined
  if (!taken && !hasBoth(situation))
    return {
      tone: 'attention',
      title: text('tw-resident-certificate.resume.closed'),
      blocks: [...said(situation, 'R099', 'subscriber-code-again').map(paragraph), ...moica(situation), ...said(situation, 'R091').map(paragraph), ...stations(situation), ...checked(situation, 'R095', 'R099', 'R091')],
    }
  return {
    tone: 'good',
    title: taken ? text('tw-resident-certificate.resume.advised', { date: clocksOf(situation).advised }) : text('tw-resident-certificate.resume.online'),
    blocks: [
      ...(taken ? [] : [steps(...said(situation, 'R095')), page(situation, 'R095'), attention(text('tw-resident-certificate.not-here'))]),
      ...clockBlocks(situation, true),
      field(text('tw-resident-certificate.until'), taiwanDate(until)),
      ...said(situation, 'R096', 'R099').map(paragraph),
      ...moica(situation),
      ...checked(situation, 'R095', 'R096', 'R097', 'R098', 'R099'),
    ],
  }
}
