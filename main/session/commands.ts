import type { CommandInput } from '../contract/commands.ts'
import type { PhotoCheck } from '../contract/photo.ts'
import { text } from '../contract/text.ts'
import { isoTimeAt } from '../rulebook/zoned-time.ts'
import { serviceOf } from '../services/services.ts'
import { answered, dateEntered, fieldEntered } from './answering.ts'
import { anythingToOffer, obstacles, obstacleWords, offeredServices } from './availability.ts'
import { changePin, isCardIn, signIn } from './card.ts'
import { earnByCode, takeByCode, takeMoneyBack } from './delivering.ts'
import { change, changeVisit, latch, visitOf, wait, type Draft } from './draft.ts'
import type { VisitCommand, VisitCommandName } from './events.ts'
import {
  askWhatCameUp, attemptsOf, closeOut, endVisit, enter, enterStep, forget, forward, goOn, missingStep, openVisit, restartIdle, serviceOfVisit, showOffers,
  situationOf, stepOf,
} from './flow.ts'
import { heldNote, isPaying, priceOf } from './money.ts'
import { canCancel, canGoBack, isLast, previousStep } from './navigation.ts'
import { adviceJob, advicePrint, forgetPrints, print } from './printing.ts'
import { canTestCode, codesRead, idTyped } from './scanning.ts'
import { printSheet } from './sheets.ts'
import { adviceSlip } from './slips.ts'
import { isOfStaff, staffCommanded } from './staff.ts'
import type { Visit } from './state.ts'

/** Carries out a command where the visit stands; false when it has no place there. */
type Handler<Name extends VisitCommandName> = (draft: Draft, input: CommandInput<Name>) => boolean

/** Whether the visit stands at the last advice of its service. */
function isAtEnd(draft: Draft): boolean {
  const step = stepOf(draft)
  return step?.kind === 'advice' && isLast(serviceOfVisit(draft), step, situationOf(draft))
}

/** "Continue" on screens that ask nothing. */
function continued(draft: Draft, step: string): boolean {
  const visit = visitOf(draft)
  const current = stepOf(draft)
  const { stage } = visit
  if (current) {
    if (current.id !== step || !['info', 'identifier', 'advice'].includes(current.kind)) return false
    if (isAtEnd(draft)) closeOut(draft, 'returned', visit.outcome)
    else forward(draft)
    return true
  }
  const screen = stage.at === 'code-test' ? 'scan' : stage.at === 'delivering' ? stage.step : stage.at
  if (screen !== step) return false
  if (stage.at === 'stop' || stage.at === 'claim') closeOut(draft, 'returned', visit.outcome)
  else if (stage.at === 'receipt' || (stage.at === 'delivering' && stage.delivered)) {
    earnByCode(draft)
    closeOut(draft, 'change', visit.outcome)
  } else if (stage.at === 'leave') {
    if (isCardIn(draft.state)) changeVisit(draft, { notice: { tone: 'attention', text: text('card.take') } })
    else enter(draft, { at: 'goodbye' })
  } else if (stage.at === 'goodbye') endVisit(draft)
  else if (stage.at === 'code-test') enter(draft, { at: 'offer', service: stage.service })
  else return false
  return true
}

function back(draft: Draft): boolean {
  const visit = visitOf(draft)
  const { stage } = visit
  const isOnlyOne = offeredServices(draft.facts.configuration).length === 1
  if (stage.at === 'menu' || (stage.at === 'offer' && isOnlyOne)) enter(draft, { at: 'languages' })
  else if (stage.at === 'offer') enter(draft, { at: 'menu' })
  else if (stage.at === 'code-test') enter(draft, { at: 'offer', service: stage.service })
  else if (stage.at === 'typing') {
    enter(draft, { at: 'step', step: 'scan', correcting: stage.correcting })
    changeVisit(draft, { canType: true })
  } else if ((stage.at === 'step' || stage.at === 'photo-review') && canGoBack(visit, situationOf(draft))) {
    const previous = previousStep(visit, stage.at === 'step' ? stage.step : 'photo', situationOf(draft))
    if (stage.correcting) enter(draft, { at: 'step', step: 'review', correcting: false })
    else if (previous) enterStep(draft, previous, false)
    else {
      changeVisit(draft, { service: null })
      enter(draft, { at: 'offer', service: visit.service ?? '' })
    }
  } else return false
  return true
}

/** The name of the application that is being made: visit and item, the idempotency key. */
export function keyOf(visit: Visit): string {
  return `${visit.visit}-${visit.item}`
}

/** The resident confirmed: the price is set aside before anything is sealed. What is still missing is asked first. */
function send(draft: Draft): boolean {
  const visit = visitOf(draft)
  const { configuration } = draft.facts
  const price = priceOf(visit.service, configuration)
  if (stepOf(draft)?.kind !== 'review') return false
  const { application } = serviceOfVisit(draft)
  const missing = missingStep(draft)
  if (missing) {
    enterStep(draft, missing, true)
    return true
  }
  if (!application || !visit.identifier || !visit.photo || visit.credit < price) return false
  const key = keyOf(visit)
  draft.records.push({ kind: 'confirmed', visit: visit.visit, body: { item: visit.item, key, price } })
  changeVisit(draft, { credit: visit.credit - price, sent: true })
  enter(draft, { at: 'sending', key, queued: null })
  wait(draft, 'send', configuration.times.sendMs)
  draft.effects.push({
    kind: 'seal',
    visit: visit.visit,
    application: application.fields({
      boothId: configuration.booth.id,
      key,
      language: visit.language,
      identifier: visit.identifier,
      answers: visit.answers,
      capturedAt: visit.photo.capturedAt,
    }),
    remarks: { notPassed: visit.photo.checks.flatMap(({ id, ok }) => (ok ? [] : [id])), cannotChange: visit.photo.cannotChange },
  })
  return true
}

/** Goes on with a held credit, no further back than the scan when a service was under way (architecture: after the booth process died). */
function useCredit(draft: Draft): boolean {
  const visit = visitOf(draft)
  const { state, facts } = draft
  if (visit.stage.at !== 'held' || !anythingToOffer(state, facts.configuration)) return false
  const steps = visit.service === null ? [] : serviceOfVisit(draft).steps
  const payment = steps.findIndex(({ kind }) => kind === 'payment')
  const paid = visit.credit >= priceOf(visit.service, facts.configuration)
  const next = payment < 0 ? undefined : steps[paid ? payment + 1 : payment]
  if (next) {
    enter(draft, { at: 'step', step: next.id, correcting: false })
    askWhatCameUp(draft)
  } else {
    changeVisit(draft, { service: null })
    enter(draft, { at: 'languages' })
  }
  return true
}

/** What each command does inside a visit. */
const handlers: { readonly [Name in Exclude<VisitCommandName, 'begin' | 'camera' | 'models-altered' | 'glass' | `staff-${string}`>]: Handler<Name> } = {
  'choose-language'(draft, { language }) {
    const { stage } = visitOf(draft)
    if (!draft.facts.configuration.languages.includes(language)) return false
    changeVisit(draft, { language })
    if (stage.at === 'languages') showOffers(draft)
    return true
  },
  display(draft, { low, contrast }) {
    changeVisit(draft, { low, contrast })
    return true
  },
  help(draft, { open }) {
    const { overlay } = visitOf(draft)
    if (overlay !== null && overlay !== 'help') return false
    changeVisit(draft, { overlay: open ? 'help' : null })
    return true
  },
  'still-here'(draft) {
    const visit = visitOf(draft)
    if (visit.overlay !== 'still-there' || visit.extensions >= draft.facts.configuration.times.extensions) return false
    changeVisit(draft, { overlay: null, extensions: visit.extensions + 1 })
    wait(draft, 'still-there', null)
    return true
  },
  touch: () => true,
  'choose-service'(draft, { service }) {
    const { state, facts } = draft
    const { stage } = visitOf(draft)
    const chosen = offeredServices(facts.configuration).find(({ id }) => id === service)
    if (!chosen || (stage.at !== 'menu' && (stage.at !== 'offer' || stage.service !== service))) return false
    const [obstacle] = obstacles(chosen, state, facts.configuration)
    if (obstacle) {
      // It could be delivered when the visit began: whoever touches it now is told why not any more.
      changeVisit(draft, { notice: { tone: 'attention', text: obstacleWords(obstacle, chosen) } })
      return false
    }
    if (stage.at === 'menu') {
      enter(draft, { at: 'offer', service })
      return true
    }
    changeVisit(draft, { service, answers: {}, replies: {} })
    goOn(draft, null, false)
    return true
  },
  'test-code'(draft) {
    const { stage } = visitOf(draft)
    if ((stage.at !== 'offer' && stage.at !== 'code-test') || !canTestCode(serviceOf(stage.service))) return false
    enter(draft, { at: 'code-test', service: stage.service, result: 'waiting' })
    return true
  },
  continue: (draft, { step }) => continued(draft, step),
  accept(draft, { step, boxes }) {
    const current = stepOf(draft)
    if (current?.kind !== 'consent' || current.id !== step || !current.boxes.every((box) => boxes.includes(box))) return false
    forward(draft)
    return true
  },
  answer(draft, { step, value }) {
    const current = stepOf(draft)
    if (current?.kind !== 'choice' || current.id !== step || !current.options.includes(value)) return false
    answered(draft, step, value)
    return true
  },
  date: dateEntered,
  enter: fieldEntered,
  print(draft, { step }) {
    const current = stepOf(draft)
    const visit = visitOf(draft)
    if (current?.kind !== 'advice' || current.id !== step || advicePrint(draft.state, visit, step) !== 'possible') return false
    print(draft, adviceJob(visit, step), adviceSlip(visit, serviceOfVisit(draft).zone, current.advise(situationOf(draft))))
    return true
  },
  'print-sheet': (draft, { step, sheet }) => printSheet(draft, step, sheet),
  'something-else'(draft) {
    if (!isAtEnd(draft) || offeredServices(draft.facts.configuration).length === 1) return false
    forget(draft)
    forgetPrints(draft)
    changeVisit(draft, { service: null, photoAttempt: 0 })
    enter(draft, { at: 'menu' })
    return true
  },
  back,
  cancel(draft, { confirm }) {
    const visit = visitOf(draft)
    if (!canCancel(visit)) return false
    if (confirm) closeOut(draft, 'cancelled', visit.outcome === 'guided' || visit.outcome === 'delivered' ? visit.outcome : 'cancelled')
    else changeVisit(draft, { overlay: 'cancel' })
    return true
  },
  'keep-going'(draft) {
    if (visitOf(draft).overlay !== 'cancel') return false
    changeVisit(draft, { overlay: null })
    return true
  },
  codes: (draft, { codes }) => codesRead(draft, codes),
  'type-id'(draft) {
    const visit = visitOf(draft)
    if (stepOf(draft)?.kind !== 'scan' || !visit.canType) return false
    enter(draft, { at: 'typing', first: null, correcting: visit.stage.at === 'step' && visit.stage.correcting })
    return true
  },
  typed(draft, { round, digits }) {
    const { stage } = visitOf(draft)
    return stage.at === 'typing' && round === (stage.first === null ? 1 : 2) && idTyped(draft, digits)
  },
  photo(draft, { attempt, imageBase64 }) {
    const visit = visitOf(draft)
    if (stepOf(draft)?.kind !== 'photo' || attempt !== visit.photoAttempt + 1 || attempt > attemptsOf(draft)) return false
    changeVisit(draft, { photoAttempt: attempt, photo: null })
    enter(draft, { at: 'making-photo', correcting: visit.stage.at === 'step' && visit.stage.correcting })
    draft.effects.push({ kind: 'make-photo', visit: visit.visit, attempt, imageBase64 })
    return true
  },
  retake(draft) {
    const { stage, photoAttempt } = visitOf(draft)
    if (stage.at !== 'photo-review' || photoAttempt >= attemptsOf(draft)) return false
    enter(draft, { at: 'step', step: 'photo', correcting: stage.correcting })
    return true
  },
  'keep-photo'(draft, { cannotChange }) {
    const { stage } = visitOf(draft)
    const { photo } = visitOf(draft)
    if (stage.at !== 'photo-review' || !photo) return false
    const isWell = photo.checks.every(({ ok }) => ok)
    if (!isWell && cannotChange === undefined) return false
    changeVisit(draft, { photo: { ...photo, cannotChange: isWell ? null : (cannotChange ?? null) } })
    goOn(draft, 'photo', stage.correcting)
    return true
  },
  correct(draft, { step }) {
    const visit = visitOf(draft)
    if (stepOf(draft)?.kind !== 'review') return false
    const { steps, application } = serviceOfVisit(draft)
    const shown = application?.review(visit.answers, '').map((item) => item.step) ?? []
    const correctable = steps.find(({ id, kind }) => id === step && (kind === 'photo' || shown.includes(id)))
    if (!correctable) return false
    enterStep(draft, correctable, true)
    return true
  },
  'change-pin': changePin,
  'sign-in': signIn,
  send,
  'pay-with-note'(draft) {
    const note = heldNote(draft.state)
    if (note?.phase !== 'escrow' || !isPaying(visitOf(draft)) || visitOf(draft).overlay !== null) return false
    changeVisit(draft, { payingNote: note.ordinal })
    return true
  },
  'use-credit': (draft) => takeByCode(draft) || useCredit(draft),
  'return-credit'(draft) {
    if (takeMoneyBack(draft)) return true
    const { stage, outcome } = visitOf(draft)
    if (stage.at !== 'held') return false
    closeOut(draft, 'returned', outcome === 'delivered' ? 'delivered' : 'cancelled')
    return true
  },
}

/** The photo is as it will be sent, or could not be made. */
export function photoEnded(draft: Draft, attempt: number, made: { readonly widthPx: number; readonly heightPx: number; readonly checks: readonly PhotoCheck[] } | { readonly reason: string }): void {
  const visit = visitOf(draft)
  if (visit.stage.at !== 'making-photo' || visit.photoAttempt !== attempt) return
  const { correcting } = visit.stage
  if ('reason' in made) {
    if (made.reason === 'models-altered') latch(draft, 'photo-models-altered')
    // A picture that could not be used is the booth's failure, not one of the resident's attempts.
    changeVisit(draft, { photoAttempt: attempt - 1 })
    enter(draft, { at: 'step', step: 'photo', correcting })
    changeVisit(draft, { notice: { tone: 'attention', text: text(`photo.${made.reason}`) } })
    return
  }
  const { widthPx, heightPx, checks } = made
  changeVisit(draft, { photo: { widthPx, heightPx, checks, cannotChange: null, capturedAt: isoTimeAt(draft.facts.now, 'Asia/Tokyo') } })
  enter(draft, { at: 'photo-review', correcting })
}

/** What can be done while "are you still there?" is asked: whoever cannot read the question changes its language first. */
const answersToStillThere: readonly VisitCommandName[] = ['still-here', 'touch', 'choose-language', 'display']

/** What can be said to a booth that rests: the strip at the bottom is there as well. */
const openers: readonly VisitCommandName[] = ['begin', 'choose-language', 'display', 'help']

/** Carries out a command; leaves `not-now` where it has no place. */
export function commanded(draft: Draft, command: VisitCommand): void {
  if (command.name === 'camera') {
    const { state } = command.input
    const health = { state: state === 'ready' ? ('ready' as const) : ('lost' as const), identity: null, faults: state === 'ready' ? [] : [`camera-${state}` as const] }
    change(draft, { devices: { ...draft.state.devices, camera: draft.state.devices.camera.state === 'off' ? draft.state.devices.camera : health } })
    return
  }
  if (command.name === 'models-altered') return latch(draft, 'photo-models-altered')
  if (command.name === 'glass') {
    change(draft, { touchStuck: command.input.state === 'stuck' })
    return
  }
  if (draft.state.staff || isOfStaff(command)) {
    if (!staffCommanded(draft, command)) draft.refusal = 'not-now'
    return
  }
  const opens = openers.includes(command.name) && !draft.state.visit
  if (opens && draft.state.phase === 'open' && anythingToOffer(draft.state, draft.facts.configuration)) openVisit(draft, { at: 'languages' })
  else if (opens || command.name === 'begin') {
    draft.refusal = 'not-now'
    return
  }
  if (command.name === 'begin') return
  const { visit } = draft.state
  if (!visit) {
    draft.refusal = 'not-now'
    return
  }
  const blocked = visit.overlay === 'still-there' && !answersToStillThere.includes(command.name)
  const handler = handlers[command.name] as (draft: Draft, input: typeof command.input) => boolean
  if (blocked || !handler(draft, command.input)) draft.refusal = 'not-now'
  else if (draft.state.visit && command.name !== 'codes') restartIdle(draft)
}
