import { expect, it } from 'vitest'
import { encodeFrame } from '../../../hardware/cctalk/frames.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import { makeHopperSimulator } from '../../../hardware/hopper/simulator.ts'
import { linkedPair } from '../../../hardware/transport.ts'

/** A host of its own: `ask` gives the data of the reply, `nak`, or null for silence. */
function plug() {
  const clock = virtualClock(0)
  const [near, far] = linkedPair()
  const simulator = makeHopperSimulator(far, clock, { serial: 1, coins: 50 })
  let heard: number[] = []
  near.onData((bytes) => heard.push(...bytes))
  const ask = async (header: number, data: readonly number[] = [], ms = 1000) => {
    heard = []
    await near.write(encodeFrame('sum-8', { destination: 3, source: 1, header, data: Uint8Array.from(data) }))
    await clock.advance(ms)
    if (heard.length === 0) return null
    return heard[3] === 5 ? 'nak' : heard.slice(4, -1)
  }
  const dispense = (coins: number) => ask(167, [1, 0, 0, coins])
  return { clock, simulator, ask, dispense }
}

it('a PIN: the dispense meets silence until it is entered, a wrong one is acknowledged late, and each reset asks for it again', async () => {
  const { clock, ask, dispense } = plug()
  await ask(164, [165])
  expect(await ask(219, [1, 2, 3, 4])).toEqual([])
  expect((await ask(163))?.[1]).toBe(0x80)
  expect(await dispense(1)).toBeNull()
  expect(((await ask(163))?.[2] as number) & 4).toBe(4)
  expect(await ask(219, [9, 9, 9, 9])).toBeNull()
  expect(await ask(218, [9, 9, 9, 9], 100)).toBeNull()
  await clock.advance(1000)
  expect(await ask(218, [9, 9, 9, 9])).toEqual([])
  expect(await ask(219, [0, 0, 0, 0])).toBeNull()
  const opened = async () => {
    await ask(1)
    await ask(164, [165])
    return ask(218, [1, 2, 3, 4], 100)
  }
  expect(await opened()).toEqual([])
  expect(await dispense(1)).toEqual([1])
  await ask(1)
  await ask(164, [165])
  expect(await dispense(1)).toBeNull()
  expect(await opened()).toEqual([])
  expect(await ask(219, [0, 0, 0, 0])).toEqual([])
  expect(await dispense(1)).toEqual([1])
  expect((await ask(163))?.[1]).toBe(0)
})

it('the count of header 208 is a count: what lies in the bowl does not follow it', async () => {
  const { simulator, ask, dispense } = plug()
  expect(await ask(208, [200, 0])).toEqual([])
  expect(JSON.parse(await simulator.hand('counters'))).toMatchObject({ coins: 50 })
  expect(await ask(208, [1, 7, 0])).toEqual([])
  expect(await ask(207)).toEqual([7, 0])
  await ask(164, [165])
  await dispense(3)
  expect(await ask(207)).toEqual([4, 0])
  expect(JSON.parse(await simulator.hand('counters'))).toMatchObject({ coins: 47 })
  for (const header of [207, 186, 174, 217]) expect(await ask(header, [1])).toEqual(await ask(header))
})
