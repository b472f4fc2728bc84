import type { Clock } from '../../hardware/clock.ts'
import type { Submission } from '../contract/submission.ts'
import type { CentreRequest } from '../contract/centre-wire.ts'
import type { ReceiptKey } from '../contract/receipt.ts'
import type { Exchange } from './exchange.ts'
import { type Absence, readAsked, readHealth, readSent, type Unknown, type Verdict } from './read-answer.ts'
import { receiptCheck } from './receipt-check.ts'

/** What the outbox asks of the centre. Nothing here throws; every doubt is `unknown`. */
export interface CentreClient {
  send(submission: Submission, signal: AbortSignal): Promise<Verdict>
  /** What became of an application: its answer, or `absent` when the centre never got it. */
  ask(key: string, sha256: string, signal: AbortSignal): Promise<Verdict | Absence>
  /** Null when the centre is there and well; else what is the matter. */
  trouble(signal: AbortSignal): Promise<Unknown | null>
}

export interface CentreClientOptions {
  readonly exchange: Exchange
  readonly clock: Clock
  /** Whose signature under an answer is the centre's. */
  readonly receiptKeys: readonly ReceiptKey[]
}

/** Speaks the centre's protocol (centre/README.md) over `exchange`. */
export function centreClient({ exchange, clock, receiptKeys }: CentreClientOptions): CentreClient {
  const isSigned = receiptCheck(receiptKeys)
  const by = () => ({ isSigned, now: clock.now() })
  return {
    async send({ envelope, sealed }, signal) {
      const body = new TextEncoder().encode(JSON.stringify({ envelope, sealed }))
      const question: CentreRequest = {
        method: 'POST',
        path: '/v1/applications',
        headers: { 'idempotency-key': envelope.key, 'content-type': 'application/json' },
        body,
      }
      return readSent(await exchange(question, signal), envelope, by())
    },
    async ask(key, sha256, signal) {
      const exchanged = await exchange({ method: 'GET', path: `/v1/applications/${key}`, headers: {}, body: null }, signal)
      return readAsked(exchanged, { key, sha256 }, by())
    },
    async trouble(signal) {
      return readHealth(await exchange({ method: 'GET', path: '/v1/health', headers: {}, body: null }, signal), clock.now())
    },
  }
}
