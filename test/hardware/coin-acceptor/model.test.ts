import { expect, it } from 'vitest'
import { acceptorRun } from './model.ts'

it('F24 F25 F26 F27 F28 fixed seeds: whatever is lost, doubled, late or restarted, no coin counts twice and none is lost without an alarm', async () => {
  let coins = 0
  for (let seed = 1; seed <= 40; seed += 1) {
    const run = await acceptorRun(seed)
    expect(run.wrong).toBeNull()
    coins += run.coins
  }
  expect(coins).toBeGreaterThan(500)
})
