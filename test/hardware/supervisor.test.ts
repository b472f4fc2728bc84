import { expect, it } from 'vitest'
import { virtualClock } from '../../hardware/clock.ts'
import { makeCoinAcceptorDriver } from '../../hardware/coin-acceptor/driver.ts'
import type { CoinAcceptorCommand, CoinAcceptorEvent } from '../../hardware/coin-acceptor/events.ts'
import { makeCoinAcceptorSimulator } from '../../hardware/coin-acceptor/simulator.ts'
import type { DeviceHealth, Driver, MakeDriver } from '../../hardware/device.ts'
import { stackOf } from '../../hardware/stack-of.ts'
import { superviseDevice } from '../../hardware/supervisor.ts'
import { makeCable } from './cable.ts'
import { allIds, approved, credit, emptyJournal, settings, write } from './coin-acceptor/bench.ts'

/** A supervised acceptor with a small booth behind it. */
function makeStand() {
  const clock = virtualClock(0)
  const cable = makeCable()
  const simulator = makeCoinAcceptorSimulator(cable.far, clock, { watchdog: false })
  const journal = emptyJournal()
  const healths: DeviceHealth[] = []
  const supervisor = superviseDevice<CoinAcceptorCommand, CoinAcceptorEvent>({
    clock,
    open: cable.open,
    make: makeCoinAcceptorDriver(settings),
    lostFault: 'coin-acceptor-lost',
    onEvent(event) {
      if (event.kind !== 'moved') return
      write(journal, event)
      supervisor.send({ kind: 'recorded', cursor: event.to })
    },
    onHealth: (health) => void healths.push(health),
    afterStart: () => [
      { kind: 'configure', cursor: journal.cursor, coins: approved },
      { kind: 'accept', ids: allIds },
    ],
  })
  return { clock, cable, simulator, journal, healths, supervisor }
}

it('F31 cable out: lost at once; cable in 30 s later: back by itself through a new port, identity and counters compared, nothing lost', async () => {
  const { clock, cable, simulator, journal, healths, supervisor } = makeStand()
  await clock.advance(2000)
  expect(healths.map(({ state }) => state)).toEqual(['starting', 'ready'])
  await simulator.hand('insert 500')
  await clock.advance(200)
  cable.unplug()
  await clock.advance(50)
  expect(supervisor.health()).toMatchObject({ state: 'lost', faults: ['coin-acceptor-lost'] })
  // The acceptor has its own power: two coins that were past its gate still fall.
  await simulator.hand('in-flight 100 100')
  await clock.advance(30_000)
  expect(credit(journal)).toBe(500)
  cable.plug()
  await clock.advance(11_000)
  expect(supervisor.health()).toMatchObject({ state: 'ready', faults: [], identity: { serial: '12345678' } })
  expect(credit(journal)).toBe(700)
  expect(journal.alarms).toEqual([])
  expect(cable.opened()).toBe(2)
  await supervisor.stop()
})

it.each(['unplug', 'silent on', 'busy', 'refuse'])('F31 quiet on an open line (%s): lost within 2 s, back when it answers', async (hand) => {
  const { clock, simulator, supervisor, journal } = makeStand()
  await clock.advance(2000)
  await simulator.hand(hand)
  await clock.advance(2000)
  expect(supervisor.health().state).toBe('lost')
  for (const word of ['plug', 'silent off', 'normal']) await simulator.hand(word)
  await clock.advance(11_000)
  expect(supervisor.health().state).toBe('ready')
  await simulator.hand('insert 500')
  await clock.advance(200)
  expect(credit(journal)).toBe(500)
  await supervisor.stop()
})

it('tries again after 0.5, 1, 2, 4, 8 and then every 10 s', async () => {
  const clock = virtualClock(0)
  const tries: number[] = []
  const supervisor = superviseDevice<never, never>({
    clock,
    open() {
      tries.push(clock.monotonic())
      return Promise.resolve(null)
    },
    make: () => {
      throw new Error('nothing was opened')
    },
    lostFault: 'printer-lost',
    onEvent: () => undefined,
    onHealth: () => undefined,
  })
  await clock.advance(40_000)
  expect(tries).toEqual([0, 500, 1500, 3500, 7500, 15_500, 25_500, 35_500])
  await supervisor.stop()
  await clock.advance(40_000)
  expect(tries).toHaveLength(8)
})

it('a device that comes and goes counts as lost until it has stayed for a minute: nothing grows with each contact, and it comes back by itself', async () => {
  const { clock, cable, healths, supervisor } = makeStand()
  while (clock.monotonic() < 3_600_000) {
    await clock.advance(1000)
    cable.unplug()
    await clock.advance(1000)
    cable.plug()
  }
  const changes = healths.flatMap(({ faults }, index) => (faults.includes('coin-acceptor-lost') === healths[index - 1]?.faults.includes('coin-acceptor-lost') ? [] : [faults]))
  expect(changes.length).toBeLessThan(20)
  await clock.advance(50_000)
  expect(supervisor.health()).toMatchObject({ state: 'limited', faults: ['coin-acceptor-lost'] })
  await clock.advance(30_000)
  expect(supervisor.health()).toMatchObject({ state: 'ready', faults: [] })
  await supervisor.stop()
})

it('F12 a driver that throws anywhere is a device that is lost, and is tried again', async () => {
  const identity = { manufacturer: '', product: '', serial: '1', software: '' }
  const whole: Driver<string> = {
    start: () => Promise.resolve(identity),
    heartbeat: () => Promise.resolve(true),
    execute: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  }
  const broken = () => Promise.reject(new Error('a bug at 12345678901234567890123'))
  const parts = ['make', 'start', 'heartbeat', 'execute', 'stop', 'data', 'timer'] as const
  for (const [part, isSudden] of [...parts.map((one) => [one, false] as const), ...(['start', 'heartbeat', 'execute', 'stop'] as const).map((one) => [one, true] as const)]) {
    const thrown: unknown[] = []
    const clock = virtualClock(0)
    const cable = makeCable()
    const states: string[] = []
    let bug = true
    const throws = () => {
      if (bug) throw new Error('a bug at 12345678901234567890123')
    }
    const make: MakeDriver<string, never> = (wire, ports) => {
      if (part === 'make') throws()
      if (part === 'data') wire.onData(throws)
      if (part === 'timer') ports.clock.after(50, throws)
      return bug ? { ...whole, [part]: isSudden ? throws : broken } : whole
    }
    const supervisor = superviseDevice({
      clock,
      open: cable.open,
      make,
      lostFault: 'printer-lost',
      onEvent: () => undefined,
      onHealth: ({ state }) => void states.push(state),
      onThrow: (error) => void thrown.push(error),
    })
    await clock.advance(600)
    if (part === 'data') await cable.far.write(Uint8Array.of(1))
    supervisor.send('go')
    await clock.advance(100)
    if (part === 'stop') cable.unplug()
    cable.plug()
    await clock.advance(100)
    expect(states, part).toContain('lost')
    expect(stackOf(thrown[0]).join(), part).toContain('supervisor.test.ts')
    expect(stackOf(thrown[0]).join(), 'personal').not.toContain('12345678901234567890123')
    bug = false
    await clock.advance(20_000)
    expect(supervisor.health().state, part).toBe('ready')
    await supervisor.stop()
  }
})

it('keeps the last 500 frames', async () => {
  const { clock, supervisor } = makeStand()
  await clock.advance(60_000)
  expect(supervisor.frames()).toHaveLength(500)
  expect(supervisor.frames().at(-1)).toMatchObject({ direction: 'in' })
  await supervisor.stop()
})

it('lets the coins rest when it is stopped', async () => {
  const { clock, simulator, supervisor } = makeStand()
  await clock.advance(2000)
  expect(JSON.parse(await simulator.hand('counters'))).toMatchObject({ mask: 0b11111, open: true })
  const stopped = supervisor.stop()
  await clock.advance(2000)
  await stopped
  expect(JSON.parse(await simulator.hand('counters'))).toMatchObject({ mask: 0, open: false })
})
