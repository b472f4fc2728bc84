import type { z } from 'zod'
import type { Clock } from '../../hardware/clock.ts'
import { cardChallenge, type CardProof, cardSignedIn } from '../contract/card-sign-in.ts'
import type { CentreReply } from '../contract/centre-wire.ts'
import { parseStrictJson } from '../contract/strict-json.ts'
import type { Inquiry, Reply } from '../services/service.ts'
import type { Exchange } from './exchange.ts'

/** Longer than this nobody waits in front of a booth. */
const answerMs = 8_000

const refuse = (code: Extract<Reply, { ok: false }>['code']): Reply => ({ ok: false, code })

/** The facts of an answer that is what it should be; without one the centre said no, or cannot do that. */
function read(reply: CentreReply, schema: z.ZodType<Readonly<Record<string, string>>>): Reply {
  const parsed = reply.status === 201 ? parseStrictJson(reply.body) : null
  const facts = parsed?.ok ? schema.safeParse(parsed.value).data : undefined
  if (facts) return { ok: true, facts }
  return refuse(reply.status === 404 ? 'not-offered' : reply.status === 422 || reply.status === 403 ? 'refused' : 'unreachable')
}

/**
 * Signing in at the centre: `challenge` brings `id` and `hex`, and `sign-in` with the card's proof brings `session`. Never throws; what is in doubt is `unreachable`, and
 * nobody is signed in.
 */
export function cardClient({ exchange, booth, clock }: { readonly exchange: Exchange; readonly booth: string; readonly clock: Clock }): (inquiry: Inquiry) => Promise<Reply> {
  const post = async (path: string, content: unknown, schema: z.ZodType<Readonly<Record<string, string>>>): Promise<Reply> => {
    const body = new TextEncoder().encode(JSON.stringify(content))
    const late = new AbortController()
    const cancel = clock.after(answerMs, () => late.abort())
    const exchanged = await exchange({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body }, late.signal)
    cancel()
    return exchanged.ok ? read(exchanged.reply, schema) : refuse('unreachable')
  }
  return ({ operation, fields }) => {
    if (operation === 'challenge') return post('/v1/cards/challenges', { booth }, cardChallenge.transform(({ id, challengeHex }) => ({ id, hex: challengeHex })))
    const { challenge = '', certificateBase64 = '', signatureBase64 = '' } = fields
    const proof: CardProof = { challenge, certificateBase64, signatureBase64 }
    return post('/v1/cards/sign-ins', proof, cardSignedIn.transform(({ session }) => ({ session })))
  }
}
