import { z } from 'zod'

/** The header in which the centre's signature travels: a detached JWS (RFC 7515, appendix F) over exactly the bytes of the body. */
export const receiptHeader = 'receipt-signature'

/** The protected header of that JWS: ES256 and the name of the key, and nothing that a reader would have to understand besides. */
export const receiptProtected = z.strictObject({ alg: z.literal('ES256'), kid: z.string().min(1).max(80) })

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'a coordinate of P-256: 32 bytes as base64url')

/** A public key of the centre: JWK of curve P-256 with its name. */
export const receiptKey = z.strictObject({
  id: z.string().min(1).max(80),
  jwk: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
})
export type ReceiptKey = z.infer<typeof receiptKey>
