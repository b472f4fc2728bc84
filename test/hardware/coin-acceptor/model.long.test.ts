import { expect, it } from 'vitest'
import { acceptorRun } from './model.ts'

it('ten thousand runs and a million coins: none counts twice, none is lost without an alarm', { timeout: 6 * 3_600_000 }, async () => {
  let coins = 0
  for (let seed = 1; seed <= 10_000 || coins < 1_000_000; seed += 1) {
    const run = await acceptorRun(seed, 150)
    expect(run.wrong).toBeNull()
    coins += run.coins
  }
})
