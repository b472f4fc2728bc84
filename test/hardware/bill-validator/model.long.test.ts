import { expect, it } from 'vitest'
import { noteRun } from './model.ts'

it.each(['id003', 'cctalk'] as const)('%s: ten thousand runs: no note twice, none lost without an alarm', { timeout: 3 * 3_600_000 }, async (protocol) => {
  let notes = 0
  for (let seed = 1; seed <= 10_000; seed += 1) {
    const run = await noteRun(protocol, seed)
    expect(run.wrong).toBeNull()
    notes += run.notes
  }
  expect(notes).toBeGreaterThan(20_000)
})
