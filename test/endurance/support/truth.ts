import { expect } from 'vitest'
import type { View } from '../../../main/contract/view.ts'
import { readJournal, type Written } from '../../e2e/support/journal-copy.ts'
import { moment, type Surroundings } from './headless.ts'

/** What the resident was told and may rely on: numbers of receipts and claims. */
export function promised(views: readonly View[]): { readonly receipts: readonly string[]; readonly claims: readonly string[] } {
  const claims = views.flatMap((view) => (view.screen === 'claim' || view.screen === 'receipt' ? (view.claim ?? []) : []))
  return {
    receipts: [...new Set(views.flatMap((view) => (view.screen === 'receipt' ? view.number : [])))],
    claims: [...new Set(claims.map(({ number }) => number))],
  }
}

const bodies = <Kind extends Written['records'][number]['kind']>({ records }: Written, kind: Kind) =>
  records.filter((record): record is Extract<(typeof records)[number], { kind: Kind }> => record.kind === kind).map(({ body }) => body)

/**
 * What must hold of a booth at rest, however it got there: the journal's money is what the acceptor took and belongs to somebody, the centre has each application once, and what
 * a resident was told is written down. Gives what is written.
 */
export async function expectWhole(place: Surroundings, views: readonly View[]): Promise<Written> {
  let written = readJournal(place.data)
  for (let tries = 0; written.waiting > 0 && tries < 200; tries += 1) {
    await moment(100)
    written = readJournal(place.data)
  }
  const { inserted, credit, parked, earned, owed, returned, paying } = written.money
  expect({ inserted, credit, paying, returned }, 'I1').toEqual({ inserted: await place.taken(), credit: 0, paying: 0, returned: await place.paidOut() })
  expect(earned + owed + parked + returned, 'I1').toBe(inserted)
  const pieces = (['coin-credited', 'note-credited'] as const).flatMap((kind) => bodies(written, kind) as readonly { readonly serial: string; readonly ordinal: number }[])
  expect(new Set(pieces.map(({ serial, ordinal }) => `${serial}/${ordinal}`)).size, 'I2').toBe(pieces.length)
  const queued = bodies(written, 'queued') as readonly { readonly key: string; readonly number: string }[]
  expect([...(await place.kept())].sort(), 'I3').toEqual(queued.map(({ key }) => key).sort())
  expect(place.sentAgain(), 'I4').toBe(0)
  const received = (bodies(written, 'answered') as readonly { readonly status: string }[]).filter(({ status }) => status === 'received')
  expect(earned, 'I3').toBe(received.length * 800)
  expect(written.waiting, 'I3').toBe(0)
  const { receipts, claims } = promised(views)
  expect(queued.map(({ number }) => number)).toEqual(expect.arrayContaining([...receipts]))
  const issued = bodies(written, 'claim-issued') as readonly { readonly claim: { readonly number: string } }[]
  expect(issued.map(({ claim }) => claim.number)).toEqual(expect.arrayContaining([...claims]))
  return written
}
