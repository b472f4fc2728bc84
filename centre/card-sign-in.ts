import { randomBytes, verify } from 'node:crypto'
import type { Clock } from '../hardware/clock.ts'
import { type CardChallenge, cardProof, type CardSignedIn, challengeMs, challengeRequest, signedInMs, type SignInProblem } from '../main/contract/card-sign-in.ts'
import type { CentreReply, CentreRequest } from '../main/contract/centre-wire.ts'
import { parseStrictJson } from '../main/contract/strict-json.ts'
import { type CardAuthorities, cardCertificate, judgeCard } from './card-trust.ts'
import type { Accepts } from './intake.ts'
import { japanTime } from './japan-time.ts'
import { json } from './replies.ts'

/** Signing in with a card: a challenge, once, and the proof that whoever answers it holds a card of a configured authority. Nothing is kept of the person. */
export interface CardSignIns {
  /** `POST /v1/cards/challenges`. */
  challenge(request: CentreRequest): CentreReply
  /** `POST /v1/cards/sign-ins`. */
  signIn(request: CentreRequest): CentreReply
  /** Whether that session is one of a card that has signed in not long ago. */
  isSignedIn(session: string): boolean
}

export interface CardSignInOptions {
  /** Without any nobody is signed in, and that is said. */
  readonly trusted: CardAuthorities | undefined
  readonly clock: Clock
  readonly accepts: Accepts
}

/** Challenges and sessions that are kept at most: the oldest goes first. */
const mostKept = 1000
const largestBodyBytes = 32_000

const problem = (status: number, name: SignInProblem['problem'], id: string | null = null): CentreReply => json(status, { id, problem: name } satisfies SignInProblem)

/** Makes the part of a centre that deals with cards. */
export function createCardSignIns({ trusted, clock, accepts }: CardSignInOptions): CardSignIns {
  /** By what time each is over, on the clock that never jumps. */
  const challenges = new Map<string, { readonly challenge: Buffer; readonly over: number }>()
  const sessions = new Map<string, number>()
  const keep = <Value>(map: Map<string, Value>, name: string, value: Value) => {
    const [oldest] = map.keys()
    if (map.size >= mostKept && oldest !== undefined) map.delete(oldest)
    map.set(name, value)
  }

  const read = (request: CentreRequest): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reply: CentreReply } => {
    if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) return { ok: false, reply: problem(415, 'unsupported') }
    const body = request.body ?? new Uint8Array()
    if (body.length > largestBodyBytes) return { ok: false, reply: problem(413, 'too-large') }
    const parsed = parseStrictJson(body)
    return parsed.ok ? parsed : { ok: false, reply: problem(400, 'malformed') }
  }

  return {
    challenge(request) {
      const got = read(request)
      if (!got.ok) return got.reply
      const asked = challengeRequest.safeParse(got.value)
      if (!asked.success) return problem(400, 'malformed')
      if (accepts.booths && !accepts.booths.includes(asked.data.booth)) return problem(403, 'not-allowed', asked.data.id)
      const { id } = asked.data
      if (!trusted) return problem(404, 'not-offered', id)
      const challenge = randomBytes(32)
      keep(challenges, id, { challenge, over: clock.monotonic() + challengeMs })
      return json(201, { id, challengeHex: challenge.toString('hex'), until: japanTime(clock.now() + challengeMs) } satisfies CardChallenge)
    },
    signIn(request) {
      const got = read(request)
      if (!got.ok) return got.reply
      const proof = cardProof.safeParse(got.value)
      if (!proof.success) return problem(400, 'malformed')
      const id = proof.data.challenge
      if (!trusted) return problem(404, 'not-offered', id)
      const open = challenges.get(id)
      // One answer, right or wrong: what was signed is never worth anything again.
      challenges.delete(id)
      if (!open || clock.monotonic() >= open.over) return problem(422, 'challenge', id)
      const certificate = cardCertificate(Buffer.from(proof.data.certificateBase64, 'base64'))
      if (!certificate) return problem(422, 'certificate', id)
      if (!verify('sha256', open.challenge, certificate.publicKey, Buffer.from(proof.data.signatureBase64, 'base64'))) return problem(422, 'signature', id)
      const refused = judgeCard(certificate, trusted, clock.now())
      if (refused) return problem(422, refused, id)
      const session = randomBytes(32).toString('hex')
      keep(sessions, session, clock.monotonic() + signedInMs)
      return json(201, { id, status: 'signed-in', session, until: japanTime(clock.now() + signedInMs) } satisfies CardSignedIn)
    },
    isSignedIn: (session) => clock.monotonic() < (sessions.get(session) ?? Number.NEGATIVE_INFINITY),
  }
}
