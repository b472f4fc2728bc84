import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { migrate } from '../../../main/journal/migrations.ts'
import { createProjections } from '../../../main/journal/projections.ts'
import type { JournalRecord, Payout } from '../../../main/session/records.ts'
import { claimIssued, coins, ended, opened, place, started, visitId, wholeVisit } from './journal-fixture.ts'

const visit = visitId(1)
const at = place()

const payout = (id: string, count: number, totalBefore: number | null = 100): Payout => ({
  ...{ id, serial: '900', coins: count, counterBefore: 5, totalBefore, coin: 'JP100A', value: 100, currency: 'JPY', reason: 'cancelled' },
})
const intended = (body: Payout): JournalRecord => ({ kind: 'payout-intended', visit, body })
const settled = (id: string, paid: number, returned = paid * 100): JournalRecord => ({
  kind: 'payout-settled',
  visit,
  body: { id, paid, returned, alarm: null },
})
const refilled = (count: number): JournalRecord => ({
  kind: 'till-refilled',
  visit: null,
  body: { place: '900', id: 'JP100A', value: 100, currency: 'JPY', count, by: 'test' },
})
const inBox = { id: 'JP100A', value: 500, currency: 'JPY' }

test('the till follows from the records: coins in, refill, pay-out, collection; each start checks that it adds up', () => {
  const journal = at.journal()
  journal.append([started, refilled(50), { kind: 'hopper-seen', visit: null, body: { serial: '900', total: 100 } }])
  journal.append([opened(visit), ...coins(visit, 1, 500, 500)])
  journal.append([intended(payout('p1', 7))])
  expect(journal.money(visit)).toMatchObject({ credit: 300, paying: 700, returned: 0 })
  expect(journal.recover()).toMatchObject({ payouts: [{ id: 'p1', serial: '900', coins: 7, slip: null }], visit: { credit: 300, payouts: 1 } })
  journal.append([settled('p1', 5)])
  expect(journal.money(visit)).toMatchObject({ credit: 500, paying: 0, returned: 500 })
  // Told twice: nothing moves.
  expect(journal.append([settled('p1', 5)]).skipped).toHaveLength(1)
  journal.append([claimIssued(visit, 500, 'cancelled'), ended(visit, 'cancelled')])
  expect(journal.recover()).toMatchObject({ payouts: [], hoppers: [{ serial: '900', coins: 45, total: 105 }], tillWrong: false })

  const { contents, counters, contradictions } = journal.till()
  expect(contradictions).toEqual([])
  expect(contents).toMatchObject([{ place: '900', count: 45 }, { place: 'box', ...inBox, count: 2 }])
  const since = (name: string) => counters.find((counter) => counter.name === name)
  expect(since('coins-in')).toMatchObject({ ever: 1000, since: 1000 })
  expect(since('paid-out')).toMatchObject({ ever: 500, since: 500 })
  journal.append([
    {
      kind: 'till-collected',
      visit: null,
      body: { place: 'box', expected: [{ ...inBox, count: 2 }], counted: [{ ...inBox, count: 1 }], difference: -500, by: 'test' },
    },
  ])
  const after = journal.till()
  expect(after.contradictions).toEqual([])
  expect(after.contents).toMatchObject([{ place: '900', count: 45 }])
  expect(after.counters.find(({ name }) => name === 'coins-in')).toMatchObject({ ever: 1000, since: 0 })
  expect(after.collectedAt).not.toBeNull()
  let slice = journal.verifySlice()
  while (slice.ok && !slice.done) slice = journal.verifySlice()
  expect(slice.ok).toBe(true)
  journal.close()

  const again = at.journal()
  // More left the hopper than was ever filled in: somebody filled it and told nobody.
  again.append([opened(visitId(2)), ...coins(visitId(2), 3, 500).map((record) => ({ ...record, visit: visitId(2) }) as JournalRecord)])
  again.append([{ ...intended(payout('p2', 5, 105)), visit: visitId(2) } as JournalRecord])
  again.append([{ ...settled('p2', 46, 500), visit: visitId(2) } as JournalRecord])
  expect(again.recover().tillWrong).toBe(true)
  expect(again.till().contradictions).toContainEqual({ what: 'below-nothing', place: '900', id: 'JP100A', count: -1 })
  again.close()
  at.remove()
})

test('F37 the cash box is taken out: the fact is in the chain, its count is closed, and a new period begins; what was counted stands beside it', () => {
  const other = place()
  const journal = other.journal()
  journal.append([started, opened(visit), ...coins(visit, 1, 500, 500), claimIssued(visit, 1000, 'cancelled'), ended(visit, 'cancelled')])
  const moved = (out: boolean): JournalRecord => ({ kind: 'cash-box-moved', visit: null, body: { name: 'cash', out } })
  journal.append([moved(true)])
  expect(journal.till()).toMatchObject({ contents: [{ place: 'removed', count: 2 }], contradictions: [] })
  expect(journal.till().collectedAt).not.toBeNull()
  expect(journal.till().counters.find(({ name }) => name === 'coins-in')).toMatchObject({ ever: 1000, since: 0 })
  const next = visitId(2)
  journal.append([moved(false), opened(next), ...coins(next, 3, 500), claimIssued(next, 500, 'cancelled'), ended(next, 'cancelled')])
  expect(journal.till()).toMatchObject({ contents: [{ place: 'box', count: 1 }, { place: 'removed', count: 2 }], contradictions: [] })
  const expected = [{ ...inBox, count: 2 }]
  journal.append([{ kind: 'till-collected', visit: null, body: { place: 'removed', expected, counted: expected, difference: 0, by: 'test' } }])
  expect(journal.till()).toMatchObject({ contents: [{ place: 'box', count: 1 }], contradictions: [] })
  expect(journal.till().counters.find(({ name }) => name === 'coins-in')).toMatchObject({ ever: 1500, since: 500 })
  let slice = journal.verifySlice()
  while (slice.ok && !slice.done) slice = journal.verifySlice()
  expect(slice.ok).toBe(true)
  journal.close()
  other.remove()
})

test('a journal of the program without a till gets one that follows from its records', () => {
  const rows = [wholeVisit(1), wholeVisit(2)].flat(2)
  const fresh = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false })
  migrate(fresh)
  const run = createProjections(fresh).begin()
  rows.forEach((record, index) => run.apply(record, index + 1, 0))

  const old = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false })
  migrate(old, 1)
  const insert = old.prepare('INSERT INTO journal (seq, visit, at, kind, version, body, previous, digest) VALUES (?, ?, 0, ?, 1, ?, ?, ?)')
  rows.forEach(({ visit: own, kind, body }, index) => insert.run(index + 1, own, kind, JSON.stringify(body), '', ''))
  for (const table of ['visit', 'application', 'claim'])
    for (const row of fresh.prepare(`SELECT * FROM ${table}`).all()) {
      const columns = Object.keys(row).filter((column) => !['paying', 'returned', 'redeemed_seq'].includes(column))
      old
        .prepare(`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`)
        .run(...columns.map((column) => row[column] ?? null))
    }
  expect(migrate(old)).toEqual({ ok: true })
  for (const table of ['visit', 'till', 'till_counter'])
    expect(old.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()).toEqual(fresh.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())
  expect(fresh.prepare('SELECT count(*) AS count FROM till').get()).toMatchObject({ count: 1 })
})

test('what happened to the booth: doors, cash boxes, jams, and each start that no stop came before', () => {
  const journal = at.journal()
  const moved = (open: boolean): JournalRecord => ({ kind: 'door-moved', visit: null, body: { name: 'cash', open } })
  journal.append([started, moved(true), moved(false), { kind: 'cash-box-moved', visit: null, body: { name: 'coins', out: true } }])
  journal.append([started, { kind: 'fault-raised', visit: null, body: { fault: 'coin-jam' } }, { kind: 'fault-raised', visit: null, body: { fault: 'door-open' } }])
  journal.append([{ kind: 'booth-stopped', visit: null, body: {} }, started])
  expect(journal.auditEvents().map(({ name }) => name)).toEqual(['door-open', 'cash-box-out', 'power-loss', 'coin-jam'])
  journal.close()
})

test("what the acceptor's own count must be follows from what it said last and the coins since; another acceptor's coins are not its", () => {
  const journal = at.journal()
  const said = (serial: string, counts: Readonly<Record<string, number>>): JournalRecord => ({ kind: 'acceptor-counted', visit: null, body: { serial, counts, differences: {} } })
  journal.append([started, opened(visit), ...coins(visit, 1, 500)])
  expect(journal.recover().coinCounts).toBeUndefined()
  const [credited] = coins(visit, 1, 500)
  const serial = credited?.kind === 'cursor-moved' ? credited.body.cursor.serial : credited?.kind === 'coin-credited' ? credited.body.serial : ''
  journal.append([said('another', { JP100A: 9 }), said(serial, { JP100A: 2 ** 24 - 1, JP500A: 7, all: 3 })])
  journal.append(coins(visit, 2, 500, 500))
  expect(journal.recover().coinCounts).toEqual({ [serial]: { JP100A: 1, JP500A: 7, all: 5 } })
  journal.close()
})

test("what a device counted beside the books contradicts them, by its coin, until its place is counted", () => {
  const journal = at.journal()
  const counted = (differences: Readonly<Record<string, number>>): JournalRecord => ({ kind: 'acceptor-counted', visit: null, body: { serial: '1001', counts: {}, differences } })
  const collected = (place: string): JournalRecord => ({ kind: 'till-collected', visit: null, body: { place, expected: [], counted: [], difference: 0, by: 'test' } })
  const seen = (total: number, beside?: number): JournalRecord => ({ kind: 'hopper-seen', visit: null, body: { serial: '900', total, ...(beside !== undefined && { beside }) } })
  const ofDevices = () => journal.till().contradictions.filter(({ what }) => what === 'acceptor' || what === 'hopper')
  journal.append([started, counted({}), counted({ JP100A: 2, JP500A: -1 }), counted({ JP500A: 1 }), seen(100), seen(103, 3)])
  expect(ofDevices()).toEqual([
    { what: 'acceptor', serial: '1001', id: 'JP100A', count: 2 },
    { what: 'hopper', serial: '900', id: '', count: 3 },
  ])
  expect(journal.recover().tillWrong).toBe(true)
  journal.append([collected('900')])
  expect(ofDevices()).toEqual([{ what: 'acceptor', serial: '1001', id: 'JP100A', count: 2 }])
  journal.append([collected('box')])
  expect(ofDevices()).toEqual([])
  journal.close()
})
