import type { z } from 'zod'
import type { Clock } from '../../hardware/clock.ts'
import { cardChallenge, type CardProof, cardSignedIn, signInProblem } from '../contract/card-sign-in.ts'
import { parseStrictJson } from '../contract/strict-json.ts'
import type { Inquiry, Reply } from '../services/service.ts'
import type { Exchange } from './exchange.ts'
import type { ReceiptCheck } from './receipt-check.ts'

export interface CardClientOptions {
  readonly exchange: Exchange
  readonly clock: Clock
  /** Whose signature under an answer is the centre's. */
  readonly isSigned: ReceiptCheck
  readonly booth: string
  /** 32 fresh hexadecimal digits a call. */
  readonly number: () => string
}

/** Longer than this nobody waits in front of a booth. */
const answerMs = 8_000

/**
 * Signing in at the centre: `challenge` brings `id` and `hex`, and `sign-in` with the card's proof brings `session`. Only the centre's signed answer about this very challenge
 * counts, because a card signs what comes with it; every doubt is `unreachable`, and nobody is signed in. Nothing here throws.
 */
export function cardClient({ exchange, clock, isSigned, booth, number }: CardClientOptions): (inquiry: Inquiry) => Promise<Reply> {
  const unreachable: Reply = { ok: false, code: 'unreachable' }
  const post = async <Answer extends { readonly id: string }>(
    path: string,
    content: unknown,
    { id, schema, facts }: { readonly id: string; readonly schema: z.ZodType<Answer>; facts(answer: Answer): Readonly<Record<string, string>> },
  ): Promise<Reply> => {
    const body = new TextEncoder().encode(JSON.stringify(content))
    const late = new AbortController()
    const cancel = clock.after(answerMs, () => late.abort())
    const exchanged = await exchange({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body }, late.signal)
    cancel()
    if (!exchanged.ok || !isSigned(exchanged.reply)) return unreachable
    const parsed = parseStrictJson(exchanged.reply.body)
    if (!parsed.ok) return unreachable
    if (exchanged.reply.status !== 201) {
      const problem = signInProblem.safeParse(parsed.value).data
      if (problem?.id !== id) return unreachable
      return { ok: false, code: problem.problem === 'not-offered' ? 'not-offered' : 'refused' }
    }
    const answer = schema.safeParse(parsed.value).data
    return answer?.id === id ? { ok: true, facts: facts(answer) } : unreachable
  }
  return ({ operation, fields }) => {
    if (operation === 'challenge') {
      const id = number()
      return post('/v1/cards/challenges', { id, booth }, { id, schema: cardChallenge, facts: ({ challengeHex }) => ({ id, hex: challengeHex }) })
    }
    const { challenge = '', certificateBase64 = '', signatureBase64 = '' } = fields
    const proof: CardProof = { challenge, certificateBase64, signatureBase64 }
    return post('/v1/cards/sign-ins', proof, { id: challenge, schema: cardSignedIn, facts: ({ session }) => ({ session }) })
  }
}
