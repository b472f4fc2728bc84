import type { ApprovedNote, Note } from './events.ts'

/** Which note the device knows where. */
export interface DeviceNote {
  readonly position: number
  readonly id: string
  /** What the device says that it is worth, in the smallest unit; null when it does not say. */
  readonly value: number | null
}

/** The device's notes beside the operator's. */
export interface NoteTable {
  /** The approved note at a position; undefined where there is none, and then nothing is taken there. */
  noteAt(position: number): Note | undefined
  /** Identifiers that were approved and that the device does not have, or has with another value. */
  readonly missing: readonly string[]
  /** Bits of the approved positions among `ids`; bit 0 is position 1. */
  mask(ids: readonly string[]): number
}

/** The most that one note is believed to be worth, in the smallest unit. */
export const largestNoteValue = 1_000_000

/** Identifiers alone are never trusted: only a note that the operator approved, worth as much as the device says, is worth anything. */
export function matchNotes(device: readonly DeviceNote[], approved: readonly ApprovedNote[]): NoteTable {
  const sound = approved.filter(({ value }) => Number.isInteger(value) && value >= 1 && value <= largestNoteValue)
  const at = new Map<number, Note>()
  for (const { position, id, value } of device) {
    const note = sound.find((candidate) => candidate.id === id && (value === null || value === candidate.value))
    if (note) at.set(position, { position, id: note.id, value: note.value, currency: note.currency })
  }
  const known = new Set(Array.from(at.values(), ({ id }) => id))
  return {
    noteAt: (position) => at.get(position),
    missing: approved.map(({ id }) => id).filter((id) => !known.has(id)),
    mask: (ids) => [...at.values()].filter(({ id }) => ids.includes(id)).reduce((bits, { position }) => bits | (1 << (position - 1)), 0),
  }
}
