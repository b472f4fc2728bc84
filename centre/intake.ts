import { createHash } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { applicationKey, type CentreAnswer, type CentreProblem, type Envelope, type refusalReasons, submission } from '../main/contract/submission.ts'
import { parseStrictJson } from '../main/contract/strict-json.ts'
import type { CentreStorage } from './storage.ts'
import type { CentreReply, CentreRequest } from '../main/contract/centre-wire.ts'
import { json } from './replies.ts'

export type RefusalReason = (typeof refusalReasons)[number]

/** Bytes of a request's body: a sealed application of 16 million characters and its envelope. */
export const largestBodyBytes = 16_100_000

/** What a centre takes; null: any. */
export interface Accepts {
  readonly booths: readonly string[] | null
  readonly offices: readonly string[] | null
}

export interface IntakeOptions {
  readonly storage: CentreStorage
  readonly accepts: Accepts
  /** ISO 8601 with Japan's offset. */
  readonly now: () => string
  /** Whether the operator has everything that is new refused, and why. */
  readonly refuse: () => RefusalReason | null
}

/** `POST /v1/applications`: keeps a sealed application once, whatever arrives how often, and answers the same each time. */
export async function takeApplication(request: CentreRequest, options: IntakeOptions): Promise<CentreReply> {
  const given = request.headers['idempotency-key'] ?? ''
  const key = applicationKey.safeParse(given).success ? given : null
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) return problem(415, 'unsupported', key)
  const body = request.body ?? new Uint8Array()
  if (body.length > largestBodyBytes) return problem(413, 'too-large', key)
  const parsed = parseStrictJson(body)
  const read = parsed.ok ? submission.safeParse(parsed.value) : null
  if (!read?.success || key !== read.data.envelope.key) return problem(400, 'malformed', key)
  const { envelope, sealed } = read.data
  if (createHash('sha256').update(sealed).digest('hex') !== envelope.sha256) return problem(400, 'malformed', key)

  const reason = options.refuse() ?? whyRefused(envelope, sealed, options.accepts)
  const about = { key: envelope.key, sha256: envelope.sha256 }
  const answer: CentreAnswer = reason ? { status: 'refused', ...about, reason } : { status: 'received', ...about, receivedAt: options.now() }
  const { isNew, kept } = await options.storage.keep({ envelope, sealed: reason ? null : sealed, answer })
  if (kept.answer.sha256 !== envelope.sha256) return problem(409, 'conflict', key)
  return json(kept.answer.status === 'refused' ? 422 : isNew ? 201 : 200, kept.answer)
}

/** `GET /v1/applications/{key}`: the same answer again, or that there is none. */
export async function askApplication(key: string, storage: CentreStorage): Promise<CentreReply> {
  if (!applicationKey.safeParse(key).success) return problem(400, 'malformed', null)
  const kept = await storage.find(key)
  return kept ? json(200, kept.answer) : problem(404, 'not-found', key)
}

export function problem(status: number, name: CentreProblem['problem'], key: string | null): CentreReply {
  return json(status, { problem: name, key } satisfies CentreProblem)
}

/** Only for the form of the data: the content cannot be read here (rules section 0, 1 and 15). */
function whyRefused(envelope: Envelope, sealed: string, accepts: Accepts): RefusalReason | null {
  if (accepts.booths && !accepts.booths.includes(envelope.booth)) return 'unknown-booth'
  if (accepts.offices && !accepts.offices.includes(envelope.office)) return 'wrong-office'
  if (!/^[\w-]+(?:\.[\w-]+){4}$/.test(sealed)) return 'malformed'
  try {
    const { alg, enc, kid } = decodeProtectedHeader(sealed)
    if (alg !== 'ECDH-ES+A256KW' || enc !== 'A256GCM') return 'malformed'
    return kid === envelope.office ? null : 'wrong-office'
  } catch {
    return 'malformed'
  }
}
