import { beforeAll, describe, expect, it } from 'vitest'
import { makeCabinetDriver, type CabinetSettings } from '../../../hardware/cabinet/driver.ts'
import type { CabinetEvent } from '../../../hardware/cabinet/events.ts'
import { makeCabinetSimulator } from '../../../hardware/cabinet/simulator.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { superviseDevice } from '../../../hardware/supervisor.ts'
import { linkedPair } from '../../../hardware/transport.ts'
import { makeCable } from '../cable.ts'

// Loaded late by the driver; here at once, because the clock stands still.
beforeAll(() => import('modbus-serial'))

const settings: CabinetSettings = {
  path: '/dev/null',
  baudRate: 9600,
  parity: 'none',
  address: 1,
  pollMs: 100,
  inputs: [
    { input: 0, role: 'door', name: 'service', active: 0 },
    { input: 1, role: 'door', name: 'cash', active: 0 },
    { input: 2, role: 'cash-box', name: 'coins', active: 0 },
    { input: 3, role: 'call-button', name: 'call', active: 1 },
    { input: 4, role: 'presence', name: 'seat', active: 1 },
    { input: 5, role: 'headset', name: 'jack', active: 1 },
  ],
  lamp: 0,
}

async function makeStand(own: CabinetSettings = settings) {
  const clock = virtualClock(0)
  const cable = makeCable()
  const simulator = makeCabinetSimulator(cable.far, clock)
  const events: CabinetEvent[] = []
  const supervisor = superviseDevice({
    clock,
    open: cable.open,
    make: makeCabinetDriver(own),
    lostFault: 'cabinet-lost',
    onEvent: (event) => void events.push(event),
    onHealth: () => undefined,
  })
  await clock.advance(1000)
  const faults = (): readonly FaultCode[] => supervisor.health().faults
  return { clock, cable, simulator, events, supervisor, faults }
}
const changes = (events: readonly CabinetEvent[]) => events.filter((event) => event.kind === 'switch' && !event.first)

describe('the cabinet', () => {
  it('tells every switch once at the start, and then what changes, with which', async () => {
    const { simulator, events, clock, supervisor } = await makeStand()
    expect(supervisor.health()).toMatchObject({ state: 'ready', faults: [] })
    expect(events.filter((event) => event.kind === 'switch').map((event) => event.kind === 'switch' && [event.role, event.name, event.active, event.first])).toEqual(
      settings.inputs.map(({ role, name }) => [role, name, false, true]),
    )
    for (const hand of ['door open cash', 'call press', 'presence on', 'headset in', 'call release']) {
      await simulator.hand(hand)
      await clock.advance(400)
    }
    expect(changes(events)).toEqual([
      { kind: 'switch', role: 'door', name: 'cash', active: true, first: false },
      { kind: 'switch', role: 'call-button', name: 'call', active: true, first: false },
      { kind: 'switch', role: 'presence', name: 'seat', active: true, first: false },
      { kind: 'switch', role: 'headset', name: 'jack', active: true, first: false },
      { kind: 'switch', role: 'call-button', name: 'call', active: false, first: false },
    ])
  })

  it('a loose contact is told a few times, then stays active: the door counts as open until it has rested for a minute', async () => {
    const { simulator, events, clock, faults } = await makeStand()
    for (let turn = 0; turn < 1000; turn += 1) {
      await simulator.hand(turn % 2 === 0 ? 'door open cash' : 'door close cash')
      await clock.advance(300)
    }
    expect(changes(events).length).toBeLessThan(15)
    expect(faults()).toEqual(['door-open'])
    await clock.advance(50_000)
    expect(faults()).toEqual(['door-open'])
    await clock.advance(20_000)
    expect(faults()).toEqual([])
    await simulator.hand('door open cash')
    await clock.advance(400)
    expect(faults()).toEqual(['door-open'])
    await simulator.hand('door close cash')
    await clock.advance(400)
    expect(faults()).toEqual([])
  })

  it.each([
    ['door open service', 'door close service', 'door-open'],
    ['cash-box out', 'cash-box in', 'cash-box-out'],
  ] as const)('while "%s" the booth takes no money, and goes on by itself after "%s"', async (begin, end, fault) => {
    const { simulator, clock, faults, supervisor } = await makeStand()
    await simulator.hand(begin)
    await clock.advance(400)
    expect(faults()).toEqual([fault])
    expect(supervisor.health().state).toBe('limited')
    await simulator.hand(end)
    await clock.advance(400)
    expect(faults()).toEqual([])
  })

  it('a door that was open before the booth started is said at the start', async () => {
    const clock = virtualClock(0)
    const [near, far] = linkedPair()
    const simulator = makeCabinetSimulator(far, clock)
    await simulator.hand('door open')
    const events: CabinetEvent[] = []
    const driver = makeCabinetDriver(settings)(near, { clock, emit: (event) => void events.push(event), report: () => undefined, trace: () => undefined })
    await driver.start()
    await clock.advance(500)
    expect(events).toContainEqual({ kind: 'switch', role: 'door', name: 'service', active: true, first: true })
  })

  it('a contact that bounces is no change', async () => {
    const { simulator, clock, events } = await makeStand()
    for (let bounce = 0; bounce < 10; bounce += 1) {
      await simulator.hand(`door ${bounce % 2 === 0 ? 'open' : 'close'}`)
      await clock.advance(100)
    }
    await clock.advance(1000)
    expect(changes(events)).toEqual([])
  })

  it('lights the lamp, reads it back, lights it again after the module was without power, and leaves it dark', async () => {
    const { simulator, clock, events, supervisor } = await makeStand()
    const lamp = async () => (JSON.parse(await simulator.hand('state')) as { lamp: boolean }).lamp
    supervisor.send({ kind: 'lamp', on: true })
    await clock.advance(500)
    expect(await lamp()).toBe(true)
    expect(events).toContainEqual({ kind: 'lamp', on: true })
    await simulator.hand('power-cycle')
    await clock.advance(500)
    expect(await lamp()).toBe(true)
    const stopped = supervisor.stop()
    await clock.advance(1000)
    await stopped
    expect(await lamp()).toBe(false)
  })
})

describe('a module that is not well', () => {
  it('absent from the start, and pulled out later: "cabinet-lost", and found again by itself', async () => {
    const { simulator, clock, faults, events } = await makeStand()
    await simulator.hand('silent on')
    await clock.advance(5000)
    expect(faults()).toEqual(['cabinet-lost'])
    await simulator.hand('door open')
    await simulator.hand('silent off')
    await clock.advance(20_000)
    expect(faults()).toEqual(['door-open'])
    expect(events.at(-1)).toMatchObject({ kind: 'lamp' })
  })

  it('S02 S16 answers with damaged bytes: no switch is read from them, the fault is named', async () => {
    const { simulator, clock, faults, events } = await makeStand()
    await simulator.hand('door open')
    await simulator.hand('garble 3')
    await clock.advance(900)
    expect(faults()).toContain('cabinet-garbled')
    await clock.advance(1000)
    expect(faults()).toEqual(['door-open'])
    expect(changes(events)).toHaveLength(1)
  })

  it('S01 S14 noise between frames and replies that come twice change nothing', async () => {
    const { simulator, clock, events, faults } = await makeStand()
    await simulator.hand('twice 50')
    for (let round = 0; round < 20; round += 1) {
      await simulator.hand('noise 1000')
      await clock.advance(130)
    }
    await clock.advance(3000)
    expect(changes(events)).toEqual([])
    expect(faults()).toEqual([])
  })

  it('an exception, as for an input that the module does not have, is "cabinet-garbled" and no switch', async () => {
    const { faults, events } = await makeStand({ ...settings, inputs: [{ input: 40, role: 'door', name: 'service', active: 0 }] })
    expect(faults()).toEqual(['cabinet-garbled'])
    expect(events.filter((event) => event.kind === 'switch')).toEqual([])
  })
})
