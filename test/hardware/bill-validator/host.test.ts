import { expect, it } from 'vitest'
import { makeId003Simulator } from '../../../hardware/bill-validator/id003/simulator.ts'
import type { NoteCursor } from '../../../hardware/bill-validator/events.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import { createDeviceHost, type LineSettings } from '../../../hardware/host.ts'
import { makeCable } from '../cable.ts'
import { allIds, approved, settings } from './bench.ts'

function makeStand() {
  const clock = virtualClock(0)
  const cable = makeCable()
  const simulator = makeId003Simulator(cable.far, clock)
  const lines: LineSettings[] = []
  const host = createDeviceHost(
    { 'bill-validator': settings },
    {
      clock,
      open(_device, line) {
        lines.push(line)
        return cable.open
      },
    },
  )
  const cursors: (NoteCursor | null)[] = []
  const faults: (readonly string[])[] = []
  let credit = 0
  host.onMessage((message) => {
    if (message.kind === 'health') faults.push(message.health.faults)
    else if (message.device === 'bill-validator' && message.event.kind === 'moved') {
      const { to, ended } = message.event
      if (JSON.stringify(cursors.at(-1)) !== JSON.stringify(to)) {
        cursors.push(to)
        for (const note of ended) if (note.outcome === 'stacked') credit += note.value
      }
      host.send({ device: 'bill-validator', command: { kind: 'recorded', cursor: to } })
      if (to.held) host.send({ device: 'bill-validator', command: { kind: 'stack', ordinal: to.ordinal + 1 } })
    }
  })
  host.send({ device: 'bill-validator', command: { kind: 'configure', cursor: null, notes: approved } })
  host.send({ device: 'bill-validator', command: { kind: 'accept', ids: allIds } })
  return { clock, cable, simulator, host, lines, faults, credit: () => credit }
}

it('opens the line of ID-003 with 9600 baud and even parity', () => {
  expect(makeStand().lines).toEqual([{ path: '/dev/null', baudRate: 9600, parity: 'even' }])
})

it('a validator that is unplugged is "bill-validator-lost"; plugged in again it is told everything anew, and a note on its way is credited once', async () => {
  const { clock, cable, simulator, faults, credit } = makeStand()
  await clock.advance(4000)
  await simulator.hand('insert 1000')
  await clock.advance(900)
  cable.unplug()
  await clock.advance(3000)
  expect(faults.at(-1)).toEqual(['bill-validator-lost'])
  cable.plug()
  await clock.advance(15_000)
  expect(faults.at(-1)).toEqual([])
  expect(credit()).toBe(1000)
  expect(await simulator.hand('insert 1000')).toBe('taken in')
  await clock.advance(4000)
  expect(credit()).toBe(2000)
})
