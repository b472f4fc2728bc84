import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Journal } from '../../../main/journal/journal.ts'
import {
  answered,
  claim,
  claimIssued,
  coins,
  confirmed,
  cursor,
  cursorMoved,
  ended,
  opened,
  type Place,
  place,
  queued,
  recovered,
  serviceChosen,
  started,
  visitId,
  wholeVisit,
} from './journal-fixture.ts'

let here: Place
beforeEach(() => {
  here = place()
})
afterEach(() => here.remove())

const visit = visitId(1)

/** Writes transactions, lets go of the file, and opens it as the next start does. */
function afterRestart(...transactions: readonly (readonly Parameters<Journal['append']>[0][number][])[]): Journal {
  const before = here.journal()
  for (const records of transactions) before.append(records)
  before.close()
  return here.journal()
}

test('a new journal remembers nothing', () => {
  const journal = afterRestart()
  expect(journal.recover()).toEqual({ cursors: [], notes: [], payouts: [], hoppers: [], tillWrong: false, visit: null })
  expect(journal.totals()).toEqual([])
  expect(journal.head().seq).toBe(0)
  journal.close()
})

test('F02 a visit that was paying is found with its credit, its cursor and the language it was in', () => {
  const journal = afterRestart([started], [opened(visit)], [serviceChosen(visit)], coins(visit, 1, 500, 100))
  expect(journal.recover()).toEqual({
    cursors: [cursor(2)],
    notes: [],
    payouts: [],
    hoppers: [],
    tillWrong: false,
    visit: { visit, service: 'jp-mynumber-application', language: 'zh-Hant', credit: 600, returned: 0, item: 1, payouts: 0, queued: null, claims: [], printed: [], delivered: false },
  })
  journal.close()
})

test('F02 confirmed and not queued when the booth died: the price is free again, and the records say so', () => {
  const journal = afterRestart([opened(visit)], coins(visit, 1, 500, 500), [confirmed(visit)])
  expect(journal.recover().visit).toMatchObject({ credit: 1000, item: 1, queued: null })
  expect(journal.money(visit)).toMatchObject({ credit: 200, parked: 800 })
  journal.append([recovered(visit, 1000)])
  expect(journal.money(visit)).toMatchObject({ credit: 1000, parked: 0 })
  journal.append([claimIssued(visit, 1000, 'abandoned'), ended(visit, 'abandoned')])
  expect(journal.money(visit)).toMatchObject({ credit: 0, parked: 0, earned: 0, owed: 1000 })
  journal.close()
})

test('F02 queued when the booth died: the application waits with its money, the rest is credit', () => {
  const journal = afterRestart([opened(visit)], coins(visit, 1, 500, 500), [confirmed(visit)], [queued(visit)])
  expect(journal.recover()).toMatchObject({
    visit: { credit: 200, item: 1, queued: { key: `${visit}-1`, number: '2026-1234-5678-9012', code: '7KQM-2XRB', price: 800, status: 'waiting' } },
  })
  journal.append([recovered(visit, 200, true)])
  expect(journal.money(visit)).toMatchObject({ credit: 200, parked: 800 })
  journal.close()
})

test('F02 answered when the booth died: it stands as received and nothing waits', () => {
  const journal = afterRestart(
    [opened(visit)],
    coins(visit, 1, 500, 500),
    [confirmed(visit)],
    [queued(visit)],
    [answered(visit, 'received')],
    [claimIssued(visit, 200)],
  )
  expect(journal.recover()).toMatchObject({
    visit: { credit: 0, queued: { status: 'received' }, claims: [claim(visit, 200)] },
  })
  journal.close()
})

test('F02 the second application of a family is the one that is found', () => {
  const journal = afterRestart(
    [opened(visit)],
    coins(visit, 1, 500, 500, 500, 500),
    [confirmed(visit)],
    [queued(visit)],
    [answered(visit, 'received')],
    [confirmed(visit, 2)],
  )
  expect(journal.recover().visit).toMatchObject({ credit: 1200, item: 2, queued: { key: `${visit}-1` } })
  journal.close()
})

test('F02 killed after any transaction of a visit: the money is whole, and the next start can settle it to nothing left over', () => {
  const whole = wholeVisit(1)
  for (let told = 1; told <= whole.length; told += 1) {
    const there = place()
    const before = there.journal()
    for (const records of whole.slice(0, told)) before.append(records)
    const inserted = before.money(visit).inserted
    before.close()
    const journal = there.journal()
    const open = journal.recover().visit
    expect(journal.money(visit).inserted).toBe(inserted)
    if (open) {
      journal.append([recovered(visit, open.credit, open.queued !== null)])
      if (open.credit > 0) journal.append([claimIssued(visit, open.credit, 'abandoned')])
      journal.append([ended(visit, 'abandoned')])
    }
    const { credit, parked, earned, owed } = journal.money(visit)
    expect({ told, credit, sum: parked + earned + owed }).toEqual({ told, credit: 0, sum: inserted })
    expect(journal.recover().visit).toBeNull()
    journal.close()
    there.remove()
  }
})

test('cursors outlive visits', () => {
  const journal = afterRestart([cursorMoved(3)], [opened(visit)], coins(visit, 4, 500), [
    claimIssued(visit, 500, 'cancelled'),
    ended(visit, 'cancelled'),
  ])
  expect(journal.recover()).toMatchObject({ cursors: [cursor(4)], visit: null })
  journal.close()
})
