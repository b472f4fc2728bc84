import type { NoteAlarm, NoteCursor } from '../../hardware/bill-validator/events.ts'
import type { CoinAlarm, CoinCursor } from '../../hardware/coin-acceptor/events.ts'
import type { PayoutAlarm, PayoutIntent } from '../../hardware/hopper/events.ts'
import type { DeviceIdentity, DeviceKind } from '../../hardware/device.ts'
import type { FaultCode } from '../../hardware/faults.ts'
import type { Language } from '../contract/language.ts'
import type { JudgedCommand } from '../contract/remote-command.ts'

/** How a visit ended. */
export type Outcome = 'received' | 'not-confirmed' | 'parked' | 'refused' | 'stopped' | 'cancelled' | 'abandoned' | 'looked' | 'guided' | 'delivered' | 'not-delivered'

/**
 * Why money is owed: the visit was cancelled or abandoned, too much was inserted, the application was refused, it was sold but not delivered, or a hopper
 * fell silent and it is not known what it paid: then the amount is the most that can be owed.
 */
export type ClaimReason = 'cancelled' | 'abandoned' | 'change' | 'refused' | 'returned' | 'not-delivered' | 'unclear'

/** A coin or note that became credit, named by its device and the event or ordinal there. */
interface CreditedPiece {
  readonly serial: string
  readonly ordinal: number
  readonly counter: number
  readonly position: number
  readonly id: string
  /** In the smallest unit of `currency`. */
  readonly value: number
  readonly currency: string
}

/** An application whose sealed file is on the disk. */
export interface QueuedApplication {
  readonly key: string
  readonly service: string
  readonly number: string
  readonly code: string
  /** Name of the sealed file. */
  readonly file: string
  readonly sha256: string
  readonly office: string
  /** ISO 8601 with Japan's offset. */
  readonly confirmedAt: string
  /** What was paid for it, in the smallest unit. */
  readonly price: number
}

/** A claim to money that the booth owes, as its slip says it and as it is signed. */
export interface Claim {
  /** `C-12345-67890`. */
  readonly number: string
  readonly code: string
  readonly visit: string
  readonly amount: number
  readonly currency: string
  readonly reason: ClaimReason
  /** ISO 8601 with the booth's offset. */
  readonly issuedAt: string
}

/** A pay-out, with what its coins are worth. */
export interface Payout extends PayoutIntent {
  /** Identifier of the coin. */
  readonly coin: string
  readonly value: number
  readonly currency: string
  readonly reason: ClaimReason
}

/** A pay-out of which nobody knows what came of it. */
export interface OpenPayout extends Payout {
  readonly visit: string
  /** What the resident was given in its place, if the visit went on without waiting. */
  readonly slip: { readonly number: string; readonly code: string } | null
}

/** Coins or notes of one kind. */
export interface TillCount {
  /** Identifier of the coin or note. */
  readonly id: string
  readonly value: number
  readonly currency: string
  readonly count: number
}

/** What staff do with the money in the booth. `place` is `box`, or a hopper by its serial number. */
export type TillRecord =
  | { readonly kind: 'till-refilled'; readonly visit: null; readonly body: TillCount & { readonly place: string; readonly by: string } }
  /** Everything was taken out of `place`: what the books expected there, and what was counted. */
  | {
      readonly kind: 'till-collected'
      readonly visit: null
      readonly body: { readonly place: string; readonly expected: readonly TillCount[]; readonly counted: readonly TillCount[]; readonly difference: number; readonly by: string }
    }

/** What staff do at the screen, by their names in the configuration; never a PIN. */
export type StaffRecord =
  /** A PIN was typed: written before it is looked at. */
  | { readonly kind: 'staff-tried'; readonly visit: null; readonly body: { readonly who: string } }
  /** It was right. */
  | { readonly kind: 'staff-signed-in'; readonly visit: null; readonly body: { readonly who: string } }
  | { readonly kind: 'staff-signed-out'; readonly visit: null; readonly body: { readonly who: string; readonly why: 'asked' | 'idle' | 'page' | 'coin' | 'restart' } }
  /** The booth was put out of service, or back into it. */
  | { readonly kind: 'booth-closed'; readonly visit: null; readonly body: { readonly by: string } }
  | { readonly kind: 'booth-opened'; readonly visit: null; readonly body: { readonly by: string } }

/** What devices said that they are. */
export type SeenDevices = Readonly<Partial<Record<DeviceKind, DeviceIdentity>>>

/** What was offered to the booth and refused, at a start or since the one before: what it is, its place in it, and what is wrong there. */
export interface RefusedOffer {
  readonly what: 'configuration' | 'pack' | 'rulebook'
  readonly file: string
  readonly path: string
  readonly reason: string
}

/** A signed pack or rulebook in force. */
export interface Edition {
  readonly what: 'pack' | 'rulebook'
  readonly version: number
}

/** What the journal says at start about commands of the operator's centre. */
export interface RecoveredRemote {
  /** The highest number that was judged. */
  readonly last: number
  /** What came of the command judged last. */
  readonly judged: JudgedCommand | null
  /** Whether the booth was put out of service, and not back. */
  readonly closed: boolean
}

/** What the journal says at start about staff. */
export interface RecoveredDoor {
  /** PINs tried since one was right, and when the last of them was, milliseconds since 1970. */
  readonly tries: number
  readonly lastTry: number | null
  /** Who had signed in and not out. */
  readonly signedIn: string | null
  readonly closed: boolean
}

/**
 * Everything that the journal can hold, in the order in which a visit makes it. `visit` is 32 hexadecimal digits of chance, null for what belongs to no
 * visit. No record has a place for personal data.
 */
export type JournalRecord =
  | { readonly kind: 'booth-started'; readonly visit: null; readonly body: { readonly version: string; readonly demo: boolean } }
  | { readonly kind: 'booth-stopped'; readonly visit: null; readonly body: Readonly<Record<never, never>> }
  /** Each start: a configuration, pack or rulebook was refused, and the one before stays in force (C08 to C11). */
  | { readonly kind: 'offer-refused'; readonly visit: null; readonly body: RefusedOffer }
  /** A pack or rulebook is in force that is newer than each before it: by this the booth knows when it is gone (C08 to C11). */
  | { readonly kind: 'edition-in-force'; readonly visit: null; readonly body: Edition }
  /** Each start: what was found open, and what was decided before anything is sold. What devices know of it, they say in records of their own. */
  | {
      readonly kind: 'recovery'
      readonly visit: null
      readonly body: {
        readonly found: {
          readonly visit: string | null
          readonly credit: number
          readonly application: string | null
          readonly payouts: readonly string[]
          readonly notes: readonly { readonly serial: string; readonly ordinal: number; readonly phase: 'escrow' | 'stacking' }[]
          readonly booksAddUp: boolean
        }
        /** The stage in which the visit goes on; `ended`, or `nothing` where none was open. */
        readonly decided: string
      }
    }
  /** A visit was found open at start. `credit` is what it held then. */
  | { readonly kind: 'recovered'; readonly visit: string; readonly body: { readonly credit: number; readonly queued: boolean } }
  | { readonly kind: 'visit-opened'; readonly visit: string; readonly body: { readonly language: Language } }
  /** Everything that is asked before the payment was answered, and the payment is reached; a service without one has begun. */
  | { readonly kind: 'service-chosen'; readonly visit: string; readonly body: { readonly service: string; readonly language: Language } }
  /** An acceptor's buffer was read up to `cursor`. */
  | { readonly kind: 'cursor-moved'; readonly visit: string | null; readonly body: { readonly cursor: CoinCursor; readonly lost: number; readonly unknown: number; readonly alarm: CoinAlarm | null } }
  | {
      readonly kind: 'coin-credited'
      readonly visit: string
      /** `hopper`: the hopper that it fell into, by its serial number; missing when it fell into the cash box. */
      readonly body: CreditedPiece & { readonly hopper?: string }
    }
  /** A validator's notes moved on: one is held (in escrow, then with the intent to stack it), went back, or lies in the box. */
  | { readonly kind: 'note-moved'; readonly visit: string | null; readonly body: { readonly cursor: NoteCursor; readonly lost: number; readonly uncounted: number; readonly alarm: NoteAlarm | null } }
  /** A note lies in the box; `afterPowerUp`: by what the validator said when its power came back. */
  | {
      readonly kind: 'note-credited'
      readonly visit: string
      readonly body: CreditedPiece & { readonly afterPowerUp: boolean }
    }
  /** The resident confirmed: the price is set aside for this application before anything is sealed. */
  | { readonly kind: 'confirmed'; readonly visit: string; readonly body: { readonly item: number; readonly key: string; readonly price: number } }
  /** The sealed file is on disk: the application is in the outbox, its money parked with it. */
  | {
      readonly kind: 'queued'
      readonly visit: string
      readonly body: QueuedApplication & { readonly item: number }
    }
  /** Sealing failed: the price is free again. */
  | { readonly kind: 'not-queued'; readonly visit: string; readonly body: { readonly item: number; readonly key: string } }
  /** The centre's final answer; `received` earns the price, `refused` makes it owed by a claim that follows in the same transaction, `parked` leaves it parked. */
  | {
      readonly kind: 'answered'
      readonly visit: string
      readonly body: { readonly key: string; readonly status: 'received' | 'refused' | 'parked'; readonly reason: string | null; readonly receivedAt: string | null }
    }
  /** What was paid is in the resident's hands, on paper or by code: its price is earned. */
  | { readonly kind: 'delivered'; readonly visit: string; readonly body: { readonly service: string; readonly price: number; readonly sheet: boolean; readonly handOver: boolean } }
  | { readonly kind: 'claim-issued'; readonly visit: string; readonly body: { readonly claim: Claim; /** Ed25519 by the booth's key over the claim, base64url; as printed on the slip. */ readonly signature: string } }
  /** Staff paid a claim against its slip; once. */
  | { readonly kind: 'claim-redeemed'; readonly visit: string; readonly body: { readonly number: string; readonly code: string; readonly amount: number; readonly currency: string; readonly by: string } }
  /** A hopper is about to be told to pay `coins` coins of `value` each: written before it hears of it (CT4 2.3.2). */
  | { readonly kind: 'payout-intended'; readonly visit: string; readonly body: Payout }
  /** Nobody knows yet what came of it: the slip that the resident was given names what may be owed, by this number and code. */
  | { readonly kind: 'payout-left-open'; readonly visit: string; readonly body: { readonly id: string; readonly number: string; readonly code: string } }
  /** What came of a pay-out. `paid` coins left the hopper, `returned` is what of them was the resident's. */
  | {
      readonly kind: 'payout-settled'
      readonly visit: string
      readonly body: { readonly id: string; readonly paid: number; readonly returned: number; readonly alarm: PayoutAlarm | null }
    }
  /** A hopper was met or came back: how many coins it has dispensed in its life, and by how many that differs from the books. */
  | { readonly kind: 'hopper-seen'; readonly visit: null; readonly body: { readonly serial: string; readonly total: number; readonly beside?: number } }
  /** What the acceptor ever accepted by its own count, by kind of coin, and by how many that differs from the books. */
  | {
      readonly kind: 'acceptor-counted'
      readonly visit: null
      readonly body: { readonly serial: string; readonly counts: Readonly<Record<string, number>>; readonly differences: Readonly<Record<string, number>> }
    }
  /** A device said what it is: for the first time, or something else than before. */
  | { readonly kind: 'device-seen'; readonly visit: null; readonly body: { readonly device: DeviceKind; readonly identity: DeviceIdentity } }
  | TillRecord
  | StaffRecord
  /** The operator's centre commanded something, and what came of it. */
  | { readonly kind: 'remote-command'; readonly visit: null; readonly body: JudgedCommand & { readonly act: string } }
  | { readonly kind: 'slip-printed'; readonly visit: string; readonly body: { readonly slip: string; readonly copy: boolean } }
  | { readonly kind: 'slip-failed'; readonly visit: string; readonly body: { readonly slip: string } }
  /** A sheet of A4 came out, or did not: which of which service. */
  | { readonly kind: 'sheet-printed'; readonly visit: string; readonly body: { readonly sheet: string } }
  | { readonly kind: 'sheet-failed'; readonly visit: string; readonly body: { readonly sheet: string } }
  | { readonly kind: 'visit-ended'; readonly visit: string; readonly body: { readonly outcome: Outcome } }
  /** An Individual Number was refused: counted a booth and day, never with content (section 0, 7). */
  | { readonly kind: 'number-refused'; readonly visit: null; readonly body: Readonly<Record<never, never>> }
  | { readonly kind: 'fault-raised'; readonly visit: null; readonly body: { readonly fault: FaultCode } }
  | { readonly kind: 'fault-cleared'; readonly visit: null; readonly body: { readonly fault: FaultCode } }
  /** A door of the cabinet was opened or closed; at the start, when it stands open. */
  | { readonly kind: 'door-moved'; readonly visit: string | null; readonly body: { readonly name: string; readonly open: boolean } }
  /** The cash box was taken out or put back. */
  | { readonly kind: 'cash-box-moved'; readonly visit: string | null; readonly body: { readonly name: string; readonly out: boolean } }
  | { readonly kind: 'page-lost'; readonly visit: string | null; readonly body: Readonly<Record<never, never>> }

/** What the journal says at start about what was going on. */
export interface Recovered {
  /** The cursor of every acceptor ever seen. */
  readonly cursors: readonly CoinCursor[]
  /** The cursor of every note validator ever seen. */
  readonly notes: readonly NoteCursor[]
  /** Pay-outs whose end nobody knows. */
  readonly payouts: readonly OpenPayout[]
  /** What lies in each hopper by the books, and how many coins it had ever dispensed when it was last known. */
  readonly hoppers: readonly { readonly serial: string; readonly coins: number; readonly total: number | null }[]
  /** What the acceptor's own count of each kind of coin must be by the books, by serial number and coin; where nothing is known it is as the acceptor says. */
  readonly coinCounts?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined
  /** What each device said last that it is. */
  readonly seen?: SeenDevices | undefined
  /** Whether the books contradict themselves. */
  readonly tillWrong: boolean
  /** The visit that had not ended; null when none had. */
  readonly visit: {
    readonly visit: string
    readonly service: string | null
    readonly language: Language
    /** Inserted and neither earned, owed nor parked. */
    readonly credit: number
    readonly item: number
    /** Came back as coins, and pay-outs so far. */
    readonly returned: number
    readonly payouts: number
    /** The application that was queued in this visit, with where it stands. */
    readonly queued: { readonly key: string; readonly number: string; readonly code: string; readonly price: number; readonly status: 'waiting' | 'received' | 'refused' | 'parked' } | null
    /** Claims that were issued in this visit. */
    readonly claims: readonly Claim[]
    /** Kinds of the slips that have come out since the visit's last application or claim. */
    readonly printed: readonly string[]
    /** Whether what was sold in this visit is in the resident's hands. */
    readonly delivered?: boolean
  } | null
}
