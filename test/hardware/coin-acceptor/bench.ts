import { virtualClock, type VirtualClock } from '../../../hardware/clock.ts'
import { makeCoinAcceptorDriver, type CoinAcceptorSettings } from '../../../hardware/coin-acceptor/driver.ts'
import type { ApprovedCoin, CoinAcceptorCommand, CoinAcceptorEvent, CoinCursor } from '../../../hardware/coin-acceptor/events.ts'
import { makeCoinAcceptorSimulator, type CoinAcceptorSimulatorOptions } from '../../../hardware/coin-acceptor/simulator.ts'
import type { Driver } from '../../../hardware/device.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { linkedPair, type ByteTransport } from '../../../hardware/transport.ts'
import { runOn } from '../run-on.ts'

export const settings: CoinAcceptorSettings = { path: '/dev/null', address: 2, checksum: 'sum-8', echo: 'auto', baudRate: 9600, pollMs: 100 }

const yen = (id: string, value: number): ApprovedCoin => ({ id, value, currency: 'JPY' })
export const approved = [yen('JP010A', 10), yen('JP050A', 50), yen('JP100A', 100), yen('JP500A', 500), yen('JP500B', 500)]
export const allIds = approved.map(({ id }) => id)

export type Moved = Extract<CoinAcceptorEvent, { kind: 'moved' }>

/** What the booth's journal would hold: coins by serial and ordinal, each once, and the cursor written with them. */
export interface Journal {
  cursor: CoinCursor | null
  readonly coins: Map<string, number>
  readonly alarms: string[]
  lost: number
  unknown: number
  /** Coins that had fallen uncredited when the acceptor was first asked for its own count; null before. */
  before: number | null
  /** Coins that the acceptor counted beside the journal since then. */
  beside: number
}

export const emptyJournal = (): Journal => ({ cursor: null, coins: new Map(), alarms: [], lost: 0, unknown: 0, before: null, beside: 0 })
export const credit = (journal: Journal): number => [...journal.coins.values()].reduce((sum, value) => sum + value, 0)

/** Does with a `moved` what a booth does: nothing for what it already has. */
export function write(journal: Journal, moved: Moved): void {
  if (JSON.stringify(journal.cursor) === JSON.stringify(moved.to)) return
  journal.cursor = moved.to
  if (moved.alarm) journal.alarms.push(moved.alarm)
  journal.lost += moved.lost
  journal.unknown += moved.unknown
  for (const coin of moved.coins) {
    const key = `${moved.to.serial}/${coin.ordinal}`
    if (journal.coins.has(key)) throw new Error(`credited twice: ${key}`)
    journal.coins.set(key, coin.value)
  }
}

/** Does with the acceptor's own count what a booth does: what it counted beside the journal is an alarm. */
export function compare(journal: Journal, { ordinal, counts }: Extract<CoinAcceptorEvent, { kind: 'counted' }>): void {
  if (journal.cursor?.ordinal !== ordinal) return
  const uncredited = Object.values(counts).reduce((sum, count) => sum + count, 0) - journal.coins.size
  journal.before ??= uncredited
  const beside = uncredited - journal.before
  if (beside !== journal.beside) journal.alarms.push('counted')
  journal.beside = beside
}

export interface Bench {
  readonly clock: VirtualClock
  readonly driver: Driver<CoinAcceptorCommand>
  readonly events: CoinAcceptorEvent[]
  readonly journal: Journal
  readonly traces: string[]
  /** What happens to what the driver emits: recorded and answered, only recorded (the answer is lost with a crash), or lost. */
  recording: 'answered' | 'unanswered' | 'lost'
  faults: readonly FaultCode[]
  readonly near: ByteTransport
  /** The simulator's end of the wire. */
  readonly far: ByteTransport
  hand(line: string): Promise<string>
  /** `n` polls and a bit. */
  polls(n?: number): Promise<void>
  /** Runs until `promise` is settled, moving time. */
  run<Result>(promise: Promise<Result>): Promise<Result>
  /** What the simulator says of itself. */
  state(): Promise<{ counter: number; mask: number; open: boolean; accepted: number; byPosition: readonly number[] }>
  /** `start`, `configure` with the journal's cursor and `accept` of all coins. */
  open(): Promise<void>
}

export interface BenchOptions {
  readonly clock?: VirtualClock
  readonly journal?: Journal
  readonly simulator?: CoinAcceptorSimulatorOptions
  readonly settings?: Partial<CoinAcceptorSettings>
  /** Stands between the two ends. */
  readonly wire?: (near: ByteTransport) => ByteTransport
  readonly noSimulator?: boolean
}

/** A driver and a simulated acceptor on one wire, on a clock that stands still. */
export function makeBench(options: BenchOptions = {}): Bench {
  const clock = options.clock ?? virtualClock(Date.UTC(2026, 10, 21))
  const [near, far] = linkedPair()
  const simulator = options.noSimulator ? null : makeCoinAcceptorSimulator(far, clock, options.simulator)
  const journal = options.journal ?? emptyJournal()
  const events: CoinAcceptorEvent[] = []
  const traces: string[] = []
  const bench: Bench = {
    clock,
    events,
    journal,
    traces,
    recording: 'answered',
    faults: [],
    near,
    far,
    driver: makeCoinAcceptorDriver({ ...settings, ...options.settings })(options.wire?.(near) ?? near, {
      clock,
      emit(event) {
        events.push(event)
        if (bench.recording === 'lost') return
        if (event.kind === 'counted') compare(journal, event)
        if (event.kind !== 'moved') return
        write(journal, event)
        if (bench.recording === 'answered') void bench.driver.execute({ kind: 'recorded', cursor: event.to })
      },
      report(faults) {
        bench.faults = faults
      },
      trace(direction, bytes, note) {
        traces.push(`${direction} ${[...bytes].join(' ')}${note ? ` (${note})` : ''}`)
        if (traces.length > 2000) traces.shift()
      },
    }),
    hand: (line) => (simulator ? simulator.hand(line) : Promise.reject(new Error('no simulator'))),
    polls: (n = 1) => clock.advance(n * 100 + 20),
    run: (promise) => runOn(clock, promise),
    async state() {
      return JSON.parse(await bench.hand('counters')) as Awaited<ReturnType<Bench['state']>>
    },
    async open() {
      const identity = await bench.run(bench.driver.start())
      if (!identity) throw new Error('the driver found no acceptor')
      await bench.run(bench.driver.execute({ kind: 'configure', cursor: journal.cursor, coins: approved }))
      await bench.run(bench.driver.execute({ kind: 'accept', ids: allIds }))
      await bench.polls(2)
    },
  }
  return bench
}
