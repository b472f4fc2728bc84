import type { CardFault, CardReaderEvent } from '../../hardware/card-reader/events.ts'
import type { CommandInput } from '../contract/commands.ts'
import { pinFits } from '../contract/pin.ts'
import { text, type Text } from '../contract/text.ts'
import type { CardState, Screen } from '../contract/view.ts'
import { containsIndividualNumber } from '../rulebook/individual-number.ts'
import type { Reply, Step } from '../services/service.ts'
import { inquire } from './asking.ts'
import { change, changeVisit, visitOf, wait, type Draft } from './draft.ts'
import { enterStep, goOn, restartIdle, serviceOfVisit, showPresence, stepOf } from './flow.ts'
import { isAtWork } from './navigation.ts'
import { stepAt } from './position.ts'
import { forgetPrints } from './printing.ts'
import { isCardLeft, type Slot, type State, type Visit, type VisitCard } from './state.ts'

/** What the reader says of a slot that can never be a card to read. */
const troubles: Readonly<Record<Slot['state'], CardState | null>> = { absent: null, present: null, mute: 'mute', several: 'several', silent: 'silent' }

/** What the screen that waits for a card says: what to do with it, or what is wrong with it or its reader. */
export function cardState(booth: State): CardState {
  const { devices, reader, visit } = booth
  const { state, faults } = devices['card-reader']
  if (state !== 'ready' && state !== 'limited') return 'lost'
  if (faults.includes('card-reader-busy')) return 'busy'
  if (isCardLeft(booth) && reader.state !== 'several') return 'left'
  const trouble = troubles[reader.state]
  if (trouble) return trouble
  if (reader.state === 'absent') return 'insert'
  return visit?.card?.number === reader.card && visit.card.failed ? 'failed' : 'reading'
}

/**
 * Asks for what the state calls for: a card that was put in during this visit is read where one is waited for, and the centre says what it wants signed where somebody
 * signs in.
 */
export function followCard(draft: Draft): void {
  const { visit, reader, leftCard } = draft.state
  if (!visit) return
  const kind = stepAt(visit)?.kind
  if (kind !== 'sign-in' && visit.challenge !== null) changeVisit(draft, { challenge: null })
  if (kind === 'sign-in' && visit.challenge === null) {
    changeVisit(draft, { challenge: 'asked' })
    inquire(draft, { subject: 'card', operation: 'challenge', fields: {} })
  }
  if (kind !== 'card' || reader.state !== 'present' || leftCard) return
  if (visit.card?.number === reader.card && (visit.card.doing !== null || visit.card.failed)) return
  changeVisit(draft, { card: { number: reader.card, doing: 'check', facts: null, pad: { signIn: false, changePin: false }, failed: false } })
  draft.effects.push({ kind: 'device', command: { device: 'card-reader', command: { kind: 'check', card: reader.card } } })
}

function say(draft: Draft, tone: 'attention' | 'hint', words: Text): void {
  changeVisit(draft, { notice: { tone, text: words } })
}

/** Back to where the card is put in, without what the last one said and what was answered since. */
function askForCard(draft: Draft, words: Text): void {
  const { answers, replies } = visitOf(draft)
  const { steps } = serviceOfVisit(draft)
  const place = steps.findIndex(({ kind }) => kind === 'card')
  const before = new Set(steps.slice(0, place).map(({ id }) => id))
  const kept = <Value>(all: Readonly<Record<string, Value>>) => Object.fromEntries(Object.entries(all).filter(([id]) => before.has(id)))
  const step = steps[place]
  if (!step) throw new Error('a card without a step for it')
  changeVisit(draft, { card: null, answers: kept(answers), replies: kept(replies) })
  forgetPrints(draft)
  enterStep(draft, step, false)
  say(draft, 'attention', words)
}

/** Whether the visit stands where the card has to stay in the reader. */
function needsCard(visit: Visit): boolean {
  const kind = stepAt(visit)?.kind
  return kind === 'card' || kind === 'pin' || kind === 'sign-in'
}

/** A card came or went. What the last one said holds for no other; a screen of facts stays until then, and says that the card is out (F45). */
function cardMoved(draft: Draft, slot: Slot): void {
  const { visit, leftCard } = draft.state
  change(draft, { reader: slot, leftCard: slot.state !== 'absent' && (leftCard || visit === null) })
  if (visit?.stage.at === 'leave' && slot.state === 'absent') changeVisit(draft, { notice: null })
  if (!visit || !stepAt(visit)) return
  if (stepAt(visit)?.kind === 'card') {
    if (visit.card?.doing === 'check' && slot.state === 'absent') say(draft, 'attention', text('card.removed'))
    // Whatever is put in next is another card, also where a new reader counts from one again.
    if (visit.card?.number !== slot.card || slot.state === 'absent') changeVisit(draft, { card: null })
    if (slot.state === 'absent') return
    changeVisit(draft, { notice: null })
    return showPresence(draft)
  }
  // What came of a PIN is told by the answer, which always comes, and may be that nobody knows.
  if (!visit.card || isAtWork(visit)) return
  // Nobody put that card in here: it is not read, so what the first one said may stay.
  if (draft.state.leftCard) return
  if (slot.state === 'present' && slot.card !== visit.card.number) askForCard(draft, text('card.another'))
  else if (slot.state !== 'present' && needsCard(visit)) askForCard(draft, text('card.removed'))
  else if (slot.state === 'absent') {
    changeVisit(draft, { card: { ...visit.card, number: 0 } })
    say(draft, 'hint', text('card.out'))
  }
}

/** Faults of a card at a PIN after which it is put in and read anew: nothing was spent, or nobody can go on with this card. */
const startsAnew: ReadonlySet<CardFault> = new Set(['no-card', 'mute', 'several', 'busy', 'no-answer', 'card-error', 'closed', 'refused', 'wrong-card', 'exchanged'])

function withTries(card: VisitCard, kind: 'authentication' | 'signature', tries: number | null): VisitCard {
  if (card.facts?.kind !== 'my-number' || tries === null) return { ...card, doing: null }
  return { ...card, doing: null, facts: { ...card.facts, tries: { ...card.facts.tries, [kind]: tries } } }
}

/** What needs a PIN was not done: said where it can be tried again, and gone on from where not. A try is never spent again by itself (F46). */
function pinFailed(draft: Draft, card: VisitCard, reason: CardFault, tries: number | null): void {
  const step = stepOf(draft)
  if (step?.kind !== 'pin' && step?.kind !== 'sign-in') return
  const kind = step.kind === 'pin' ? step.pin(visitOf(draft).answers) : 'authentication'
  changeVisit(draft, { card: withTries(card, kind, tries) })
  restartIdle(draft)
  // A reader that went away in a change took the answer with it.
  if (step.kind === 'pin' && reason === 'closed') pinEnded(draft, step.id, 'unsure')
  else if (startsAnew.has(reason)) askForCard(draft, text(reason === 'exchanged' ? 'card.another' : reason === 'no-card' ? 'card.removed' : 'card.again'))
  else if (reason === 'pin-wrong') say(draft, 'attention', text('card.pin-wrong', { tries: tries ?? 0 }))
  else if (['last-try', 'pin-cancelled', 'not-changed', 'pin-format'].includes(reason)) say(draft, 'attention', text(`card.${reason}`))
  else if (step.kind === 'pin') pinEnded(draft, step.id, reason === 'pin-blocked' ? 'blocked' : 'unsure')
  else signedInAs(draft, step.id, { ok: false, code: 'refused' })
}

/** How it ended is the answer of the step. */
function pinEnded(draft: Draft, step: string, how: 'changed' | 'blocked' | 'unsure'): void {
  const { answers } = visitOf(draft)
  changeVisit(draft, { answers: { ...answers, [step]: how } })
  goOn(draft, step, false)
}

function signedInAs(draft: Draft, step: string, reply: Reply): void {
  const { card, replies } = visitOf(draft)
  changeVisit(draft, { card: card && { ...card, doing: null }, replies: { ...replies, [step]: reply } })
  goOn(draft, step, false)
}

/** What the centre said: what it wants signed, or what it makes of the proof. */
export function signInReplied(draft: Draft, step: string, reply: Reply): void {
  const { challenge } = visitOf(draft)
  const { id, hex } = reply.ok ? reply.facts : {}
  if (challenge === 'asked' && id !== undefined && hex !== undefined) {
    wait(draft, 'ask', null)
    changeVisit(draft, { challenge: { id, hex } })
  } else signedInAs(draft, step, reply)
}

/** What the reader says: cards that come and go, and the answers to what was asked of them. An answer about another card than the visit's is nobody's. */
export function cardReaderSaid(draft: Draft, event: CardReaderEvent): void {
  if (event.kind === 'card') return cardMoved(draft, event)
  const { visit } = draft.state
  const card = visit?.card
  if (!visit || !card || card.number !== event.card || card.doing === null) return
  const step = stepAt(visit)
  switch (event.kind) {
    case 'checked':
      if (card.doing !== 'check' || step?.kind !== 'card') return
      changeVisit(draft, { card: { ...card, doing: null, facts: event.facts, pad: event.pad } })
      return goOn(draft, step.id, false)
    case 'pin-changed':
      if (step?.kind !== 'pin') return
      changeVisit(draft, { card: { ...card, doing: null } })
      return pinEnded(draft, step.id, 'changed')
    case 'signed-in':
      if (step?.kind !== 'sign-in' || visit.challenge === null || visit.challenge === 'asked') return
      return inquire(draft, {
        subject: 'card',
        operation: 'sign-in',
        fields: { challenge: visit.challenge.id, certificateBase64: event.certificateBase64, signatureBase64: event.signatureBase64 },
      })
    case 'failed':
      if (event.act !== card.doing) return
      if (event.act !== 'check') return pinFailed(draft, card, event.reason, event.tries)
      // A card that was exchanged meanwhile is read by itself; one that cannot be read is taken out first.
      changeVisit(draft, { card: event.reason === 'exchanged' || event.reason === 'no-card' ? null : { ...card, doing: null, failed: true } })
  }
}

/** The reader is gone, or its process, and with it what it knew of cards: whatever lies there when it is back is nobody's, and what was asked has no answer. */
export function cardReaderGone(draft: Draft): void {
  const card = draft.state.visit?.card
  if (card && card.doing !== null) cardReaderSaid(draft, { kind: 'failed', card: card.number, act: card.doing, reason: 'closed', tries: null })
  cardMoved(draft, { state: 'absent', card: 0 })
  change(draft, { leftCard: true })
}

/** Whether a card of this kind can have such a PIN, and whether it is a number that the booth must not take; null when it is none of both. */
function pinProblem(draft: Draft, kind: 'authentication' | 'signature', pins: readonly string[]): Text | null {
  if (pins.some(containsIndividualNumber)) {
    draft.records.push({ kind: 'number-refused', visit: null, body: {} })
    return text('scan.individual-number')
  }
  return pins.every((pin) => pinFits(kind, pin)) ? null : text(`card.format.${kind}`)
}

/** The card on which something with a PIN may be done now: it is there, nothing is under way, and the last try is spent only with the resident's word. */
function readyCard(draft: Draft, kind: 'authentication' | 'signature', lastTry: boolean): VisitCard | null {
  const { card } = visitOf(draft)
  if (card?.facts?.kind !== 'my-number' || card.doing !== null) return null
  const tries = card.facts.tries[kind]
  return tries === 0 || (tries === 1 && !lastTry) ? null : card
}

/** Gives a PIN a new value. What no card can have is said here and costs no try; the PINs go to the device process and are kept nowhere, or are typed at the reader's own keys. */
export function changePin(draft: Draft, input: CommandInput<'change-pin'>): boolean {
  const step = stepOf(draft)
  if (step?.kind !== 'pin' || step.id !== input.step) return false
  const kind = step.pin(visitOf(draft).answers)
  const card = readyCard(draft, kind, input.lastTry)
  if (!card) return false
  const { old, new: fresh, lastTry } = input
  const here = old !== null && fresh !== null
  if (!here && (old !== fresh || kind !== 'authentication' || !card.pad.changePin)) return false
  const problem = here ? (pinProblem(draft, kind, [old, fresh]) ?? (old === fresh ? text('card.same') : null)) : null
  if (problem) {
    say(draft, 'attention', problem)
    return true
  }
  changeVisit(draft, { card: { ...card, doing: 'change-pin' }, notice: null })
  const command = { kind: 'change-pin', card: card.number, pin: kind, old, new: fresh, lastTry } as const
  draft.effects.push({ kind: 'device', command: { device: 'card-reader', command } })
  return true
}

/** Signs the centre's challenge with the card; without a PIN it is typed at the reader's own keys. */
export function signIn(draft: Draft, { step: named, pin, lastTry }: CommandInput<'sign-in'>): boolean {
  const step = stepOf(draft)
  const { challenge } = visitOf(draft)
  const card = readyCard(draft, 'authentication', lastTry)
  if (step?.kind !== 'sign-in' || step.id !== named || !card || challenge === null || challenge === 'asked' || (pin === null && !card.pad.signIn)) return false
  const problem = pin === null ? null : pinProblem(draft, 'authentication', [pin])
  if (problem) {
    say(draft, 'attention', problem)
    return true
  }
  changeVisit(draft, { card: { ...card, doing: 'sign-in' }, notice: null })
  const command = { kind: 'sign-in', card: card.number, challengeHex: challenge.hex, pin, lastTry } as const
  draft.effects.push({ kind: 'device', command: { device: 'card-reader', command } })
  return true
}

/** Whether a card of this visit lies in the reader. */
export function isCardIn({ reader, leftCard }: State): boolean {
  return reader.state !== 'absent' && !leftCard
}

/** A visit does not end over a card that was forgotten, as long as that helps. */
export function stayForCard(draft: Draft): void {
  const visit = visitOf(draft)
  changeVisit(draft, { extensions: visit.extensions + 1, notice: { tone: 'attention', text: text('card.take') } })
  wait(draft, 'farewell', draft.facts.configuration.times.farewellMs)
}

/** What the keys for a PIN need to know; never a PIN. */
export function pinScreen(
  { answers, card, challenge }: Visit,
  step: Extract<Step, { kind: 'pin' | 'sign-in' }>,
): Pick<Extract<Screen, { screen: 'pin' }>, 'screen' | 'act' | 'pin' | 'tries' | 'pad' | 'ready' | 'working'> {
  const isChange = step.kind === 'pin'
  const pin = isChange ? step.pin(answers) : 'authentication'
  const tries = card?.facts?.kind === 'my-number' ? card.facts.tries[pin] : null
  const working = card?.doing !== null && card !== null
  const hasChallenge = challenge !== null && challenge !== 'asked'
  return { screen: 'pin', act: isChange ? 'change-pin' : 'sign-in', pin, tries, pad: card !== null && (isChange ? pin === 'authentication' && card.pad.changePin : card.pad.signIn), ready: !working && (isChange || hasChallenge), working }
}
