import type { NoteCursor } from '../../hardware/bill-validator/events.ts'
import type { CoinCursor } from '../../hardware/coin-acceptor/events.ts'
import type { CardAct, CardFacts, PadActs } from '../../hardware/card-reader/events.ts'
import { deviceKinds, type DeviceHealth, type DeviceKind } from '../../hardware/device.ts'
import type { HopperState } from '../../hardware/hopper/events.ts'
import type { FaultCode } from '../../hardware/faults.ts'
import type { Configuration } from '../config/configuration.ts'
import type { CameraCheck } from '../contract/camera-check.ts'
import type { Language } from '../contract/language.ts'
import type { BoothReport } from '../contract/staff.ts'
import type { PhotoCheck, PhotoReason } from '../contract/photo.ts'
import type { Slip } from '../contract/slip.ts'
import type { Frame, PrintState, ReceiptStatus } from '../contract/view.ts'
import type { Answers, Reply } from '../services/service.ts'
import type { Facts, OutboxFault, QueuedApplication } from './events.ts'
import type { Claim, ClaimReason, OpenPayout, Outcome, RecoveredRemote, SeenDevices } from './records.ts'

/** What a booth is at one moment. Nothing else decides what is shown or done. */
export interface State {
  readonly phase: 'starting' | 'open'
  readonly devices: Readonly<Record<DeviceKind, DeviceHealth>>
  readonly devicesLink: 'up' | 'down'
  /** A touch that does not end holds the glass, as the page sees it. */
  readonly touchStuck: boolean
  /** A code reader types like a keyboard; over when its serial line is there again. */
  readonly scannerTypes: boolean
  /** What the outbox says. */
  readonly outbox: readonly OutboxFault[]
  /** Whether anybody knows if the centre can be reached. */
  readonly lineKnown: boolean
  /** Faults that no device holds: of the journal, of the glass, and coins that nobody could count. Most of them stay until the booth starts again. */
  readonly latched: readonly FaultCode[]
  /** The clock shows a time that cannot be: nothing that depends on the day is sold. */
  readonly clockUnsure: boolean
  /** How far each acceptor was read, by serial number; mirrors the journal. */
  readonly cursors: Readonly<Record<string, CoinCursor>>
  /** The first acceptor since the booth started: one that another takes the place of meanwhile stays closed until staff start the booth again. */
  readonly acceptor: string | null
  /** The same for note validators: how far each was read, with the note that is held, and the first one since the booth started. */
  readonly noteCursors: Readonly<Record<string, NoteCursor>>
  readonly validator: string | null
  /** The hoppers that answer, as they last said. */
  readonly hoppers: readonly HopperState[]
  /** Doors that are open and cash boxes that are out, as far as the cabinet has said; nothing else of its switches is kept. */
  readonly switches: Readonly<Record<string, boolean>>
  /** The first hopper at each address since the booth started, by serial number: one that another takes the place of pays nothing. */
  readonly hopperAt: Readonly<Record<number, string>>
  /** What lies in each hopper by the books, and the coins it had ever dispensed; mirrors the journal. */
  readonly hopperCoins: Readonly<Record<string, number>>
  readonly hopperTotals: Readonly<Record<string, number | null>>
  /** What the acceptor's own count of each kind of coin must be, by serial number and coin; mirrors the journal. */
  readonly coinCounts: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** What each device said last that it is. */
  readonly seen: SeenDevices
  /** Pay-outs whose end is not known; mirrors the journal. */
  readonly openPayouts: readonly OpenPayout[]
  /** What lies in the chip card reader, as it last said. */
  readonly reader: Slot
  /** What lies in it was not put in during this visit: it is nobody's, and is not read until it was out. */
  readonly leftCard: boolean
  readonly visit: Visit | null
  /** Commands of the operator's centre: the highest number that was judged, and what came of the last one. */
  readonly remote: Pick<RecoveredRemote, 'last' | 'judged'>
  /** The door for staff; null where nobody can come in: the configuration names nobody, or there is no journal to count what is tried. */
  readonly door: Door | null
  /** Staff at the booth; never together with a visit. */
  readonly staff: Staff | null
}

/** How often a PIN was tried since it was last right, and until when none is taken. */
export interface Door {
  readonly tries: number
  readonly lock: { readonly monotonic: number; /** For the screen. */ readonly wall: number } | null
}

/** Somebody who wants to sign in, or has. The PIN is in none of it. */
export interface Staff extends Pick<Visit, 'language' | 'low' | 'contrast'> {
  /** By the configuration's name, once signed in. */
  readonly who: string | null
  readonly check: 'none' | 'running' | 'wrong'
  /** PINs that were wrong since the sign-in before this one. */
  readonly wrong: number
  readonly report: BoothReport | null
  /** Where the check of the screen's camera is; null when nobody checks it. `asked`: the monotonic time at which the still was taken in hand. */
  readonly camera: { readonly at: 'aim' } | { readonly at: 'working'; readonly asked: number } | { readonly at: 'found'; readonly check: CameraCheck } | null
  /** When they are signed out unless somebody touches the screen, in monotonic milliseconds. */
  readonly until: number
}

/** The place for a card; `card` counts the cards since the reader was opened. */
export interface Slot {
  readonly state: 'absent' | 'present' | 'mute' | 'several' | 'silent'
  readonly card: number
}

/** What a visit has to do with a card. */
export interface VisitCard {
  /** Which card of the reader's; 0 once it is out. */
  readonly number: number
  /** What was asked of it and is not answered yet. */
  readonly doing: CardAct | null
  readonly facts: CardFacts | null
  readonly pad: PadActs
  /** It could not be read. */
  readonly failed: boolean
}

/** Where a visit stands. */
export type Stage =
  | { readonly at: 'languages' }
  | { readonly at: 'menu' }
  | { readonly at: 'offer'; readonly service: string }
  | { readonly at: 'code-test'; readonly service: string; readonly result: 'waiting' | 'readable' | 'not-readable' }
  /** In the service. `correcting`: from the review, and back to it after this step. */
  | { readonly at: 'step'; readonly step: string; readonly correcting: boolean }
  /** 23 digits by hand; `first` is the first round's. */
  | { readonly at: 'typing'; readonly first: string | null; readonly correcting: boolean }
  | { readonly at: 'making-photo'; readonly correcting: boolean }
  | { readonly at: 'photo-review'; readonly correcting: boolean }
  | { readonly at: 'stop'; readonly reason: string; readonly ways: readonly string[] }
  /** Coins come out: `open` is the pay-out that is under way, `tried` the hoppers that failed, `next` what follows. */
  | {
      readonly at: 'paying-out'
      readonly reason: ClaimReason
      readonly open: string
      readonly tried: readonly string[]
      /** After a restart what was open is only settled: nobody may be there to take more coins. */
      readonly settleOnly: boolean
      readonly next:
        | { readonly kind: 'close'; readonly outcome: Outcome }
        | { readonly kind: 'receipt'; readonly application: QueuedApplication; readonly status: ReceiptStatus; readonly reason: string | null; readonly cameOut: readonly string[] }
        /** After a restart: the credit is offered back, or to go on. */
        | { readonly kind: 'held' }
    }
  /** `queued` once the sealed file is on disk. */
  | { readonly at: 'sending'; readonly key: string; readonly queued: QueuedApplication | null }
  /** What was paid comes out: `delivered` once its price is earned; the link is the resident's alone. */
  | {
      readonly at: 'delivering'
      readonly step: string
      readonly sheet: 'none' | 'printing' | 'printed' | 'failed'
      readonly handOver: 'none' | 'sending' | 'ready' | 'failed'
      readonly link: string | null
      readonly until: number | null
      readonly delivered: boolean
    }
  | { readonly at: 'receipt'; readonly key: string; readonly number: string; readonly code: string; readonly status: ReceiptStatus; readonly reason: string | null }
  | { readonly at: 'claim' }
  /** Credit without an owner's next act: after a restart, or a coin that fell while none was asked for. */
  | { readonly at: 'held' }
  | { readonly at: 'leave' }
  | { readonly at: 'goodbye' }

/** Whether a card lies in the reader that nobody put in during this visit. */
export function isCardLeft({ reader, leftCard }: State): boolean {
  return leftCard && reader.state !== 'absent'
}

/** Whether the resident stands before a code that is theirs once they go on: its price is neither earned yet nor to be given back. */
export function isTakenByCode(stage: Stage): stage is Extract<Stage, { at: 'delivering' }> {
  return stage.at === 'delivering' && stage.delivered && stage.handOver === 'ready'
}

/** Whether something of a delivery is still under way. */
export function isPending({ sheet, handOver }: Extract<Stage, { at: 'delivering' }>): boolean {
  return sheet === 'printing' || handOver === 'sending'
}

/** A slip on its way to the paper. */
export interface Printing {
  readonly job: string
  readonly slip: Slip
  readonly state: PrintState
  /** One reprint, marked COPY, once the printer is back (F48). */
  readonly reprinted: boolean
}

/** A claim with the booth's signature over it. */
export interface SignedClaim {
  readonly claim: Claim
  readonly signature: string
}

/** What is being waited for; each with the monotonic time at which it is over. */
export type Wait = 'idle' | 'still-there' | 'ask' | 'send' | 'deliver' | 'print' | 'sheet' | 'payout' | 'farewell' | 'typing'

/**
 * One resident's visit. Personal data stands in `answers`, `replies`, `identifier`, a `typing` stage and, outside of the state, in the photo's buffers: all of it is wiped as
 * soon as the visit can only end.
 */
export interface Visit {
  readonly visit: string
  /** When it began, milliseconds since 1970: all its rules are judged on that day, whatever the clock does meanwhile (F71). */
  readonly openedAt: number
  /** The same moment on the clock that never jumps. */
  readonly openedMonotonic: number
  readonly service: string | null
  readonly language: Language
  readonly low: boolean
  readonly contrast: boolean
  readonly stage: Stage
  readonly answers: Answers
  /** What an authority's system answered, by the step that asked. */
  readonly replies: Readonly<Record<string, Reply>>
  readonly card: VisitCard | null
  /** What the centre wants signed, while the visit is signing in. */
  readonly challenge: { readonly id: string; readonly hex: string } | 'asked' | null
  /** How often an authority's system was asked in this visit. */
  readonly asked: number
  /** 23 digits, in memory only. */
  readonly identifier: string | null
  /** What was checked on it, and why the resident cannot change what does not hold. */
  readonly photo: { readonly widthPx: number; readonly heightPx: number; readonly capturedAt: string; readonly checks: readonly PhotoCheck[]; readonly cannotChange: PhotoReason | null } | null
  readonly photoAttempt: number
  /** Which application of this visit, from 1. */
  readonly item: number
  /** Inserted and not yet parked, earned or owed; in the smallest unit. */
  readonly credit: number
  readonly inserted: number
  /** Came back as coins. */
  readonly returned: number
  /** Coins of each value that fell in this visit. */
  readonly pieces: Readonly<Record<number, number>>
  /** The note that the resident said to pay with, by its ordinal. */
  readonly payingNote: number | null
  /** Pay-outs of this visit so far. */
  readonly payouts: number
  /** The claim on the screen and on paper. */
  readonly claim: SignedClaim | null
  /** Claims from before a restart of which nobody knows whether they came out; each is shown and printed before the visit ends. */
  readonly earlierClaims: readonly SignedClaim[]
  readonly printing: Printing | null
  /** Sheets of A4 that were asked for, by their jobs. */
  readonly sheets: Readonly<Record<string, PrintState>>
  readonly outcome: Outcome
  /** Whether the visit has sent, or tried to send, something; the goodbye says so. */
  readonly sent: boolean
  /** A reader was ready for the form: it is out of the bag, and to be taken along. */
  readonly formOut: boolean
  readonly wrongCodes: number
  readonly canType: boolean
  /** How often "are you still there?" was answered on this screen. */
  readonly extensions: number
  readonly overlay: 'help' | 'cancel' | 'still-there' | null
  readonly notice: Frame['notice']
  readonly waits: Readonly<Partial<Record<Wait, number>>>
}

/** A booth that has just been switched on. */
export function initialState(configuration: Configuration, latched: readonly FaultCode[] = []): State {
  const health = (kind: DeviceKind): DeviceHealth => ({ state: configuration.devices[kind] ? 'starting' : 'off', identity: null, faults: [] })
  return {
    phase: 'starting',
    devices: Object.fromEntries(deviceKinds.map((kind) => [kind, health(kind)])) as Record<DeviceKind, DeviceHealth>,
    devicesLink: 'up',
    touchStuck: false,
    scannerTypes: false,
    outbox: [],
    lineKnown: false,
    latched,
    clockUnsure: false,
    cursors: {},
    acceptor: null,
    noteCursors: {},
    validator: null,
    hoppers: [],
    switches: {},
    hopperAt: {},
    hopperCoins: {},
    hopperTotals: {},
    coinCounts: {},
    seen: {},
    openPayouts: [],
    reader: { state: 'absent', card: 0 },
    leftCard: true,
    visit: null,
    door: null,
    remote: { last: 0, judged: null },
    staff: null,
  }
}

/** A visit of which nothing is known yet. */
export function newVisit(visit: string, opened: Pick<Facts, 'now' | 'monotonic'>, language: Language, stage: Stage): Visit {
  return {
    visit,
    openedAt: opened.now,
    openedMonotonic: opened.monotonic,
    service: null,
    language,
    low: false,
    contrast: false,
    stage,
    answers: {},
    replies: {},
    card: null,
    challenge: null,
    asked: 0,
    identifier: null,
    photo: null,
    photoAttempt: 0,
    item: 1,
    credit: 0,
    inserted: 0,
    returned: 0,
    pieces: {},
    payingNote: null,
    payouts: 0,
    claim: null,
    earlierClaims: [],
    printing: null,
    sheets: {},
    outcome: 'looked',
    sent: false,
    formOut: false,
    wrongCodes: 0,
    canType: false,
    extensions: 0,
    overlay: null,
    notice: null,
    waits: {},
  }
}
