import { createHash } from 'node:crypto'
import type { Envelope } from '../contract/submission.ts'
import type { QueuedApplication } from '../session/records.ts'

/** An application in the outbox, as the journal keeps it. */
export interface OutboxItem extends QueuedApplication {
  readonly visit: string
  /** Milliseconds since 1970. */
  readonly queuedAt: number
}

/** What stands on the outside of a sealed application: nothing personal, and the slip's code only as a hash. */
export function envelopeOf(item: OutboxItem, booth: { readonly id: string; readonly demo: boolean }): Envelope {
  const { key, service, number, sha256, office, confirmedAt } = item
  return { key, booth: booth.id, service, number, codeHash: slipCodeHash(number, item.code), sha256, office, confirmedAt, demo: booth.demo }
}

/** What the centre knows of a slip's code: SHA-256 of number, ':' and code. */
export function slipCodeHash(number: string, code: string): string {
  return createHash('sha256').update(`${number}:${code}`).digest('hex')
}
