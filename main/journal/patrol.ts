import type { DatabaseSync } from 'node:sqlite'
import { type ChainHead, emptyChain } from './chain.ts'
import { createReplay, projectionTables, type Replay } from './replay.ts'
import { checksInTurn, damageFoundBy } from './page-checks.ts'
import type { Verifier } from './verify.ts'

export type VerifiedSlice =
  /** `done`: the end was reached; the next slice begins at the first row again. */
  | { readonly ok: true; readonly done: boolean; readonly checkedTo: number }
  /** `damagedAt` is a row's number; 0 when it is not a row but what was made of them. */
  | { readonly ok: false; readonly fault: 'journal-altered'; readonly damagedAt: number; readonly detail: string }

/**
 * Goes over the whole journal a few rows at a time: chain and signed heads, then one after the other whether each projection is what the records say
 * and whether every index is whole. What the start does not reach, because it begins at the last signed head, is found here.
 */
export function createPatrol(database: DatabaseSync, verifier: Verifier): (rows: number, end: ChainHead) => VerifiedSlice {
  let walked = emptyChain
  let replay: Replay | null = null
  /** Projections of this round that were found to agree. */
  let compared = 0
  /** What SQLite is asked about its pages in this round, and how much of it was. */
  let checks: readonly string[] | null = null
  let checked = 0

  const beginAgain = () => {
    replay?.close()
    replay = null
    walked = emptyChain
    compared = 0
    checks = null
    checked = 0
  }
  const altered = (damagedAt: number, detail: string): VerifiedSlice => {
    beginAgain()
    return { ok: false, fault: 'journal-altered', damagedAt, detail }
  }

  return (rows, end) => {
    const beside = (replay ??= createReplay(database))
    let last = walked.seq
    try {
      const walk = verifier.walk(walked, rows, (row) => {
        last = row.seq
        beside.take(row)
      })
      if (!walk.ok) return altered(walk.damagedAt, walk.detail)
      walked = walk.head
      const going: VerifiedSlice = { ok: true, done: false, checkedTo: walked.seq }
      if (walked.seq !== end.seq) return going
      const table = projectionTables[compared]
      if (table !== undefined) {
        compared += 1
        return beside.agrees(table) ? going : altered(0, `table ${table} does not follow from the records`)
      }
      checks ??= checksInTurn(database)
      const damage = damageFoundBy(database, checks[checked] ?? '')
      if (damage) return altered(0, damage)
      checked += 1
      if (checked < checks.length) return going
      beginAgain()
      return { ok: true, done: true, checkedTo: end.seq }
    } catch (error) {
      return altered(last, error instanceof Error ? error.message : String(error))
    }
  }
}
