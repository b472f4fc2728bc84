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

/** By whose signatures something is believed: `threshold` different ones of these keys. */
const signers = {
  vendor: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  keys: z
    .array(vendorKey)
    .min(1)
    .max(8)
    .refine((keys) => new Set(keys.map((key) => key.id)).size === keys.length, 'a key stands twice'),
  threshold: z.int().min(1).max(8).default(1),
}
const areEnough = ({ keys, threshold }: { readonly keys: readonly VendorKey[]; readonly threshold: number }) => threshold <= keys.length
const tooFew = { path: ['threshold'], message: 'more signatures than keys' }

/** Whose rulebook is believed, and the file beside the configuration in which it lies. */
export const vendorTrust = z.strictObject({ file: z.string().regex(/^[a-z0-9][a-z0-9._-]*\.json$/, 'a file name without folders'), ...signers }).refine(areEnough, tooFew)
export type VendorTrust = z.infer<typeof vendorTrust>

/** Whose packs are believed, and for which hardware profile a pack must be. */
export const packTrust = z.strictObject({ hardware: z.string().regex(/^[a-z0-9-]{1,40}$/), ...signers }).refine(areEnough, tooFew)
export type PackTrust = z.infer<typeof packTrust>

/** What of a configuration says whether a pack is for this booth; whatever else stands in it is not looked at. */
export const packBearer = z.object({ booth: z.object({ id: z.string() }), packs: packTrust })
