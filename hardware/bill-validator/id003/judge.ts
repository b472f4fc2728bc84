import type { Note, NoteCursor, NoteOutcome } from '../events.ts'
import { ends, holds, movedTo, type Moved } from '../moves.ts'
import { command, firstEscrowCode, status } from './codes.ts'
import type { Id003Frame } from './frames.ts'

/** What the statuses of the present note have said so far. */
export interface Memory {
  /** It was refused or is on its way back. */
  returning: boolean
  /** It was pulled at. */
  pulled: boolean
  /** How often in a row the validator has said that it has no note. */
  idle: number
  /** The last note's VEND VALID is over: another one is another note's. */
  pastVend: boolean
}

export const freshMemory = (): Memory => ({ returning: false, pulled: false, idle: 0, pastVend: false })

/** What is to be done about a status. */
export type Step =
  | { readonly do: 'move'; readonly moved: Moved }
  | { readonly do: 'order'; readonly code: number }
  | { readonly do: 'refuse'; readonly escrowCode: number; readonly known: boolean }
  | { readonly do: 'hold' | 'acknowledge' | 'prepare' | 'nothing' }

export interface Wishes {
  noteAt(position: number): Note | undefined
  /** Whether a note may be taken now. */
  takes(note: Note): boolean
  readonly decision: 'stack' | 'return' | null
}

/** An idle status may be our own question, come back on a line with echo: a note is over only when it has come this often. */
const idleEnough = 2

const nothing: Step = { do: 'nothing' }

/** What became of the held note, when the validator has it no more. Only what the device said is believed. */
function fate(phase: 'escrow' | 'stacking', memory: Memory): NoteOutcome {
  if (memory.pulled) return 'pulled'
  return memory.returning || phase === 'escrow' ? 'returned' : 'unknown'
}

function end(cursor: NoteCursor, outcome: NoteOutcome, memory: Memory, afterPowerUp = false): Step {
  if (!cursor.held) return nothing
  const { to, ended } = ends(cursor, cursor.held, outcome, { afterPowerUp })
  Object.assign(memory, freshMemory())
  return { do: 'move', moved: { ...movedTo(cursor, to, [ended]), alarm: outcome === 'unknown' ? 'uncounted' : null } }
}

/** A note lies in the cash box that nobody knows: never a credit, always an alarm. */
function uncounted(cursor: NoteCursor, memory: Memory): Step {
  Object.assign(memory, freshMemory())
  const to: NoteCursor = { ...cursor, ordinal: cursor.ordinal + 1, last: 'uncounted' }
  return { do: 'move', moved: { ...movedTo(cursor, to), uncounted: 1, alarm: 'uncounted' } }
}

/**
 * What to do when a validator of which the journal knows `cursor` says `frame`. Pure but for `memory`. The rules of money: a note is held in the
 * journal before it is held for long, its stacking is written before STACK is sent, VEND VALID is a credit once, and after a power-up 41 and 42
 * decide.
 */
export function judge(cursor: NoteCursor, { code, data }: Id003Frame, memory: Memory, wishes: Wishes): Step {
  const { held } = cursor
  const gone = code === status.idling || code === status.disabled || code === status.accepting
  memory.idle = gone ? memory.idle + 1 : 0
  if (gone || code === status.escrow) memory.pastVend = true
  /** What is reported as taken is the note that was taken last: its acknowledgement did not arrive. */
  const isLastNote = !memory.pastVend && (cursor.last === 'stacked' || cursor.last === 'uncounted')

  switch (code) {
    case status.powerUp:
    case status.powerUpInAcceptor:
      if (held) return end(cursor, code === status.powerUpInAcceptor ? 'returned' : fate(held.phase, memory), memory, true)
      return { do: 'order', code: command.reset }
    case status.powerUpInStacker:
      if (held) return end(cursor, 'stacked', memory, true)
      return isLastNote ? { do: 'order', code: command.reset } : uncounted(cursor, memory)
    case status.initialising:
      return held ? end(cursor, fate(held.phase, memory), memory, true) : { do: 'prepare' }
    case status.idling:
    case status.disabled:
    case status.accepting:
      return held && (memory.returning || memory.idle >= idleEnough) ? end(cursor, fate(held.phase, memory), memory) : nothing
    case status.escrow:
      return escrow(cursor, (data[0] ?? 0) - firstEscrowCode + 1, memory, wishes)
    case status.holding:
      return held ? decide(cursor, held, wishes) : { do: 'order', code: command.giveBack }
    case status.vendValid:
      if (held) return end(cursor, 'stacked', memory)
      return isLastNote ? { do: 'acknowledge' } : uncounted(cursor, memory)
    case status.rejecting:
    case status.returning:
      memory.returning = true
      return nothing
    case status.cheated:
      memory.pulled = true
      return nothing
    default:
      return nothing
  }
}

function escrow(cursor: NoteCursor, position: number, memory: Memory, wishes: Wishes): Step {
  const { held } = cursor
  // Another note than the one that was held: what became of that one comes first.
  if (held && held.position !== position) return end(cursor, fate(held.phase, memory), memory)
  if (held) return decide(cursor, held, wishes)
  const note = wishes.noteAt(position)
  if (!note || !wishes.takes(note)) return { do: 'refuse', escrowCode: position - 1 + firstEscrowCode, known: note !== undefined }
  Object.assign(memory, freshMemory(), { pastVend: true })
  return { do: 'move', moved: movedTo(cursor, holds(cursor, note, 'escrow')) }
}

/** Held in escrow: the order that was written is given, and again while the note has not moved. */
function decide(cursor: NoteCursor, held: NonNullable<NoteCursor['held']>, { decision }: Wishes): Step {
  if (held.phase === 'stacking') return { do: 'order', code: command.stack2 }
  if (decision === 'stack') return { do: 'move', moved: movedTo(cursor, holds(cursor, held, 'stacking')) }
  if (decision === 'return') return { do: 'order', code: command.giveBack }
  return { do: 'hold' }
}
