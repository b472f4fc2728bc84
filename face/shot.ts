import type { Check } from './checks.ts'
import type { Measures } from './measure.ts'

/** How good a shot is beside others of the same moment: eyes open and sharp; a check that is not passed outweighs both. 0 without a face. */
export function shotScore({ head }: Measures, checks: readonly Check[]): number {
  if (!head) return 0
  const failed = checks.filter(({ ok }) => !ok).length
  return (Math.min(...head.geometry.eyeOpenings) * Math.sqrt(head.light.sharpness)) / (1 + failed)
}
