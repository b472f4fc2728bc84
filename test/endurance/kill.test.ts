import { expect, test, vi } from 'vitest'
import { flushes } from './support/unreliable-disk.ts'
import { killVisits } from './support/kills.ts'

vi.setConfig({ testTimeout: 600_000 })

// Side by side, because they mostly wait for their devices; the long run does the same with every kind of visit.
test.concurrent('F02 kill -9 right after each record of a paying visit: the money is whole, nothing is sent or printed twice, and the technician reads what was settled', async () => {
  const halves = await Promise.all([1, 2].map((first) => killVisits({ at: ['log-flush'], act: 'kill-after', first, every: 2, powerCut: false })))
  expect(Math.min(...halves)).toBeGreaterThan(4)
})

test.concurrent('F02 F33 kill -9 around the pay-out of an overpaying visit: what the hopper paid is what the journal says, and nothing is paid twice', async () => {
  expect(await killVisits({ at: ['log-flush'], act: 'kill-after', first: 11, every: 3, powerCut: false, hoppers: true })).toBeGreaterThan(0)
})

test.concurrent('F02 kill -9 around the note of a paying visit: it is a credit once it lies in the stacker, and once', async () => {
  const resident = { coins: [1000] }
  expect(await killVisits({ at: ['log-flush'], act: 'kill-after', first: 2, every: 3, powerCut: false, hoppers: true, notes: true, resident })).toBeGreaterThan(1)
})

test.concurrent('F01 power cut at each flush of a paying visit, before it and after it in turn: what was acknowledged is there, once', async () => {
  const deaths = await Promise.all([
    killVisits({ at: flushes, act: 'kill-before', first: 1, every: 2, powerCut: true }),
    killVisits({ at: flushes, act: 'kill-after', first: 2, every: 2, powerCut: true }),
  ])
  expect(Math.min(...deaths)).toBeGreaterThan(4)
})
