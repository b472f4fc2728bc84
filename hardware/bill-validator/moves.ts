import type { BillValidatorEvent, EndedNote, Note, NoteCursor, NoteOutcome } from './events.ts'

export type Moved = Extract<BillValidatorEvent, { kind: 'moved' }>

/** A validator of which nothing is known yet. */
export function firstCursor(serial: string, buffer: NoteCursor['buffer']): NoteCursor {
  return { serial, ordinal: 0, held: null, last: null, buffer }
}

/** What goes from `from` to `to` and is nothing to worry about. */
export function movedTo(from: NoteCursor | null, to: NoteCursor, ended: readonly EndedNote[] = []): Moved {
  return { kind: 'moved', from, to, ended, lost: 0, uncounted: 0, alarm: null }
}

/** The note is held: in escrow, or with the intent to stack it. */
export function holds(cursor: NoteCursor, note: Note, phase: 'escrow' | 'stacking'): NoteCursor {
  const { position, id, value, currency } = note
  return { ...cursor, held: { position, id, value, currency, phase } }
}

/** `note` has ended: the cursor behind it, and the note with its name for ever. */
export function ends(
  cursor: NoteCursor,
  note: Note,
  outcome: NoteOutcome,
  how: { readonly counter?: number; readonly afterPowerUp?: boolean } = {},
): { readonly to: NoteCursor; readonly ended: EndedNote } {
  const { position, id, value, currency } = note
  const ordinal = cursor.ordinal + 1
  const { counter = 0, afterPowerUp = false } = how
  return { to: { ...cursor, ordinal, held: null, last: outcome }, ended: { position, id, value, currency, ordinal, counter, outcome, afterPowerUp } }
}

/** Whether two cursors say the same. */
export function sameCursor(one: NoteCursor, other: NoteCursor): boolean {
  const words = ({ serial, ordinal, held, last, buffer }: NoteCursor) =>
    [serial, ordinal, held?.position, held?.id, held?.phase, last, buffer?.counter, ...(buffer?.results ?? [])].join()
  return words(one) === words(other)
}

/** Whether `other` is a later state of the same validator's notes. */
export function isFurther(cursor: NoteCursor, other: NoteCursor): boolean {
  const stage = ({ held }: NoteCursor) => (held ? (held.phase === 'escrow' ? 1 : 2) : 0)
  return other.ordinal > cursor.ordinal || (other.ordinal === cursor.ordinal && stage(other) > stage(cursor))
}
