import type { HostMessage, DeviceCommand } from '../../hardware/wire.ts'
import type { FaultCode } from '../../hardware/faults.ts'
import type { CameraCheck } from '../contract/camera-check.ts'
import type { CommandInput, CommandName, ErrorCode } from '../contract/commands.ts'
import type { PhotoCheck, PhotoRemarks } from '../contract/photo.ts'
import type { Language } from '../contract/language.ts'
import type { RemoteCommand } from '../contract/remote-command.ts'
import type { Sheet } from '../contract/sheet.ts'
import type { Slip } from '../contract/slip.ts'
import type { BoothReport } from '../contract/staff.ts'
import type { Application, SendResult } from '../contract/submission.ts'
import type { Configuration } from '../config/configuration.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import type { Inquiry, Reply } from '../services/service.ts'
import type { Claim, Edition, Recovered, RecoveredDoor, RecoveredRemote, RefusedOffer } from './records.ts'

/** The commands that change something; the others (`catalogue`, `picture`, `hand`, `drew`) are answered beside the queue. */
export type VisitCommandName = Exclude<CommandName, 'catalogue' | 'picture' | 'hand' | 'drew'>

export type VisitCommand = { readonly [Name in VisitCommandName]: { readonly kind: 'command'; readonly name: Name; readonly input: CommandInput<Name> } }[VisitCommandName]

/** An application in the outbox, as the events about it name it. */
export interface QueuedApplication {
  readonly key: string
  readonly visit: string
  readonly number: string
  readonly code: string
  readonly price: number
}

/** The faults that the outbox finds. */
export type OutboxFault = Extract<FaultCode, `centre-${string}` | 'outbox-full' | 'application-parked'>

/** Everything that can happen to a booth. */
export type BoothEvent =
  /** `door`: what the journal says of staff; without it nobody can sign in. `refused`: offered and not used; `editions`: in force for the first time. */
  | { readonly kind: 'started'; readonly refused?: readonly RefusedOffer[]; readonly editions?: readonly Edition[]; readonly recovered: Recovered; readonly door?: RecoveredDoor | undefined; readonly remote?: RecoveredRemote | undefined }
  | VisitCommand
  | { readonly kind: 'device'; readonly message: HostMessage }
  /** The device process is gone; it is back with its first message. */
  | { readonly kind: 'devices-lost' }
  /** Something may be due: see `State.waits`. */
  | { readonly kind: 'tick' }
  | { readonly kind: 'photo-made'; readonly visit: string; readonly attempt: number; readonly widthPx: number; readonly heightPx: number; readonly checks: readonly PhotoCheck[] }
  | { readonly kind: 'photo-refused'; readonly visit: string; readonly attempt: number; readonly reason: string }
  /** What an authority's system said to the visit's question number `asked`. */
  | { readonly kind: 'replied'; readonly visit: string; readonly asked: number; readonly reply: Reply }
  | { readonly kind: 'sealed'; readonly visit: string; readonly key: string; readonly file: string; readonly sha256: string }
  | { readonly kind: 'not-sealed'; readonly visit: string; readonly key: string }
  | { readonly kind: 'sent'; readonly application: QueuedApplication; readonly result: SendResult }
  /** What the outbox says of itself and its line. */
  | { readonly kind: 'outbox'; readonly fault: OutboxFault; readonly held: boolean }
  /** A slip could not even be drawn, or there is no printer. */
  | { readonly kind: 'slip-lost'; readonly job: string }
  /** A sheet of photos could not even be drawn, or there is no printer for it. */
  | { readonly kind: 'sheet-lost'; readonly job: string }
  /** The photo lies at the centre: its link, and until when it can be fetched; null when it does not. */
  | { readonly kind: 'handed-over'; readonly visit: string; readonly kept: { readonly link: string; readonly until: number } | null }
  /** A sheet of A4 could not be drawn. */
  | { readonly kind: 'sheet-not-drawn'; readonly job: string }
  /** The page that owns the camera went away. */
  | { readonly kind: 'page-lost' }
  /** Whether pages on the glass end again and again. */
  | { readonly kind: 'screen-fault'; readonly held: boolean }
  /** Something typed into the page as only a machine does (F44). */
  | { readonly kind: 'keys-typed' }
  /** Whether the PIN that `who` typed is theirs. */
  | { readonly kind: 'pin-checked'; readonly who: string; readonly right: boolean }
  | { readonly kind: 'reported'; readonly report: BoothReport }
  /** What the still that staff took at `asked` says of the camera. */
  | { readonly kind: 'camera-checked'; readonly asked: number; readonly check: CameraCheck }
  /** Whether the clock shows a time that cannot be (F72). */
  | { readonly kind: 'clock'; readonly unsure: boolean }
  /** The operator's centre commands something, signed. */
  | { readonly kind: 'remote'; readonly command: RemoteCommand }
  /** The disk or the journal: what is wrong, or is over. `journalled`: the journal itself can take it, and shall. */
  | { readonly kind: 'storage'; readonly fault: FaultCode; readonly held: boolean; readonly journalled?: true }

/** What is to be done after the records are durable. */
export type Effect =
  | { readonly kind: 'device'; readonly command: DeviceCommand }
  | { readonly kind: 'make-photo'; readonly visit: string; readonly attempt: number; readonly imageBase64: string }
  | { readonly kind: 'drop-photo' }
  | { readonly kind: 'print-sheet'; readonly job: string }
  | { readonly kind: 'hand-over'; readonly visit: string }
  /** Asks the authority's system of `inquiry.subject`; comes back as `replied`, whatever happens. */
  | { readonly kind: 'ask'; readonly visit: string; readonly asked: number; readonly inquiry: Inquiry }
  | { readonly kind: 'seal'; readonly visit: string; readonly application: Omit<Application, 'photo'>; readonly remarks: PhotoRemarks }
  | { readonly kind: 'submit'; readonly key: string }
  /** The sealed file of this application is not needed any more, unless the journal still names it. */
  | { readonly kind: 'delete-sealed'; readonly key: string }
  | { readonly kind: 'print'; readonly job: string; readonly slip: Slip; readonly copy: boolean }
  /** Draws a sheet of a service on A4 and prints it; the printer's word, or `sheet-not-drawn`, comes back. */
  | { readonly kind: 'draw-sheet'; readonly job: string; readonly service: string; readonly sheet: Sheet; readonly language: Language }
  /** Compares a PIN with the configuration's hash, and forgets it; comes back as `pin-checked`. */
  | { readonly kind: 'check-pin'; readonly who: string; readonly pin: string }
  /** Reads the journal for staff; comes back as `reported`. */
  | { readonly kind: 'report' }
  /** Judges the screen's camera by a still of staff, and forgets it; comes back as `camera-checked`. */
  | { readonly kind: 'check-camera'; readonly asked: number; readonly imageBase64: string; readonly ms: number }
  /** The booth process ends in order, and is started again. */
  | { readonly kind: 'restart' }
  /** The visit is over: everything of it that is not in the state is wiped, and the database gets its checkpoint. */
  | { readonly kind: 'wipe' }

/** What a step may know besides the state: one reading of the clock, the configuration, the rulebook, fresh chance, and the booth's signature. */
export interface Facts {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly monotonic: number
  readonly configuration: Configuration
  readonly rulebook: Rulebook
  readonly version: string
  /** 64 hexadecimal digits, never the same twice. */
  readonly chance: string
  /** Deterministic (Ed25519): the same claim gives the same signature. */
  readonly signClaim: (claim: Claim) => string
}

/** Why a command changed nothing; null when it did what it says. */
export type Refusal = ErrorCode | null
