import { z } from 'zod'

/** How long a challenge may be answered, and how long a sign-in counts. */
export const challengeMs = 300_000
export const signedInMs = 600_000

/** Drawn anew by the booth for each challenge, and repeated by every answer about it, so that no older answer can be passed off as this one. */
const id = z.string().regex(/^[0-9a-f]{32}$/)
const until = z.iso.datetime({ offset: true })

/** What `POST /v1/cards/challenges` takes: the number of the challenge, and the booth that asks. */
export const challengeRequest = z.strictObject({ id, booth: z.string().regex(/^[a-z0-9-]{1,40}$/) })

/** 32 bytes of chance for a card to sign, once; signed by the centre. */
export const cardChallenge = z.strictObject({ id, challengeHex: z.string().regex(/^[0-9a-f]{64}$/), until })
export type CardChallenge = z.infer<typeof cardChallenge>

/** What `POST /v1/cards/sign-ins` takes: the number of the challenge, the card's certificate for users (DER), and its signature over the challenge (RSA, PKCS #1 v1.5, SHA-256). */
export const cardProof = z.strictObject({ challenge: id, certificateBase64: z.base64().min(1).max(16_000), signatureBase64: z.base64().min(1).max(2_000) })
export type CardProof = z.infer<typeof cardProof>

/** Signed by the centre: whoever knows the session is the holder of that card, until then. It says nothing about the person. */
export const cardSignedIn = z.strictObject({ id, status: z.literal('signed-in'), session: z.string().regex(/^[0-9a-f]{64}$/), until })
export type CardSignedIn = z.infer<typeof cardSignedIn>

/**
 * Why nobody is signed in: `challenge` none of ours, used or too old · `signature` not over this challenge · `certificate` none, or not for this ·
 * `untrusted` of none of the configured authorities · `not-yet-valid` · `expired` · `revoked` · `revocation-unknown` no current list of that authority.
 * `not-offered`: this centre believes no card authority, and signs nobody in. Without a number: what came is no request.
 */
export const signInProblem = z.strictObject({
  id: id.nullable(),
  problem: z.enum([
    ...['challenge', 'signature', 'certificate', 'untrusted', 'not-yet-valid', 'expired', 'revoked', 'revocation-unknown'],
    ...['malformed', 'too-large', 'unsupported', 'not-allowed', 'not-offered', 'busy'],
  ] as const),
})
export type SignInProblem = z.infer<typeof signInProblem>
