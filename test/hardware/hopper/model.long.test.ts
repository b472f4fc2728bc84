import { expect, it } from 'vitest'
import { hopperRun } from './model.ts'

it('ten thousand runs of pay-outs: none made twice, none lost', { timeout: 3 * 3_600_000 }, async () => {
  let coins = 0
  for (let seed = 1; seed <= 10_000; seed += 1) {
    const run = await hopperRun(seed)
    expect(run.wrong).toBeNull()
    coins += run.coins
  }
  expect(coins).toBeGreaterThan(100_000)
})
