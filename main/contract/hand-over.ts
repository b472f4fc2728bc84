import { z } from 'zod'
import { sha256 } from './submission.ts'

/** How long a photo can be fetched, and how often; whichever comes first, then it is deleted. */
export const handOverMs = 24 * 3_600_000
export const handOverDownloads = 2

/**
 * What is made of the one secret behind `#` in a resident's link (32 bytes as base64url, which no server is ever sent): HKDF-SHA256 (RFC 5869)
 * without salt, with this label, gives the number under which the photo lies, the key to which it is sealed (AES-256-GCM: 12 bytes of nonce, then
 * the ciphertext with its tag; the number is authenticated with it), and the token without which nothing is handed out.
 */
export const handOverLabel = 'cardbooth.hand-over/1'
export const handOverLengths = { secret: 32, id: 16, key: 32, token: 32, nonce: 12 } as const

/** Names one sealed photo. */
export const handOverId = z.string().regex(/^[0-9a-f]{32}$/)

/** What `POST /v1/hand-overs` takes: a photo that only its resident can open. */
export const handOver = z.strictObject({
  id: handOverId,
  booth: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** SHA-256 of the token. */
  tokenHash: sha256,
  /** SHA-256 of the sealed bytes. */
  sha256,
  /** Whether this is a demonstration. */
  demo: z.boolean(),
  /** The sealed photo as base64url; 7 500 000 bytes at most. */
  sealed: z.string().regex(/^[A-Za-z0-9_-]+$/).max(10_000_000),
})
export type HandOver = z.infer<typeof handOver>

/** What the centre answers: it holds these bytes until then. */
export const handOverAnswer = z.strictObject({ status: z.literal('kept'), id: handOverId, sha256, until: z.iso.datetime({ offset: true }) })
export type HandOverAnswer = z.infer<typeof handOverAnswer>

/**
 * Why there is nothing: `not-found` no such photo, or not with this token · `taken` it was fetched as often as it may be · `expired` its time is
 * over; the others as for applications.
 */
export const handOverProblem = z.strictObject({
  problem: z.enum(['not-found', 'taken', 'expired', 'malformed', 'conflict', 'too-large', 'unsupported', 'not-allowed', 'busy']),
  id: handOverId.nullable(),
})
export type HandOverProblem = z.infer<typeof handOverProblem>
