/** A ccTalk device counts its coins with 24 bits (CT2 3.85, 3.102). */
export const counterCycle = 2 ** 24

/** By how much such a counter has gone beside what was expected, the shorter way round: negative when it stands below. */
export function beyond(expected: number, counted: number): number {
  const difference = (counted - expected + counterCycle) % counterCycle
  return difference > counterCycle / 2 ? difference - counterCycle : difference
}
