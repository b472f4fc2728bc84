import { expect } from 'vitest'
import type { Taken } from './endurance.ts'

const megabyte = 1_048_576

/** Between the first measurement, which is warm, and the last nothing has grown but the journal, and that as much with the last visits as with the first. */
export function expectFlat(taken: readonly Taken[]): void {
  const [warm, middle, last] = taken
  if (!warm || !middle || !last) throw new Error('three measurements')
  const perVisit = (from: Taken, to: Taken) => (to.journal - from.journal) / (to.visits - from.visits)
  expect(last.sealedFiles).toBe(0)
  expect(last.handles).toBe(warm.handles)
  expect(last.heap - warm.heap).toBeLessThan(5 * megabyte)
  expect(perVisit(middle, last) / perVisit(warm, middle)).toBeLessThan(1.15)
  expect(perVisit(middle, last)).toBeLessThan(40_000)
}
