import { makeBillValidatorDriver, type BillValidatorSettings } from '../../../hardware/bill-validator/driver.ts'
import type { ApprovedNote, BillValidatorCommand, BillValidatorEvent, EndedNote, NoteCursor } from '../../../hardware/bill-validator/events.ts'
import type { Moved } from '../../../hardware/bill-validator/moves.ts'
import { makeCctalkBillSimulator, type CctalkBillSimulatorOptions } from '../../../hardware/bill-validator/cctalk/simulator.ts'
import { makeId003Simulator, type Id003SimulatorOptions } from '../../../hardware/bill-validator/id003/simulator.ts'
import { virtualClock, type VirtualClock } from '../../../hardware/clock.ts'
import type { Driver } from '../../../hardware/device.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { linkedPair, type ByteTransport } from '../../../hardware/transport.ts'
import { runOn } from '../run-on.ts'

export const settings: BillValidatorSettings = {
  path: '/dev/null',
  protocol: 'id003',
  address: 40,
  checksum: 'sum-8',
  echo: 'auto',
  baudRate: 9600,
  pollMs: 100,
}

/** The 1000 yen note of 2004 and of 2024. */
export const approved: readonly ApprovedNote[] = [
  { id: 'JP1000A', value: 1000, currency: 'JPY' },
  { id: 'JP1000B', value: 1000, currency: 'JPY' },
]
export const allIds = approved.map(({ id }) => id)

/** What the booth's journal would hold: notes by serial and ordinal, each once, and the cursor written with them. */
export interface Journal {
  cursor: NoteCursor | null
  readonly notes: Map<string, EndedNote>
  readonly alarms: string[]
  lost: number
  uncounted: number
}

export const emptyJournal = (): Journal => ({ cursor: null, notes: new Map(), alarms: [], lost: 0, uncounted: 0 })
export const stacked = (journal: Journal): readonly EndedNote[] => [...journal.notes.values()].filter(({ outcome }) => outcome === 'stacked')
export const credit = (journal: Journal): number => stacked(journal).reduce((sum, { value }) => sum + value, 0)
export const outcomes = (journal: Journal): readonly string[] => Array.from(journal.notes.values(), ({ outcome }) => outcome)

/** Does with a `moved` what a booth does: nothing for what it already has, or what continues elsewhere. */
export function write(journal: Journal, moved: Moved): void {
  if (JSON.stringify(journal.cursor) !== JSON.stringify(moved.from)) return
  journal.cursor = moved.to
  if (moved.alarm) journal.alarms.push(moved.alarm)
  journal.lost += moved.lost
  journal.uncounted += moved.uncounted
  for (const note of moved.ended) {
    const key = `${moved.to.serial}/${note.ordinal}`
    if (journal.notes.has(key)) throw new Error(`ended twice: ${key}`)
    journal.notes.set(key, note)
  }
}

/** What the person at the booth does with a note in escrow. */
export type Hand = 'stack' | 'return' | 'wait'

export interface Bench {
  readonly clock: VirtualClock
  readonly driver: Driver<BillValidatorCommand>
  readonly events: BillValidatorEvent[]
  readonly journal: Journal
  readonly traces: string[]
  /** Frames that the driver has written, as hexadecimal. */
  readonly sent: string[]
  recording: 'answered' | 'unanswered' | 'lost'
  decide: Hand
  faults: readonly FaultCode[]
  readonly everFaults: Set<FaultCode>
  readonly near: ByteTransport
  readonly far: ByteTransport
  hand(line: string): Promise<string>
  polls(n?: number): Promise<void>
  run<Result>(promise: Promise<Result>): Promise<Result>
  state(): Promise<Truth>
  /** `start`, `configure` with the journal's cursor and `accept` of all notes. */
  open(): Promise<void>
  /** The process that held the driver is gone: nothing leaves it and nothing reaches the journal any more. */
  kill(): void
  /** A new driver on the same validator and journal. */
  again(): Promise<Bench>
  /** Inserts and waits until the note has gone its way. */
  insert(what?: string): Promise<void>
  kinds(kind: BillValidatorEvent['kind']): readonly BillValidatorEvent[]
}

/** What the simulator says of itself. */
export interface Truth {
  readonly status?: string
  readonly mask: number
  readonly inhibited: boolean
  readonly inserted: number
  readonly returned: number
  readonly reported: number
  readonly stacked: Readonly<Record<string, number>>
}
export const inside = (truth: Truth): number => Object.values(truth.stacked).reduce((sum, count) => sum + count, 0)

export interface BenchOptions {
  readonly clock?: VirtualClock
  readonly journal?: Journal
  readonly simulator?: Id003SimulatorOptions & CctalkBillSimulatorOptions
  readonly settings?: Partial<BillValidatorSettings>
  readonly notes?: readonly ApprovedNote[]
  /** Stands between the two ends. */
  readonly wire?: (near: ByteTransport) => ByteTransport
  readonly noSimulator?: boolean
}

/** A driver and a simulated validator on one wire, on a clock that stands still. */
export function makeBench(options: BenchOptions = {}): Bench {
  const clock = options.clock ?? virtualClock(Date.UTC(2026, 10, 22))
  const [near, far] = linkedPair()
  const makeSimulator = options.settings?.protocol === 'cctalk' ? makeCctalkBillSimulator : makeId003Simulator
  const simulator = options.noSimulator ? null : makeSimulator(far, clock, options.simulator)
  const journal = options.journal ?? emptyJournal()
  const notes = options.notes ?? approved
  const events: BillValidatorEvent[] = []
  const traces: string[] = []
  const sent: string[] = []
  const wire = options.wire?.(near) ?? near
  let dead = false
  /** A booth decides when a note is held, and again after every start. */
  const decide = () => {
    const { held, ordinal } = journal.cursor ?? { held: null, ordinal: 0 }
    if (held && bench.decide !== 'wait') void bench.driver.execute({ kind: bench.decide, ordinal: ordinal + 1 })
  }
  const bench: Bench = {
    clock,
    events,
    journal,
    traces,
    sent,
    recording: 'answered',
    decide: 'stack',
    faults: [],
    everFaults: new Set(),
    near,
    far,
    driver: makeBillValidatorDriver({ ...settings, ...options.settings })(
      {
        ...wire,
        write(bytes) {
          if (dead) return Promise.resolve(false)
          sent.push(Buffer.from(bytes).toString('hex').toUpperCase())
          return wire.write(bytes)
        },
      },
      {
        clock,
        emit(event) {
          if (dead) return
          events.push(event)
          if (event.kind !== 'moved' || bench.recording === 'lost') return
          write(journal, event)
          if (bench.recording === 'unanswered' || !journal.cursor) return
          void bench.driver.execute({ kind: 'recorded', cursor: journal.cursor })
          decide()
        },
        report(faults) {
          bench.faults = faults
          for (const fault of faults) bench.everFaults.add(fault)
        },
        trace(direction, bytes, note) {
          traces.push(`${direction} ${Buffer.from(bytes).toString('hex')}${note ? ` (${note})` : ''}`)
          if (traces.length > 2000) traces.shift()
        },
      },
    ),
    hand: (line) => (simulator ? simulator.hand(line) : Promise.reject(new Error('no simulator'))),
    polls: (n = 1) => clock.advance(n * 100 + 20),
    run: (promise) => runOn(clock, promise),
    async state() {
      return JSON.parse(await bench.hand('counters')) as Truth
    },
    async open() {
      const identity = await bench.run(bench.driver.start())
      if (!identity) throw new Error('the driver found no validator')
      await bench.run(bench.driver.execute({ kind: 'configure', cursor: journal.cursor, notes }))
      await bench.run(bench.driver.execute({ kind: 'accept', ids: notes.map(({ id }) => id) }))
      decide()
      await bench.polls(20)
    },
    kill() {
      dead = true
    },
    async again() {
      bench.kill()
      const next = makeBench({ ...options, clock, journal, noSimulator: true, wire: () => wire })
      Object.assign(next, { decide: bench.decide, hand: bench.hand, far })
      await next.open()
      return next
    },
    async insert(what = '1000') {
      await bench.hand(`insert ${what}`)
      await bench.polls(30)
    },
    kinds: (kind) => events.filter((event) => event.kind === kind),
  }
  return bench
}
