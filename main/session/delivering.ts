import type { Step } from '../services/service.ts'
import { changeVisit, visitOf, wait, type Draft } from './draft.ts'
import { closeOut, enter, restartIdle, serviceOfVisit, situationOf, stepOf } from './flow.ts'
import { priceOf } from './money.ts'
import { print } from './printing.ts'
import { deliverySlip } from './slips.ts'
import { isPending, isTakenByCode, type Stage } from './state.ts'
import { isTimeUnsure } from './wall-clock.ts'

type Delivering = Extract<Stage, { at: 'delivering' }>

/** Paper comes out of the photo printer within its own time, and the device process says so; a hand-over is one try. Beyond that nothing is waited for. */
const longestMs = 200_000

/** A visit that comes to the end of a service that delivers: the sheet, the hand-over, or both begin. The price is still the resident's. */
export function beginDelivery(draft: Draft): void {
  const step = draft.state.visit && stepOf(draft)
  if (step?.kind === 'deliver') deliver(draft, step)
}

function deliver(draft: Draft, step: Extract<Step, { kind: 'deliver' }>): void {
  const { sheet, handOver } = step.delivery(situationOf(draft))
  const { visit } = visitOf(draft)
  const prints = sheet && draft.state.devices['sheet-printer'].state === 'ready'
  enter(draft, {
    at: 'delivering',
    step: step.id,
    sheet: !sheet ? 'none' : prints ? 'printing' : 'failed',
    handOver: handOver ? 'sending' : 'none',
    link: null,
    until: null,
    delivered: false,
  })
  if (prints) draft.effects.push({ kind: 'print-sheet', job: `${visit}-sheet` })
  if (handOver) draft.effects.push({ kind: 'hand-over', visit })
  wait(draft, 'deliver', longestMs)
  settle(draft)
}

/** What was wanted on paper did not come out: the resident takes the photo by code instead. */
export function takeByCode(draft: Draft): boolean {
  const { stage, visit } = visitOf(draft)
  if (stage.at !== 'delivering' || !canChoose(stage)) return false
  changeVisit(draft, { stage: { ...stage, handOver: 'sending' } })
  draft.effects.push({ kind: 'hand-over', visit })
  wait(draft, 'idle', null)
  wait(draft, 'deliver', longestMs)
  return true
}

/** The same, and they take their money back. */
export function takeMoneyBack(draft: Draft): boolean {
  const { stage } = visitOf(draft)
  if (stage.at !== 'delivering' || !canChoose(stage)) return false
  closeOut(draft, 'not-delivered', 'not-delivered')
  return true
}

/** Whether nothing came yet and the resident may say what they want instead. */
export function canChoose({ sheet, handOver }: Delivering): boolean {
  return sheet === 'failed' && handOver === 'none'
}

/** The photo printer's word on the sheet. */
export function sheetEnded(draft: Draft, job: string, printed: boolean): void {
  const { visit } = draft.state
  if (visit?.stage.at !== 'delivering' || visit.stage.sheet !== 'printing' || job !== `${visit.visit}-sheet`) return
  changeVisit(draft, { stage: { ...visit.stage, sheet: printed ? 'printed' : 'failed' } })
  settle(draft)
}

/** The photo lies at the centre, and the link opens it until then (milliseconds since 1970); null when it does not. */
export function handOverEnded(draft: Draft, of: string, kept: { readonly link: string; readonly until: number } | null): void {
  const { visit } = draft.state
  if (visit?.visit !== of || visit.stage.at !== 'delivering' || visit.stage.handOver !== 'sending') return
  changeVisit(draft, { stage: { ...visit.stage, handOver: kept ? 'ready' : 'failed', link: kept?.link ?? null, until: kept?.until ?? null } })
  settle(draft)
}

/** Nobody said anything for too long: what is open did not come. */
export function deliveryTimedOut(draft: Draft): void {
  const { stage } = visitOf(draft)
  if (stage.at !== 'delivering') return
  const failed = <Part extends string>(part: Part) => (part === 'printing' || part === 'sending' ? 'failed' : part)
  changeVisit(draft, { stage: { ...stage, sheet: failed(stage.sheet) as Delivering['sheet'], handOver: failed(stage.handOver) as Delivering['handOver'] } })
  settle(draft)
}

/**
 * What came of the delivery: a sheet is in the resident's hands, and its price is earned in the same transaction; a code is theirs only once they went on from
 * it (`earnByCode`), for the booth alone knows the link, and a booth that dies has lost it. What did not come is paid back.
 */
function settle(draft: Draft): void {
  const visit = visitOf(draft)
  const { stage } = visit
  if (stage.at !== 'delivering' || isPending(stage) || stage.delivered) return
  wait(draft, 'deliver', null)
  const step = serviceOfVisit(draft).steps.find(({ id }) => id === stage.step)
  if (step?.kind !== 'deliver') throw new Error(`nothing to deliver at ${stage.step}`)
  const delivery = step.delivery(situationOf(draft))
  if (stage.handOver === 'ready' || (stage.sheet === 'printed' && !delivery.handOver)) {
    if (stage.handOver !== 'ready') earn(draft, stage)
    draft.effects.push({ kind: 'drop-photo' })
    const after = changeVisit(draft, { photo: null, outcome: 'delivered', stage: { ...stage, delivered: true } })
    print(draft, 'delivery', deliverySlip(after, delivery, priceOf(visit.service, draft.facts.configuration), draft.facts, isTimeUnsure(draft)))
    restartIdle(draft)
  } else if (canChoose(stage)) restartIdle(draft)
  else closeOut(draft, 'not-delivered', 'not-delivered')
}

/** The resident goes on from the code, or is gone: the price of what they took by code is earned. Until then it is their credit. */
export function earnByCode(draft: Draft): void {
  const { stage } = visitOf(draft)
  if (isTakenByCode(stage)) earn(draft, stage)
}

function earn(draft: Draft, { sheet, handOver }: Delivering): void {
  const { visit, service, credit } = visitOf(draft)
  const price = priceOf(service, draft.facts.configuration)
  draft.records.push({ kind: 'delivered', visit, body: { service: service ?? '', price, sheet: sheet === 'printed', handOver: handOver === 'ready' } })
  changeVisit(draft, { credit: credit - price })
}
