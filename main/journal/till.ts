import type { DatabaseSync } from 'node:sqlite'
import type { Contradiction } from '../contract/staff.ts'
import type { JournalRecord, TillCount } from '../session/records.ts'
import { all, one } from './rows.ts'

/** Where coins lie that fell into no hopper, and where notes lie. */
export const cashBox = 'box'
export const noteBox = 'notes'
/** The cash box that was taken out and is not counted yet: its count was closed in that moment, and a new one began. */
export const removedBox = 'removed'

/** What is counted, in the smallest unit of its currency (`sales-number` in sales): ever, and since the cash box was last collected. */
export type TillCounter =
  | 'coins-in'
  | 'coins-to-box'
  | 'coins-to-hoppers'
  | 'notes-in'
  | 'paid-out'
  | 'refilled'
  | 'collected'
  | 'sales'
  | 'sales-number'
  | 'claims'
  | 'claims-redeemed'

/** What the books say of the money in the booth. */
export interface TillState {
  readonly contents: readonly (TillCount & { readonly place: string })[]
  readonly counters: readonly { readonly name: TillCounter; readonly currency: string; readonly ever: number; readonly since: number }[]
  /** When the box was last taken out or collected, milliseconds since 1970: from then on `since` counts. Null when it never was. */
  readonly collectedAt: number | null
  /** Empty when the books add up. */
  readonly contradictions: readonly Contradiction[]
}

export interface TillProjection {
  /** Writes what follows from the record; `currency` is that of its visit. */
  apply(record: JournalRecord, currency: string | null): void
}

/** Keeps the till's projections: they follow from the records alone. */
export function createTillProjection(database: DatabaseSync): TillProjection {
  const add = database.prepare(
    'INSERT INTO till (place, id, value, currency, count) VALUES (?, ?, ?, ?, ?) ON CONFLICT (place, id, value) DO UPDATE SET count = count + excluded.count',
  )
  const empty = database.prepare('DELETE FROM till WHERE place = ?')
  const raise = database.prepare(
    `INSERT INTO till_counter (name, currency, ever, since) VALUES (?, ?, ?, ?)
     ON CONFLICT (name, currency) DO UPDATE SET ever = ever + excluded.ever, since = since + excluded.since`,
  )
  const remove = database.prepare(
    `INSERT INTO till (place, id, value, currency, count) SELECT '${removedBox}', id, value, currency, count FROM till WHERE place = '${cashBox}'
     ON CONFLICT (place, id, value) DO UPDATE SET count = count + excluded.count`,
  )
  const restart = database.prepare('UPDATE till_counter SET since = 0')
  const selectPrice = database.prepare('SELECT price FROM application WHERE key = ?')
  const selectPayout = database.prepare('SELECT serial, coin, value, currency FROM payout WHERE id = ?')
  const count = (name: TillCounter, currency: string, amount: number) => raise.run(name, currency, amount, amount)

  return {
    apply(record, currency) {
      switch (record.kind) {
        case 'coin-credited': {
          const { id, value, hopper, currency: own } = record.body
          add.run(hopper ?? cashBox, id, value, own, 1)
          count('coins-in', own, value)
          count(hopper === undefined ? 'coins-to-box' : 'coins-to-hoppers', own, value)
          return
        }
        case 'note-credited': {
          const { id, value, currency: own } = record.body
          add.run(noteBox, id, value, own, 1)
          count('notes-in', own, value)
          return
        }
        case 'answered': {
          if (record.body.status !== 'received' || currency === null) return
          count('sales', currency, one<{ price: number }>(selectPrice, record.body.key)?.price ?? 0)
          count('sales-number', currency, 1)
          return
        }
        case 'delivered': {
          if (record.body.price === 0 || currency === null) return
          count('sales', currency, record.body.price)
          count('sales-number', currency, 1)
          return
        }
        case 'claim-issued':
          count('claims', record.body.claim.currency, record.body.claim.amount)
          return
        case 'claim-redeemed':
          count('claims-redeemed', record.body.currency, record.body.amount)
          return
        case 'payout-settled': {
          const payout = one<{ serial: string; coin: string; value: number; currency: string }>(selectPayout, record.body.id)
          if (!payout || record.body.paid === 0) return
          add.run(payout.serial, payout.coin, payout.value, payout.currency, -record.body.paid)
          count('paid-out', payout.currency, record.body.paid * payout.value)
          return
        }
        case 'till-refilled': {
          const { place, id, value, currency: own, count: coins } = record.body
          add.run(place, id, value, own, coins)
          count('refilled', own, coins * value)
          return
        }
        case 'cash-box-moved':
          if (!record.body.out) return
          remove.run()
          empty.run(cashBox)
          restart.run()
          return
        case 'till-collected': {
          const { place, expected } = record.body
          empty.run(place)
          if (place === cashBox) restart.run()
          for (const { currency: own, value, count: coins } of expected) count('collected', own, coins * value)
          return
        }
        default:
          return
      }
    },
  }
}

/** Reads the till, and what of it contradicts itself (EVA-DTS practice: every coin that came in lies somewhere, or went out, and the devices counted the same). */
export function createTillQuery(database: DatabaseSync): () => TillState {
  const selectContents = database.prepare('SELECT place, id, value, currency, count FROM till ORDER BY place, value DESC, id')
  const selectCounters = database.prepare('SELECT name, currency, ever, since FROM till_counter ORDER BY name, currency')
  const ofTill = `kind IN ('hopper-seen', 'till-collected', 'cash-box-moved')`
  const selectCollected = database.prepare(
    `SELECT max(at) AS at FROM journal WHERE ${ofTill} AND ((kind = 'till-collected' AND body ->> '$.place' = '${cashBox}') OR (kind = 'cash-box-moved' AND body ->> '$.out'))`,
  )
  const selectVisits = database.prepare(
    'SELECT currency, sum(inserted) AS inserted, sum(returned) AS returned FROM visit WHERE currency IS NOT NULL GROUP BY currency',
  )
  const selectClaims = database.prepare(
    'SELECT currency, sum(amount) AS issued, sum(CASE WHEN redeemed_seq IS NULL THEN 0 ELSE amount END) AS redeemed FROM claim GROUP BY currency',
  )
  const selectPaid = database.prepare('SELECT currency, sum(paid * value) AS paid FROM payout WHERE paid IS NOT NULL GROUP BY currency')
  const isUncounted = (places: string) =>
    `NOT EXISTS (SELECT 1 FROM journal AS later WHERE later.${ofTill} AND later.kind = 'till-collected' AND later.seq > seen.seq AND later.body ->> '$.place' IN (${places}))`
  const selectAcceptors = database.prepare(
    `SELECT seen.body ->> '$.serial' AS serial, beside.key AS id, sum(beside.value) AS count FROM journal AS seen, json_each(seen.body, '$.differences') AS beside
     WHERE seen.kind = 'acceptor-counted' AND ${isUncounted(`'${cashBox}', '${removedBox}'`)} GROUP BY 1, 2 HAVING sum(beside.value) <> 0`,
  )
  const selectHoppers = database.prepare(
    `SELECT seen.body ->> '$.serial' AS serial, coalesce((SELECT max(id) FROM till WHERE place = seen.body ->> '$.serial'), '') AS id, sum(seen.body ->> '$.beside') AS count
     FROM journal AS seen WHERE seen.${ofTill} AND seen.body ->> '$.beside' IS NOT NULL AND ${isUncounted("seen.body ->> '$.serial'")} GROUP BY 1 HAVING count <> 0`,
  )

  return () => {
    const contents = all<TillState['contents'][number]>(selectContents)
    const counters = all<TillState['counters'][number]>(selectCounters)
    const visits = all<{ currency: string; inserted: number; returned: number }>(selectVisits)
    const payouts = all<{ currency: string; paid: number }>(selectPaid)
    const claims = all<{ currency: string; issued: number; redeemed: number }>(selectClaims)
    const ever = (name: TillCounter, currency: string) => counters.find((counter) => counter.name === name && counter.currency === currency)?.ever ?? 0
    const collectedAt = one<{ at: number | null }>(selectCollected)?.at ?? null
    const contradictions: Contradiction[] = []
    const beside = all<{ serial: string; id: string; count: number }>
    for (const counted of beside(selectAcceptors)) contradictions.push({ what: 'acceptor', ...counted })
    for (const counted of beside(selectHoppers)) contradictions.push({ what: 'hopper', ...counted })
    for (const { place, id, count } of contents) if (count < 0) contradictions.push({ what: 'below-nothing', place, id, count })
    for (const currency of new Set([...counters, ...visits].map((row) => row.currency))) {
      const mustEqual = (what: Extract<Contradiction, { currency: string }>['what'], one: number, other: number) => {
        if (one !== other) contradictions.push({ what, currency, one, other })
      }
      const inside = contents.filter((row) => row.currency === currency).reduce((sum, { value, count }) => sum + value * count, 0)
      const visit = visits.find((row) => row.currency === currency)
      const paid = payouts.find((row) => row.currency === currency)?.paid ?? 0
      const coins = ever('coins-in', currency)
      const came = coins + ever('notes-in', currency)
      const gone = ever('paid-out', currency) + ever('collected', currency)
      mustEqual('inside', inside, came + ever('refilled', currency) - gone)
      const claim = claims.find((row) => row.currency === currency)
      mustEqual('credited', came, visit?.inserted ?? 0)
      mustEqual('coins', ever('coins-to-box', currency) + ever('coins-to-hoppers', currency), coins)
      mustEqual('claims', ever('claims', currency), claim?.issued ?? 0)
      mustEqual('claims-redeemed', ever('claims-redeemed', currency), claim?.redeemed ?? 0)
      mustEqual('paid-out', ever('paid-out', currency), paid)
      if ((visit?.returned ?? 0) > paid) contradictions.push({ what: 'returned', currency, one: visit?.returned ?? 0, other: paid })
    }
    return { contents, counters, collectedAt, contradictions }
  }
}
