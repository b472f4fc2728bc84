import { expect, it } from 'vitest'
import { noteRun } from './model.ts'

it.each(['id003', 'cctalk'] as const)('%s: whatever is lost, restarts, is pulled or exchanged: no note twice, none lost without an alarm', async (protocol) => {
  let notes = 0
  let swaps = 0
  for (let seed = 1; seed <= 25; seed += 1) {
    const run = await noteRun(protocol, seed)
    expect(run.wrong).toBeNull()
    notes += run.notes
    swaps += run.swaps
  }
  expect(notes).toBeGreaterThan(40)
  expect(swaps).toBeGreaterThan(50)
})
