import { expect, it } from 'vitest'
import { hopperRun } from './model.ts'

it('ten thousand runs of pay-outs: none made twice, none lost', { timeout: 3 * 3_600_000 }, async () => {
  for (let seed = 1; seed <= 10_000; seed += 1) expect(await hopperRun(seed)).toBeNull()
})
