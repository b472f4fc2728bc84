import type { Block } from './block.ts'
import type { CivilDate, Era } from './date.ts'
import type { Language } from './language.ts'
import type { PinKind } from './pin.ts'
import type { PhotoCheck } from './photo.ts'
import type { StaffScreen } from './staff.ts'
import type { Text } from './text.ts'

/** Everything that a screen shows. The whole of it is pushed on every change, with a revision that only grows. */
export type View = Frame & Screen

/** What stands around every screen. */
export interface Frame {
  readonly language: Language
  readonly languages: readonly Language[]
  readonly display: Display
  /** Who runs this booth; shown on every screen. */
  readonly operator: { readonly name: string; readonly phone: string }
  readonly booth: string
  /** Draws the DEMO ribbon. */
  readonly demo: boolean
  /** Where the resident is in the service; null outside of one. */
  readonly progress: { readonly step: number; readonly of: number } | null
  /** From the moment there is money; amounts in the smallest unit. */
  readonly money: Money | null
  /** One sentence about what just happened, at the place where the eye is; gone with the next act. */
  readonly notice: { readonly tone: 'attention' | 'hint' | 'done'; readonly text: Text } | null
  readonly can: { readonly back: boolean; readonly cancel: boolean }
  /** What the label of the screen's camera contains, so that it is told from others; empty: there is only one. */
  readonly cameraLabel: string
  /** A photo belongs to this visit: what looks at faces is made ready before its screen comes. */
  readonly photoAhead: boolean
  readonly overlay: Overlay | null
}

export interface Display {
  /** Controls low, for a seated person. */
  readonly low: boolean
  readonly contrast: boolean
  /** Millimetre of glass in CSS pixels. */
  readonly pxPerMm: number
}

export interface Money {
  /** ISO 4217. */
  readonly currency: string
  readonly price: number
  readonly inserted: number
  /** What is still missing, 0 when paid. */
  readonly missing: number
}

export type Overlay =
  /** "Are you still there?"; the visit ends by itself after `seconds` (counted from when the overlay came). */
  | { readonly kind: 'still-there'; readonly seconds: number; readonly canExtend: boolean; readonly credit: number }
  /** The phone line that is open now, and what help there is on this screen. */
  | { readonly kind: 'help'; readonly lines: readonly PhoneLine[]; readonly text: Text }
  /** "Do you want to stop?" with what happens to the money. */
  | { readonly kind: 'cancel'; readonly credit: number; /** Value of a note that comes back, 0 when there is none. */ readonly note: number }

export interface PhoneLine {
  readonly number: string
  readonly language: string
  /** `certificate`: of Taiwan's certificates. */
  readonly purpose: 'suspend' | 'card' | 'system' | 'certificate' | 'booth'
  readonly open: boolean
  /** Local time as `HH:MM` until which this holds; null when it always does. */
  readonly until: string | null
  /** The sources do not say whether these hours hold on such a day. */
  readonly usually?: true
}

/** A sheet of A4 that belongs to an advice. */
export interface SheetOffer {
  readonly id: string
  readonly name: Text
  readonly print: PrintState | 'possible'
}

/** A choice of a question. */
export interface Option {
  readonly value: string
  readonly label: Text
}

export type PrintState = 'printing' | 'printed' | 'not-printed'

export type Screen =
  | { readonly screen: 'starting' }
  /**
   * `coming`: some device, or the centre, was not heard yet, and more may be offered in a moment. `notes`: those that can be taken for the first service. `change`:
   * whatever is inserted too much comes back as coins; else exact amounts only.
   */
  | { readonly screen: 'attract'; readonly services: readonly OfferedService[]; readonly coming: boolean; readonly notes: readonly number[]; readonly change: boolean }
  | { readonly screen: 'out-of-service'; readonly reasons: readonly { readonly code: string; readonly text: Text }[]; readonly lines: readonly PhoneLine[] }
  | { readonly screen: 'languages' }
  /** What this booth can do. */
  | { readonly screen: 'menu'; readonly services: readonly OfferedService[] }
  /** What a service does, what it costs, what to bring; `test`: the resident's code can be tried first. */
  | { readonly screen: 'offer'; readonly service: string; readonly price: Price; readonly coins: readonly number[]; readonly notes: readonly number[]; readonly change: boolean; readonly bring: readonly Text[]; readonly test: boolean }
  /** Privacy and terms of the operator's pack; every box must be ticked. */
  | { readonly screen: 'consent'; readonly step: string; readonly sections: readonly { readonly title: Text; readonly body: Text }[]; readonly boxes: readonly { readonly id: string; readonly label: Text }[] }
  /** One thing to know before going on. */
  | { readonly screen: 'info'; readonly step: string; readonly picture: Picture; readonly title: Text; readonly body: readonly Text[] }
  /** One question, a few answers; a touch on one goes on. */
  | { readonly screen: 'question'; readonly step: string; readonly title: Text; readonly hint: Text | null; readonly picture: Picture | null; readonly options: readonly Option[]; readonly chosen: string | null }
  /** A day: birth (era or Western) or the date printed on the form. */
  | { readonly screen: 'date'; readonly step: string; readonly title: Text; readonly hint: Text | null; readonly eras: readonly Era[]; /** The days that can be meant, both included. */ readonly from: CivilDate; readonly to: CivilDate; readonly chosen: CivilDate | null }
  /** This service does not go on for this person, and what to do instead. */
  | { readonly screen: 'stop'; readonly reason: string; readonly title: Text; readonly body: readonly Text[]; readonly ways: readonly Text[]; readonly print: PrintState }
  /** `change`: whatever is inserted too much comes back as coins; else exact amounts only. */
  | {
      readonly screen: 'payment'
      readonly coins: readonly number[]
      /** Notes that are taken now: those whose change can be given. */
      readonly notes: readonly number[]
      readonly open: boolean
      readonly change: boolean
      /** A note waits in escrow for the resident's word, or is being stacked; `change` comes out at the end. */
      readonly note: { readonly value: number; readonly change: number; readonly waits: boolean } | null
    }
  /** The code reader: `test` is free and forgets, `application` keeps the ID for the visit. */
  | { readonly screen: 'scan'; readonly purpose: 'test' | 'application'; readonly result: 'waiting' | 'readable' | 'not-readable'; readonly scanner: boolean; readonly camera: boolean; readonly canType: boolean }
  /** 23 digits by hand, twice; `round` 2 must equal round 1. */
  | { readonly screen: 'typed-id'; readonly round: 1 | 2; readonly groups: readonly number[] }
  /** The ID that was read or typed, only its end shown. */
  | { readonly screen: 'identifier'; readonly last4: string; readonly digits: number }
  | { readonly screen: 'photo'; readonly attempt: number; readonly attempts: number; readonly working: boolean; readonly canShoot: boolean; /** The site's own limits of checks, by their names. */ readonly limits: Readonly<Record<string, number>> }
  /** The photo as it will be sent, and what was checked on it; ask `picture` for its bytes. */
  | { readonly screen: 'photo-review'; readonly attempt: number; readonly attempts: number; readonly checks: readonly PhotoCheck[] }
  /** What was paid comes out, on paper and by code; `delivered` once it did. `choose`: paper did not come, and the resident says what instead. */
  | {
      readonly screen: 'delivery'
      readonly step: string
      readonly title: Text
      readonly sheet: 'none' | 'printing' | 'printed' | 'failed'
      readonly handOver: 'none' | 'sending' | 'ready' | 'failed'
      /** What the QR code says, for the resident's own telephone, and until when it holds. */
      readonly link: string | null
      readonly until: Text | null
      readonly delivered: boolean
      readonly choose: boolean
      readonly credit: number
      readonly currency: string
      readonly blocks: readonly Block[]
      readonly print: PrintState | null
    }
  | { readonly screen: 'review'; readonly items: readonly ReviewItem[]; readonly price: Price; readonly consent: Text }
  /** A number or name of the resident's own; `entered` is what was entered before, empty where it is `secret`. */
  | { readonly screen: 'field'; readonly step: string; readonly title: Text; readonly hint: Text; readonly keys: 'digits' | 'letters'; readonly longest: number; readonly secret: boolean; readonly optional: boolean; readonly entered: string }
  /** An authority's system is asked. */
  | { readonly screen: 'asking'; readonly step: string; readonly title: Text }
  /** A chip card is waited for, read, or has to be dealt with first. */
  | { readonly screen: 'card'; readonly step: string; readonly state: CardState; readonly title: Text; readonly hint: Text }
  /**
   * PINs of the card, typed on keys whose order is drawn anew where `shuffled`; they live in the page and in one command. One try left has to be agreed to (`tries` 1; null: the
   * card does not say). `pad`: it can be typed at the reader's own keys. `ready`: what is typed can be used now.
   */
  | {
      readonly screen: 'pin'
      readonly step: string
      readonly act: 'change-pin' | 'sign-in'
      readonly pin: PinKind
      readonly title: Text
      readonly hint: Text
      readonly tries: number | null
      readonly pad: boolean
      readonly shuffled: boolean
      readonly ready: boolean
      readonly working: boolean
    }
  | {
      /** The answer to what the resident came for. */
      readonly screen: 'advice'
      readonly step: string
      readonly tone: 'good' | 'attention' | 'plain'
      readonly title: Text
      readonly blocks: readonly Block[]
      /** `possible`: it can be printed; `none`: there is no printer now. */
      readonly print: PrintState | 'possible' | 'none'
      /** What can be printed on A4, or is. */
      readonly sheets: readonly SheetOffer[]
      /** Nothing comes after it. */
      readonly last: boolean
      /** There is something else to choose. */
      readonly others: boolean
    }
  | { readonly screen: 'sending' }
  /** Coins come out: so much is under way. */
  | { readonly screen: 'paying-out'; readonly amount: number; readonly currency: string }
  | { readonly screen: 'receipt'; readonly status: ReceiptStatus; readonly reason: Text | null; readonly number: string; readonly code: string; readonly print: PrintState; readonly next: readonly Text[]; readonly claim: ClaimView | null }
  /** Money that the booth owes: the claim slip. */
  | { readonly screen: 'claim'; readonly claim: ClaimView; readonly why: Text }
  /** "Your credit is X: go on, or take it back." */
  /** `counting`: what became of a note is not known yet. */
  | { readonly screen: 'held'; readonly counting: boolean; readonly credit: number; readonly currency: string; readonly canContinue: boolean }
  /** "Take your form and card." `card`: one lies in the reader. */
  | { readonly screen: 'leave'; readonly card: boolean }
  | StaffScreen
  | { readonly screen: 'goodbye'; readonly kept: 'nothing' | 'locked-copy' | 'for-a-person'; readonly sent: boolean }

/** A service that this booth offers. */
export interface OfferedService {
  readonly id: string
  readonly group: ServiceGroup
  readonly price: Price
  /** Whether all of it can be delivered now. */
  readonly available: boolean
  /** Why not, in the resident's words. */
  readonly reasons: readonly Text[]
}

/** The headings of the menu. */
export type ServiceGroup = 'japan' | 'taiwan' | 'help'

/**
 * What is to be done with a chip card, or what is wrong: upside down or dirty · more than one · does not answer · the reader is held by another program · gone · the card
 * cannot be read · it was there before this visit began.
 */
export const cardStates = ['insert', 'reading', 'mute', 'several', 'silent', 'busy', 'lost', 'failed', 'left'] as const
export type CardState = (typeof cardStates)[number]

/** What is known of an application when its resident leaves; `parked`: nothing for certain, and a person decides. */
export type ReceiptStatus = 'received' | 'not-confirmed' | 'parked' | 'refused'

export interface Price {
  readonly amount: number
  readonly currency: string
}

export interface ReviewItem {
  /** The step that corrects it. */
  readonly step: string
  readonly label: Text
  readonly value: Text
}

export interface ClaimView {
  readonly number: string
  readonly code: string
  readonly amount: number
  readonly currency: string
  readonly print: PrintState
}

/** The line drawings that screens can ask for. */
export type Picture = 'envelope' | 'form' | 'form-code' | 'form-dates' | 'fold-number' | 'card' | 'coin' | 'scan' | 'face' | 'clock' | 'counter' | 'family'
