import { errors, flattenedVerify, importJWK } from 'jose'
import { z } from 'zod'
import { parseStrictJson } from '../contract/strict-json.ts'
import type { VendorKey } from './vendor-trust.ts'

/** Something signed in its envelope: JWS in the general JSON serialization (RFC 7515, 7.2.1), one signature or several. */
const envelope = z.strictObject({
  payload: z.string().min(1),
  signatures: z.array(z.strictObject({ protected: z.string().min(1), signature: z.string().min(1) })).min(1).max(16),
})
type Envelope = z.infer<typeof envelope>

/** Why nobody's word stands behind it. `unsigned`: no signature, or fewer good ones than wanted; `wrong-role`: signed by the key, but as something else. */
export type SignatureRefusal = 'unsigned' | 'unknown-key' | 'wrong-role' | 'altered'

/** By whose signatures something is believed: `threshold` different ones of these keys. */
export interface Signers {
  readonly keys: readonly VendorKey[]
  readonly threshold: number
}

/** What was signed: as it stands in the envelope, and decoded. */
export type Opened =
  | { readonly ok: true; readonly payload: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly refusal: SignatureRefusal; readonly reason: string }

const algorithmOf = ({ jwk }: VendorKey) => (jwk.kty === 'OKP' ? 'EdDSA' : 'ES256')

/** Whose signature one of the envelope's is: the key's id, or why it is nobody's. */
async function signerOf(
  payload: string,
  signature: Envelope['signatures'][number],
  { keys, type }: Signers & { readonly type: string },
): Promise<{ readonly id: string } | { readonly refusal: SignatureRefusal }> {
  const named = headerOf(signature.protected)
  const key = keys.find(({ id }) => id === named?.kid)
  if (!key) return { refusal: 'unknown-key' }
  if (named?.typ !== type) return { refusal: 'wrong-role' }
  try {
    await flattenedVerify({ payload, ...signature }, await importJWK(key.jwk, algorithmOf(key)), { algorithms: [algorithmOf(key)] })
    return { id: key.id }
  } catch (error) {
    if (error instanceof errors.JOSEError) return { refusal: 'altered' }
    throw error
  }
}

function headerOf(text: string): { readonly kid?: unknown; readonly typ?: unknown } | null {
  const read = parseStrictJson(Buffer.from(text, 'base64url'))
  return read.ok && typeof read.value === 'object' ? read.value : null
}

/** Opens what a vendor signed as `type`: the protected header says what a signature is for, and a key's signature over anything else is none. */
export async function openSigned(content: unknown, type: string, { keys, threshold }: Signers): Promise<Opened> {
  const sealed = envelope.safeParse(content)
  if (!sealed.success) return { ok: false, refusal: 'unsigned', reason: 'is not signed' }
  const { payload, signatures } = sealed.data
  const signers = await Promise.all(signatures.map((signature) => signerOf(payload, signature, { keys, threshold, type })))
  const good = new Set(signers.flatMap((signer) => ('id' in signer ? [signer.id] : [])))
  if (good.size >= threshold) return { ok: true, payload, bytes: Buffer.from(payload, 'base64url') }
  const [refusal = 'unsigned' as const] = signers.flatMap((signer) => ('refusal' in signer ? [signer.refusal] : []))
  return { ok: false, refusal, reason: `has not ${threshold} good signature(s) of ${keys.map(({ id }) => id).join(', ')}` }
}
