import type { DatabaseSync } from 'node:sqlite'
import type { Recovered } from '../session/records.ts'
import { all, one } from './rows.ts'

/** Reads what each kind of coin's own counter of the acceptor must say by the books: what it said last, and the coins that were credited since; the index `journal_of_counters` has the former. */
export function createCoinCountQuery(database: DatabaseSync): () => Recovered['coinCounts'] {
  const selectLast = database.prepare(`SELECT seq, body FROM journal WHERE kind = 'acceptor-counted' ORDER BY seq DESC LIMIT 1`)
  const selectSince = database.prepare(
    `SELECT body ->> '$.id' AS id, count(*) AS coins FROM journal WHERE seq > ? AND kind = 'coin-credited' AND body ->> '$.serial' = ? GROUP BY id`,
  )
  return () => {
    const last = one<{ readonly seq: number; readonly body: string }>(selectLast)
    if (!last) return undefined
    const { serial, counts } = JSON.parse(last.body) as { readonly serial: string; readonly counts: Readonly<Record<string, number>> }
    const since = new Map(all<{ readonly id: string; readonly coins: number }>(selectSince, last.seq, serial).map(({ id, coins }) => [id, coins]))
    const every = [...since.values()].reduce((sum, coins) => sum + coins, 0)
    return { [serial]: Object.fromEntries(Object.entries(counts).map(([id, count]) => [id, (count + (id === 'all' ? every : (since.get(id) ?? 0))) % 2 ** 24])) }
  }
}
