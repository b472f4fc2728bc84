import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { knowsHolidays } from '../../rulebook/closed-days.ts'
import { suspensionClocks } from '../../rulebook/taiwan-foreigners.ts'
import { attention, checked, field, heading, paragraph, said, steps } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { moica, page, taiwanDate } from '../taiwan.ts'
import { stations } from './apply.ts'
import { faxBlanks, faxSheet } from './sheets.ts'

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

/** What to write for an emergency suspension, by hand: the form itself comes from MOICA (R093, R094). */
function faxOutline(): readonly Block[] {
  return [
    heading(text('tw-resident-certificate.fax')),
    steps(...faxBlanks.map((blank) => text(`tw-resident-certificate.blank.${blank}`))),
    paragraph(text('tw-resident-certificate.fax.draft')),
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
  const isTaken = situation.answers['accepted'] !== undefined
  const howLong = [...clockBlocks(situation, false), ...said(situation, 'R096').map(paragraph)]
  const stands = checked(situation, 'R092', 'R093', 'R094', 'R096', 'R097')
  if (isTaken) {
    const { done } = clocksOf(situation)
    return { tone: 'good', title: text('tw-resident-certificate.suspend.done', { date: done }), blocks: [...howLong, ...moica(situation), ...stands] }
  }
  return hasBoth(situation)
    ? {
        tone: 'good',
        title: text('tw-resident-certificate.suspend.online'),
        blocks: [
          steps(...said(situation, 'R092')),
          page(situation, 'R092'),
          attention(text('tw-resident-certificate.not-here')),
          ...said(situation, 'R093', 'R094').map(paragraph),
          ...howLong,
          ...moica(situation),
          ...stands,
        ],
      }
    : {
        tone: 'attention',
        title: text('tw-resident-certificate.suspend.fax'),
        blocks: [...said(situation, 'R092', 'R093', 'R094').map(paragraph), ...moica(situation), ...faxOutline(), ...howLong, ...stands],
        sheets: [faxSheet],
      }
}

/** How to resume, which is online only, and the three clocks after it (R095–R099); an expired certificate stays as it is. */
export function resumeAdvice(situation: Situation): Advice {
  const until = situation.answers['card-until'] ?? situation.today
  if (until < situation.today)
    return {
      tone: 'attention',
      title: text('tw-resident-certificate.resume.expired', { date: until }),
      blocks: [
        ...said(situation, 'R096', 'foreigner-validity').map(paragraph),
        ...moica(situation),
        ...stations(situation),
        ...checked(situation, 'R096', 'foreigner-validity', 'R090'),
      ],
    }
  const taken = situation.answers['accepted'] !== undefined
  if (!taken && !hasBoth(situation))
    return {
      tone: 'attention',
      title: text('tw-resident-certificate.resume.closed'),
      blocks: [
        ...said(situation, 'R099', 'subscriber-code-again').map(paragraph),
        ...moica(situation),
        ...said(situation, 'R091').map(paragraph),
        ...stations(situation),
        ...checked(situation, 'R095', 'R099', 'R091'),
      ],
    }
  return {
    tone: 'good',
    title: text(taken ? 'tw-resident-certificate.resume.advised' : 'tw-resident-certificate.resume.online', { date: clocksOf(situation).advised }),
    blocks: [
      ...(taken ? [] : [steps(...said(situation, 'R095')), page(situation, 'R095'), attention(text('tw-resident-certificate.not-here'))]),
      ...clockBlocks(situation, true),
      ...(until < clocksOf(situation).done ? [attention(text('tw-resident-certificate.resume.too-late'))] : []),
      field(text('tw-resident-certificate.until'), taiwanDate(until)),
      ...said(situation, 'R096', 'R099').map(paragraph),
      ...moica(situation),
      ...checked(situation, 'R095', 'R096', 'R097', 'R098', 'R099'),
    ],
  }
}
