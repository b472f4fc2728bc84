import type { MoneyMove } from '../money/ledger.ts'
import type { JournalRecord } from '../session/records.ts'

/** What a record does to its visit's money; null when it does nothing. The ledger follows from this and from nothing else. */
export function moveOf(record: JournalRecord): MoneyMove | null {
  switch (record.kind) {
    case 'coin-credited':
    case 'note-credited':
      return { move: 'insert', amount: record.body.value, currency: record.body.currency }
    case 'confirmed':
      return { move: 'set-aside', key: record.body.key, price: record.body.price }
    case 'queued':
      return { move: 'queue', key: record.body.key, price: record.body.price }
    case 'not-queued':
      return { move: 'release', key: record.body.key }
    case 'recovered':
      return { move: 'release-unqueued' }
    case 'answered':
      return { move: 'answer', key: record.body.key, status: record.body.status }
    case 'delivered':
      return { move: 'earn', amount: record.body.price }
    case 'claim-issued':
      return { move: 'owe', amount: record.body.claim.amount, currency: record.body.claim.currency }
    case 'payout-intended':
      return { move: 'pay', id: record.body.id, amount: record.body.coins * record.body.value, currency: record.body.currency }
    case 'payout-settled':
      return { move: 'paid', id: record.body.id, returned: record.body.returned }
    case 'visit-ended':
      return { move: 'end' }
    case 'booth-started':
    case 'recovery':
    case 'booth-stopped':
    case 'visit-opened':
    case 'service-chosen':
    case 'cursor-moved':
    case 'note-moved':
    case 'claim-redeemed':
    case 'payout-left-open':
    case 'hopper-seen':
    case 'acceptor-counted':
    case 'device-seen':
    case 'till-refilled':
    case 'till-collected':
    case 'slip-printed':
    case 'slip-failed':
    case 'sheet-printed':
    case 'sheet-failed':
    case 'number-refused':
    case 'fault-raised':
    case 'fault-cleared':
    case 'offer-refused':
    case 'edition-in-force':
    case 'remote-command':
    case 'door-moved':
    case 'cash-box-moved':
    case 'page-lost':
    case 'staff-tried':
    case 'staff-signed-in':
    case 'staff-signed-out':
    case 'booth-closed':
    case 'booth-opened':
      return null
  }
}
