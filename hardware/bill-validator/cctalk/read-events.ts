import type { Advance } from '../../cctalk/event-buffer.ts'
import type { EndedNote, Note, NoteCursor, NoteOutcome } from '../events.ts'
import { ends, holds, type Moved } from '../moves.ts'

/** What a stretch of the event buffer means. */
export interface Read {
  readonly moved: Moved
  /** Codes of the events with result A = 0, oldest first. */
  readonly codes: readonly number[]
  /** A note is in escrow that nobody wants: it is to go back. */
  readonly strange: boolean
  /** A note is not in the approved table. */
  readonly unknown: boolean
}

export interface Wishes {
  noteAt(position: number): Note | undefined
  /** Whether a note may be taken now. */
  takes(note: Note): boolean
}

/** Events with result A = 0 that decide a note (CT3 table 7). */
const returned = 1
const pulled: ReadonlySet<number> = new Set([8, 9, 17, 18])
const unknownStacked = 21

/** What became of a held note of which the buffer says nothing more. */
const fate = ({ phase }: { readonly phase: 'escrow' | 'stacking' }): NoteOutcome => (phase === 'escrow' ? 'returned' : 'unknown')

/**
 * Applies what the buffer says since `cursor`, oldest first. A note that is stacked is a credit by its own event, whether it was held or not; what
 * the buffer no longer holds, or a restart has wiped, ends a held note as returned (nothing was asked) or unknown (it was to be stacked).
 */
export function readEvents(cursor: NoteCursor, advance: Advance, { noteAt, takes }: Wishes): Read {
  let at: NoteCursor = { ...cursor, buffer: { counter: advance.to.counter, results: advance.to.results } }
  const ended: EndedNote[] = []
  const codes: number[] = []
  let uncounted = 0
  let strange = false
  let unknown = false

  const end = (note: Note, outcome: NoteOutcome, counter: number) => {
    const { to, ended: one } = ends(at, note, outcome, { counter, afterPowerUp: advance.alarm === 'reset' })
    at = to
    ended.push(one)
  }
  const endHeld = (counter: number, outcome?: NoteOutcome) => {
    if (at.held) end(at.held, outcome ?? fate(at.held), counter)
  }
  const noteStacked = (position: number, counter: number) => {
    if (at.held?.position === position) return endHeld(counter, 'stacked')
    endHeld(counter)
    const note = noteAt(position)
    if (note) return end(note, 'stacked', counter)
    uncounted += 1
    at = { ...at, ordinal: at.ordinal + 1, last: 'uncounted' }
  }

  if (advance.lost > 0 || advance.alarm === 'reset' || advance.alarm === 'mismatch') {
    const settledLater = advance.events.some(({ a, b }) => (a === at.held?.position && b === 0) || (a === 0 && b === returned))
    if (!settledLater) endHeld(advance.to.counter)
  }
  for (const { a, b, counter } of advance.events) {
    if (a > 0 && b === 1) {
      endHeld(counter)
      const note = noteAt(a)
      strange = !note || !takes(note)
      if (!note) unknown = true
      if (note && !strange) at = holds(at, note, 'escrow')
    } else if (a > 0) {
      strange = false
      if (b === 0) noteStacked(a, counter)
    } else {
      codes.push(b)
      if (b === returned) {
        strange = false
        endHeld(counter, 'returned')
      } else if (pulled.has(b)) endHeld(counter, 'pulled')
      else if (b === unknownStacked) {
        uncounted += 1
        at = { ...at, ordinal: at.ordinal + 1, last: 'uncounted' }
      }
    }
  }
  const doubtful = uncounted > 0 || ended.some(({ outcome }) => outcome === 'unknown')
  const alarm = advance.alarm ?? (doubtful ? 'uncounted' : null)
  return { moved: { kind: 'moved', from: cursor, to: at, ended, lost: advance.lost, uncounted, alarm }, codes, strange, unknown }
}
