import { beforeEach, expect, it } from 'vitest'
import { makeCctalkBillSimulator } from '../../../hardware/bill-validator/cctalk/simulator.ts'
import { encodeFrame } from '../../../hardware/cctalk/frames.ts'
import { virtualClock, type VirtualClock } from '../../../hardware/clock.ts'
import type { Simulator } from '../../../hardware/simulator.ts'
import { linkedPair } from '../../../hardware/transport.ts'

let clock: VirtualClock
let simulator: Simulator
/** The data of the reply; null for silence. */
let ask: (header: number, ...data: readonly number[]) => Promise<readonly number[] | null>

beforeEach(() => {
  clock = virtualClock(0)
  const [near, far] = linkedPair()
  simulator = makeCctalkBillSimulator(far, clock)
  let heard: number[] = []
  near.onData((bytes) => heard.push(...bytes))
  ask = async (header, ...data) => {
    heard = []
    await near.write(encodeFrame('sum-8', { destination: 40, source: 1, header, data: Uint8Array.from(data) }))
    await clock.advance(60)
    return heard.length === 0 ? null : heard.slice(4, -1)
  }
})
const open = async () => {
  await ask(231, 255, 255)
  await ask(228, 1)
}
const state = async () => JSON.parse(await simulator.hand('counters')) as { readonly place: string; readonly returned: number }

it('one that is opened and never polled closes itself after 5 s, and says so; opening it again is no poll', async () => {
  await open()
  await clock.advance(4000)
  expect(await ask(228, 1)).toEqual([])
  expect(await ask(227)).toEqual([1])
  await clock.advance(1000)
  expect(await ask(227)).toEqual([0])
  expect(await ask(159)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  await open()
  await clock.advance(4000)
  expect(await ask(159)).toMatchObject({ 0: 1 })
  await clock.advance(4000)
  expect(await ask(227)).toEqual([1])
})

it('its variables are the number of bill types and of banks; a barcode is read as text, one that cannot be read is an acknowledgement', async () => {
  expect(await ask(247)).toEqual([16, 1])
  expect(await ask(129)).toEqual([])
  await simulator.hand('ticket 213866515856379505')
  expect(String.fromCharCode(...((await ask(129)) ?? []))).toBe('213866515856379505')
  await simulator.hand('ticket')
  expect(await ask(129)).toEqual([])
})

it('a reset gives back what is in escrow', async () => {
  await open()
  await simulator.hand('insert 1000')
  await clock.advance(500)
  expect(await state()).toMatchObject({ place: 'escrow' })
  expect(await ask(1)).toEqual([])
  expect(await state()).toMatchObject({ place: 'none', returned: 1 })
  expect(await ask(154, 1)).toEqual([254])
})

it('takes no note while its stacker is full', async () => {
  await open()
  await simulator.hand('stacker-full')
  expect(await simulator.hand('insert 1000')).toBe('refused at the slit')
  await simulator.hand('stacker-ok')
  expect(await simulator.hand('insert 1000')).toBe('taken in')
})
