import type { Sheet } from '../../contract/sheet.ts'
import { text, type Text } from '../../contract/text.ts'
import { containsIndividualNumber } from '../../rulebook/individual-number.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import { citizenObstacles, type CitizenObstacle } from '../../rulebook/taiwan-citizens.ts'
import { readNationalId, readResidentNumber, typed, type NumberProblem } from '../../rulebook/taiwan-numbers.ts'
import { attention, checked, field, heading, paragraph, said, steps } from '../blocks.ts'
import { reminders } from '../japan.ts'
import type { Advice, Read, Situation } from '../service.ts'
import { moica, taiwanDate } from '../taiwan.ts'
import { blank } from './acts.ts'
import { offices } from './offices.ts'
import { defaultPin } from './pin.ts'

/** What stands against an application, and from which day the age does not (R100). */
function obstaclesOf({ answers, today, rulebook }: Situation): ReturnType<typeof citizenObstacles> {
  const householdRegistration = answers['household'] === 'yes'
  const guardianship = answers['guardianship'] === 'yes'
  return citizenObstacles(rulebook, { birth: answers['birth'] ?? today, householdRegistration, guardianship }, today)
}

/** Whether this is somebody who wants to apply, and can. */
export function canApply(situation: Situation): boolean {
  return situation.answers['need'] === 'apply' && obstaclesOf(situation).obstacles.length === 0
}

/** Reads a national identity number as typed; 12 digits are refused before anything else is looked at (B9), and nothing that is wrong is repeated. */
export function readIdentityNumber(entered: string, { rulebook, today }: Pick<Situation, 'rulebook' | 'today'>): Read {
  const refuse = (reason: NumberProblem | 'resident-number'): Read => {
    return { ok: false, problem: text(`tw-citizen-certificate.identity-number.problem.${reason}`) }
  }
  if (containsIndividualNumber(entered)) return refuse('individual-number')
  const reading = readNationalId(rulebook, entered, today)
  if (reading.ok) return { ok: true, value: typed(entered) }
  return refuse(reading.reason === 'form' && readResidentNumber(rulebook, entered, today).ok ? 'resident-number' : reading.reason)
}

/** What to take along to apply: a rule's fee in words (R102). */
function takeAlong({ rulebook, today }: Situation): readonly Text[] {
  return [
    text('tw-citizen-certificate.take.identity-card'),
    text('tw-citizen-certificate.take.fee', { fee: valueOn(rulebook, 'R102', today) }),
    text('tw-citizen-certificate.take.mail'),
  ]
}

/** Whether this person can apply, where, when, and with what (R100–R104). */
export function eligibilityAdvice(situation: Situation): Advice {
  const { obstacles, ofAge } = obstaclesOf(situation)
  const title = (ending: CitizenObstacle | 'yes'): Text => text(`tw-citizen-certificate.eligibility.${ending}`, { date: ofAge })
  const [first] = obstacles
  if (first)
    return {
      tone: 'attention',
      title: title(first),
      blocks: [
        ...obstacles.slice(1).map((other) => attention(title(other))),
        ...said(situation, 'R100').map(paragraph),
        ...(obstacles.includes('too-young') ? [field(text('tw-citizen-certificate.of-age'), taiwanDate(ofAge))] : []),
        ...(obstacles.includes('too-young') ? reminders(situation, [{ day: ofAge, title: title('yes') }]) : []),
        ...(obstacles.includes('no-household-registration') ? [paragraph(text('tw-citizen-certificate.eligibility.resident'))] : []),
        ...(obstacles.includes('guardianship') ? [paragraph(text('tw-citizen-certificate.eligibility.ask'))] : []),
        ...moica(situation),
        ...checked(situation, 'R100'),
      ],
    }
  return {
    tone: 'good',
    title: title('yes'),
    blocks: [
      ...(situation.answers['identity-number'] ? [paragraph(text('tw-citizen-certificate.identity-number.right'))] : []),
      heading(text('tw-citizen-certificate.take')),
      steps(...takeAlong(situation)),
      ...said(situation, 'R136').map(paragraph),
      ...offices(situation),
      ...said(situation, 'R104').map(paragraph),
      ...checked(situation, 'R100', 'R101', 'R102', 'R103', 'R104', 'R136'),
    ],
  }
}

/** What is copied onto the office's own form: nothing personal is printed, it is written by pen (R105; section 0, 19). */
export function applicationSheet(situation: Situation): Sheet {
  return {
    id: 'application',
    name: text('tw-citizen-certificate.sheet.application'),
    native: 'zh-Hant',
    draft: true,
    blocks: [
      paragraph(text('tw-citizen-certificate.sheet.application.how')),
      ...['name', 'identity-number', 'birth', 'mail', 'mobile'].map(blank),
      {
        kind: 'ticks',
        label: text('tw-citizen-certificate.sheet.pin'),
        options: [text('tw-citizen-certificate.sheet.pin.default'), text('tw-citizen-certificate.sheet.pin.own')],
      },
      { kind: 'ticks', label: text('tw-citizen-certificate.take'), options: takeAlong(situation) },
      attention(text('tw-citizen-certificate.sheet.no-secrets')),
    ],
  }
}

/** The ways to apply, the one with time to think first (R105, R116). */
export function counterAdvice(situation: Situation): Advice {
  const { url } = valueOn(situation.rulebook, 'R135', situation.today)
  const way = (name: string) => text(`tw-citizen-certificate.counter.${name}`)
  return {
    tone: 'plain',
    title: text('tw-citizen-certificate.counter.title'),
    blocks: [
      steps(way('online'), way('write-down'), way('collect')),
      { kind: 'code', payload: url, caption: text('tw-citizen-certificate.site', { url }) },
      ...said(situation, 'R116').map(paragraph),
      heading(way('others')),
      paragraph(way('directly')),
      paragraph(way('by-form')),
      attention(text('tw-citizen-certificate.prepares')),
      ...said(situation, 'mobile-certificate').map(paragraph),
      ...moica(situation),
      ...checked(situation, 'R105', 'R116', 'mobile-certificate'),
    ],
    sheets: [applicationSheet(situation)],
  }
}

/** What happens at the counter, step by step, and what is chosen there (R106–R112, R117). */
export function flowAdvice(situation: Situation): Advice {
  const step = (name: string) => text(`tw-citizen-certificate.flow.${name}`)
  return {
    tone: 'plain',
    title: step('title'),
    blocks: [
      steps(...['identity', 'form', 'card-face', 'upload', 'check', 'write', 'activate'].map(step)),
      ...said(situation, 'R117').map(paragraph),
      paragraph(defaultPin(situation.rulebook, situation.today)),
      ...said(situation, 'R112').map(paragraph),
      ...checked(situation, 'R106', 'R111', 'R112', 'R115', 'R117'),
    ],
  }
}
