import { beforeAll, expect, test } from 'vitest'
import { type Calls, failCall, sites } from './support/nth-call.ts'

let calls: Calls
beforeAll(async () => {
  calls = await failCall(null, 0)
})

test.each(sites)('%s: the first, the second and the last call of a paying visit fail, one at a time, and all is whole', async (site) => {
  expect(calls[site]).toBeGreaterThan(0)
  for (const nth of new Set([1, 2, calls[site]])) await failCall(site, nth)
})
