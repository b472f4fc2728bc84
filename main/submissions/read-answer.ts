import { type CentreAnswer, centreAnswer, centreProblem, type SendResult } from '../contract/submission.ts'
import { parseStrictJson } from '../contract/strict-json.ts'
import type { CentreReply } from '../contract/centre-wire.ts'
import type { Exchanged, ExchangeFailure } from './exchange.ts'
import type { ReceiptCheck } from './receipt-check.ts'

export type UnknownReason = Extract<SendResult, { status: 'unknown' }>['reason']

/** What sending an application, or asking for it, came to. */
export type Verdict =
  /** The centre's final answer about this very application. */
  | { readonly verdict: 'answer'; readonly answer: CentreAnswer }
  /** A final answer that a person must look at. */
  | { readonly verdict: 'parked'; readonly reason: string }
  | Unknown

/** Nobody can say. `trouble` is the technician's word, `retryAfterMs` (1 s to 1 h) the centre's wish. */
export interface Unknown {
  readonly verdict: 'unknown'
  readonly reason: UnknownReason
  readonly trouble: string
  readonly retryAfterMs: number | null
  /** Says nothing about the application that was tried: every other would have fared alike. What is not may be the line's all the same. */
  readonly isOfTheLine: boolean
}

const ofTheLine: ReadonlySet<UnknownReason> = new Set(['unreachable', 'not-trusted', 'refused-booth'])

const failures: Readonly<Record<ExchangeFailure, UnknownReason>> = {
  unreachable: 'unreachable',
  'not-trusted': 'not-trusted',
  'not-http': 'not-understood',
  'too-large': 'not-understood',
  stopped: 'timeout',
}

/** The centre itself says that it has no such application. */
export interface Absence {
  readonly verdict: 'absent'
}

/** Which application, and which bytes of it. */
export interface About {
  readonly key: string
  readonly sha256: string
}

/** What an answer is judged by. */
export interface JudgedBy {
  readonly isSigned: ReceiptCheck
  /** Milliseconds since 1970, for dates in Retry-After. */
  readonly now: number
}

/** Statuses that say "not now" and nothing about the application (RFC 9110, 15; RFC 8470, 5.2). */
const notNow = new Set([407, 408, 425, 429])

/** Statuses in whose body the centre may give its own answer: another content under this key, too large, refused for its form. */
const answeredRefusals = new Set([409, 413, 422])

/**
 * Judges what came back after sending. Success is only what the centre's schema knows, about this key and these bytes, in UTF-8 JSON, signed by the
 * centre; whatever else comes with status 200 is not.
 */
export function readSent(exchanged: Exchanged, about: About, by: JudgedBy): Verdict {
  const verdict = judge(exchanged, about, by)
  const status = exchanged.ok ? exchanged.reply.status : 0
  const isFinal = verdict.verdict === 'unknown' && verdict.reason === 'not-understood' && status >= 400
  return isFinal ? { verdict: 'parked', reason: `http-${status}` } : verdict
}

/** Judges what came back after asking: never final by its status alone. */
export function readAsked(exchanged: Exchanged, about: About, by: JudgedBy): Verdict | Absence {
  if (!exchanged.ok || !isAbsence(exchanged.reply, about.key)) return judge(exchanged, about, by)
  return by.isSigned(exchanged.reply) ? { verdict: 'absent' } : unknown('forged', 'not-signed')
}

/** Judges what the centre said of its health: null when it is well. */
export function readHealth(exchanged: Exchanged, now: number): Unknown | null {
  if (!exchanged.ok) return lineTrouble(exchanged.reason)
  const trouble = statusTrouble(exchanged.reply, now)
  if (trouble) return trouble
  const { status, body } = exchanged.reply
  if (status !== 200) return unknown('server-error', `http-${status}`)
  return isJson(exchanged.reply) && new TextDecoder().decode(body) === '{"status":"ok"}' ? null : unknown('not-understood', 'not-the-centre')
}

function lineTrouble(reason: ExchangeFailure): Unknown {
  return unknown(failures[reason], reason === 'stopped' ? 'timeout' : reason)
}

/** Statuses that say nothing about an application; null for the others. */
function statusTrouble({ status, headers }: CentreReply, now: number): Unknown | null {
  const wish = readRetryAfter(headers['retry-after'], now)
  if (status === 401 || status === 403) return unknown('refused-booth', 'not-allowed', wish)
  if (notNow.has(status)) return { ...unknown('server-error', `http-${status}`, wish), isOfTheLine: true }
  if (status >= 500) return unknown('server-error', `http-${status}`, wish)
  if (status >= 300 && status < 400) return unknown('not-understood', 'redirect')
  return null
}

function judge(exchanged: Exchanged, about: About, { now, isSigned }: JudgedBy): Verdict {
  if (!exchanged.ok) return lineTrouble(exchanged.reason)
  const trouble = statusTrouble(exchanged.reply, now)
  if (trouble) return trouble
  const { status } = exchanged.reply
  if (status !== 200 && status !== 201 && !answeredRefusals.has(status)) return unknown('not-understood', `http-${status}`)
  const parsed = centreAnswer.safeParse(readJson(exchanged.reply))
  if (!parsed.success) return unknown('not-understood', 'not-the-schema')
  if (!isSigned(exchanged.reply)) return unknown('forged', 'not-signed')
  if (parsed.data.key !== about.key) return unknown('forged', 'another-key')
  // With a refusal it is what the refusal says: this key is known with another content.
  if (parsed.data.sha256 !== about.sha256) return unknown(status >= 400 ? 'not-understood' : 'forged', 'another-content')
  return { verdict: 'answer', answer: parsed.data }
}

/** Seconds or a date (RFC 9110, 10.2.3), held within 1 s and 1 h; null when there is none or it is neither. */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  const wished = /^\s*[+-]?[0-9]+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(wished) ? null : Math.min(Math.max(wished, 1000), 3_600_000)
}

function isAbsence(reply: CentreReply, key: string): boolean {
  const parsed = centreProblem.safeParse(readJson(reply))
  return reply.status === 404 && parsed.success && parsed.data.problem === 'not-found' && parsed.data.key === key
}

function isJson({ headers }: CentreReply): boolean {
  const isDeclared = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(headers['content-type'] ?? '')
  return isDeclared && (headers['content-encoding'] ?? 'identity') === 'identity'
}

/** The body as JSON; undefined when it is not declared and written as such. */
function readJson(reply: CentreReply): unknown {
  if (!isJson(reply)) return undefined
  const parsed = parseStrictJson(reply.body)
  return parsed.ok ? parsed.value : undefined
}

function unknown(reason: UnknownReason, trouble: string, retryAfterMs: number | null = null): Unknown {
  return { verdict: 'unknown', reason, trouble, retryAfterMs, isOfTheLine: ofTheLine.has(reason) || retryAfterMs !== null }
}
