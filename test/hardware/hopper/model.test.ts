import { expect, it } from 'vitest'
import { hopperRun } from './model.ts'

it('F33 whatever is lost, late, doubled, cut off or exchanged: what the booth knows of each pay-out is what left that hopper', async () => {
  let coins = 0
  let swaps = 0
  for (let seed = 1; seed <= 60; seed += 1) {
    const run = await hopperRun(seed)
    expect(run.wrong).toBeNull()
    coins += run.coins
    swaps += run.swaps
  }
  expect(coins).toBeGreaterThan(500)
  expect(swaps).toBeGreaterThan(120)
})
