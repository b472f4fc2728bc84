import type { BoothReport } from '../contract/staff.ts'
import type { Journal } from '../journal/journal.ts'
import { type BrowserEngine, describeEngine } from './browser-engine.ts'
import { isoTimeAt, zoneOfMoney } from '../rulebook/zoned-time.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'

/** What a booth is, for its report. `now`: milliseconds since 1970. */
export interface ReportedBooth {
  readonly journal: Journal
  readonly rulebook: Rulebook
  readonly version: string
  readonly engine: BrowserEngine | null
  readonly currency: string
  readonly now: number
}

/** What a technician asks first: the till and whether its books add up (EVA-DTS practice), what waits, what the last start found, and what this booth runs on. */
export function makeReport({ journal, rulebook, version, engine, currency, now }: ReportedBooth): BoothReport {
  /** `2026-11-21 18:05`. */
  const shortTime = (at: number) => isoTimeAt(at, zoneOfMoney(currency)).slice(0, 16).replace('T', ' ')
  const { contents, counters, contradictions, collectedAt } = journal.till()
  const claims = journal.openClaims()
  const recovery = journal.lastRecovery()
  return {
    contents: contents.filter(({ count }) => count !== 0),
    counters,
    collectedAt: collectedAt === null ? null : shortTime(collectedAt),
    contradictions,
    waiting: journal.waiting().length,
    parked: journal.parked().length,
    claims: { count: claims.length, amount: claims.reduce((sum, { amount }) => sum + amount, 0) },
    recovery: recovery && {
      at: shortTime(recovery.at),
      visit: recovery.body.found.visit !== null,
      credit: recovery.body.found.credit,
      payouts: recovery.body.found.payouts.length,
      notes: recovery.body.found.notes.length,
      decided: recovery.body.decided,
    },
    version,
    engine: engine && describeEngine(engine, now),
    rulebook: { version: rulebook.version, issued: rulebook.issued },
  }
}
