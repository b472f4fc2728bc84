import { expect } from 'vitest'
import { readJournal } from './journal-copy.ts'
import type { LaunchedBooth } from './launch.ts'

/** Yen that fell into the simulated acceptor, by the values that its identifiers name. */
async function fallen(panelHand: LaunchedBooth['panelHand']): Promise<number> {
  const { byPosition } = JSON.parse(await panelHand('coin-acceptor counters')) as { readonly byPosition: readonly number[] }
  const table = (await panelHand('coin-acceptor table')).split(' ').map((place) => Number(/=JP(\d{3})/.exec(place)?.[1] ?? 0))
  return byPosition.reduce((sum, count, index) => sum + count * (table[index] ?? 0), 0)
}

/** Of a booth with coins alone, at rest: every yen that fell into the acceptor is in the journal, and is somebody's. */
export async function expectEveryYen({ data, panelHand }: Pick<LaunchedBooth, 'data' | 'panelHand'>): Promise<void> {
  const inside = await fallen(panelHand)
  await expect.poll(() => readJournal(data).money.inserted).toBe(inside)
  const { inserted, credit, parked, earned, owed } = readJournal(data).money
  expect(inserted).toBe(credit + parked + earned + owed)
}
