import type { Clock } from '../hardware/clock.ts'
import type { CentreReply, CentreRequest } from '../main/contract/centre-wire.ts'
import { type AnsweredInquiry, askedInquiry, type InquiryProblem, inquiryReply, type InquiryReply } from '../main/contract/inquiry.ts'
import { parseStrictJson } from '../main/contract/strict-json.ts'
import type { Authorities } from './authorities/authority.ts'
import type { Accepts } from './intake.ts'
import { json } from './replies.ts'

/** Bytes of a question: a few short fields. */
const largestInquiryBytes = 16_384
/** A booth has one visit at a time, and each asks once or twice; whoever asks more often tries numbers. */
const mostInquiries = 40
const withinMs = 600_000

/**
 * `POST /v1/inquiries`: asks an authority's system and answers what it said. The fields hold numbers of people: they go to the authority and nowhere
 * else, neither to a disk nor into a log.
 */
export function createInquiries(options: {
  readonly authorities: Authorities
  readonly clock: Clock
  readonly accepts: Accepts
}): (request: CentreRequest) => Promise<CentreReply> {
  const { authorities, clock, accepts } = options
  /** When each booth asked, by the clock that never jumps. */
  const asked = new Map<string, readonly number[]>()

  const isTooOften = (booth: string): boolean => {
    const now = clock.monotonic()
    const lately = (asked.get(booth) ?? []).filter((at) => now - at < withinMs)
    // Names of booths come with the questions: nobody makes them pile up.
    if (asked.size > 1_000) asked.clear()
    asked.set(booth, lately.length < mostInquiries ? [...lately, now] : lately)
    return lately.length >= mostInquiries
  }

  return async (request) => {
    if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) return problem(415, 'unsupported')
    const body = request.body ?? new Uint8Array()
    if (body.length > largestInquiryBytes) return problem(413, 'too-large')
    const parsed = parseStrictJson(body)
    const read = parsed.ok ? askedInquiry.safeParse(parsed.value) : null
    if (!read?.success) return problem(400, 'malformed')
    const { id, booth, subject, operation, fields } = read.data
    if (accepts.booths && !accepts.booths.includes(booth)) return problem(403, 'not-allowed')
    if (isTooOften(booth)) {
      const busy = problem(429, 'busy')
      return { ...busy, headers: { ...busy.headers, 'retry-after': String(withinMs / 1_000) } }
    }
    const authority = authorities[subject]
    const reply: InquiryReply = authority ? await authority.answer(operation, fields).catch(() => ({ ok: false as const, code: 'unreachable' as const })) : { ok: false, code: 'not-offered' }
    return json(200, { id, reply: inquiryReply.parse(reply) } satisfies AnsweredInquiry)
  }
}

function problem(status: number, name: InquiryProblem): CentreReply {
  return json(status, { problem: name })
}
