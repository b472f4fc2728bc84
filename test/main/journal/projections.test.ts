import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JournalFailure } from '../../../main/journal/failure.ts'
import type { Journal } from '../../../main/journal/journal.ts'
import type { JournalRecord } from '../../../main/session/records.ts'
import {
  answered,
  claimIssued,
  coins,
  confirmed,
  credited,
  cursorMoved,
  ended,
  notQueued,
  opened,
  place,
  queued,
  recovered,
  visitId,
} from './journal-fixture.ts'

const visit = fc.constantFrom(visitId(1), visitId(2))
const item = fc.integer({ min: 1, max: 2 })
const ordinal = fc.integer({ min: 1, max: 8 })
const value = fc.constantFrom(10, 100, 500)

/** Anything that a confused booth might write, most of it impossible at that moment. */
const records: fc.Arbitrary<readonly JournalRecord[]> = fc.oneof(
  visit.map((v) => [opened(v)]),
  { weight: 4, arbitrary: fc.tuple(visit, ordinal, fc.array(value, { minLength: 1, maxLength: 3 })).map(([v, n, values]) => coins(v, n, ...values)) },
  fc.tuple(visit, ordinal).map(([v, n]) => [credited(v, n)]),
  ordinal.map((n) => [cursorMoved(n)]),
  { weight: 2, arbitrary: fc.tuple(visit, item, value).map(([v, i, price]) => [confirmed(v, i, price)]) },
  { weight: 2, arbitrary: fc.tuple(visit, item, value).map(([v, i, price]) => [queued(v, i, price)]) },
  fc.tuple(visit, item).map(([v, i]) => [notQueued(v, i)]),
  fc.tuple(visit, item, fc.constantFrom('received' as const, 'parked' as const)).map(([v, i, status]) => [answered(v, status, i)]),
  fc.tuple(visit, item, value).map(([v, i, price]) => [answered(v, 'refused', i), claimIssued(v, price, 'refused')]),
  fc.tuple(visit, value).map(([v, amount]) => [claimIssued(v, amount)]),
  fc.tuple(visit, value).map(([v, amount]) => [claimIssued(v, amount), ended(v, 'cancelled')]),
  visit.map((v) => [ended(v, 'looked')]),
  fc.tuple(visit, value).map(([v, credit]) => [recovered(v, credit)]),
)

/** What the acceptors would say fell: each coin once, by serial and ordinal, as far as the journal took it. */
function fallen(journal: Journal): number {
  return journal.totals().reduce((sum, totals) => sum + totals.inserted, 0)
}

test('I2 F24 whatever is written in whatever order: no coin counts twice, sums add up, and everything follows from the records alone', () => {
  fc.assert(
    fc.property(fc.array(records, { maxLength: 40, size: 'max' }), (transactions) => {
      const here = place()
      let journal = here.journal()
      const taken = new Map<string, number>()
      try {
        for (const transaction of transactions) {
          try {
            const { skipped } = journal.append(transaction)
            for (const record of transaction)
              if (record.kind === 'coin-credited' && !skipped.includes(record)) {
                expect(taken.has(`${record.body.serial}/${record.body.ordinal}`)).toBe(false)
                taken.set(`${record.body.serial}/${record.body.ordinal}`, record.body.value)
              }
          } catch (error) {
            expect(error).toMatchObject({ name: 'JournalFailure', reason: 'impossible' })
            expect(error).toBeInstanceOf(JournalFailure)
          }
          for (const { inserted, credit, parked, earned, owed } of journal.totals()) expect(credit + parked + earned + owed).toBe(inserted)
        }
        expect(fallen(journal)).toBe([...taken.values()].reduce((sum, one) => sum + one, 0))
        journal.close()
        journal = here.journal()
        for (let done = false; !done;) {
          const slice = journal.verifySlice()
          expect(slice).toMatchObject({ ok: true })
          done = !slice.ok || slice.done
        }
        expect(fallen(journal)).toBe([...taken.values()].reduce((sum, one) => sum + one, 0))
      } finally {
        journal.close()
        here.remove()
      }
    }),
    { numRuns: 40 },
  )
})
