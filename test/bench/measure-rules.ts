import { realClock } from '../../hardware/clock.ts'
import { answerRules } from '../../main/commands/rules.ts'
import { builtInRulebook } from '../../main/rulebook/built-in.ts'
import { citizenState } from '../../main/rulebook/taiwan-citizens.ts'
import { cardDelivery } from '../../main/rulebook/taiwan-foreigners.ts'
import { judgeForm } from '../../main/rulebook/form-validity.ts'
import { cardValidity, moveState } from '../../main/rulebook/japan-card.ts'
import { resolvePhoneLines } from '../../main/rulebook/phone-lines.ts'
import { readResidentNumber } from '../../main/rulebook/taiwan-numbers.ts'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { sheetPage } from '../../main/print/sheet-page.ts'
import { counterSheet, policeSheet } from '../../main/services/jp-card-lost/sheets.ts'
import { startSheetPress } from '../support/sheet-press.ts'
import { languageSwitches } from './measure-language.ts'
import { measurement, type Measurement } from './measurement.ts'

const turns = 2_000
/** A rule asked the first time in a visit finds nothing warm but the program itself. */
const warming = 200

const today = '2026-11-22'
const asked = [
  ['form-validity', '--expiry', '2027-01-10'],
  ['extension-window', '--expiry', '2025-02-28'],
  ['certificate-state', '--expiry', '2026-06-30'],
  ['delivery', '--paid', '2026-12-18', '--islands', 'yes'],
  ['lost-card', '--language', 'th', '--at', '2026-11-22T03:00'],
  ['office-hours', '--at', '2026-12-31T18:00'],
  ['card-validity', '--birth', '2000-02-29', '--holder', 'other', '--stay-until', '2027-03-01'],
]

/** Each rule by itself as a screen asks it, and whole questions as the command answers them. */
const rules: Readonly<Record<string, () => unknown>> = {
  'form validity': () =>
    judgeForm(builtInRulebook, { applicant: 'adult', cause: 'first', form: 'with-code', name: 'same', address: 'same', other: 'same', stay: 'printed', stayChanged: 'no', stayUntil: '2027-01-10', stayPending: 'yes', combinedCard: 'yes' }, today),
  'phone lines': () => resolvePhoneLines(builtInRulebook, 'th', 'suspend', realClock().now()),
  'state of a certificate': () => citizenState(builtInRulebook, { expiry: '2025-02-28', extended: false, wasValid: true }, today),
  delivery: () => cardDelivery(builtInRulebook, '2026-12-18', true),
  move: () => moveState(builtInRulebook, { moved: '2026-11-07', plannedMoveOut: '2026-11-01', notified: '2026-11-10' }, today),
  'validity of a card': () => cardValidity(builtInRulebook, { holder: 'other', birth: '2000-02-29', issued: today, applied: null, stayUntil: '2027-03-01' }),
  'number of a resident': () => readResidentNumber(builtInRulebook, 'A800000014', today),
}

function timed(rule: () => unknown): readonly number[] {
  for (let turn = 0; turn < warming; turn += 1) rule()
  return Array.from({ length: turns }, () => {
    const began = performance.now()
    rule()
    return performance.now() - began
  })
}

/**
 * How long the window takes that a booth opens when a screen offers sheets, and how long, from then on, the two sheets of that screen take from data to PDF, in two
 * languages. Its fonts come with the first of them.
 */
async function packs(): Promise<{ readonly window: readonly number[]; readonly pack: readonly number[] }> {
  const press = await startSheetPress()
  const setting = { catalogues: catalogueOf, operator: { name: 'Demo Booths', phone: '03-0000-0000' }, booth: 'demo-booth-1', demo: true }
  const [window, pack]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < 20; turn += 1) {
    const began = performance.now()
    await press.prepare()
    const opened = performance.now()
    for (const sheet of [policeSheet, counterSheet('police')]) await press.print(sheetPage(sheet, 'zh-Hant', setting))
    pack.push(performance.now() - opened)
    window.push(opened - began)
    await press.forget()
  }
  await press.close()
  return { window, pack }
}

/** How long a rule takes, by itself and as a question of the command; the slowest of them; another language on a full form; and a pack of sheets. */
export async function* measureRules(): AsyncGenerator<Measurement> {
  const now = realClock().now()
  const questions = Object.fromEntries(asked.map((words) => [`question ${words[0]}`, () => answerRules(words, now)]))
  const lines = Object.entries({ ...rules, ...questions }).map(([name, rule]) => measurement('rules', name, timed(rule)))
  yield* lines
  yield measurement('rules', 'slowest', [Math.max(...lines.map(({ p50 }) => p50))])
  yield measurement('rules', 'language switch', await languageSwitches())
  const { window, pack } = await packs()
  yield measurement('rules', 'window of a PDF pack', window)
  yield measurement('rules', 'PDF pack', pack)
}
