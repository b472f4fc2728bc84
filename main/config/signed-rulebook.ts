import { errors, flattenedVerify, importJWK } from 'jose'
import { z } from 'zod'
import type { CivilDate } from '../contract/date.ts'
import { parseStrictJson } from '../contract/strict-json.ts'
import { readRulebook, type Rulebook } from '../rulebook/rulebook.ts'
import { readJsonFile } from './read-json-file.ts'
import type { VendorKey, VendorTrust } from './vendor-trust.ts'

/** What the protected header of a rulebook's signature says it is for: a key's signature over anything else is none over a rulebook. */
export const rulebookType = 'cardbooth-rulebook+json'

/** A rulebook in its envelope: JWS in the general JSON serialization (RFC 7515, 7.2.1), one signature or several. */
const envelope = z.strictObject({
  payload: z.string().min(1),
  signatures: z.array(z.strictObject({ protected: z.string().min(1), signature: z.string().min(1) })).min(1).max(16),
})

/**
 * Why a rulebook is refused. `unsigned`: no signature, or fewer good ones than wanted; `wrong-role`: signed by the key, but as something else; `reused`:
 * the version that is in force, with other words.
 */
export type RulebookRefusal =
  | 'unreadable'
  | 'unsigned'
  | 'unknown-key'
  | 'wrong-role'
  | 'altered'
  | 'content'
  | 'other-vendor'
  | 'other-booth'
  | 'older'
  | 'reused'
  | 'expired'

export type VerifiedRulebook =
  | { readonly ok: true; readonly rulebook: Rulebook; readonly text: string; readonly payload: string }
  /** `path` is the place in the rulebook; empty for the whole. */
  | { readonly ok: false; readonly refusal: RulebookRefusal; readonly path: string; readonly reason: string }

const algorithmOf = ({ jwk }: VendorKey) => (jwk.kty === 'OKP' ? 'EdDSA' : 'ES256')

type Envelope = z.infer<typeof envelope>

/** Whose signature one of the envelope's is: the key's id, or why it is nobody's. */
async function signerOf(payload: string, signature: Envelope['signatures'][number], { keys }: VendorTrust): Promise<{ readonly id: string } | { readonly refusal: RulebookRefusal }> {
  const named = headerOf(signature.protected)
  const key = keys.find(({ id }) => id === named?.kid)
  if (!key) return { refusal: 'unknown-key' }
  if (named?.typ !== rulebookType) return { refusal: 'wrong-role' }
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

/** Whether enough of the envelope's signatures are good; else why not. */
async function whySignedBadly({ payload, signatures }: Envelope, trust: VendorTrust): Promise<RulebookRefusal | null> {
  const signers = await Promise.all(signatures.map((signature) => signerOf(payload, signature, trust)))
  if (new Set(signers.flatMap((signer) => ('id' in signer ? [signer.id] : []))).size >= trust.threshold) return null
  return signers.flatMap((signer) => ('refusal' in signer ? [signer.refusal] : []))[0] ?? 'unsigned'
}

/** Reads and verifies a signed rulebook for the booth of this id. Whether it is new enough and fresh is `judgeAge`'s question. */
export async function readSignedRulebook(file: string, trust: VendorTrust, booth: string): Promise<VerifiedRulebook> {
  const refuse = (refusal: RulebookRefusal, reason: string, path = ''): VerifiedRulebook => ({ ok: false, refusal, path, reason })
  const read = readJsonFile(file, { plain: true })
  if (!read.ok) return refuse('unreadable', read.reason)
  const sealed = envelope.safeParse(read.content)
  if (!sealed.success) return refuse('unsigned', 'is no signed rulebook')
  const badly = await whySignedBadly(sealed.data, trust)
  if (badly) return refuse(badly, `has not ${trust.threshold} good signature(s) of ${trust.keys.map(({ id }) => id).join(', ')}`)

  const { payload } = sealed.data
  const content = parseStrictJson(Buffer.from(payload, 'base64url'))
  if (!content.ok) return refuse('content', `is not strict JSON: ${content.reason}`)
  const rulebook = readRulebook(content.value)
  if (!rulebook.ok) return refuse('content', rulebook.problems[0]?.reason ?? '', rulebook.problems[0]?.path)
  const { vendor, booths } = rulebook.rulebook
  if (vendor !== trust.vendor) return refuse('other-vendor', `is of ${vendor}, not of ${trust.vendor}`, 'vendor')
  if (booths !== 'all' && !booths.includes(booth)) return refuse('other-booth', `is not for ${booth}`, 'booths')
  return { ok: true, rulebook: rulebook.rulebook, text: read.text, payload }
}

/** Why a good rulebook is not taken beside the one in force: never an older one, never another of the same version, none whose time is over. */
export function judgeAge(
  offered: { readonly rulebook: Rulebook; readonly payload: string },
  inForce: { readonly rulebook: Rulebook; readonly payload: string } | null,
  today: CivilDate,
): Extract<RulebookRefusal, 'older' | 'reused' | 'expired'> | null {
  const { version } = offered.rulebook
  if (inForce && version < inForce.rulebook.version) return 'older'
  if (inForce && version === inForce.rulebook.version && offered.payload !== inForce.payload) return 'reused'
  return isExpired(offered.rulebook, today) ? 'expired' : null
}

/** Whether the last day on which a rulebook counts as fresh is over. */
export function isExpired({ expires }: Rulebook, today: CivilDate): boolean {
  return expires !== null && expires < today
}
