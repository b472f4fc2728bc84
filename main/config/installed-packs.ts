import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { installedVersions, manifestName, packsIn } from './pack-folders.ts'
import { readManifest, type RefusedPack, refusePack, type SignedPack } from './signed-pack.ts'
import type { PackTrust } from './vendor-trust.ts'

/** A pack as it lies in a booth's data folder, verified anew. */
export interface InstalledPack extends SignedPack {
  readonly folder: string
}

/** Verifies an installed pack as it was when it came: its signature, whom it is for, each file, and that there is nothing else. */
export async function readInstalled(data: string, version: number, trust: PackTrust, booth: string): Promise<{ readonly ok: true; readonly pack: InstalledPack } | RefusedPack> {
  const folder = join(packsIn(data), String(version))
  const bytesOf = (name: string): Buffer | null => {
    try {
      return readFileSync(join(folder, name))
    } catch {
      return null
    }
  }
  const read = await readManifest(bytesOf(manifestName) ?? Buffer.alloc(0), trust, booth)
  if (!read.ok) return read
  const { files } = read.manifest
  if (read.manifest.version !== version) return refusePack('altered', `lies where version ${version} belongs`, 'version')
  const listed = new Set([manifestName, ...files.map(({ name }) => name)])
  for (const name of readdirSync(folder)) if (!listed.has(name)) return refusePack('not-listed', 'is not in the manifest', name)
  for (const { name, sha256 } of files) {
    const bytes = bytesOf(name)
    if (!bytes) return refusePack('missing', 'cannot be read', name)
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return refusePack('altered', 'is not what was signed', name)
  }
  return { ok: true, pack: { manifest: read.manifest, folder, bytesOf: (name) => (listed.has(name) ? bytesOf(name) : null) } }
}

/** Why a good pack is not installed beside those that are there; null when it may be. One that broke on the disk may come again. */
export async function judgeVersion(data: string, { version }: { readonly version: number }, trust: PackTrust, booth: string): Promise<RefusedPack | null> {
  const [newest = 0] = installedVersions(data)
  if (version < newest) return refusePack('older', `is version ${version}, and ${newest} is installed`, 'version')
  if (version > newest || !(await readInstalled(data, version, trust, booth)).ok) return null
  return refusePack('installed', `version ${version} is installed`, 'version')
}

/** Where a file lies that the configuration names: in the pack that carries it, else beside the configuration. */
export function placeOf(configurationFile: string, pack: InstalledPack | null): (name: string) => string {
  const carried = new Set(pack?.manifest.files.map(({ name }) => name))
  return (name) => join(pack && carried.has(name) ? pack.folder : dirname(configurationFile), name)
}
