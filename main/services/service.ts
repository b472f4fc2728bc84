import type { Ability } from '../../hardware/faults.ts'
import type { CardFacts } from '../../hardware/card-reader/events.ts'
import type { AgreementName } from '../contract/agreement.ts'
import type { Block } from '../contract/block.ts'
import type { CivilDate, Era } from '../contract/date.ts'
import type { Language } from '../contract/language.ts'
import type { PinKind } from '../contract/pin.ts'
import type { Sheet } from '../contract/sheet.ts'
import type { Application } from '../contract/submission.ts'
import type { Text } from '../contract/text.ts'
import type { PhoneLine, Picture, ReviewItem, ServiceGroup } from '../contract/view.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'

/** What a resident answered, by step: the value of an option, or a day. */
export type Answers = Readonly<Record<string, string>>

/** What a step may depend on besides the answers. */
export interface Situation {
  readonly answers: Answers
  /** The day on which the visit opened, in the service's zone. */
  readonly today: CivilDate
  /** The moment, milliseconds since 1970: which line and which counter is open. Never for a rule of days. */
  readonly now: number
  /** The moment at which the visit opened: for rules of another zone than the service's. */
  readonly openedAt: number
  /** What the chip card says; null before one was read. */
  readonly card: CardFacts | null
  /** What the operator's agreements allow today. */
  readonly agreements: readonly AgreementName[]
  readonly language: Language
  /** The ID of the application form, 23 digits, once it was read or typed. */
  readonly identifier: string | null
  /** What an authority's system answered, by the step that asked. */
  readonly replies: Readonly<Record<string, Reply>>
  /** The line is down and the pack allows selling: the application leaves later. */
  readonly sendsLater: boolean
  /** Photos can be printed on paper now. */
  readonly printsPhotos: boolean
  readonly rulebook: Rulebook
}

interface Common {
  readonly id: string
  /** Which of the service's sections this belongs to, from 1: the "step 3 of 7" at the top. */
  readonly section: number
  /** Whether this step is there at all; without it, always. */
  readonly when?: (situation: Situation) => boolean
}

/**
 * One step of a service. Its kind chooses the screen; its words stand in the catalogues under `<service>.<step>.title`, `.hint`, `.body`, and
 * `.option.<value>`.
 */
export type Step = Common &
  (
    | { readonly kind: 'consent'; readonly boxes: readonly string[] }
    | { readonly kind: 'info'; readonly picture: Picture; readonly body: (situation: Situation) => readonly Text[] }
    | { readonly kind: 'choice'; readonly picture: Picture | null; readonly options: readonly string[] }
    | { readonly kind: 'date'; readonly eras: readonly Era[]; readonly range: (today: CivilDate) => { readonly from: CivilDate; readonly to: CivilDate } }
    | { readonly kind: 'payment' }
    | { readonly kind: 'scan' }
    | { readonly kind: 'identifier' }
    | { readonly kind: 'photo' }
    | { readonly kind: 'review' }
    /** What was paid is handed over; a service that delivers ends here. */
    | { readonly kind: 'deliver'; readonly delivery: (situation: Situation) => Delivery }
    /** A number or name of the resident's own, typed on the booth's keys; kept for the visit only, and shown masked where `secret`. */
    | {
        readonly kind: 'field'
        readonly keys: Keys
        readonly longest: number
        readonly secret: boolean
        /** Can be passed over: then there is no answer. */
        readonly optional: boolean
        /** What honestly holds twelve digits or more and is let past the guard, as a pattern of the whole (B9 as amended in section 0, 7). */
        readonly exempt?: RegExp
        readonly read: (entered: string, situation: Situation) => Read
      }
    /** Asks the authority's system, where the operator has one, and goes on with whatever it says. */
    | { readonly kind: 'ask'; readonly inquiry: (situation: Situation) => Inquiry }
    /** A chip card is put into the reader and read without a PIN: `Situation.card`. */
    | { readonly kind: 'card' }
    /** Gives a PIN of that card a new value; the answer is `changed`, `blocked`, or `unsure` where the card was gone before it said which PIN holds. */
    | { readonly kind: 'pin'; readonly pin: (answers: Answers) => PinKind }
    /** Proves to the centre who holds that card; what it says comes as a reply, whose `session` names the holder to it for a while. */
    | { readonly kind: 'sign-in' }
    /** What holds for this resident and what to do: can be printed, and is where a service that only guides ends. */
    | { readonly kind: 'advice'; readonly advise: (situation: Situation) => Advice }
  )

/** What a resident gets: the photo on paper, by QR code, or both, and what to do with it. */
export interface Delivery {
  readonly sheet: boolean
  readonly handOver: boolean
  readonly title: Text
  readonly blocks: readonly Block[]
}

/** What can be typed: 0 to 9, or those and A to Z. */
export type Keys = 'digits' | 'letters'

/** What was typed, made one way (no spaces, narrow, upper case), or what is wrong with it. */
export type Read = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: Text }

/** A question to an authority's system. */
export interface Inquiry {
  readonly subject: string
  readonly operation: string
  readonly fields: Readonly<Record<string, string>>
}

/** What it answered; `not-offered`: there is no interface, the booth prepares and explains. */
export type Reply = { readonly ok: true; readonly facts: Readonly<Record<string, string>> } | { readonly ok: false; readonly code: 'not-offered' | 'unreachable' | 'not-found' | 'refused' }

/** The answer to what the resident came for. */
export interface Advice {
  readonly tone: 'good' | 'attention' | 'plain'
  readonly title: Text
  readonly blocks: readonly Block[]
  /** What can be printed on A4 where the booth has the printer for it. */
  readonly sheets?: readonly Sheet[]
}

/** What the rules say of the answers so far. */
export type Judgement =
  | { readonly result: 'go-on' }
  /** Not here, not now: why, and the ways out in order. */
  | { readonly result: 'stop'; readonly reason: string; readonly ways: readonly string[] }

/** A service: data and pure functions. Its words are `<service>.name`, `<service>.about` (what it does, one sentence), `<service>.price` (what is paid for) where there is a payment, and those of its steps. */
export interface Service {
  readonly id: string
  /** The zone that its dates live in. */
  readonly zone: 'Asia/Tokyo' | 'Asia/Taipei'
  /** The agreement without which it is not offered. */
  readonly agreement?: AgreementName
  /** Under which heading of the menu it stands. */
  readonly group: ServiceGroup
  /** What the booth must be able to do now, or it is not offered. One that only guides needs `remember`, and `know-the-day` where days matter. */
  readonly needs: readonly Ability[]
  readonly sections: number
  readonly steps: readonly Step[]
  readonly bring: readonly Text[]
  /** The telephone lines that its help names. */
  readonly lines: readonly HelpTopic[]
  /** Judges the answers so far, asked after every answer; without it nothing stops. */
  readonly judge?: (answers: Answers, today: CivilDate, rulebook: Rulebook) => Judgement
  /** What it sends to an authority; null when it sends nothing. */
  readonly application: ServiceApplication | null
}

/** What somebody may want to talk about on the telephone. */
export type HelpTopic = Exclude<PhoneLine['purpose'], 'booth'>

/** The part of a service that sends an application. */
export interface ServiceApplication {
  /** The answers that travel with the application, by step; while one that applies is missing nothing can be sent. */
  readonly required: readonly string[]
  /** What the review screen shows; `last4` are the last digits of the identifier. */
  review(answers: Answers, last4: string): readonly ReviewItem[]
  /** What the application says besides the photo. */
  fields(filled: FilledApplication): Omit<Application, 'photo'>
}

/** A visit whose every required answer is there. */
export interface FilledApplication {
  readonly boothId: string
  /** Visit and item. */
  readonly key: string
  readonly language: Language
  /** 23 digits. */
  readonly identifier: string
  readonly answers: Answers
  /** ISO 8601 with the zone's offset. */
  readonly capturedAt: string
}
