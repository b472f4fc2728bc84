import { expect, it } from 'vitest'
import { hopperRun } from './model.ts'

it('F33 whatever is lost, late, doubled or cut off: what the booth knows of each pay-out is what left the hopper', async () => {
  for (let seed = 1; seed <= 60; seed += 1) expect(await hopperRun(seed)).toBeNull()
})
