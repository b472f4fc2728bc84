import type { DatabaseSync } from 'node:sqlite'
import type { Language } from '../contract/language.ts'
import type { AuditEvent } from '../money/audit-events.ts'
import type { Balances } from '../money/ledger.ts'
import type { Claim, Edition, JournalRecord, OpenPayout, Recovered, RecoveredDoor, RecoveredRemote, SeenDevices } from '../session/records.ts'
import type { OutboxItem } from '../submissions/envelope.ts'
import { createAuditEventQuery } from './audit-events.ts'
import { createCoinCountQuery } from './coin-counts.ts'
import { createCoinCursors, createNoteCursors } from './cursors.ts'
import { all, one } from './rows.ts'
import { createRemoteQueries } from './remote.ts'
import { createStaffQueries, type LastRecovery } from './staff.ts'
import { cashBox, createTillQuery, type TillState } from './till.ts'

/** An application in the outbox. */
export interface OutboxEntry extends OutboxItem {
  readonly item: number
  /** `waiting` is still to be sent; `parked` waits for a person. */
  readonly status: 'waiting' | 'parked'
}

export interface Totals extends Balances {
  /** ISO 4217. */
  readonly currency: string
}

export interface Queries {
  recover(): Recovered
  /** Everything ever taken, one row a currency. */
  totals(): readonly Totals[]
  /** Applications still to be sent, oldest first. */
  waiting(): readonly OutboxEntry[]
  /** Applications whose final answer a person must look at, oldest first. */
  parked(): readonly OutboxEntry[]
  /** An application of the outbox by its key; null when it is settled or was never queued. */
  outboxEntry(key: string): OutboxEntry | null
  /** Files that the outbox still needs; every other one may go. */
  sealedFiles(): ReadonlySet<string>
  /** Every claim ever issued in a visit, in order. */
  claims(visit: string): readonly Claim[]
  /** The claim with this number and code, whether staff paid it, and the slip of a pay-out that is still open; null when this booth knows neither. */
  claim(number: string, code: string): KnownClaim | null
  /** Claims that nobody has fetched, oldest first. */
  openClaims(): readonly Claim[]
  /** What the books say of the money in the booth. */
  till(): TillState
  /** What happened to the booth that an audit tells, oldest first; reads the whole journal. */
  auditEvents(): readonly AuditEvent[]
  /** What the operator's centre commanded, and what came of it. */
  remote(): RecoveredRemote
  /** What staff left behind: PINs tried, who is signed in, whether they closed the booth. */
  staffDoor(): RecoveredDoor
  /** What the last start found and decided; null before the first one. */
  lastRecovery(): LastRecovery | null
  /** When the last record was made, milliseconds since 1970; null when there is none. */
  lastAt(): number | null
  /** The newest version of each that was ever in force; 0 where there was none. */
  newestEditions(): Readonly<Record<Edition['what'], number>>
  /** The digest of the row with this number, which vouches for all before it; null when there is none. */
  digestAt(seq: number): string | null
  /** How many Individual Numbers were refused on a day, `YYYY-MM-DD` in Japan. */
  numbersRefused(day: string): number
}

/** What is known of a slip that somebody brings. */
export type KnownClaim =
  | { readonly state: 'open' | 'redeemed'; readonly claim: Claim; /** As it was issued. */ readonly signature: string }
  /** The hopper has not said yet what came out. */
  | { readonly state: 'unsettled' }

interface OpenVisit {
  readonly visit: string
  readonly service: string | null
  readonly language: Language
  readonly credit: number
  readonly returned: number
}

interface QueuedItem {
  readonly key: string
  readonly item: number
  readonly number: string
  readonly code: string
  readonly price: number
  readonly status: 'waiting' | 'received' | 'refused' | 'parked'
}

const outboxColumns =
  'key, visit, item, service, number, code, file, sha256, office, confirmed_at AS confirmedAt, price, queued_at AS queuedAt, status'

/** What can be asked of the journal. */
export function createQueries(database: DatabaseSync): Queries {
  const coinCursors = createCoinCursors(database)
  const noteCursors = createNoteCursors(database)
  const selectOpen = database.prepare('SELECT visit, service, language, credit, returned FROM visit WHERE outcome IS NULL')
  const selectUnqueued = database.prepare(`SELECT coalesce(sum(price), 0) AS price FROM application WHERE visit = ? AND status = 'confirmed'`)
  const selectItem = database.prepare('SELECT coalesce(max(item), 1) AS item FROM application WHERE visit = ?')
  const selectQueued = database.prepare(
    `SELECT key, item, number, code, price, status FROM application
     WHERE visit = ? AND status IN ('waiting', 'received', 'refused', 'parked') ORDER BY item DESC LIMIT 1`,
  )
  const claimColumns = 'number, code, visit, amount, currency, reason, issued_at AS issuedAt'
  const selectClaims = database.prepare(`SELECT ${claimColumns} FROM claim WHERE visit = ? ORDER BY seq`)
  const selectClaim = database.prepare(
    `SELECT ${claimColumns}, redeemed_seq AS redeemedSeq, (SELECT body ->> '$.signature' FROM journal WHERE journal.seq = claim.seq) AS signature
     FROM claim WHERE number = ? AND code = ?`,
  )
  const selectLeftOpen = database.prepare('SELECT id FROM payout WHERE number = ? AND code = ? AND paid IS NULL')
  const selectOpenClaims = database.prepare(`SELECT ${claimColumns} FROM claim WHERE redeemed_seq IS NULL ORDER BY seq`)
  const selectPrinted = database.prepare(
    `SELECT json_extract(body, '$.slip') AS slip FROM journal WHERE visit = ? AND kind = 'slip-printed' AND seq >
       (SELECT coalesce(max(seq), 0) FROM journal WHERE visit = ? AND kind IN ('queued', 'answered', 'claim-issued'))`,
  )
  const countDelivered = database.prepare(`SELECT count(*) AS times FROM journal WHERE visit = ? AND kind = 'delivered'`)
  const selectOutbox = database.prepare(`SELECT ${outboxColumns} FROM application WHERE status = ? ORDER BY queued_seq`)
  const selectEntry = database.prepare(`SELECT ${outboxColumns} FROM application WHERE key = ? AND status IN ('waiting', 'parked')`)
  const selectFiles = database.prepare(`SELECT file FROM application WHERE status IN ('waiting', 'parked')`)
  const selectTotals = database.prepare(
    `SELECT currency, sum(inserted) AS inserted, sum(credit) AS credit, sum(parked) AS parked, sum(earned) AS earned, sum(owed) AS owed,
       sum(paying) AS paying, sum(returned) AS returned
     FROM visit WHERE currency IS NOT NULL GROUP BY currency ORDER BY currency`,
  )
  const countPayouts = database.prepare('SELECT count(*) AS payouts FROM payout WHERE visit = ?')
  const selectPayouts = database.prepare(
    `SELECT id, visit, serial, coin, coins, value, currency, reason, counter_before AS counterBefore, total_before AS totalBefore, number, code
     FROM payout WHERE paid IS NULL ORDER BY id`,
  )
  const selectHoppers = database.prepare(
    `SELECT hopper.serial AS serial, hopper.total AS total, coalesce(sum(till.count), 0) AS coins
     FROM hopper LEFT JOIN till ON till.place = hopper.serial GROUP BY hopper.serial
     UNION SELECT place, NULL, sum(count) FROM till WHERE place <> '${cashBox}' AND place NOT IN (SELECT serial FROM hopper) GROUP BY place`,
  )
  const coinCounts = createCoinCountQuery(database)
  const selectSeen = database.prepare(`SELECT body FROM journal WHERE kind = 'device-seen' ORDER BY seq`)
  const seenDevices = (): SeenDevices | undefined => {
    const bodies = all<{ readonly body: string }>(selectSeen).map(({ body }) => JSON.parse(body) as Extract<JournalRecord, { kind: 'device-seen' }>['body'])
    return bodies.length > 0 ? Object.fromEntries(bodies.map(({ device, identity }) => [device, identity])) : undefined
  }
  const till = createTillQuery(database)
  const selectLastAt = database.prepare('SELECT at FROM journal ORDER BY seq DESC LIMIT 1')
  const selectEditions = database.prepare(
    `SELECT body ->> '$.what' AS what, max(body ->> '$.version') AS version FROM journal WHERE kind = 'edition-in-force' GROUP BY 1`,
  )
  const selectDigest = database.prepare('SELECT digest FROM journal WHERE seq = ?')
  const selectNumbers = database.prepare('SELECT count FROM number_refused WHERE day = ?')

  const claims = (visit: string) => all<Claim>(selectClaims, visit)
  const recoverVisit = (): Recovered['visit'] => {
    const open = one<OpenVisit>(selectOpen)
    if (!open) return null
    const queued = one<QueuedItem>(selectQueued, open.visit)
    return {
      ...open,
      credit: open.credit + (one<{ price: number }>(selectUnqueued, open.visit)?.price ?? 0),
      item: one<{ item: number }>(selectItem, open.visit)?.item ?? 1,
      queued: queued && { key: queued.key, number: queued.number, code: queued.code, price: queued.price, status: queued.status },
      payouts: one<{ payouts: number }>(countPayouts, open.visit)?.payouts ?? 0,
      claims: claims(open.visit),
      printed: all<{ slip: string }>(selectPrinted, open.visit, open.visit).map(({ slip }) => slip),
      delivered: (one<{ times: number }>(countDelivered, open.visit)?.times ?? 0) > 0,
    }
  }

  return {
    claims,
    ...createRemoteQueries(database),
    ...createStaffQueries(database),
    recover() {
      return {
        cursors: coinCursors.all(),
        notes: noteCursors.all(),
        payouts: all<Omit<OpenPayout, 'slip'> & { number: string | null; code: string | null }>(selectPayouts).map(({ number, code, ...payout }) => ({
          ...payout,
          slip: number !== null && code !== null ? { number, code } : null,
        })),
        hoppers: all<Recovered['hoppers'][number]>(selectHoppers),
        coinCounts: coinCounts(),
        seen: seenDevices(),
        tillWrong: till().contradictions.length > 0,
        visit: recoverVisit(),
      }
    },
    claim(number, code) {
      const row = one<Claim & { readonly redeemedSeq: number | null; readonly signature: string }>(selectClaim, number, code)
      if (!row) return one(selectLeftOpen, number, code) ? { state: 'unsettled' } : null
      const { redeemedSeq, signature, ...claim } = row
      return { state: redeemedSeq === null ? 'open' : 'redeemed', claim, signature }
    },
    openClaims: () => all<Claim>(selectOpenClaims),
    till,
    auditEvents: createAuditEventQuery(database),
    totals: () => all<Totals>(selectTotals),
    waiting: () => all<OutboxEntry>(selectOutbox, 'waiting'),
    parked: () => all<OutboxEntry>(selectOutbox, 'parked'),
    outboxEntry: (key) => one<OutboxEntry>(selectEntry, key),
    sealedFiles: () => new Set(all<{ file: string }>(selectFiles).map((row) => row.file)),
    newestEditions: () => ({ pack: 0, rulebook: 0, ...Object.fromEntries(all<Edition>(selectEditions).map(({ what, version }) => [what, version])) }),
    digestAt: (seq) => one<{ digest: string }>(selectDigest, seq)?.digest ?? null,
    lastAt: () => one<{ at: number }>(selectLastAt)?.at ?? null,
    numbersRefused: (day) => one<{ count: number }>(selectNumbers, day)?.count ?? 0,
  }
}
