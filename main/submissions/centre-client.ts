import type { Clock } from '../../hardware/clock.ts'
import type { Submission } from '../contract/submission.ts'
import type { CentreRequest } from '../contract/centre-wire.ts'
import type { Exchange, Exchanged } from './exchange.ts'
import { type Absence, readAsked, readSent, type Verdict } from './read-answer.ts'

/** What the outbox asks of the centre. Nothing here throws; every doubt is `unknown`. */
export interface CentreClient {
  send(submission: Submission, signal: AbortSignal): Promise<Verdict>
  /** What became of an application: its answer, or `absent` when the centre never got it. */
  ask(key: string, sha256: string, signal: AbortSignal): Promise<Verdict | Absence>
  /** Null when the centre is there; else the trouble in a technician's word. */
  trouble(signal: AbortSignal): Promise<string | null>
}

/** Speaks the centre's protocol (centre/README.md) over `exchange`. */
export function centreClient(options: { readonly exchange: Exchange; readonly clock: Clock }): CentreClient {
  const { exchange, clock } = options
  return {
    async send({ envelope, sealed }, signal) {
      const body = new TextEncoder().encode(JSON.stringify({ envelope, sealed }))
      const question: CentreRequest = {
        method: 'POST',
        path: '/v1/applications',
        headers: { 'idempotency-key': envelope.key, 'content-type': 'application/json' },
        body,
      }
      return readSent(await exchange(question, signal), envelope, clock.now())
    },
    async ask(key, sha256, signal) {
      const exchanged = await exchange({ method: 'GET', path: `/v1/applications/${key}`, headers: {}, body: null }, signal)
      return readAsked(exchanged, { key, sha256 }, clock.now())
    },
    async trouble(signal) {
      return troubleOf(await exchange({ method: 'GET', path: '/v1/health', headers: {}, body: null }, signal))
    },
  }
}

function troubleOf(exchanged: Exchanged): string | null {
  if (!exchanged.ok) return exchanged.reason === 'stopped' ? 'timeout' : exchanged.reason
  const { status, headers, body } = exchanged.reply
  if (status !== 200) return status === 401 || status === 403 ? 'not-allowed' : `http-${status}`
  const isCentre = (headers['content-type'] ?? '').startsWith('application/json') && new TextDecoder().decode(body) === '{"status":"ok"}'
  return isCentre ? null : 'not-the-centre'
}
