import type { FaultCode } from '../../faults.ts'
import { plainText } from '../../plain-text.ts'
import { firstCursor, movedTo, type Moved } from '../moves.ts'
import { matchNotes, type DeviceNote, type NoteTable } from '../note-table.ts'
import type { NoteProtocol, OpenProtocol, Task } from '../protocol.ts'
import { command, status } from './codes.ts'
import { readDenominations } from './denominations.ts'
import type { Id003Frame } from './frames.ts'
import { freshMemory, judge, type Step } from './judge.ts'
import { makeId003Link } from './link.ts'
import { faultOf, noticeOf } from './notices.ts'

/** While polls are running, this long without an answer means that the validator is gone. */
const silenceMs = 1000
/** RESET is given again when it has not moved the validator after this long. */
const resetAgainMs = 2000
/** How often RESET is tried against a jam or a failure that holds no note of ours. */
const tryToMendMs = 10_000
/** How often a held note's time is extended; validators give a note back by themselves after about 10 s. */
const holdAgainMs = 2000
/** After an attempt at fraud nothing is let in for so long. */
const afterFraudMs = 10_000
/** How often the version is read again: a device can be exchanged, and a line can begin to return what we say. */
const inspectEveryMs = 5000
/** Polls in which inhibit and status may disagree: setting it takes the validator a moment. */
const patience = 20

/** Optional functions: 41 and 42 after a power cut, and a second try before a note is refused. */
const powerRecovery = 0b11

const bothBytes = (mask: number) => [mask & 0xff, (mask >> 8) & 0xff] as const
const isBroken = (code: number) => code === status.jamInAcceptor || code === status.jamInStacker || code === status.failure

/** JCM ID-003 in polled mode. */
export const openId003: OpenProtocol = (wire, { clock, emit, trace }): NoteProtocol => {
  const link = makeId003Link(wire, { clock, trace })
  let serial = ''
  let memory = freshMemory()
  let said: Id003Frame | null = null
  /** The device's notes; null until they were read since it last started. */
  let notes: readonly DeviceNote[] | null = null
  let table: NoteTable | null = null
  /** What was set and said back since the device last started. */
  let set: { mask: number | null; inhibit: 0 | 1 | null } = { mask: null, inhibit: null }
  let disagreements = 0
  let resetAt = Number.NEGATIVE_INFINITY
  let heldAt = Number.NEGATIVE_INFINITY
  let fraudUntil = Number.NEGATIVE_INFINITY
  let nextInspection = 0
  /** It was not heard, or had no power, since it last said who it is: another one can have taken its place. */
  let unheard = false
  let replaced = false
  let vanished = false
  /** A device that does not answer every setting is still there. */
  let preparing = false
  const happened = new Set<FaultCode>()

  const readVersion = async (): Promise<string | null> => {
    const bytes = await link.read(command.version)
    return bytes && plainText(bytes)
  }

  const forgetDevice = () => {
    notes = null
    table = null
    set = { mask: null, inhibit: null }
  }

  const hear = (frame: Id003Frame) => {
    const isNew = frame.code !== said?.code || frame.data[0] !== said.data[0]
    const startsAnew = frame.code >= status.powerUp && frame.code <= status.powerUpInStacker && isNew
    const notice = isNew ? noticeOf(frame) : null
    said = frame
    if (notice) emit(notice)
    if (startsAnew) {
      if (notes) happened.add('bill-validator-reset')
      forgetDevice()
      unheard = true
    }
    if (frame.code === status.cheated) {
      happened.add('note-fraud')
      fraudUntil = clock.monotonic() + afterFraudMs
    }
  }

  /** A device that has just started is told how to work, and asked which notes it knows. */
  const prepare = async () => {
    forgetDevice()
    const closed = await link.set(command.setDenominations, 0xff, 0xff)
    await link.set(command.setSecurity, 0, 0)
    await link.set(command.setMode, 0)
    await link.set(command.setDirection, 0)
    await link.set(command.setOptions, powerRecovery, 0)
    if (closed) set.mask = 0
    if (await link.set(command.setInhibit, 1)) set.inhibit = 1
  }

  const readNotes = async ({ approved }: Task) => {
    if (!notes) {
      const bytes = await link.read(command.table)
      notes = bytes && readDenominations(bytes)
      if (notes) emit({ kind: 'table', serial, notes: notes.map(({ position, id }) => ({ position, id })) })
    }
    table = notes && matchNotes(notes, approved)
  }

  const takes = () => !replaced && table !== null && table.missing.length === 0 && clock.monotonic() >= fraudUntil && !happened.has('notes-uncounted')

  const wantedMask = ({ wanted }: Task): number => (takes() && table ? table.mask(wanted) : 0)

  /** Brings inhibit and mask to what is wanted. The mask is changed only while nothing is let in: never open with yesterday's. */
  const keepInhibits = async (mask: number, code: number) => {
    const resting = code === status.idling || code === status.disabled
    const agrees = !resting || (code === status.idling) === (mask !== 0)
    disagreements = agrees ? 0 : disagreements + 1
    const inhibit = async (value: 0 | 1) => {
      set.inhibit = (await link.set(command.setInhibit, value)) ? value : null
    }
    if (mask === 0) {
      if (set.inhibit !== 1 || code === status.idling) await inhibit(1)
    } else if (set.mask !== mask) {
      if (code === status.idling) await inhibit(1)
      else if (code === status.disabled) set.mask = (await link.set(command.setDenominations, ...bothBytes(~mask))) ? mask : null
    }
    // 0 lets a note in, in the mask too.
    if (mask !== 0 && set.mask === mask && resting && (set.inhibit !== 0 || code === status.disabled)) await inhibit(0)
  }

  const hold = async () => {
    if (clock.monotonic() - heldAt < holdAgainMs) return
    heldAt = clock.monotonic()
    await link.order(command.hold)
  }

  const reset = async (againMs: number) => {
    if (clock.monotonic() - resetAt < againMs) return
    resetAt = clock.monotonic()
    await link.order(command.reset)
  }

  /** Whether it is still the one that was identified; another one is closed, and nothing more is read from it. */
  const isSame = async (): Promise<boolean> => {
    nextInspection = clock.monotonic() + inspectEveryMs
    // Twice, because a version is protected by no more than a CRC.
    for (let look = 0; look < 2; look += 1) {
      const version = await readVersion()
      vanished = version === null
      unheard = version !== serial
      if (version === null || version === serial) return version !== null
    }
    happened.add('bill-validator-exchanged')
    replaced = true
    await link.set(command.setInhibit, 1)
    return false
  }

  const act = async (step: Step): Promise<Moved | null> => {
    switch (step.do) {
      case 'move':
        if (step.moved.alarm) happened.add('notes-uncounted')
        return step.moved
      case 'order':
        if (step.code === command.reset) await reset(resetAgainMs)
        else await link.order(step.code)
        return null
      case 'refuse':
        if (!step.known && table) happened.add('note-unknown')
        await link.order(command.giveBack)
        return null
      case 'hold':
        await hold()
        return null
      case 'acknowledge':
        await link.acknowledge()
        return null
      case 'prepare':
        preparing = true
        await prepare()
        preparing = false
        return null
      case 'nothing':
        return null
    }
  }

  return {
    async identify() {
      const first = await link.status()
      const version = first && (await readVersion())
      if (!first || version === null) return null
      serial = version
      hear(first)
      // While it is starting it lets nothing in by itself, and takes no settings.
      const starting = first.code >= status.powerUp && first.code <= status.powerUpInStacker
      if (!starting && (await link.set(command.setInhibit, 1))) set.inhibit = 1
      nextInspection = clock.monotonic() + inspectEveryMs
      return { manufacturer: 'JCM', product: 'ID-003', serial, software: version }
    },

    async look(task) {
      const frame = await link.status()
      if (!frame) unheard = true
      if (!frame || replaced) return null
      hear(frame)
      const { code } = frame
      const resting = code === status.idling || code === status.disabled
      const isDue = resting && !task.cursor?.held && clock.monotonic() >= nextInspection
      if ((unheard || isDue) && !(await isSame())) return null
      // What lay in it before it was first seen is not ours to count: only from here on is a note without a name an alarm.
      if (!task.cursor) return task.settled ? movedTo(null, { ...firstCursor(serial, null), last: 'uncounted' }) : null
      if (resting) await readNotes(task)
      if (code < status.powerUp && code !== status.initialising) await keepInhibits(wantedMask(task), code)
      if (!task.settled) {
        if (code === status.escrow) await hold()
        return null
      }
      if (isBroken(code) && !task.cursor.held) await reset(tryToMendMs)
      const { wanted, decision } = task
      return act(
        judge(task.cursor, frame, memory, {
          noteAt: (position) => table?.noteAt(position),
          takes: ({ id }) => takes() && wanted.includes(id),
          decision,
        }),
      )
    },

    faults() {
      const held = new Set(happened)
      const fault = said && faultOf(said.code)
      if (fault) held.add(fault)
      if (table && table.missing.length > 0) held.add('note-table-mismatch')
      if (disagreements > patience) held.add('bill-validator-failed')
      return [...held]
    },

    begin() {
      happened.clear()
      memory = freshMemory()
      table = null
    },

    async close({ cursor }) {
      await link.set(command.setInhibit, 1)
      const isHere = said?.code === status.escrow || said?.code === status.holding
      if (isHere && cursor?.held?.phase !== 'stacking') await link.order(command.giveBack)
    },

    async alive(polled) {
      if (replaced || vanished) return false
      if (!polled) return (await link.status()) !== null
      return preparing || clock.monotonic() - link.lastAnswer() < silenceMs
    },
  }
}
