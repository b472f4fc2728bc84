import { z } from 'zod'
import { civilDate } from '../contract/date.ts'
import { parseStrictJson } from '../contract/strict-json.ts'
import { manifestName } from './pack-folders.ts'
import { openSigned, type SignatureRefusal } from './vendor-signature.ts'
import type { PackTrust } from './vendor-trust.ts'

/** What the protected header of a pack's signature says it is for. */
export const packType = 'cardbooth-pack+json'
/** What a pack says in place of the booth's own configuration: an object with some of `packKeys`. */
export const offerName = 'configuration.json'
/** All of a pack's files together, in bytes, as its manifest declares them. */
export const largestPackBytes = 16 * 1024 * 1024
export const mostFiles = 64

/** Lower case and without folders: no two names are the same on any file system, and none leads anywhere. */
export const fileName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/)
const name = z.string().regex(/^[A-Za-z0-9-]{1,40}$/)
const forWhom = z.literal('all').or(z.array(name).min(1).max(100_000))

/** What a vendor signs about a pack. */
export const packManifest = z.strictObject({
  schema: z.literal('cardbooth.pack/1'),
  vendor: name,
  /** Counts up; a booth never goes back. */
  version: z.int().min(1).max(1_000_000_000),
  booths: forWhom,
  /** The hardware profiles that it was made for. */
  hardware: forWhom,
  issued: civilDate,
  files: z
    .array(z.strictObject({ name: fileName, size: z.int().min(0).max(largestPackBytes), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1)
    .max(mostFiles)
    .refine((files) => new Set([manifestName, ...files.map((file) => file.name)]).size === files.length + 1, 'a name stands twice')
    .refine((files) => files.reduce((sum, { size }) => sum + size, 0) <= largestPackBytes, 'too large'),
})
export type PackManifest = z.infer<typeof packManifest>

/** A verified pack: what was signed, and each file that it lists (null for every other name). */
export interface SignedPack {
  readonly manifest: PackManifest
  readonly bytesOf: (name: string) => Buffer | null
}

/**
 * Why a pack is refused. `name`: a file in a folder, with capitals or an absolute path; `twice`: a name stands twice; `not-a-file`: a link or a folder; `not-listed`,
 * `missing`: files and manifest differ; `installed`: this version is there already.
 */
export type PackRefusal =
  | SignatureRefusal
  | ('unreadable' | 'content' | 'other-vendor' | 'other-booth' | 'other-hardware' | 'older' | 'installed')
  | ('name' | 'twice' | 'not-a-file' | 'too-many' | 'too-large' | 'not-listed' | 'missing')

/** `path` is the file in the pack, or the key of its manifest; empty for the whole. */
export interface RefusedPack {
  readonly ok: false
  readonly refusal: PackRefusal
  readonly path: string
  readonly reason: string
}

export const refusePack = (refusal: PackRefusal, reason: string, path = ''): RefusedPack => ({ ok: false, refusal, path, reason })

/** Opens a manifest and says whether it is for the booth of this id. */
export async function readManifest(bytes: Uint8Array, trust: PackTrust, booth: string): Promise<{ readonly ok: true; readonly manifest: PackManifest } | RefusedPack> {
  const envelope = parseStrictJson(bytes)
  const opened = envelope.ok ? await openSigned(envelope.value, packType, trust) : ({ ok: false, refusal: 'unsigned', reason: 'is not signed' } as const)
  if (!opened.ok) return refusePack(opened.refusal, opened.reason, manifestName)
  const content = parseStrictJson(opened.bytes)
  const read = content.ok ? packManifest.safeParse(content.value) : null
  if (!read?.success) return refusePack('content', read?.error.issues[0]?.message ?? 'is not strict JSON', read?.error.issues[0]?.path.join('.') ?? manifestName)
  const { vendor, booths, hardware } = read.data
  if (vendor !== trust.vendor) return refusePack('other-vendor', `is of ${vendor}, not of ${trust.vendor}`, 'vendor')
  if (booths !== 'all' && !booths.includes(booth)) return refusePack('other-booth', `is not for ${booth}`, 'booths')
  if (hardware !== 'all' && !hardware.includes(trust.hardware)) return refusePack('other-hardware', `is for ${hardware.join(', ')}, not for ${trust.hardware}`, 'hardware')
  return { ok: true, manifest: read.data }
}
