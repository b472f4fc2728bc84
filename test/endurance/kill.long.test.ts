import { expect, test } from 'vitest'
import type { Resident } from '../../main/commands/demo/resident.ts'
import { killVisits } from './support/kills.ts'
import { flushes } from './support/unreliable-disk.ts'

const visits: Readonly<Record<string, { readonly resident?: Partial<Resident>; readonly centre?: string; readonly hoppers?: boolean; readonly notes?: boolean }>> = {
  paid: {},
  refused: { centre: 'answers refused' },
  cancelled: { resident: { stopAt: 'scan' } },
  // Change, the price and a cancelled payment come out of hoppers.
  'paid too much': { hoppers: true },
  'refused, given back': { centre: 'answers refused', hoppers: true },
  'cancelled, given back': { resident: { stopAt: 'scan' }, hoppers: true },
  // A note pays for it, its change or all of it comes out of hoppers.
  'paid with a note': { resident: { coins: [1000] }, hoppers: true, notes: true },
  'paid with coins and a note': { resident: { coins: [500, 1000] }, hoppers: true, notes: true },
  'cancelled after a note': { resident: { coins: [1000], stopAt: 'scan' }, hoppers: true, notes: true },
  'a note, refused, given back': { resident: { coins: [1000] }, centre: 'answers refused', hoppers: true, notes: true },
  // Walks away from the payment: it takes half a minute until nobody is asked for any more.
  abandoned: { resident: { coins: [500, 100, 50] } },
}

test.concurrent.for(Object.entries(visits).flatMap(([name, how]) => (['kill-before', 'kill-after'] as const).map((act) => ({ name, act, ...how }))))(
  'F01 F02 $name: $act each record without and each flush with the power cut',
  async ({ act, name: _name, ...how }) => {
    expect(await killVisits({ at: ['log-flush'], act, first: 1, every: 1, powerCut: false, ...how })).toBeGreaterThan(3)
    expect(await killVisits({ at: flushes, act, first: 1, every: 1, powerCut: true, ...how })).toBeGreaterThan(3)
  },
)
