import { expect, test } from 'vitest'
import { expectFlat } from './flat.ts'
import { visitsInARow } from './endurance.ts'

test('F75 two thousand visits in a row, about a month: journal bytes a visit, heap and file handles are flat, and no sealed file is left', async () => {
  const taken = await visitsInARow([50, 1_000, 2_000])
  process.stderr.write(`${JSON.stringify(taken)}\n`)
  expect(taken).toHaveLength(3)
  expectFlat(taken)
})
