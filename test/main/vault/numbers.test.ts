import { expect, test } from 'vitest'
import { randomHex } from '../../../main/vault/numbers.ts'

test('chance has the asked length and never comes twice', () => {
  const drawn = new Set(Array.from({ length: 1000 }, () => randomHex(16)))
  expect(drawn.size).toBe(1000)
  for (const one of drawn) expect(one).toMatch(/^[0-9a-f]{32}$/)
})
