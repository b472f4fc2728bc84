import type { DatabaseSync } from 'node:sqlite'
import { isSettled, type Item, moveMoney, type VisitMoney } from '../money/ledger.ts'
import { civilDateAt } from '../rulebook/civil-date.ts'
import type { JournalRecord } from '../session/records.ts'
import { createCoinCursors, createNoteCursors } from './cursors.ts'
import { JournalFailure } from './failure.ts'
import { moveOf } from './moves.ts'
import { all, one } from './rows.ts'
import { createTillProjection } from './till.ts'

/** One transaction's view of the projections. */
export interface ProjectionRun {
  /** Whether the journal holds this record's fact already: written again it would count twice. */
  holds(record: JournalRecord): boolean
  /** Writes what follows from the record with number `seq`. Throws `JournalFailure` `impossible` when it contradicts the journal. */
  apply(record: JournalRecord, seq: number, at: number): void
  /** What must hold of the transaction as a whole. */
  finish(): void
  /** The transaction is on the disk: what it left need not be read again. */
  committed(): void
}

export interface Projections {
  begin(): ProjectionRun
  /** The money of a visit; null for one that was never opened. */
  money(visit: string): VisitMoney | null
}

/** Everything that can be read off the journal's records, kept beside them in the same transaction. */
export function createProjections(database: DatabaseSync): Projections {
  const selectVisit = database.prepare('SELECT outcome, currency, inserted, credit, parked, earned, owed, paying, returned FROM visit WHERE visit = ?')
  const selectItems = database.prepare('SELECT key, price, status FROM application WHERE visit = ?')
  const selectStatus = database.prepare('SELECT status FROM application WHERE key = ?')
  const insertVisit = database.prepare('INSERT INTO visit (visit, language) VALUES (?, ?)')
  const updateService = database.prepare('UPDATE visit SET service = ?, language = ? WHERE visit = ?')
  const updateMoney = database.prepare(
    'UPDATE visit SET currency = ?, inserted = ?, credit = ?, parked = ?, earned = ?, owed = ?, paying = ?, returned = ? WHERE visit = ?',
  )
  const selectPayouts = database.prepare('SELECT id, coins * value AS amount FROM payout WHERE visit = ? AND paid IS NULL')
  const insertPayout = database.prepare(
    `INSERT INTO payout (id, visit, serial, coin, coins, value, currency, reason, counter_before, total_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const leavePayout = database.prepare('UPDATE payout SET number = ?, code = ? WHERE id = ? AND paid IS NULL')
  const settlePayout = database.prepare('UPDATE payout SET paid = ?, alarm = ? WHERE id = ? AND paid IS NULL')
  const selectPaid = database.prepare('SELECT paid FROM payout WHERE id = ?')
  const selectSettled = database.prepare('SELECT serial, total_before AS total FROM payout WHERE id = ?')
  const putHopper = database.prepare('INSERT INTO hopper (serial, total) VALUES (?, ?) ON CONFLICT (serial) DO UPDATE SET total = excluded.total')
  const redeemClaim = database.prepare('UPDATE claim SET redeemed_seq = ? WHERE number = ? AND code = ? AND redeemed_seq IS NULL')
  const selectRedeemed = database.prepare('SELECT redeemed_seq AS seq FROM claim WHERE number = ? AND code = ?')
  const till = createTillProjection(database)
  const coinCursors = createCoinCursors(database)
  const noteCursors = createNoteCursors(database)
  const updateOutcome = database.prepare('UPDATE visit SET outcome = ? WHERE visit = ?')
  const putConfirmed = database.prepare(
    `INSERT INTO application (key, visit, item, price, status) VALUES (?, ?, ?, ?, 'confirmed')
     ON CONFLICT (key) DO UPDATE SET price = excluded.price, status = excluded.status`,
  )
  const updateQueued = database.prepare(
    `UPDATE application
     SET status = 'waiting', queued_seq = ?, queued_at = ?, service = ?, number = ?, code = ?, file = ?, sha256 = ?, office = ?, confirmed_at = ?
     WHERE key = ?`,
  )
  const releaseOne = database.prepare(`UPDATE application SET status = 'not-queued' WHERE key = ?`)
  const releaseAll = database.prepare(`UPDATE application SET status = 'not-queued' WHERE visit = ? AND status = 'confirmed'`)
  const updateAnswer = database.prepare('UPDATE application SET status = ?, reason = ?, received_at = ? WHERE key = ?')
  const insertClaim = database.prepare(
    'INSERT INTO claim (number, code, visit, amount, currency, reason, issued_at, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const countNumber = database.prepare('INSERT INTO number_refused (day, count) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1')

  const money = (visit: string): VisitMoney | null => {
    const row = one<Omit<VisitMoney, 'ended' | 'items' | 'payouts'> & { readonly outcome: string | null }>(selectVisit, visit)
    if (!row) return null
    const { outcome, ...balances } = row
    const items = all<Item & { readonly key: string }>(selectItems, visit)
    const payouts = all<{ readonly id: string; readonly amount: number }>(selectPayouts, visit)
    return { ...balances, payouts: new Map(payouts.map(({ id, amount }) => [id, amount])), ended: outcome !== null, items: new Map(items.map(({ key, price, status }) => [key, { price, status }])) }
  }

  /** Open visits as the last transactions left them: nobody else writes. */
  const open = new Map<string, VisitMoney>()

  const begin = (): ProjectionRun => {
    const touched = new Map<string, VisitMoney>()
    const coins = coinCursors.begin()
    const notes = noteCursors.begin()

    const currencyOf = (visit: string) => (touched.get(visit) ?? open.get(visit) ?? money(visit))?.currency ?? null

    const moveVisit = (record: JournalRecord, visit: string) => {
      const move = moveOf(record)
      if (!move) return
      const known = touched.get(visit) ?? open.get(visit) ?? money(visit)
      if (!known) throw impossible(record, 'the visit was never opened')
      if ('key' in record.body && 'item' in record.body && record.body.key !== `${visit}-${record.body.item}`)
        throw impossible(record, 'the key is not of this visit and item')
      const done = moveMoney(known, move)
      if (!done.ok) throw impossible(record, done.fault)
      const { currency, inserted, credit, parked, earned, owed, paying, returned } = done.money
      updateMoney.run(currency, inserted, credit, parked, earned, owed, paying, returned, visit)
      touched.set(visit, done.money)
    }

    return {
      holds(record) {
        switch (record.kind) {
          case 'coin-credited':
            return coins.isCredited(record.body)
          case 'cursor-moved':
            return coins.holds(record.body.cursor)
          case 'note-credited':
            return notes.isCredited(record.body)
          case 'note-moved':
            return notes.holds(record.body.cursor)
          case 'answered':
            return one<Item>(selectStatus, record.body.key)?.status === record.body.status
          case 'payout-settled':
            return one<{ paid: number | null }>(selectPaid, record.body.id)?.paid !== null
          default:
            return false
        }
      },
      apply(record, seq, at) {
        if (record.kind === 'visit-opened') insertVisit.run(record.visit, record.body.language)
        else if (record.visit !== null) moveVisit(record, record.visit)
        till.apply(record, record.visit === null ? null : currencyOf(record.visit))
        switch (record.kind) {
          case 'service-chosen':
            updateService.run(record.body.service, record.body.language, record.visit)
            return
          case 'cursor-moved':
            coins.moved(record.body.cursor)
            return
          case 'coin-credited':
            coins.credited(record.body, seq)
            return
          case 'note-moved':
            notes.moved(record.body.cursor)
            return
          case 'note-credited':
            notes.credited(record.body, seq)
            return
          case 'confirmed':
            putConfirmed.run(record.body.key, record.visit, record.body.item, record.body.price)
            return
          case 'queued': {
            const { service, number, code, file, sha256, office, confirmedAt, key } = record.body
            updateQueued.run(seq, at, service, number, code, file, sha256, office, confirmedAt, key)
            return
          }
          case 'not-queued':
            releaseOne.run(record.body.key)
            return
          case 'recovered':
            releaseAll.run(record.visit)
            if (touched.get(record.visit)?.credit !== record.body.credit) throw impossible(record, 'the visit holds another credit')
            return
          case 'answered':
            updateAnswer.run(record.body.status, record.body.reason, record.body.receivedAt, record.body.key)
            return
          case 'claim-issued': {
            const { number, code, visit, amount, currency, reason, issuedAt } = record.body.claim
            if (visit !== record.visit) throw impossible(record, 'the claim is of another visit')
            insertClaim.run(number, code, visit, amount, currency, reason, issuedAt, seq)
            return
          }
          case 'claim-redeemed': {
            const { number, code } = record.body
            const claim = one<{ seq: number | null }>(selectRedeemed, number, code)
            if (!claim || claim.seq !== null) throw impossible(record, claim ? 'the claim was redeemed before' : 'no such claim was issued')
            redeemClaim.run(seq, number, code)
            return
          }
          case 'payout-intended': {
            const { id, serial, coin, coins: pieces, value, currency, reason, counterBefore, totalBefore } = record.body
            insertPayout.run(id, record.visit, serial, coin, pieces, value, currency, reason, counterBefore, totalBefore)
            return
          }
          case 'payout-left-open':
            leavePayout.run(record.body.number, record.body.code, record.body.id)
            return
          case 'payout-settled': {
            const { id, paid, alarm } = record.body
            settlePayout.run(paid, alarm, id)
            const known = one<{ serial: string; total: number | null }>(selectSettled, id)
            if (known && known.total !== null) putHopper.run(known.serial, (known.total + paid) % 2 ** 24)
            return
          }
          case 'hopper-seen':
            putHopper.run(record.body.serial, record.body.total)
            return
          case 'visit-ended':
            updateOutcome.run(record.body.outcome, record.visit)
            return
          case 'number-refused':
            countNumber.run(civilDateAt(at, 'Asia/Tokyo'))
            return
          default:
            return
        }
      },
      finish() {
        for (const [visit, left] of touched)
          if (!isSettled(left)) throw new JournalFailure('impossible', `visit ${visit} has ended with money that is nobody's`)
        coins.finish()
        notes.finish()
      },
      committed() {
        for (const [visit, left] of touched)
          if (left.ended) open.delete(visit)
          else open.set(visit, left)
        coins.committed()
        notes.committed()
      },
    }
  }

  return { begin, money }
}

function impossible(record: JournalRecord, why: string): JournalFailure {
  return new JournalFailure('impossible', `${record.kind}: ${why}`)
}
