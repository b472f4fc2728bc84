import { readOn, type Advance, type Reading } from '../../cctalk/event-buffer.ts'
import { identify, noSerial, readSerial } from '../../cctalk/identify.ts'
import { closed, makeInhibits } from '../../cctalk/inhibits.ts'
import { makeLink, type LinkSettings } from '../../cctalk/link.ts'
import type { FaultCode } from '../../faults.ts'
import type { NoteCursor } from '../events.ts'
import { ends, firstCursor, holds, movedTo, type Moved } from '../moves.ts'
import { matchNotes, type DeviceNote, type NoteTable } from '../note-table.ts'
import type { NoteProtocol, OpenProtocol, Task } from '../protocol.ts'
import { billEvent, selfCheckFault, stackerOk } from './codes.ts'
import { readNotes } from './device-notes.ts'
import { headers, operatingMode, route } from './headers.ts'
import { readEvents } from './read-events.ts'

/** Names of the category: CT3 table 1, and the example of CT3 appendix 16. */
const categories = ['Bill Validator', 'Bill Acceptor'] as const
/** While polls are running, this long without an answer means that the validator is gone. */
const silenceMs = 1000
/** A self-check tests the whole device (CT2 3.24). */
const selfCheckTimeoutMs = 2000
/** CT1 21: at least once a second while a fault is suspected. */
const selfCheckEveryMs = 500
/** How long a fault is believed in a device that has no self-check to ask. */
const unconfirmedMs = 10_000
/** After an attempt at fraud nothing is let in for so long. */
const afterFraudMs = 10_000
/** How often serial number and inhibits are read again. */
const inspectEveryMs = 5000
/** How often an alarming reading must come again before it is believed. */
const looksAgain = 2
/** How often a note in escrow is routed again when nothing came of it, and how often its time is extended. */
const routeAgainMs = 1000
const extendEveryMs = 5000
/** "Escrow is empty" so often, and no event of what became of the note. */
const emptyEnough = 3

/** A ccTalk bill validator (headers 159 and 154). */
export const openCctalk =
  (settings: LinkSettings): OpenProtocol =>
  (wire, { clock, emit, trace }): NoteProtocol => {
    const link = makeLink(wire, { clock, trace }, settings)
    const inhibits = makeInhibits(link)
    let serial = noSerial
    let notes: readonly DeviceNote[] | null = null
    let table: NoteTable | null = null
    let replaced = false
    /** A poll met silence, and the serial number was not read since. */
    let unheard = false
    let disobeys = false
    let hasEscrow = true
    let selfCheckSupported = true
    let patientUntil = 0
    let fraudUntil = Number.NEGATIVE_INFINITY
    let nextInspection = 0
    let nextSelfCheck = 0
    let suspectedAt: number | null = null
    let suspected: FaultCode | null = null
    let stackerFault: FaultCode | null = null
    /** A note in escrow that nobody wants. */
    let strange = false
    let routedAt = Number.NEGATIVE_INFINITY
    let routed: string | null = null
    let empty = 0
    const happened = new Set<FaultCode>()

    const readBuffer = async (): Promise<Reading | null> => {
      const bytes = await link.ask(headers.events, { tries: 1 })
      return bytes && { counter: bytes[0] ?? 0, results: [...bytes.subarray(1)] }
    }

    /** Whether another device now sits at our address; twice, because a serial number is protected by no more than a checksum. */
    const exchanged = async (): Promise<boolean> => {
      for (let look = 0; look < 2; look += 1) {
        const now = serial === noSerial ? serial : await readSerial(link)
        if (now === serial) unheard = false
        if (now === null || now === serial) return false
      }
      happened.add('bill-validator-exchanged')
      replaced = true
      inhibits.forget()
      await inhibits.set(closed)
      return true
    }

    const readOnFrom = ({ buffer }: NoteCursor, reading: Reading): Advance | null =>
      readOn({ serial, ordinal: 0, ...(buffer ?? { counter: 0, results: reading.results }) }, reading)

    /** Reads again what looks wrong: reading consumes nothing, and an old reply may have come late. Null when there is nothing to believe yet. */
    const believe = async (cursor: NoteCursor, reading: Reading): Promise<Advance | null> => {
      let advance = readOnFrom(cursor, reading)
      if (!advance?.alarm) return advance
      if (await exchanged()) return null
      for (let look = 0; look < looksAgain; look += 1) {
        const again = await readBuffer()
        if (!again) return null
        const second = readOnFrom(cursor, again)
        if (!second?.alarm) return second
        if (reading.counter !== 0) advance = second
      }
      return advance
    }

    const prepare = async ({ approved }: Task) => {
      if (!notes) {
        await link.ask(headers.setMode, { data: [operatingMode.stacker | operatingMode.escrow], tries: 2 })
        const mode = await link.ask(headers.mode, { tries: 2 })
        hasEscrow = !mode || ((mode[0] ?? 0) & operatingMode.escrow) !== 0
        notes = await readNotes(link)
        if (notes) emit({ kind: 'table', serial, notes: notes.map(({ position, id }) => ({ position, id })) })
      }
      table ??= notes && matchNotes(notes, approved)
    }

    const restarted = () => {
      happened.add('bill-validator-reset')
      notes = null
      table = null
      inhibits.forget()
    }

    const takes = () =>
      !(replaced || !hasEscrow || suspected || stackerFault || happened.has('notes-uncounted') || clock.monotonic() < fraudUntil) &&
      table !== null &&
      table.missing.length === 0

    const keepInhibits = async ({ wanted }: Task) => {
      const mask = takes() && table ? table.mask(wanted) : 0
      const obedience = await inhibits.set([mask & 0xff, mask >> 8])
      if (obedience !== 'silent') disobeys = obedience === 'disobeyed'
    }

    const hear = async (code: number) => {
      const { name, group, fault } = billEvent(code)
      if (code === 0 && (await inhibits.verify()) !== true) inhibits.forget()
      if (group === 'fraud') {
        happened.add('note-fraud')
        fraudUntil = clock.monotonic() + afterFraudMs
      }
      if (stackerOk.has(code)) stackerFault = null
      if (fault === 'note-stacker-open' || fault === 'note-stacker-full') stackerFault = fault
      else if (fault) {
        suspected = fault
        suspectedAt = clock.monotonic()
        nextSelfCheck = 0
      }
      if (group) emit({ kind: 'notice', code, name, group })
    }

    const selfCheck = async () => {
      const now = clock.monotonic()
      if (suspectedAt === null || now < nextSelfCheck) return
      if (!selfCheckSupported) {
        if (now - suspectedAt >= unconfirmedMs) suspectedAt = suspected = null
        return
      }
      patientUntil = now + selfCheckTimeoutMs
      const bytes = await link.ask(headers.selfCheck, { tries: 1, timeoutMs: selfCheckTimeoutMs })
      patientUntil = 0
      if (bytes) suspected = selfCheckFault(bytes[0] ?? 0)
      if (bytes && !suspected) suspectedAt = null
      nextSelfCheck = clock.monotonic() + selfCheckEveryMs
    }

    /** Routes what is in escrow; each order once, and again only when nothing has come of it. */
    const routeNote = async (code: number, name: string) => {
      const againMs = code === route.extend ? extendEveryMs : routeAgainMs
      if (routed === name && clock.monotonic() - routedAt < againMs) return
      if (routed !== name) empty = 0
      routed = name
      routedAt = clock.monotonic()
      const outcome = await link.once(headers.route, { data: [code] })
      if (outcome.kind === 'answer') empty = outcome.data[0] === route.isEmpty ? empty + 1 : 0
    }

    /** What is to be done with the note in escrow; a move when its stacking is to be written, or when it is gone without a word. */
    const settle = async (cursor: NoteCursor, { decision }: Task): Promise<Moved | null> => {
      const { held, ordinal } = cursor
      if (!held) {
        if (strange) await routeNote(route.giveBack, 'strange')
        if (empty >= emptyEnough) strange = false
        return null
      }
      if (held.phase === 'escrow' && decision === 'stack') return movedTo(cursor, holds(cursor, held, 'stacking'))
      if (held.phase === 'stacking') await routeNote(route.stack, `stack ${ordinal}`)
      else if (decision === 'return') await routeNote(route.giveBack, `return ${ordinal}`)
      else await routeNote(route.extend, `extend ${ordinal}`)
      if (empty < emptyEnough) return null
      empty = 0
      const { to, ended } = ends(cursor, held, held.phase === 'escrow' ? 'returned' : 'unknown')
      if (ended.outcome === 'unknown') happened.add('notes-uncounted')
      return { ...movedTo(cursor, to, [ended]), alarm: ended.outcome === 'unknown' ? 'uncounted' : null }
    }

    const readOnwards = async (cursor: NoteCursor, { wanted }: Task, reading: Reading): Promise<Moved | null> => {
      const advance = await believe(cursor, reading)
      if (!advance) return null
      const read = readEvents(cursor, advance, {
        noteAt: (position) => table?.noteAt(position),
        takes: ({ id }) => takes() && wanted.includes(id),
      })
      strange = read.strange
      if (read.unknown && table) happened.add('note-unknown')
      const { alarm } = read.moved
      if (alarm === 'uncounted' || alarm === 'mismatch' || read.moved.uncounted > 0 || read.moved.ended.some(({ outcome }) => outcome === 'unknown'))
        happened.add('notes-uncounted')
      if (alarm === 'reset' || alarm === 'mismatch') restarted()
      for (const code of read.codes) await hear(code)
      return read.moved
    }

    const inspect = async () => {
      if (clock.monotonic() < nextInspection) return
      nextInspection = clock.monotonic() + inspectEveryMs
      if ((await exchanged()) || (await inhibits.verify()) !== false) return
      // A device that no longer holds its inhibits has restarted, whatever its counter says.
      restarted()
    }

    return {
      async identify() {
        const identity = await identify(link, categories)
        if (!identity || (await inhibits.set(closed)) === 'silent') return null
        serial = identity.serial
        const checked = await link.ask(headers.selfCheck, { tries: 1, timeoutMs: selfCheckTimeoutMs })
        selfCheckSupported = checked !== null
        suspected = checked && selfCheckFault(checked[0] ?? 0)
        if (suspected) suspectedAt = clock.monotonic()
        nextInspection = clock.monotonic() + inspectEveryMs
        return identity
      },

      async look(task) {
        const { cursor, settled } = task
        if (replaced) return null
        const reading = await readBuffer()
        // While it was not heard another one can have taken its place: nothing is read on from its cursor before it has said who it is.
        if (!reading) unheard = true
        else if (unheard) await exchanged()
        if (!reading || unheard) return null
        // The table first: what stands in the buffer is read by it.
        if (!table) await prepare(task)
        if (!table) return null
        let moved: Moved | null = null
        if (settled) {
          if (!cursor) moved = movedTo(null, firstCursor(serial, reading))
          else moved = (await readOnwards(cursor, task, reading)) ?? (await settle(cursor, task))
        }
        if (replaced) return null
        await keepInhibits(task)
        await selfCheck()
        await inspect()
        return moved
      },

      faults() {
        const held = new Set(happened)
        if (suspected) held.add(suspected)
        if (stackerFault) held.add(stackerFault)
        if (table && table.missing.length > 0) held.add('note-table-mismatch')
        if (disobeys || !hasEscrow) held.add('bill-validator-failed')
        return [...held]
      },

      begin() {
        happened.clear()
        table = null
      },

      async close({ cursor }) {
        inhibits.forget()
        await inhibits.set(closed)
        if (cursor?.held?.phase === 'escrow') await link.once(headers.route, { data: [route.giveBack] })
      },

      async alive(polled) {
        if (replaced) return false
        if (!polled) return (await link.ask(headers.simplePoll)) !== null
        return clock.monotonic() - link.lastAnswer() < silenceMs || clock.monotonic() < patientUntil
      },
    }
  }
