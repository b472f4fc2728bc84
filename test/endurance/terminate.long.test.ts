import { expect, test } from 'vitest'
import { terminateVisits } from './support/terminate.ts'

test('F05 SIGTERM at each step of a paying visit', async () => {
  expect(await terminateVisits(1, 1)).toBeGreaterThan(20)
})
