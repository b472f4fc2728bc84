import { text } from '../contract/text.ts'
import { serviceOf } from '../services/services.ts'
import type { Service, Situation, Step } from '../services/service.ts'
import { ask } from './asking.ts'
import { offeredServices } from './availability.ts'
import { visitFrom } from './codes.ts'
import { change, changeVisit, visitOf, wait, type Draft } from './draft.ts'
import { isAtWork } from './navigation.ts'
import { intendPayout } from './payout.ts'
import { isPaying, issueClaim, photoAttemptsOf, priceOf } from './money.ts'
import { isThere, stepAt } from './position.ts'
import { print } from './printing.ts'
import type { ClaimReason, Outcome } from './records.ts'
import { situationIn } from './situation.ts'
import { claimSlip, stopSlip } from './slips.ts'
import { isCardLeft, isPending, newVisit, type Stage } from './state.ts'
import { isTimeUnsure } from './wall-clock.ts'

/** Opens a visit and enters its first stage. Nothing is known of the resident but the language: without one, that in which the booth rests. */
export function openVisit(draft: Draft, stage: Stage, language = draft.facts.configuration.languages[0] ?? 'ja'): void {
  const visit = newVisit(visitFrom(draft.facts.chance), draft.facts, language, stage)
  change(draft, { visit })
  draft.records.push({ kind: 'visit-opened', visit: visit.visit, body: { language } })
  enter(draft, stage)
}

/** Stages that end by themselves, without asking back. */
const farewells: readonly Stage['at'][] = ['leave', 'goodbye']
/** Stages that run to their end without the resident. */
const running: readonly Stage['at'][] = ['sending', 'paying-out']
/** Stages from which no way leads back: nothing personal is needed any more. */
const ending: readonly Stage['at'][] = ['stop', 'receipt', 'claim', 'leave']

/** Goes to a stage: overlay and notice of the last one are gone, its waits end, and those of this one begin. */
export function enter(draft: Draft, stage: Stage): void {
  changeVisit(draft, { stage, overlay: null, notice: null, wrongCodes: 0, canType: false, extensions: 0 })
  if (ending.includes(stage.at) || (stage.at === 'paying-out' && stage.next.kind === 'close')) forget(draft)
  for (const kind of ['still-there', 'ask', 'send', 'deliver', 'payout', 'farewell', 'typing'] as const) wait(draft, kind, null)
  restartIdle(draft)
  const { times } = draft.facts.configuration
  if (farewells.includes(stage.at)) wait(draft, 'farewell', times.farewellMs)
  const isScan = stepOf(draft)?.kind === 'scan'
  if (isScan) wait(draft, 'typing', offerTypingMs)
  if (isScan || stage.at === 'code-test') changeVisit(draft, { formOut: true })
}

/** Everything personal goes, here and in the photo's buffers. */
export function forget(draft: Draft): void {
  changeVisit(draft, { answers: {}, replies: {}, card: null, challenge: null, identifier: null, photo: null })
  draft.effects.push({ kind: 'drop-photo' })
}

/** A reader that has not read anything for this long: the keys are offered. */
const offerTypingMs = 20_000

/** The resident did something: the time-out begins anew. */
export function restartIdle(draft: Draft): void {
  const { stage } = visitOf(draft)
  const { times } = draft.facts.configuration
  const isUnderWay = stepOf(draft)?.kind === 'ask' || isAtWork(visitOf(draft)) || (stage.at === 'delivering' && isPending(stage))
  const untimed = farewells.includes(stage.at) || running.includes(stage.at) || isUnderWay
  wait(draft, 'idle', untimed ? null : stepOf(draft)?.kind === 'payment' ? times.payIdleMs : times.idleMs)
}

/** Somebody is there: the time-out begins anew, and nobody is asked any more. */
export function showPresence(draft: Draft): void {
  if (visitOf(draft).overlay === 'still-there') {
    changeVisit(draft, { overlay: null })
    wait(draft, 'still-there', null)
  }
  restartIdle(draft)
}

/** The service of the visit; only asked where there is one. */
export function serviceOfVisit(draft: Draft): Service {
  return serviceOf(visitOf(draft).service ?? '')
}

/** The step of the service at which the visit stands, if it does. */
export function stepOf(draft: Draft): Step | null {
  return stepAt(visitOf(draft))
}

/** What this booth offers: the menu, or the only service there is. */
export function showOffers(draft: Draft): void {
  const [only, ...others] = offeredServices(draft.facts.configuration)
  enter(draft, only && others.length === 0 ? { at: 'offer', service: only.id } : { at: 'menu' })
}

/** What the steps may depend on. */
export function situationOf(draft: Draft): Situation {
  return situationIn(draft.state, visitOf(draft), draft.facts)
}

/** What is still missing for the review to be reached, and for anything to be sent. */
export function missingStep(draft: Draft): Step | undefined {
  const { steps, application } = serviceOfVisit(draft)
  const situation = situationOf(draft)
  const asked = steps.filter((step) => application?.required.includes(step.id) && isThere(step, situation))
  return asked.find(({ id }) => situation.answers[id] === undefined) ?? (visitOf(draft).photo ? undefined : steps.find((step) => step.kind === 'photo'))
}

/** How often a photo may be taken in a visit. */
export function attemptsOf(draft: Draft): number {
  return photoAttemptsOf(visitOf(draft).service, draft.facts.configuration)
}

/** Goes to a step; a photo that is there is shown, to be kept or taken again. */
export function enterStep(draft: Draft, step: Step, correcting: boolean): void {
  enter(draft, step.kind === 'photo' && visitOf(draft).photo ? { at: 'photo-review', correcting } : { at: 'step', step: step.id, correcting })
  if (step.kind === 'ask') ask(draft, step)
  if (step.kind === 'advice' && serviceOfVisit(draft).application === null) changeVisit(draft, { outcome: 'guided' })
}

/** A question that came up while the payment waits is asked before more money is taken: the line went down, may it be sent later? (section 0, 13) */
export function askWhatCameUp(draft: Draft): void {
  const { visit } = draft.state
  if (!visit || !isPaying(visit)) return
  const { steps } = serviceOfVisit(draft)
  const situation = situationOf(draft)
  const before = steps.slice(0, steps.findIndex((step) => step.kind === 'payment'))
  const question = before.find((step) => step.kind === 'choice' && step.when?.(situation) && situation.answers[step.id] === undefined)
  if (question) enterStep(draft, question, false)
}

/**
 * Goes to the next step after `step` that is there (null: the first). The payment is passed over when it is paid; the review waits for what is still missing, and
 * comes right after a correction.
 */
export function goOn(draft: Draft, after: string | null, correcting: boolean): void {
  const visit = visitOf(draft)
  const { steps } = serviceOfVisit(draft)
  const situation = situationOf(draft)
  const paid = visit.credit >= priceOf(visit.service, draft.facts.configuration)
  const place = (kind: Step['kind']) => steps.findIndex((step) => step.kind === kind)
  /** Where everything that is asked was answered; a service without a payment begins with it. */
  const decided = Math.max(0, place('payment'))
  const start = correcting ? place('review') : steps.findIndex((step) => step.id === after) + 1
  const next = steps.slice(start).find((step) => isThere(step, situation) && !(step.kind === 'payment' && paid))
  if (!next) throw new Error(`no step after ${after ?? 'the start'}`)
  // Only now: a visit that ends before its questions are answered resumes with them, whatever money there is.
  if (start <= decided && steps.indexOf(next) >= decided)
    draft.records.push({ kind: 'service-chosen', visit: visit.visit, body: { service: visit.service ?? '', language: visit.language } })
  // After a restart the questions before the payment are asked again: nobody knows the answers any more.
  const unasked = next.kind === 'deliver' ? steps.find((step) => step.kind === 'choice' && isThere(step, situation) && situation.answers[step.id] === undefined) : undefined
  if (unasked) return enterStep(draft, unasked, false)
  const missing = next.kind === 'review' ? missingStep(draft) : undefined
  enterStep(draft, missing ?? next, missing !== undefined)
}

/** From the step at which the visit stands. */
export function forward(draft: Draft): void {
  const { stage } = visitOf(draft)
  if (stage.at !== 'step') throw new Error(`no step to go on from at ${stage.at}`)
  goOn(draft, stage.step, stage.correcting)
}

/** Ends the service for a reason of the rules, with the way out printed; money comes back as a claim after it. */
export function stop(draft: Draft, reason: string, ways: readonly string[]): void {
  const visit = changeVisit(draft, { outcome: 'stopped' })
  enter(draft, { at: 'stop', reason, ways })
  print(draft, 'stop', stopSlip(visit, visit.service ?? '', reason, ways))
}

/** Pays the credit out as coins, as far as the hoppers can, and goes on with `next`; false when they can pay nothing of it. */
export function payOut(draft: Draft, reason: ClaimReason, next: Extract<Stage, { at: 'paying-out' }>['next']): boolean {
  const open = intendPayout(draft, reason, [])
  if (open === null) return false
  enter(draft, { at: 'paying-out', reason, open, tried: [], settleOnly: false, next })
  wait(draft, 'payout', draft.facts.configuration.times.payoutMs)
  return true
}

/**
 * The way out of a visit, also from a claim's screen: credit comes back as coins while somebody is there to take them, what the hoppers cannot pay becomes a
 * claim slip, each other claim is told, then "take your form".
 */
export function closeOut(draft: Draft, reason: ClaimReason, outcome: Outcome, asCoins = reason !== 'abandoned'): void {
  if (asCoins && payOut(draft, reason, { kind: 'close', outcome })) return
  const { credit, earlierClaims } = changeVisit(draft, { outcome })
  const [earlier, ...others] = earlierClaims
  if (credit > 0) {
    issueClaim(draft, reason)
    showClaim(draft)
  } else if (earlier) {
    changeVisit(draft, { claim: earlier, earlierClaims: others })
    showClaim(draft)
  } else leave(draft)
}

/** The claim of the visit on the screen and on paper; there must be one. */
export function showClaim(draft: Draft, cameOut: readonly string[] = []): void {
  enter(draft, { at: 'claim' })
  const visit = visitOf(draft)
  if (!visit.claim) throw new Error('no claim')
  const { claim, signature } = visit.claim
  print(draft, `claim-${claim.number}`, claimSlip(visit, claim, signature, isTimeUnsure(draft)), cameOut)
}

/** "Take your form". Who only looked has nothing to take along. */
function leave(draft: Draft): void {
  const visit = visitOf(draft)
  if (visit.service === null && visit.inserted === 0 && !visit.formOut) endVisit(draft)
  else {
    enter(draft, { at: 'leave' })
    if (isCardLeft(draft.state)) changeVisit(draft, { notice: { tone: 'attention', text: text('card.left.leave') } })
  }
}

/** The visit is over. Money that is still there (a coin of the last second) is owed, not forgotten. */
export function endVisit(draft: Draft): void {
  issueClaim(draft, 'abandoned')
  const visit = visitOf(draft)
  draft.records.push({ kind: 'visit-ended', visit: visit.visit, body: { outcome: visit.outcome } })
  draft.effects.push({ kind: 'wipe' })
  change(draft, { visit: null, leftCard: draft.state.leftCard || draft.state.reader.state !== 'absent' })
}
