import { z } from 'zod'

const id = z.string().min(1).max(80)
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, '32 bytes as base64url')

/** A public key of a vendor with its name: Ed25519 (RFC 8037) or P-256. */
export const vendorKey = z.strictObject({
  id,
  jwk: z.union([
    z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate }),
    z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
  ]),
})
export type VendorKey = z.infer<typeof vendorKey>

/** By whose signatures a rulebook is believed: `threshold` different ones of these keys. */
export const vendorTrust = z
  .strictObject({
    /** A file beside the configuration. */
    file: z.string().regex(/^[a-z0-9][a-z0-9._-]*\.json$/, 'a file name without folders'),
    vendor: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
    keys: z
      .array(vendorKey)
      .min(1)
      .max(8)
      .refine((keys) => new Set(keys.map((key) => key.id)).size === keys.length, 'a key stands twice'),
    threshold: z.int().min(1).max(8).default(1),
  })
  .refine(({ keys, threshold }) => threshold <= keys.length, { path: ['threshold'], message: 'more signatures than keys' })
export type VendorTrust = z.infer<typeof vendorTrust>
