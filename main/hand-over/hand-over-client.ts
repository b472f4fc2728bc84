import { type HandOver, handOverAnswer } from '../contract/hand-over.ts'
import { parseStrictJson } from '../contract/strict-json.ts'
import type { CentreReply } from '../contract/centre-wire.ts'
import type { Exchange } from '../submissions/exchange.ts'
import type { ReceiptCheck } from '../submissions/receipt-check.ts'
import type { SealedPhoto } from './seal-photo.ts'

/**
 * Why a photo does not lie at the centre: no line · the other side is not trusted · no answer in time · not now · too large · this booth is refused
 * · no answer of the centre's.
 */
export type NotKept = 'unreachable' | 'not-trusted' | 'timeout' | 'busy' | 'too-large' | 'refused-booth' | 'not-understood' | 'forged'

export type Kept =
  /** It can be fetched until then (milliseconds since 1970). */
  { readonly ok: true; readonly until: number } | { readonly ok: false; readonly reason: NotKept }

export interface HandOverClientOptions {
  readonly exchange: Exchange
  /** Whose signature under an answer is the centre's. */
  readonly isSigned: ReceiptCheck
  readonly booth: { readonly id: string; readonly demo: boolean }
}

/** Statuses that say "not now" (RFC 9110, 15). */
const notNow = new Set([407, 408, 425, 429])

/**
 * Brings a sealed photo to the centre. Sending the same one again is harmless: the centre keeps it once. Only the centre's signed word about these
 * very bytes counts, because a link is shown for it. Nothing here throws.
 */
export function handOverClient(options: HandOverClientOptions): (photo: SealedPhoto, signal: AbortSignal) => Promise<Kept> {
  const { exchange, isSigned, booth } = options
  return async ({ id, tokenHash, sha256, sealed }, signal) => {
    const upload: HandOver = { id, booth: booth.id, tokenHash, sha256, demo: booth.demo, sealed: Buffer.from(sealed).toString('base64url') }
    const body = new TextEncoder().encode(JSON.stringify(upload))
    const exchanged = await exchange({ method: 'POST', path: '/v1/hand-overs', headers: { 'content-type': 'application/json' }, body }, signal)
    if (exchanged.ok) return judge(exchanged.reply, { id, sha256 }, isSigned)
    if (exchanged.reason === 'stopped') return { ok: false, reason: 'timeout' }
    return { ok: false, reason: exchanged.reason === 'unreachable' || exchanged.reason === 'not-trusted' ? exchanged.reason : 'not-understood' }
  }
}

function judge(reply: CentreReply, about: Pick<HandOver, 'id' | 'sha256'>, isSigned: ReceiptCheck): Kept {
  const no = (reason: NotKept): Kept => ({ ok: false, reason })
  if (reply.status === 401 || reply.status === 403) return no('refused-booth')
  if (reply.status === 413) return no('too-large')
  if (reply.status >= 500 || notNow.has(reply.status)) return no('busy')
  const parsed = parseStrictJson(reply.body)
  const answer = parsed.ok && (reply.status === 200 || reply.status === 201) ? handOverAnswer.safeParse(parsed.value).data : undefined
  if (!answer) return no('not-understood')
  if (!isSigned(reply) || answer.id !== about.id || answer.sha256 !== about.sha256) return no('forged')
  return { ok: true, until: Date.parse(answer.until) }
}
