import type { Configuration } from '../config/configuration.ts'
import type { Sheet } from '../contract/sheet.ts'
import type { PrintState, SheetOffer } from '../contract/view.ts'
import { changeVisit, visitOf, wait, type Draft } from './draft.ts'
import { serviceOfVisit, situationOf, stepOf } from './flow.ts'
import type { State, Visit } from './state.ts'

/** What a sheet may take to be drawn, besides what it may take to be printed. */
const drawMs = 20_000

const jobOf = ({ visit, service }: Visit, step: string, sheet: string) => `${visit}-a4-${service}-${step}-${sheet}`

/** Whether there is A4 to print on now. */
function canPrint(state: State, configuration: Configuration): boolean {
  return configuration.devices['sheet-printer']?.a4 === true && state.devices['sheet-printer'].state === 'ready'
}

/** The sheets of an advice that can be printed now, and those that are on their way: without a printer for A4 none is offered. */
export function sheetOffers(state: State, visit: Visit, step: string, sheets: readonly Sheet[], configuration: Configuration): readonly SheetOffer[] {
  return sheets.flatMap(({ id, name }) => {
    const print = visit.sheets[jobOf(visit, step, id)] ?? (canPrint(state, configuration) ? 'possible' : null)
    return print === null ? [] : [{ id, name, print }]
  })
}

/** Prints a sheet of the advice on the screen: once, and once more only when it did not come out. */
export function printSheet(draft: Draft, step: string, id: string): boolean {
  const current = stepOf(draft)
  if (current?.kind !== 'advice' || current.id !== step) return false
  const visit = visitOf(draft)
  const sheet = current.advise(situationOf(draft)).sheets?.find((each) => each.id === id)
  const job = jobOf(visit, step, id)
  const { configuration } = draft.facts
  const now = visit.sheets[job] ?? 'possible'
  if (!sheet || now === 'printed' || now === 'printing' || !canPrint(draft.state, configuration)) return false
  changeVisit(draft, { sheets: { ...visit.sheets, [job]: 'printing' } })
  draft.effects.push({ kind: 'draw-sheet', job, service: serviceOfVisit(draft).id, sheet, language: visit.language })
  wait(draft, 'sheet', drawMs + (configuration.devices['sheet-printer']?.printMs ?? 0))
  return true
}

/** What came of a sheet; of one that nobody waits for any more it comes too late. */
export function sheetPrinted(draft: Draft, job: string, printed: boolean): void {
  const { visit } = draft.state
  if (visit?.sheets[job] !== 'printing') return
  const sheets: Readonly<Record<string, PrintState>> = { ...visit.sheets, [job]: printed ? 'printed' : 'not-printed' }
  changeVisit(draft, { sheets })
  if (!Object.values(sheets).includes('printing')) wait(draft, 'sheet', null)
  const sheet = job.slice(visit.visit.length + '-a4-'.length)
  draft.records.push({ kind: printed ? 'sheet-printed' : 'sheet-failed', visit: visit.visit, body: { sheet } })
}

/** Nobody said anything of what was to be printed. */
export function sheetsTimedOut(draft: Draft): void {
  for (const [job, state] of Object.entries(visitOf(draft).sheets)) if (state === 'printing') sheetPrinted(draft, job, false)
}
