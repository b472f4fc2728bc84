import type { Clock } from '../../hardware/clock.ts'
import { type AskedInquiry, answeredInquiry, inquiry as inquirySchema, type InquiryReply } from '../contract/inquiry.ts'
import { parseStrictJson } from '../contract/strict-json.ts'
import type { Exchange } from './exchange.ts'
import type { ReceiptCheck } from './receipt-check.ts'

export interface InquiryClientOptions {
  readonly exchange: Exchange
  readonly clock: Clock
  /** Whose signature under an answer is the centre's. */
  readonly isSigned: ReceiptCheck
  readonly booth: string
  /** A resident stands there: an authority that has not answered by then (milliseconds) is not reached. */
  readonly patienceMs: number
  /** Whose systems the operator may ask; about everything else nothing leaves the booth. */
  readonly subjects: readonly string[]
  /** 32 fresh hexadecimal digits a call. */
  readonly number: () => string
}

/**
 * Asks an authority's system through the centre, once. Only the centre's signed answer to this very question counts; every doubt is `unreachable`,
 * because a state that nobody told is never shown. Nothing here throws, and nothing of the question is kept.
 */
export function inquiryClient({ exchange, clock, isSigned, booth, patienceMs, subjects, number }: InquiryClientOptions): (question: {
  readonly subject: string
  readonly operation: string
  readonly fields: Readonly<Record<string, string>>
}) => Promise<InquiryReply> {
  const unreachable: InquiryReply = { ok: false, code: 'unreachable' }
  return async (question) => {
    const read = inquirySchema.safeParse(question)
    if (!subjects.includes(question.subject)) return { ok: false, code: 'not-offered' }
    if (!read.success) return { ok: false, code: 'refused' }
    const asked: AskedInquiry = { id: number(), booth, ...read.data }
    const late = new AbortController()
    const cancel = clock.after(patienceMs, () => late.abort())
    const body = new TextEncoder().encode(JSON.stringify(asked))
    const exchanged = await exchange({ method: 'POST', path: '/v1/inquiries', headers: { 'content-type': 'application/json' }, body }, late.signal)
    cancel()
    body.fill(0)
    if (!exchanged.ok || exchanged.reply.status !== 200 || !isSigned(exchanged.reply)) return unreachable
    const parsed = parseStrictJson(exchanged.reply.body)
    const answer = parsed.ok ? answeredInquiry.safeParse(parsed.value).data : undefined
    return answer?.id === asked.id ? answer.reply : unreachable
  }
}
