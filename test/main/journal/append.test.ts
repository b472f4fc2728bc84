import { statSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { JournalFailure } from '../../../main/journal/failure.ts'
import type { Journal } from '../../../main/journal/journal.ts'
import type { JournalRecord } from '../../../main/session/records.ts'
import {
  answered,
  claim,
  claimIssued,
  coins,
  confirmed,
  credited,
  cursor,
  cursorMoved,
  ended,
  notQueued,
  opened,
  type Place,
  place,
  queued,
  start,
  started,
  visitId,
  wholeVisit,
} from './journal-fixture.ts'

let here: Place
let journal: Journal
beforeEach(() => {
  here = place()
  journal = here.journal()
})
afterEach(() => {
  journal.close()
  here.remove()
})

const visit = visitId(1)
const nothing = { inserted: 0, credit: 0, parked: 0, earned: 0, owed: 0, paying: 0, returned: 0 }

/** Appends what must be refused and answers why; the journal must be as it was before. */
function refusal(...records: readonly JournalRecord[]): string {
  const before = { head: journal.head(), totals: journal.totals(), recovered: journal.recover() }
  try {
    journal.append(records)
  } catch (error) {
    expect(error).toBeInstanceOf(JournalFailure)
    expect({ head: journal.head(), totals: journal.totals(), recovered: journal.recover() }).toEqual(before)
    return error instanceof JournalFailure ? `${error.fault} ${error.reason}` : 'not typed'
  }
  return 'recorded'
}
const impossible = 'journal-write-failed impossible'

test('the journal is readable by its owner alone', () => {
  expect(statSync(here.file).mode & 0o777).toBe(0o600)
  journal.append([started])
  expect(statSync(`${here.file}-wal`).mode & 0o777).toBe(0o600)
  expect(statSync(`${here.file}.head`).mode & 0o777).toBe(0o600)
})

test('a whole visit: what is inserted is earned and owed, nothing is left over', () => {
  for (const records of wholeVisit(1)) journal.append(records)
  expect(journal.money(visit)).toEqual({ currency: 'JPY', inserted: 1000, credit: 0, parked: 0, earned: 800, owed: 200, paying: 0, returned: 0 })
  expect(journal.totals()).toEqual([{ currency: 'JPY', inserted: 1000, credit: 0, parked: 0, earned: 800, owed: 200, paying: 0, returned: 0 }])
  expect(journal.claims(visit)).toEqual([claim(visit, 200)])
  expect(journal.recover().visit).toBeNull()
})

test('money goes where the records say, step by step', () => {
  journal.append([opened(visit)])
  expect(journal.money(visit)).toEqual({ currency: null, ...nothing })
  journal.append(coins(visit, 1, 500, 500))
  expect(journal.money(visit)).toMatchObject({ inserted: 1000, credit: 1000 })
  journal.append([confirmed(visit)])
  expect(journal.money(visit)).toMatchObject({ credit: 200, parked: 800 })
  journal.append([notQueued(visit)])
  expect(journal.money(visit)).toMatchObject({ credit: 1000, parked: 0 })
  journal.append([confirmed(visit)])
  journal.append([queued(visit)])
  expect(journal.money(visit)).toMatchObject({ credit: 200, parked: 800 })
  journal.append([answered(visit, 'parked')])
  expect(journal.money(visit)).toMatchObject({ credit: 200, parked: 800 })
  journal.append([answered(visit, 'refused'), claimIssued(visit, 800, 'refused')])
  expect(journal.money(visit)).toMatchObject({ credit: 200, parked: 0, owed: 800 })
})

test('a refusal that comes after the visit has ended makes a claim in the same transaction, and cannot come without one', () => {
  for (const records of [[opened(visit)], coins(visit, 1, 500, 100, 100, 100), [confirmed(visit)], [queued(visit)], [ended(visit, 'not-confirmed')]])
    journal.append(records)
  expect(refusal(answered(visit, 'refused'))).toBe(impossible)
  journal.append([answered(visit, 'refused'), claimIssued(visit, 800, 'refused')])
  expect(journal.money(visit)).toMatchObject({ owed: 800, parked: 0, credit: 0 })
})

test('F24 cursor and credit are one transaction: neither is ever there without the other', () => {
  journal.append([opened(visit), cursorMoved(0)])
  expect(refusal(credited(visit, 1))).toBe(impossible)
  expect(refusal(credited(visit, 2), cursorMoved(1))).toBe(impossible)
  journal.append([credited(visit, 1), cursorMoved(1, visit)])
  expect(journal.recover()).toMatchObject({ cursors: [cursor(1)], visit: { credit: 100 } })
  expect(refusal(cursorMoved(2), credited(visit, 2), { kind: 'visit-opened', visit: visitId(2), body: { language: 'ja' } })).toBe(impossible)
  expect(journal.recover()).toMatchObject({ cursors: [cursor(1)], visit: { credit: 100 } })
})

test('F24 I2 the same poll reported twice counts once and is said to have been there', () => {
  journal.append([opened(visit)])
  const poll = coins(visit, 1, 100, 500)
  expect(journal.append(poll).skipped).toEqual([])
  const again = journal.append(poll)
  expect(again.skipped).toEqual(poll)
  expect(again.seq).toBe(journal.head().seq)
  expect(journal.money(visit).inserted).toBe(600)
  // A poll that brings the old coins and a new one credits the new one.
  const more = [...poll.slice(0, 2), ...coins(visit, 3, 50)]
  expect(journal.append(more).skipped).toEqual(poll.slice(0, 2))
  expect(journal.money(visit).inserted).toBe(650)
  expect(journal.recover().cursors).toEqual([cursor(3)])
})

test('F24 an old cursor never moves the newer one back', () => {
  journal.append([cursorMoved(7)])
  expect(journal.append([cursorMoved(5)]).skipped).toHaveLength(1)
  expect(journal.recover().cursors).toEqual([cursor(7)])
})

test('F24 a reset acceptor keeps its ordinal and starts its counter again', () => {
  journal.append([cursorMoved(7)])
  const reset: JournalRecord = {
    kind: 'cursor-moved',
    visit: null,
    body: { cursor: { ...cursor(7), counter: 0, results: Array<number>(10).fill(0) }, lost: 0, unknown: 0, alarm: 'reset' },
  }
  expect(journal.append([reset]).skipped).toEqual([])
  expect(journal.recover().cursors).toMatchObject([{ counter: 0, ordinal: 7 }])
})

test('F24 a coin that the cursor has passed is never credited afterwards', () => {
  journal.append([opened(visit), cursorMoved(5)])
  expect(refusal(credited(visit, 4), cursorMoved(6, visit))).toBe(impossible)
})

test('two acceptors count for themselves', () => {
  journal.append([opened(visit), credited(visit, 1, 100, '1'), cursorMoved(1, visit, '1'), credited(visit, 1, 500, '2'), cursorMoved(1, visit, '2')])
  expect(journal.money(visit).inserted).toBe(600)
  expect(journal.recover().cursors.map((one) => one.serial)).toEqual(['1', '2'])
})

test('an answer that comes twice is recorded once', () => {
  for (const records of wholeVisit(1)) journal.append(records)
  const { seq } = journal.head()
  expect(journal.append([answered(visit, 'received')])).toMatchObject({ seq, skipped: [answered(visit, 'received')] })
  expect(journal.money(visit).earned).toBe(800)
})

test('what contradicts the journal is refused whole and leaves no trace', () => {
  journal.append([opened(visit), ...coins(visit, 1, 500)])
  expect(refusal(confirmed(visit))).toBe(impossible)
  expect(refusal(queued(visit))).toBe(impossible)
  expect(refusal(answered(visit, 'received'))).toBe(impossible)
  expect(refusal(ended(visit))).toBe(impossible)
  expect(refusal(claimIssued(visit, 501))).toBe(impossible)
  expect(refusal(claimIssued(visitId(2), 100))).toBe(impossible)
  expect(refusal(opened(visit))).toBe(impossible)
  expect(refusal(opened(visitId(2)))).toBe(impossible)
  expect(refusal(...coins(visitId(2), 2, 100))).toBe(impossible)
  expect(refusal({ kind: 'confirmed', visit, body: { item: 1, key: `${visitId(2)}-1`, price: 500 } })).toBe(impossible)
  expect(refusal({ kind: 'recovered', visit, body: { credit: 499, queued: false } })).toBe(impossible)
  expect(journal.append([claimIssued(visit, 500, 'cancelled'), ended(visit, 'cancelled')]).skipped).toEqual([])
})

test('refused Individual Numbers are counted a day in Japan, and nothing else of them is kept', () => {
  const record: JournalRecord = { kind: 'number-refused', visit: null, body: {} }
  journal.append([record])
  journal.append([record])
  here.clock.setWall(start + 14 * 3_600_000)
  journal.append([record])
  expect(journal.numbersRefused('2026-11-21')).toBe(2)
  expect(journal.numbersRefused('2026-11-22')).toBe(1)
  expect(journal.numbersRefused('2026-11-23')).toBe(0)
})

test('the outbox says what is to be sent, oldest first, and which files it needs', () => {
  for (const n of [1, 2, 3]) {
    here.clock.setWall(start + n * 60_000)
    for (const records of wholeVisit(n).slice(0, 6)) journal.append(records)
    journal.append([claimIssued(visitId(n), 200), ended(visitId(n), 'not-confirmed')])
  }
  journal.append([answered(visitId(1), 'received')])
  journal.append([answered(visitId(2), 'parked')])
  expect(journal.waiting().map((entry) => entry.key)).toEqual([`${visitId(3)}-1`])
  expect(journal.parked().map((entry) => entry.key)).toEqual([`${visitId(2)}-1`])
  expect([...journal.sealedFiles()].sort()).toEqual([`${visitId(2)}-1.jwe`, `${visitId(3)}-1.jwe`])
  expect(journal.outboxEntry(`${visitId(1)}-1`)).toBeNull()
  expect(journal.outboxEntry(`${visitId(3)}-1`)).toEqual({
    key: `${visitId(3)}-1`,
    visit: visitId(3),
    item: 1,
    service: 'jp-mynumber-application',
    number: '2026-1234-5678-9012',
    code: '7KQM-2XRB',
    file: `${visitId(3)}-1.jwe`,
    sha256: 'e'.repeat(64),
    office: 'office-DEMO-1',
    confirmedAt: '2026-11-21T10:00:00+09:00',
    price: 800,
    queuedAt: start + 180_000,
    status: 'waiting',
  })
})

test('an empty append writes nothing', () => {
  journal.append([started])
  const head = journal.head()
  expect(journal.append([])).toMatchObject({ seq: head.seq, skipped: [] })
  expect(journal.head()).toEqual(head)
})

test('a closed journal takes nothing', () => {
  const other = place()
  const closed = other.journal()
  closed.close()
  expect(() => closed.append([started])).toThrow(JournalFailure)
  other.remove()
})

test('a visit leaves a few kilobytes, and an empty log', () => {
  const visits = 200
  for (let n = 1; n <= visits; n += 1) {
    journal.append(wholeVisit(n).flat())
    expect(journal.checkpoint()).toBe(true)
    expect(statSync(`${here.file}-wal`).size).toBe(0)
  }
  expect(statSync(here.file).size / visits).toBeLessThan(8_192)
})
