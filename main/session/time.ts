import { replied } from './answering.ts'
import { isCardIn, stayForCard } from './card.ts'
import { deliveryTimedOut, earnByCode } from './delivering.ts'
import { changeVisit, visitOf, wait, type Draft } from './draft.ts'
import { closeOut, endVisit, enter } from './flow.ts'
import { payoutTimedOut } from './hoppers.ts'
import { printEnded } from './printing.ts'
import { notConfirmed } from './sending.ts'
import { sheetsTimedOut } from './sheets.ts'
import { staffDues, staffTicked } from './staff.ts'
import type { State, Wait } from './state.ts'

/** When the next wait is over, in monotonic milliseconds; null when nothing is waited for. */
export function nextDue(state: State): number | null {
  const dues = [...Object.values(state.visit?.waits ?? {}), ...staffDues(state)]
  return dues.length === 0 ? null : Math.min(...dues)
}

/** Ends every wait that is over. */
export function ticked(draft: Draft): void {
  staffTicked(draft)
  for (const kind of ['print', 'sheet', 'ask', 'send', 'deliver', 'payout', 'typing', 'farewell', 'still-there', 'idle'] as const) {
    const due = draft.state.visit?.waits[kind]
    if (due !== undefined && due <= draft.facts.monotonic) over(draft, kind)
  }
}

function over(draft: Draft, kind: Wait): void {
  const { visit, asked, stage, printing, overlay, extensions } = visitOf(draft)
  wait(draft, kind, null)
  if (kind === 'print') {
    if (printing) printEnded(draft, printing.job, false)
  } else if (kind === 'sheet') sheetsTimedOut(draft)
  else if (kind === 'ask') replied(draft, visit, asked, { ok: false, code: 'unreachable' })
  else if (kind === 'send') notConfirmed(draft)
  else if (kind === 'deliver') deliveryTimedOut(draft)
  else if (kind === 'payout') payoutTimedOut(draft)
  else if (kind === 'typing') changeVisit(draft, { canType: true })
  else if (kind === 'farewell') {
    if (stage.at === 'leave' && isCardIn(draft.state) && extensions < draft.facts.configuration.times.extensions) stayForCard(draft)
    else if (stage.at === 'leave') enter(draft, { at: 'goodbye' })
    else endVisit(draft)
  } else if (kind === 'still-there') abandon(draft)
  else if (overlay !== 'still-there') askStillThere(draft)
}

/** Every wait warns before it ends anything (section 0, 8); screens that only tell something go on by themselves. */
function askStillThere(draft: Draft): void {
  const { stage } = visitOf(draft)
  const { times } = draft.facts.configuration
  if (stage.at === 'stop' || stage.at === 'receipt' || stage.at === 'claim') {
    abandon(draft)
    return
  }
  changeVisit(draft, { overlay: 'still-there' })
  wait(draft, 'still-there', times.stillThereMs)
}

/** Nobody is there any more: what is credit becomes a claim slip, never coins for whoever comes next (section 0, 8). */
function abandon(draft: Draft): void {
  const { stage, outcome } = visitOf(draft)
  earnByCode(draft)
  if (stage.at === 'receipt' || stage.at === 'stop' || stage.at === 'claim') closeOut(draft, 'abandoned', outcome)
  else if (outcome === 'delivered') closeOut(draft, 'abandoned', 'delivered')
  else if (outcome === 'guided') closeOut(draft, 'abandoned', 'guided')
  else if (['languages', 'menu', 'offer', 'code-test'].includes(stage.at)) closeOut(draft, 'abandoned', 'looked')
  else closeOut(draft, 'abandoned', 'abandoned')
}
