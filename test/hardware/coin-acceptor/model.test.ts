import { expect, it } from 'vitest'
import { acceptorRun } from './model.ts'

it('F24 F25 F26 F27 F28 fixed seeds: whatever is lost, doubled, late, restarted or exchanged, no coin counts twice and none is lost without an alarm', async () => {
  let coins = 0
  let swaps = 0
  for (let seed = 1; seed <= 40; seed += 1) {
    const run = await acceptorRun(seed)
    expect(run.wrong).toBeNull()
    coins += run.coins
    swaps += run.swaps
  }
  expect(coins).toBeGreaterThan(500)
  expect(swaps).toBeGreaterThan(80)
})
