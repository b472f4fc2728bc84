import { expect, it } from 'vitest'
import { runModel } from './model.ts'

const seeds = Array.from({ length: 20 }, (_, index) => index + 1)

it.each(seeds.flatMap((seed) => (['id003', 'cctalk'] as const).map((protocol) => [protocol, seed] as const)))(
  '%s, seed %i: no note twice, none lost without an alarm, in 500 random visits',
  { timeout: 1_200_000 },
  async (protocol, seed) => {
    await expect(runModel(protocol, 500, seed)).resolves.toBeUndefined()
  },
)
