import { expect, test } from 'vitest'
import { failCall, sites } from './support/nth-call.ts'

test.each(sites)('%s: each call of a paying visit fails in turn, and all is whole', async (site) => {
  const calls = (await failCall(null, 0))[site]
  expect(calls).toBeGreaterThan(0)
  for (let nth = 1; nth <= calls; nth += 1) await failCall(site, nth)
})
