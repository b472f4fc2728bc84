import { expect, it } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import { createDeviceHost } from '../../../hardware/host.ts'
import type { HopperEvent, PayoutIntent } from '../../../hardware/hopper/events.ts'
import { makeHopperSimulator } from '../../../hardware/hopper/simulator.ts'
import { makeCable } from '../cable.ts'
import { settings } from './bench.ts'

it('F33 a booth that asks what became of a pay-out in the moment that its hopper is seen again is answered', async () => {
  const clock = virtualClock(0)
  const cable = makeCable()
  makeHopperSimulator(cable.far, clock, { coins: 10, serial: 1003 })
  const intent: PayoutIntent = { id: 'p1', serial: '1003', coins: 2, counterBefore: 0, totalBefore: 0 }
  const events: HopperEvent[] = []
  const host = createDeviceHost({ hopper: settings }, { clock, open: () => cable.open })
  host.onMessage((message) => {
    if (message.kind !== 'event' || message.device !== 'hopper') return
    events.push(message.event)
    if (message.event.kind === 'hoppers' && message.event.fresh) host.send({ device: 'hopper', command: { kind: 'settle', intent } })
  })
  await clock.advance(10_000)
  expect(events.filter(({ kind }) => kind === 'settled')).toEqual([{ kind: 'settled', id: 'p1', serial: '1003', paid: 0, unpaid: 2, alarm: null }])
})
