import { expect, test } from 'vitest'
import { terminateVisits } from './support/terminate.ts'

test('F05 SIGTERM at steps of a paying visit: coins are inhibited, the running record is finished, the end is orderly within 5 s, and the next start goes on', async () => {
  expect(await terminateVisits(13, 7)).toBeGreaterThan(1)
})
