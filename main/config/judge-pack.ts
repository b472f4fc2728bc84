import { packBearer, type PackTrust } from './vendor-trust.ts'
import { judgeVersion } from './installed-packs.ts'
import { readConfiguration } from './read-configuration.ts'
import { readJsonBytes, readJsonFile } from './read-json-file.ts'
import { type ReadPack, readPack } from './read-pack.ts'
import { offerName, type RefusedPack, refusePack, type SignedPack } from './signed-pack.ts'
import { verifySignedRulebook } from './signed-rulebook.ts'

/** Whose packs the booth of this configuration takes. */
function bearerOf(configuration: string): { readonly ok: true; readonly booth: string; readonly trust: PackTrust } | RefusedPack {
  const read = readJsonFile(configuration)
  if (!read.ok) return refusePack('unreadable', read.reason, configuration)
  const bearer = packBearer.safeParse(read.content).data
  return bearer ? { ok: true, booth: bearer.booth.id, trust: bearer.packs } : refusePack('unknown-key', 'the configuration names nobody whose packs are taken', 'packs')
}

/** Whether the booth with this configuration and data folder takes the pack in `file`: everything is looked at, and nothing written. */
export async function judgePack(file: string, { configuration, data }: { readonly configuration: string; readonly data: string }): Promise<ReadPack> {
  const bearer = bearerOf(configuration)
  if (!bearer.ok) return bearer
  const read = await readPack(file, bearer.trust, bearer.booth)
  if (!read.ok) return read
  return (await judgeVersion(data, read.pack.manifest, bearer.trust, bearer.booth)) ?? (await judgeContent(read.pack, configuration)) ?? read
}

/** What a booth could not run on, or has no use for; null when all is well. */
async function judgeContent(pack: SignedPack, file: string): Promise<RefusedPack | null> {
  const read = readConfiguration(file, { signed: pack })
  if (!read.ok) {
    const [{ file: where, path, reason } = { file, path: '', reason: '' }] = read.problems
    return refusePack('content', reason, `${where} ${path}`.trim())
  }
  const { configuration } = read
  const { rulebook, forms } = configuration
  const used = new Set([offerName, configuration.pack, rulebook?.file, ...Object.values(forms)])
  const idle = pack.manifest.files.find(({ name }) => !used.has(name))
  if (idle) return refusePack('content', 'is named by no key of the configuration', idle.name)
  const rules = rulebook && pack.bytesOf(rulebook.file)
  const verified = rulebook && rules ? await verifySignedRulebook(readJsonBytes(rules), rulebook, configuration.booth.id) : null
  return verified && !verified.ok ? refusePack('content', `${verified.refusal} ${verified.path}: ${verified.reason}`, rulebook?.file) : null
}
