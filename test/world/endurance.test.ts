import { expect, test } from 'vitest'
import { expectFlat } from './flat.ts'
import { visitsInARow } from './endurance.ts'

test('F75 visits in a row: journal bytes a visit, heap and file handles are flat, and no sealed file is left', { timeout: 180_000 }, async () => {
  const taken = await visitsInARow([12, 24, 36])
  expect(taken).toHaveLength(3)
  expectFlat(taken)
})
