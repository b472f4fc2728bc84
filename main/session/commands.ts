import type { CommandInput } from '../contract/commands.ts'
import { text } from '../contract/text.ts'
import { readEnteredDate } from '../rulebook/entered-date.ts'
import { isoTimeAt } from '../rulebook/zoned-time.ts'
import { services } from '../services/services.ts'
import { obstacles } from './availability.ts'
import { change, changeVisit, visitOf, wait, type Draft } from './draft.ts'
import type { VisitCommand, VisitCommandName } from './events.ts'
import {
  askWhatCameUp, attemptsOf, closeOut, endVisit, enter, enterStep, forward, goOn, missingStep, openVisit, restartIdle, serviceOfVisit, situationOf, stepOf,
  stop,
} from './flow.ts'
import { heldNote, isPaying, priceOf } from './money.ts'
import { canCancel, canGoBack, previousStep } from './navigation.ts'
import { isThere } from './position.ts'
import { codesRead, idTyped } from './scanning.ts'
import type { Visit } from './state.ts'

/** Carries out a command where the visit stands; false when it has no place there. */
type Handler<Name extends VisitCommandName> = (draft: Draft, input: CommandInput<Name>) => boolean

/** Takes an answer, drops those to questions that it makes void, asks the rules, and goes on or stops. */
function answered(draft: Draft, step: string, value: string): void {
  const { answers, stage } = visitOf(draft)
  const service = serviceOfVisit(draft)
  changeVisit(draft, { answers: { ...answers, [step]: value } })
  const situation = situationOf(draft)
  const standing = service.steps.filter(({ id }) => situation.answers[id] !== undefined).filter((other) => isThere(other, situation))
  const { answers: now } = changeVisit(draft, { answers: Object.fromEntries(standing.map(({ id }) => [id, situation.answers[id] ?? ''])) })
  const judgement = service.judge?.(now, situation.today, situation.rulebook)
  if (judgement?.result === 'stop') stop(draft, judgement.reason, judgement.ways)
  else goOn(draft, step, stage.at === 'step' && stage.correcting)
}

/** A day as entered: what is wrong is said where it was entered, and nothing else changes. */
function dateEntered(draft: Draft, input: CommandInput<'date'>): boolean {
  const step = stepOf(draft)
  if (step?.kind !== 'date' || step.id !== input.step || !step.eras.includes(input.era)) return false
  const refuse = (code: string) => {
    restartIdle(draft)
    changeVisit(draft, { notice: { tone: 'attention', text: text(`date.${code}`) } })
    return true
  }
  const { era, ...parts } = input
  const read = readEnteredDate(era, parts)
  if (!read.ok) return refuse(read.error.code)
  const { from, to } = step.range(situationOf(draft).today)
  if (read.date < from) return refuse(step.id === 'birth' ? 'too-old' : 'too-early')
  if (read.date > to) return refuse(step.id === 'birth' ? 'in-the-future' : 'too-late')
  answered(draft, step.id, read.date)
  if (read.warning && draft.state.visit?.stage.at === 'step')
    changeVisit(draft, { notice: { tone: 'hint', text: text(`date.${read.warning}`, { date: read.date }) } })
  return true
}

/** "Continue" on screens that ask nothing. */
function continued(draft: Draft, step: string): boolean {
  const visit = visitOf(draft)
  const current = stepOf(draft)
  const { stage } = visit
  if (current) {
    if (current.id !== step || !['info', 'identifier', 'advice'].includes(current.kind)) return false
    forward(draft)
    return true
  }
  const screen = stage.at === 'code-test' ? 'scan' : stage.at
  if (screen !== step) return false
  if (stage.at === 'stop' || stage.at === 'claim') closeOut(draft, 'returned', visit.outcome)
  else if (stage.at === 'receipt') closeOut(draft, 'change', visit.outcome)
  else if (stage.at === 'leave') enter(draft, { at: 'goodbye' })
  else if (stage.at === 'goodbye') endVisit(draft)
  else if (stage.at === 'code-test') enter(draft, { at: 'offer' })
  else return false
  return true
}

function back(draft: Draft): boolean {
  const visit = visitOf(draft)
  const { stage } = visit
  if (stage.at === 'offer') enter(draft, { at: 'languages' })
  else if (stage.at === 'code-test') enter(draft, { at: 'offer' })
  else if (stage.at === 'typing') {
    enter(draft, { at: 'step', step: 'scan', correcting: stage.correcting })
    changeVisit(draft, { canType: true })
  } else if ((stage.at === 'step' || stage.at === 'photo-review') && canGoBack(visit, situationOf(draft))) {
    const previous = previousStep(visit, stage.at === 'step' ? stage.step : 'photo', situationOf(draft))
    if (stage.correcting) enter(draft, { at: 'step', step: 'review', correcting: false })
    else if (previous) enterStep(draft, previous, false)
    else {
      changeVisit(draft, { service: null })
      enter(draft, { at: 'offer' })
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
  })
  return true
}

/** Goes on with a held credit, no further back than the scan when a service was under way (architecture: after the booth process died). */
function useCredit(draft: Draft): boolean {
  const visit = visitOf(draft)
  if (visit.stage.at !== 'held' || !anythingToSell(draft)) return false
  if (!visit.service) enter(draft, { at: 'languages' })
  else {
    const paid = visit.credit >= priceOf(visit.service, draft.facts.configuration)
    enter(draft, { at: 'step', step: paid ? 'scan' : 'pay', correcting: false })
    askWhatCameUp(draft)
  }
  return true
}

/** What each command does inside a visit. */
const handlers: { readonly [Name in Exclude<VisitCommandName, 'begin' | 'camera' | 'glass'>]: Handler<Name> } = {
  'choose-language'(draft, { language }) {
    const { stage } = visitOf(draft)
    if (!draft.facts.configuration.languages.includes(language)) return false
    changeVisit(draft, { language })
    if (stage.at === 'languages') enter(draft, { at: 'offer' })
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
    const chosen = services.find((candidate) => candidate.id === service)
    if (visitOf(draft).stage.at !== 'offer' || !chosen) return false
    const [obstacle] = obstacles(chosen, state, facts.configuration)
    if (obstacle) {
      // It could be delivered when the visit began: whoever touches it now is told why not any more.
      changeVisit(draft, { notice: { tone: 'attention', text: text(`fault.${obstacle}.resident`) } })
      return false
    }
    changeVisit(draft, { service, answers: {} })
    goOn(draft, null, false)
    return true
  },
  'test-code'(draft) {
    const { at } = visitOf(draft).stage
    if (at !== 'offer' && at !== 'code-test') return false
    enter(draft, { at: 'code-test', result: 'waiting' })
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
  back,
  cancel(draft, { confirm }) {
    const visit = visitOf(draft)
    if (!canCancel(visit)) return false
    if (confirm) closeOut(draft, 'cancelled', 'cancelled')
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
  'keep-photo'(draft) {
    const { stage } = visitOf(draft)
    if (stage.at !== 'photo-review') return false
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
  send,
  'pay-with-note'(draft) {
    const note = heldNote(draft.state)
    if (note?.phase !== 'escrow' || !isPaying(visitOf(draft)) || visitOf(draft).overlay !== null) return false
    changeVisit(draft, { payingNote: note.ordinal })
    return true
  },
  'use-credit': useCredit,
  'return-credit'(draft) {
    if (visitOf(draft).stage.at !== 'held') return false
    closeOut(draft, 'returned', 'cancelled')
    return true
  },
}

/** The photo is as it will be sent, or could not be made. */
export function photoEnded(draft: Draft, attempt: number, made: { readonly widthPx: number; readonly heightPx: number } | { readonly reason: string }): void {
  const visit = visitOf(draft)
  if (visit.stage.at !== 'making-photo' || visit.photoAttempt !== attempt) return
  const { correcting } = visit.stage
  if ('reason' in made) {
    // A picture that could not be used is the booth's failure, not one of the resident's attempts.
    changeVisit(draft, { photoAttempt: attempt - 1 })
    enter(draft, { at: 'step', step: 'photo', correcting })
    changeVisit(draft, { notice: { tone: 'attention', text: text(`photo.${made.reason}`) } })
    return
  }
  changeVisit(draft, { photo: { ...made, capturedAt: isoTimeAt(draft.facts.now, 'Asia/Tokyo') } })
  enter(draft, { at: 'photo-review', correcting })
}

/** What can be done while "are you still there?" is asked: whoever cannot read the question changes its language first. */
const answersToStillThere: readonly VisitCommandName[] = ['still-here', 'touch', 'choose-language', 'display']

/** Carries out a command; leaves `not-now` where it has no place. */
export function commanded(draft: Draft, command: VisitCommand): void {
  if (command.name === 'camera') {
    const { state } = command.input
    const health = { state: state === 'ready' ? ('ready' as const) : ('lost' as const), identity: null, faults: state === 'ready' ? [] : [`camera-${state}` as const] }
    change(draft, { devices: { ...draft.state.devices, camera: draft.state.devices.camera.state === 'off' ? draft.state.devices.camera : health } })
    return
  }
  if (command.name === 'glass') {
    change(draft, { touchStuck: command.input.state === 'stuck' })
    return
  }
  if (command.name === 'begin') {
    if (draft.state.visit || draft.state.phase !== 'open' || !anythingToSell(draft)) draft.refusal = 'not-now'
    else openVisit(draft, { at: 'languages' })
    return
  }
  const visit = draft.state.visit
  if (!visit) {
    draft.refusal = 'not-now'
    return
  }
  const blocked = visit.overlay === 'still-there' && !answersToStillThere.includes(command.name)
  const handler = handlers[command.name] as (draft: Draft, input: typeof command.input) => boolean
  if (blocked || !handler(draft, command.input)) draft.refusal = 'not-now'
  else if (draft.state.visit && command.name !== 'codes') restartIdle(draft)
}

/** Whether any service can be delivered now. */
export function anythingToSell(draft: Draft): boolean {
  const { state, facts } = draft
  return services.some((service) => obstacles(service, state, facts.configuration).length === 0)
}
