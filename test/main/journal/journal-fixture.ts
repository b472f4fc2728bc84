import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type VirtualClock, virtualClock } from '../../../hardware/clock.ts'
import type { CoinCursor } from '../../../hardware/coin-acceptor/events.ts'
import type { Journal } from '../../../main/journal/journal.ts'
import { openJournal, type OpenedJournal } from '../../../main/journal/open-journal.ts'
import type { Claim, ClaimReason, JournalRecord, Outcome } from '../../../main/session/records.ts'
import { type BoothKeys, openKeys } from '../../../main/vault/keys.ts'

/** 2026-11-21 10:00 in Japan. */
export const start = Date.UTC(2026, 10, 21, 1)

/** A folder with a journal and its keys. */
export interface Place {
  readonly dir: string
  readonly file: string
  readonly keys: BoothKeys
  readonly clock: VirtualClock
  open(): OpenedJournal
  /** Opens it and says why it could not when it could not. */
  journal(): Journal
  remove(): void
}

export function place(): Place {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-journal-'))
  const file = join(dir, 'journal.db')
  const opened = openKeys(join(dir, 'keys'), { demo: true })
  if (!opened.ok) throw new Error(opened.reason)
  const clock = virtualClock(start)
  const open = () => openJournal({ file, keys: opened.keys, clock })
  const journal = () => {
    const answer = open()
    if (!answer.ok) throw new Error(`${answer.fault} ${answer.reason}: ${answer.detail}`)
    return answer.journal
  }
  return { dir, file, keys: opened.keys, clock, open, journal, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** The visit with number `n`: 32 hexadecimal digits. */
export const visitId = (n: number) => n.toString(16).padStart(32, '0')

export const opened = (visit: string): JournalRecord => ({ kind: 'visit-opened', visit, body: { language: 'ja' } })

export const serviceChosen = (visit: string): JournalRecord => ({
  kind: 'service-chosen',
  visit,
  body: { service: 'jp-mynumber-application', language: 'zh-Hant' },
})

export const cursor = (ordinal: number, serial = '4711'): CoinCursor => ({
  serial,
  counter: ordinal === 0 ? 0 : ((ordinal - 1) % 255) + 1,
  results: [1, 2, 3, 4, 5, 6, 7, 8, 9, ordinal % 256],
  ordinal,
})

export const cursorMoved = (ordinal: number, visit: string | null = null, serial = '4711'): JournalRecord => ({
  kind: 'cursor-moved',
  visit,
  body: { cursor: cursor(ordinal, serial), lost: 0, unknown: 0, alarm: null },
})

export const credited = (visit: string, ordinal: number, value = 100, serial = '4711'): JournalRecord => ({
  kind: 'coin-credited',
  visit,
  body: { serial, ordinal, counter: cursor(ordinal).counter, position: 3, id: 'JP100A', value, currency: 'JPY' },
})

/** Coins with the ordinals `first`, `first` + 1, ... and the cursor after them, as one poll of the acceptor brings them. */
export const coins = (visit: string, first: number, ...values: readonly number[]): readonly JournalRecord[] => [
  ...values.map((value, index) => credited(visit, first + index, value)),
  cursorMoved(first + values.length - 1, visit),
]

export const confirmed = (visit: string, item = 1, price = 800): JournalRecord => ({
  kind: 'confirmed',
  visit,
  body: { item, key: `${visit}-${item}`, price },
})

export const queued = (visit: string, item = 1, price = 800): JournalRecord => ({
  kind: 'queued',
  visit,
  body: {
    item,
    key: `${visit}-${item}`,
    service: 'jp-mynumber-application',
    number: '2026-1234-5678-9012',
    code: '7KQM-2XRB',
    file: `${visit}-${item}.jwe`,
    sha256: 'e'.repeat(64),
    office: 'office-DEMO-1',
    confirmedAt: '2026-11-21T10:00:00+09:00',
    price,
  },
})

export const notQueued = (visit: string, item = 1): JournalRecord => ({ kind: 'not-queued', visit, body: { item, key: `${visit}-${item}` } })

export const answered = (visit: string, status: 'received' | 'refused' | 'parked', item = 1): JournalRecord => ({
  kind: 'answered',
  visit,
  body: {
    key: `${visit}-${item}`,
    status,
    reason: status === 'received' ? null : 'closed',
    receivedAt: status === 'received' ? '2026-11-21T10:00:05+09:00' : null,
  },
})

export const claim = (visit: string, amount: number, reason: ClaimReason = 'change'): Claim => ({
  number: `C-12345-${String(Number.parseInt(visit.slice(-8), 16)).padStart(5, '0')}`,
  code: `7KQM-${String(amount).padStart(4, 'Z')}`,
  visit,
  amount,
  currency: 'JPY',
  reason,
  issuedAt: '2026-11-21T10:01:00+09:00',
})

export const claimIssued = (visit: string, amount: number, reason: ClaimReason = 'change'): JournalRecord => ({
  kind: 'claim-issued',
  visit,
  body: { claim: claim(visit, amount, reason), signature: 'signed' },
})

export const ended = (visit: string, outcome: Outcome = 'received'): JournalRecord => ({ kind: 'visit-ended', visit, body: { outcome } })

export const recovered = (visit: string, credit: number, queuedThere = false): JournalRecord => ({
  kind: 'recovered',
  visit,
  body: { credit, queued: queuedThere },
})

export const started: JournalRecord = { kind: 'booth-started', visit: null, body: { version: '0.1.0', demo: true } }

/** The transactions of a whole visit: two coins of 500, an application for 800 that is received, 200 owed. `n` 1.. in order. */
export function wholeVisit(n: number): readonly (readonly JournalRecord[])[] {
  const visit = visitId(n)
  return [
    [opened(visit)],
    [serviceChosen(visit)],
    coins(visit, n * 2 - 1, 500),
    coins(visit, n * 2, 500),
    [confirmed(visit)],
    [queued(visit)],
    [answered(visit, 'received')],
    [claimIssued(visit, 200)],
    [{ kind: 'slip-printed', visit, body: { slip: 'receipt', copy: false } }, ended(visit)],
  ]
}
