import { expect, test } from 'vitest'
import { trySeed } from './try-seed.ts'

const seeds = 10_000

test(`the world holds with seeds 1 to ${seeds}`, async () => {
  const failures: unknown[] = []
  for (let seed = 1; seed <= seeds && failures.length < 10; seed += 1) {
    const { failure } = await trySeed(seed)
    if (failure) failures.push({ seed, ...failure })
    if (seed % 500 === 0) process.stderr.write(`… ${seed} of ${seeds} worlds\n`)
  }
  expect(failures).toEqual([])
})
