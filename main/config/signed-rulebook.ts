import type { CivilDate } from '../contract/date.ts'
import { parseStrictJson } from '../contract/strict-json.ts'
import { readRulebook, type Rulebook } from '../rulebook/rulebook.ts'
import { type JsonFile, readJsonFile } from './read-json-file.ts'
import { openSigned, type SignatureRefusal } from './vendor-signature.ts'
import type { VendorTrust } from './vendor-trust.ts'

/** What the protected header of a rulebook's signature says it is for: a key's signature over anything else is none over a rulebook. */
export const rulebookType = 'cardbooth-rulebook+json'

/** Why a rulebook is refused. `reused`: the version that is in force, with other words. */
export type RulebookRefusal = SignatureRefusal | 'unreadable' | 'content' | 'other-vendor' | 'other-booth' | 'older' | 'reused' | 'expired'

export type VerifiedRulebook =
  | { readonly ok: true; readonly rulebook: Rulebook; readonly text: string; readonly payload: string }
  /** `path` is the place in the rulebook; empty for the whole. */
  | { readonly ok: false; readonly refusal: RulebookRefusal; readonly path: string; readonly reason: string }

/** Reads and verifies a signed rulebook for the booth of this id. Whether it is new enough and fresh is `judgeAge`'s question. */
export function readSignedRulebook(file: string, trust: VendorTrust, booth: string): Promise<VerifiedRulebook> {
  return verifySignedRulebook(readJsonFile(file, { plain: true }), trust, booth)
}

/** Verifies a signed rulebook that was read already. */
export async function verifySignedRulebook(read: JsonFile, trust: VendorTrust, booth: string): Promise<VerifiedRulebook> {
  const refuse = (refusal: RulebookRefusal, reason: string, path = ''): VerifiedRulebook => ({ ok: false, refusal, path, reason })
  if (!read.ok) return refuse('unreadable', read.reason)
  const opened = await openSigned(read.content, rulebookType, trust)
  if (!opened.ok) return refuse(opened.refusal, opened.reason)
  const content = parseStrictJson(opened.bytes)
  if (!content.ok) return refuse('content', `is not strict JSON: ${content.reason}`)
  const rulebook = readRulebook(content.value)
  if (!rulebook.ok) return refuse('content', rulebook.problems[0]?.reason ?? '', rulebook.problems[0]?.path)
  const { vendor, booths } = rulebook.rulebook
  if (vendor !== trust.vendor) return refuse('other-vendor', `is of ${vendor}, not of ${trust.vendor}`, 'vendor')
  if (booths !== 'all' && !booths.includes(booth)) return refuse('other-booth', `is not for ${booth}`, 'booths')
  return { ok: true, rulebook: rulebook.rulebook, text: read.text, payload: opened.payload }
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
