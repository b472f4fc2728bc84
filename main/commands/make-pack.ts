import { createHash } from 'node:crypto'
import { manifestName } from '../config/pack-folders.ts'
import { type PackManifest, packType } from '../config/signed-pack.ts'
import { type PrivateVendorKey, signAs } from './vendor-keys.ts'
import { writeZip } from './write-zip.ts'

export interface PackFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What the vendor says anew with each pack. */
export type PackEdition = Pick<PackManifest, 'vendor' | 'version' | 'booths' | 'hardware' | 'issued'>

/** What is signed about a pack of these files; nothing of it is checked. */
export function manifestOf(edition: PackEdition, files: readonly PackFile[]): PackManifest {
  const listed = files.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }))
  return { schema: 'cardbooth.pack/1', ...edition, files: listed }
}

/** A signed pack of these files: one zip archive, the manifest first. */
export async function makePack(edition: PackEdition, files: readonly PackFile[], keys: readonly PrivateVendorKey[]): Promise<Buffer> {
  const signed = await signAs(packType, manifestOf(edition, files), keys)
  return writeZip([{ name: manifestName, bytes: Buffer.from(signed) }, ...files])
}
