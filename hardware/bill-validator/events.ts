/** One note that the operator approved: identifier in the form of ccTalk (`CCVVVVI`, CT3 appendix 15) and what it is worth. */
export interface ApprovedNote {
  readonly id: string
  /** In the smallest unit of the currency. */
  readonly value: number
  /** ISO 4217. */
  readonly currency: string
}

/** A note in the validator, as the approved table knows it. */
export interface Note extends ApprovedNote {
  /** ccTalk: bill type 1..16. ID-003: escrow code less 0x60, 1..15. */
  readonly position: number
}

/**
 * How a note ended. `stacked`: it lies in the cash box and is a credit. `returned`: the resident has it back. `pulled`: it was drawn out (fraud), no
 * credit. `unknown`: it was to be stacked, and the device cannot say whether it was: no credit, an alarm, and a person decides.
 */
export type NoteOutcome = 'stacked' | 'returned' | 'pulled' | 'unknown'

/**
 * What the journal knows of one validator: written in the same transaction as the notes that ended up to it. `escrow`: the note is held and nothing
 * was asked for; `stacking`: the intent to stack it is written. No order to stack leaves the driver before that.
 */
export interface NoteCursor {
  /** ccTalk: serial number. ID-003 has none: the version text, by which alone such a device is known again. */
  readonly serial: string
  /** Notes of this validator that have ended; serial + ordinal names one note for ever, and the note that is held will be `ordinal` + 1. */
  readonly ordinal: number
  readonly held: (Note & { readonly phase: 'escrow' | 'stacking' }) | null
  /** How the last note ended: what says "stacked" once more after a restart is that note again. `uncounted`: one that nobody knew. */
  readonly last: NoteOutcome | 'uncounted' | null
  /** ccTalk: event counter 0..255 and the 10 result bytes, newest first. Null for ID-003, which keeps no events. */
  readonly buffer: { readonly counter: number; readonly results: readonly number[] } | null
}

/** A note that has ended. */
export interface EndedNote extends Note {
  readonly ordinal: number
  /** ccTalk: event counter at this event, 1..255; ID-003: 0. */
  readonly counter: number
  readonly outcome: NoteOutcome
  /** Decided by what the device said at power-up, not by its ordinary way: for the technician's eye. */
  readonly afterPowerUp: boolean
}

/** `reset`: a ccTalk counter went to 0; `uncounted`: events or a note that nobody counted; `mismatch`: the old events did not reappear. */
export type NoteAlarm = 'reset' | 'uncounted' | 'mismatch'

export type BillValidatorEvent =
  /** The validator was identified; the driver waits for `configure`. */
  | { readonly kind: 'identified'; readonly serial: string }
  /** The validator's notes were read: after `configure`, and again after each restart of the device. */
  | { readonly kind: 'table'; readonly serial: string; readonly notes: readonly { readonly position: number; readonly id: string }[] }
  /**
   * What is known of the validator went from `from` to `to`: a note is held, the intent to stack it, or notes ended (oldest first, at most five).
   * Sent again with every poll until `recorded` names `to`; applying it twice must be a no-op. `from` is null for a validator that was never seen.
   */
  | {
      readonly kind: 'moved'
      readonly from: NoteCursor | null
      readonly to: NoteCursor
      readonly ended: readonly EndedNote[]
      /** Events that a ccTalk buffer no longer held. */
      readonly lost: number
      /** Notes that went into the cash box and of which nobody knows the value: no credit. */
      readonly uncounted: number
      readonly alarm: NoteAlarm | null
    }
  /** A note was not taken, or something else happened; `code` as the protocol says it. */
  | {
      readonly kind: 'notice'
      readonly code: number
      readonly name: string
      readonly group: 'returned' | 'wait' | 'jam' | 'stacker' | 'fraud' | 'hardware' | 'line'
    }

export type BillValidatorCommand =
  /** Continue from `cursor` (null: never seen) with this approved table. */
  | { readonly kind: 'configure'; readonly cursor: NoteCursor | null; readonly notes: readonly ApprovedNote[] }
  /** Take these notes; all others, and with an empty list all, stay inhibited. A note that is held stays where it is. */
  | { readonly kind: 'accept'; readonly ids: readonly string[] }
  /** The journal holds everything up to `cursor`; with a note in escrow that is to go back, it does not hold the intent to stack it, and never will. */
  | { readonly kind: 'recorded'; readonly cursor: NoteCursor }
  /** Stack, or give back, the held note `ordinal`; for any other note nothing happens. Without either it stays in escrow. */
  | { readonly kind: 'stack' | 'return'; readonly ordinal: number }
