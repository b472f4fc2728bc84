import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { CommandInput, CommandName } from '../../contract/commands.ts'
import { eras } from '../../contract/date.ts'
import type { Language } from '../../contract/language.ts'
import type { View } from '../../contract/view.ts'

/** What a simulated resident does at one screen: says a command, moves a hand, or waits. */
export type Act =
  | { readonly [Name in CommandName]: { readonly kind: 'say'; readonly name: Name; readonly input: CommandInput<Name> } }[CommandName]
  | { readonly kind: 'hand'; readonly device: 'coin-acceptor' | 'qr-scanner' | 'card-reader'; readonly line: string }
  | { readonly kind: 'wait' }

const day = z.strictObject({ era: z.enum(eras), year: z.int(), month: z.int(), day: z.int() })

/** Answers by step: an option's value, what is typed, or a day as it is entered. Where there is none: the first option, nothing, the last day that can be meant. */
export const residentAnswers = z.record(z.string(), z.union([z.string(), day]))
export type ResidentAnswers = z.infer<typeof residentAnswers>

/** Somebody for whom everything is in order. */
const ordinary: ResidentAnswers = {
  applicant: 'adult',
  representative: 'here',
  cause: 'first',
  form: 'with-code',
  printed: 'same',
  stay: 'none',
  'combined-card': 'no',
  later: 'agree',
  birth: { era: 'heisei', year: 1, month: 3, day: 31 },
  certificates: 'both',
  braille: 'no',
}

/** The PINs of a new virtual card, and what somebody may want in their place. */
const pinsOf = { authentication: { old: '1234', fresh: '5678' }, signature: { old: 'TEST01', fresh: 'TEST02' } } as const

/** How a resident goes through a visit. */
export interface Resident {
  /** What they came for, where there is a menu; the first thing on it when not given. */
  readonly service?: string
  readonly language: Language
  /** Coins in the order in which they are inserted. */
  readonly coins: readonly number[]
  /** What the code on the form says. */
  readonly code: string
  readonly answers: ResidentAnswers
  /** The kind of card that they put into the reader, a My Number Card when not given, and what they enter as its PIN, the right one when not given. */
  readonly card?: string
  readonly pins?: { readonly old: string; readonly fresh: string }
  /** A picture file that stands for what the camera sees. */
  readonly portrait: string
  /** The screen (or step) at which they cancel; null to go to the end. */
  readonly stopAt: string | null
}

/** Makes the acts of `resident`, one for each view that they see. */
export function residentActs(resident: Resident): (view: View) => Act {
  const answers = { ...ordinary, ...resident.answers }
  const coins = [...resident.coins]
  const wait: Act = { kind: 'wait' }

  return (view) => {
    const step = 'step' in view ? view.step : view.screen
    if (view.overlay?.kind === 'cancel') return { kind: 'say', name: 'cancel', input: { confirm: true } }
    if (resident.stopAt !== null && (view.screen === resident.stopAt || step === resident.stopAt) && view.can.cancel) return { kind: 'say', name: 'cancel', input: { confirm: false } }
    switch (view.screen) {
      case 'attract':
        // Somebody in no hurry: a booth that has just been switched on offers all of it in a moment.
        return view.coming ? { kind: 'wait' } : { kind: 'say', name: 'begin', input: {} }
      case 'languages':
        return { kind: 'say', name: 'choose-language', input: { language: resident.language } }
      case 'menu':
        return { kind: 'say', name: 'choose-service', input: { service: resident.service ?? view.services[0]?.id ?? '' } }
      case 'offer':
        return { kind: 'say', name: 'choose-service', input: { service: view.service } }
      case 'consent':
        return { kind: 'say', name: 'accept', input: { step, boxes: view.boxes.map((box) => box.id) } }
      case 'info':
      case 'identifier':
      case 'advice':
      case 'goodbye':
        return { kind: 'say', name: 'continue', input: { step } }
      case 'leave':
        return view.card ? { kind: 'hand', device: 'card-reader', line: 'remove' } : { kind: 'say', name: 'continue', input: { step } }
      case 'card':
        if (view.state === 'insert') return { kind: 'hand', device: 'card-reader', line: `insert ${resident.card ?? 'my-number'}` }
        return view.state === 'reading' || view.state === 'busy' || view.state === 'lost' ? wait : { kind: 'hand', device: 'card-reader', line: 'remove' }
      case 'pin': {
        const { old, fresh } = resident.pins ?? pinsOf[view.pin]
        if (!view.ready) return wait
        return view.act === 'change-pin'
          ? { kind: 'say', name: 'change-pin', input: { step, old, new: fresh, lastTry: false } }
          : { kind: 'say', name: 'sign-in', input: { step, pin: old, lastTry: false } }
      }
      case 'stop':
        return view.print === 'printing' ? wait : { kind: 'say', name: 'continue', input: { step: 'stop' } }
      case 'receipt':
      case 'claim': {
        const print = view.screen === 'receipt' ? view.print : view.claim.print
        return print === 'printing' ? wait : { kind: 'say', name: 'continue', input: { step } }
      }
      case 'question': {
        const answer = answers[view.step]
        const value = typeof answer === 'string' ? answer : (view.options[0]?.value ?? '')
        return { kind: 'say', name: 'answer', input: { step, value } }
      }
      case 'date': {
        const answer = answers[view.step]
        const [year = 0, month = 0, day = 0] = view.to.split('-').map(Number)
        const entered = typeof answer === 'object' && view.eras.includes(answer.era) ? answer : { era: 'western' as const, year, month, day }
        return { kind: 'say', name: 'date', input: { step, ...entered } }
      }
      case 'payment': {
        const coin = view.open ? coins.shift() : undefined
        return coin === undefined ? wait : { kind: 'hand', device: 'coin-acceptor', line: `insert ${coin}` }
      }
      case 'scan':
        return { kind: 'hand', device: 'qr-scanner', line: `show ${resident.code}` }
      case 'photo':
        return view.working ? wait : { kind: 'say', name: 'photo', input: { attempt: view.attempt, imageBase64: readFileSync(resident.portrait).toString('base64') } }
      case 'photo-review':
        return { kind: 'say', name: 'keep-photo', input: view.checks.every(({ ok }) => ok) ? {} : { cannotChange: 'other' } }
      case 'delivery':
        if (view.choose) return { kind: 'say', name: 'use-credit', input: {} }
        return view.delivered && view.print !== 'printing' ? { kind: 'say', name: 'continue', input: { step } } : wait
      case 'review':
        return { kind: 'say', name: 'send', input: { consent: true } }
      case 'held':
        return { kind: 'say', name: 'return-credit', input: {} }
      case 'field': {
        const answer = answers[view.step]
        return { kind: 'say', name: 'enter', input: { step, entered: typeof answer === 'string' ? answer : '' } }
      }
      case 'typed-id':
      case 'asking':
      case 'sending':
      case 'paying-out':
      case 'starting':
      case 'out-of-service':
      case 'staff-sign-in':
      case 'staff':
      case 'staff-camera':
        return wait
    }
  }
}
