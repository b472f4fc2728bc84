import type { Slip } from '../contract/slip.ts'
import type { PrintState } from '../contract/view.ts'
import { changeVisit, visitOf, wait, type Draft } from './draft.ts'
import type { State, Visit } from './state.ts'

/**
 * Sends a slip of this visit to the paper; a printer that cannot print now leaves it `not-printed`, and it is tried once more when the printer is back.
 * After a restart no printer is there yet, so that a slip of which nobody knows whether it came out is marked COPY; one of the kinds `cameOut` is out already.
 */
export function print(draft: Draft, name: string, slip: Slip, cameOut: readonly string[] = []): void {
  const visit = visitOf(draft)
  const job = `${visit.visit}-${name}`
  if (cameOut.includes(slip.kind)) {
    changeVisit(draft, { printing: { job, slip, state: 'printed', reprinted: false } })
    return
  }
  if (draft.state.devices.printer.state !== 'ready') {
    changeVisit(draft, { printing: { job, slip, state: 'not-printed', reprinted: false } })
    wait(draft, 'print', null)
    draft.records.push({ kind: 'slip-failed', visit: visit.visit, body: { slip: slip.kind } })
    return
  }
  changeVisit(draft, { printing: { job, slip, state: 'printing', reprinted: false } })
  draft.effects.push({ kind: 'print', job, slip, copy: false })
  wait(draft, 'print', draft.facts.configuration.times.printMs)
}

/** The name of the job that prints an advice. */
export function adviceJob({ service }: Visit, step: string): string {
  return `advice-${service}-${step}`
}

/** Where the slip of an advice is, or whether there could be one. */
export function advicePrint(state: State, visit: Visit, step: string): PrintState | 'possible' | 'none' {
  const { printing } = visit
  if (printing?.job.startsWith(`${visit.visit}-${adviceJob(visit, step)}`)) return printing.state
  return state.devices.printer.state === 'ready' && printing?.state !== 'printing' ? 'possible' : 'none'
}

/** What was printed of an advice says something else than what comes now: all of it can be printed anew, and the word on the old is nobody's. */
export function forgetPrints(draft: Draft): void {
  if (visitOf(draft).printing?.slip.kind === 'advice') {
    changeVisit(draft, { printing: null })
    wait(draft, 'print', null)
  }
  changeVisit(draft, { sheets: {} })
  wait(draft, 'sheet', null)
}

/** The printer's word on a job; on an older one it comes too late. */
export function printEnded(draft: Draft, job: string, printed: boolean): void {
  const visit = draft.state.visit
  const printing = visit?.printing
  if (!visit || !printing || printing.job !== job || printing.state !== 'printing') return
  changeVisit(draft, { printing: { ...printing, state: printed ? 'printed' : 'not-printed' } })
  wait(draft, 'print', null)
  draft.records.push(
    printed
      ? { kind: 'slip-printed', visit: visit.visit, body: { slip: printing.slip.kind, copy: printing.reprinted } }
      : { kind: 'slip-failed', visit: visit.visit, body: { slip: printing.slip.kind } },
  )
  if (!printed && draft.state.devices.printer.state === 'ready') printAgain(draft)
}

/** Prints a slip that did not come out once more, marked COPY; sending is never repeated (F48). */
export function printAgain(draft: Draft): void {
  const printing = draft.state.visit?.printing
  if (!printing || printing.state !== 'not-printed' || printing.reprinted) return
  const job = `${printing.job}-copy`
  changeVisit(draft, { printing: { ...printing, job, state: 'printing', reprinted: true } })
  draft.effects.push({ kind: 'print', job, slip: printing.slip, copy: true })
  wait(draft, 'print', draft.facts.configuration.times.printMs)
}
