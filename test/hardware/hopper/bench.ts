import { virtualClock, type VirtualClock } from '../../../hardware/clock.ts'
import type { Driver } from '../../../hardware/device.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { makeHopperDriver, type HopperSettings } from '../../../hardware/hopper/driver.ts'
import type { HopperCommand, HopperEvent, HopperState, PayoutIntent } from '../../../hardware/hopper/events.ts'
import { makeHopperSimulator, type HopperSimulatorOptions } from '../../../hardware/hopper/simulator.ts'
import type { Simulator } from '../../../hardware/simulator.ts'
import { linkedPair, type ByteTransport } from '../../../hardware/transport.ts'
import { sharedDevice } from '../../../main/commands/demo/socket.ts'
import { runOn } from '../run-on.ts'

export const settings: HopperSettings = {
  path: '/dev/null',
  baudRate: 9600,
  checksum: 'sum-8',
  echo: 'auto',
  hoppers: [{ address: 3, coin: 'JP100A' }],
}

export type Settled = Extract<HopperEvent, { kind: 'settled' }>

export interface Truth {
  readonly coins: number
  /** Coins that have left the hopper. */
  readonly left: number
  readonly dispenses: number
  readonly counter: number
  readonly total: number
}

export interface Bench {
  readonly clock: VirtualClock
  readonly driver: Driver<HopperCommand>
  readonly simulators: readonly Simulator[]
  readonly events: HopperEvent[]
  readonly sent: string[]
  /** The booth's end of the wire, and the devices'. */
  readonly near: ByteTransport
  readonly far: ByteTransport
  faults: readonly FaultCode[]
  hand(line: string, hopper?: number): Promise<string>
  truth(hopper?: number): Promise<Truth>
  run<Result>(promise: Promise<Result>): Promise<Result>
  open(): Promise<void>
  hoppers(): readonly HopperState[]
  /** What the booth would journal now for `coins` of a hopper. */
  intent(coins: number, hopper?: number): PayoutIntent
  /** Pays and gives the result; null when there was none within a minute. */
  pay(intent: PayoutIntent, kind?: HopperCommand['kind']): Promise<Settled | null>
}

let intents = 0

/** A driver and simulated hoppers on one wire, on a clock that stands still. */
export function makeBench(
  options: {
    readonly clock?: VirtualClock
    readonly settings?: Partial<HopperSettings>
    readonly hoppers?: readonly HopperSimulatorOptions[]
    readonly wire?: (near: ByteTransport) => ByteTransport
    /** Takes the place of a bench whose driver died. */
    readonly after?: Bench
  } = {},
): Bench {
  const { after } = options
  const clock = after?.clock ?? options.clock ?? virtualClock(Date.UTC(2026, 10, 22))
  const [near, far] = after ? [after.near, after.far] : linkedPair()
  const wanted = options.hoppers ?? [{}]
  const simulators = after?.simulators ?? sharedDevice(far, wanted.length).map((end, index) => makeHopperSimulator(end, clock, wanted[index]))
  const events: HopperEvent[] = []
  const sent: string[] = []
  const bench: Bench = {
    clock,
    simulators,
    events,
    sent,
    near,
    far,
    faults: [],
    driver: makeHopperDriver({ ...settings, ...options.settings })(options.wire?.(near) ?? near, {
      clock,
      emit: (event) => events.push(event),
      report(faults) {
        bench.faults = faults
      },
      trace(direction, bytes) {
        if (direction === 'out') sent.push([...bytes].join(' '))
      },
    }),
    hand: (line, hopper = 0) => simulators[hopper]?.hand(line) ?? Promise.reject(new Error('no hopper')),
    async truth(hopper = 0) {
      return JSON.parse(await bench.hand('counters', hopper)) as Truth
    },
    run: (promise) => runOn(clock, promise),
    async open() {
      if (!(await bench.run(bench.driver.start()))) throw new Error('the driver found no hopper')
      await clock.advance(0)
    },
    hoppers: () => events.findLast((event) => event.kind === 'hoppers')?.hoppers ?? [],
    intent(coins, hopper = 0) {
      const state = bench.hoppers()[hopper]
      if (!state) throw new Error('no such hopper')
      intents += 1
      return { id: `p${intents}`, serial: state.serial, coins, counterBefore: state.counter, totalBefore: state.total }
    },
    async pay(intent, kind = 'pay') {
      const from = events.length
      void bench.driver.execute({ kind, intent })
      for (let step = 0; step < 300; step += 1) {
        await clock.advance(200)
        const found = events.slice(from).find((event) => event.kind === 'settled' && event.id === intent.id)
        if (found) return found as Settled
      }
      return null
    },
  }
  return bench
}
