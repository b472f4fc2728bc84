import type { DatabaseSync } from 'node:sqlite'
import { moveMoney, noMoney, type VisitMoney } from '../money/ledger.ts'
import type { JournalRecord } from '../session/records.ts'
import { type ChainHead, emptyChain, follows, type JournalRow } from './chain.ts'
import type { Heads, SignedHead } from './heads.ts'
import { moveOf } from './moves.ts'
import type { Projections } from './projections.ts'
import { all, one } from './rows.ts'

/** How a walk along the chain ended. `damagedAt` is the first row that does not follow from those before it, or whose signature is false. */
export type Walk = { readonly ok: true; readonly head: ChainHead } | { readonly ok: false; readonly damagedAt: number; readonly detail: string }

export interface Verifier {
  /** Walks at most `rows` rows on from `from`, which counts as true; `visit` sees each of them. */
  walk(from: ChainHead, rows: number, visit?: (row: JournalRow) => void): Walk
  /** The row with number `seq` as a head to walk on from; null when there is none. */
  headAt(seq: number): ChainHead | null
  /** Whether the money of `visit` in the projections is what its records say. */
  moneyFollows(visit: string): boolean
}

/** Checks what the journal says against itself. */
export function createVerifier(database: DatabaseSync, heads: Heads, projections: Projections): Verifier {
  const selectRows = database.prepare('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?')
  const selectRow = database.prepare('SELECT seq, digest FROM journal WHERE seq = ?')
  const selectOfVisit = database.prepare('SELECT * FROM journal WHERE visit = ? ORDER BY seq')
  const selectHead = database.prepare('SELECT * FROM signed_head WHERE seq = ?')
  return {
    headAt: (seq) => (seq === 0 ? emptyChain : one<ChainHead>(selectRow, seq)),
    walk(from, rows, visit) {
      let head = from
      for (const row of all<JournalRow>(selectRows, from.seq, rows)) {
        if (!follows(head, row)) return { ok: false, damagedAt: row.seq, detail: 'the chain is broken' }
        const signed = one<SignedHead>(selectHead, row.seq)
        if (signed && !heads.isTrue(signed, row.digest)) return { ok: false, damagedAt: row.seq, detail: "the signature is not this booth's" }
        visit?.(row)
        head = { seq: row.seq, digest: row.digest }
      }
      return { ok: true, head }
    },
    moneyFollows(visit) {
      let expected = noMoney
      for (const row of all<JournalRow>(selectOfVisit, visit)) {
        const move = moveOf(toRecord(row))
        const moved = move && moveMoney(expected, move)
        if (moved && !moved.ok) return false
        if (moved) expected = moved.money
      }
      const held = projections.money(visit)
      return held !== null && asText(held) === asText(expected)
    },
  }
}

/** The record that a row holds; its digest vouches that it is what `append` wrote. */
export function toRecord(row: JournalRow): JournalRecord {
  return { kind: row.kind, visit: row.visit, body: JSON.parse(row.body) } as JournalRecord
}

function asText({ currency, inserted, credit, parked, earned, owed, paying, returned, ended, items, payouts }: VisitMoney): string {
  const open = [...payouts].sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([currency, inserted, credit, parked, earned, owed, paying, returned, ended, open, [...items].sort(([one], [other]) => (one < other ? -1 : 1))])
}
