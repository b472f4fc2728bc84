import { createHash } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { manifestName } from './pack-folders.ts'
import { fileName, largestPackBytes, mostFiles, type PackManifest, readManifest, type RefusedPack, refusePack, type SignedPack } from './signed-pack.ts'
import type { PackTrust } from './vendor-trust.ts'

const largestManifestBytes = 1024 * 1024
/** What the headers of so many files may take besides the files. */
const largestFileBytes = largestPackBytes + 2 * largestManifestBytes
/** Kind of a file in the upper half of an entry's attributes, as Unix writes them; 0 where the archive was made elsewhere. */
const [kindBits, plainFile] = [0o170000, 0o100000]

/** A pack out of its archive, with its manifest word for word. */
export type ReadPack = { readonly ok: true; readonly pack: SignedPack; readonly signed: Buffer } | RefusedPack

/**
 * Reads a pack of the booth of this id out of a zip file, and verifies all of it: nothing is written, no more is unpacked than the signed manifest declares, and that
 * is `largestPackBytes` at most.
 */
export async function readPack(file: string, trust: PackTrust, booth: string): Promise<ReadPack> {
  let zip: ZipFile
  try {
    const found = lstatSync(file)
    if (!found.isFile()) return refusePack('unreadable', 'is not a file')
    if (found.size > largestFileBytes) return refusePack('too-large', `is larger than ${largestFileBytes} bytes`)
    // Names are judged as they are: nothing is made of them first.
    zip = await openPromise(file, { lazyEntries: true, autoClose: false, decodeStrings: false })
  } catch (error) {
    return refusePack('unreadable', (error as Error).message)
  }
  try {
    const listed = await list(zip)
    return listed.ok ? await readListed(zip, listed.entries, trust, booth) : listed
  } finally {
    zip.close()
  }
}

/** The entries by their names, from the archive's directory alone. */
async function list(zip: ZipFile): Promise<{ readonly ok: true; readonly entries: ReadonlyMap<string, Entry> } | RefusedPack> {
  if (zip.entryCount > mostFiles + 1) return refusePack('too-many', `has ${zip.entryCount} files, more than ${mostFiles}`)
  const entries = new Map<string, Entry>()
  let declared = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const said = entry.fileNameRaw.toString('latin1')
      const shown = JSON.stringify(said.slice(0, 80)).slice(1, -1)
      if (!fileName.safeParse(said).success) return refusePack('name', 'is not a plain name in lower case', shown)
      if (entries.has(said)) return refusePack('twice', 'stands twice', said)
      const kind = (entry.externalFileAttributes >>> 16) & kindBits
      if (kind !== 0 && kind !== plainFile) return refusePack('not-a-file', 'is a link or a folder', said)
      declared += entry.uncompressedSize
      if (declared > largestPackBytes + largestManifestBytes) return refusePack('too-large', `unpacks to more than ${largestPackBytes} bytes`, said)
      entries.set(said, entry)
    }
  } catch (error) {
    return refusePack('unreadable', (error as Error).message)
  }
  return { ok: true, entries }
}

async function readListed(zip: ZipFile, entries: ReadonlyMap<string, Entry>, trust: PackTrust, booth: string): Promise<ReadPack> {
  const first = entries.get(manifestName)
  if (!first) return refusePack('unsigned', 'has no manifest', manifestName)
  if (first.uncompressedSize > largestManifestBytes) return refusePack('too-large', `is larger than ${largestManifestBytes} bytes`, manifestName)
  const signed = await unpack(zip, first)
  if (!Buffer.isBuffer(signed)) return refusePack('unreadable', signed.broken, manifestName)
  const read = await readManifest(signed, trust, booth)
  if (!read.ok) return read
  const { manifest } = read
  const difference = differs(manifest, entries)
  if (difference) return difference
  const files = new Map<string, Buffer>()
  for (const { name, sha256 } of manifest.files) {
    const bytes = await unpack(zip, entries.get(name)!)
    if (!Buffer.isBuffer(bytes)) return refusePack('altered', bytes.broken, name)
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return refusePack('altered', 'is not what was signed', name)
    files.set(name, bytes)
  }
  return { ok: true, pack: { manifest, bytesOf: (name) => files.get(name) ?? null }, signed }
}

/** Where names and sizes in the archive are not those of the manifest; null where they are. */
function differs({ files }: PackManifest, entries: ReadonlyMap<string, Entry>): RefusedPack | null {
  const names = new Set([manifestName, ...files.map(({ name }) => name)])
  for (const name of entries.keys()) if (!names.has(name)) return refusePack('not-listed', 'is not in the manifest', name)
  for (const { name, size } of files) {
    const entry = entries.get(name)
    if (!entry) return refusePack('missing', 'is in the manifest alone', name)
    if (entry.uncompressedSize !== size) return refusePack('altered', `has ${entry.uncompressedSize} bytes, not ${size}`, name)
  }
  return null
}

/** The bytes of an entry: never more than it declares, or what is wrong with it. */
async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer | { readonly broken: string }> {
  try {
    const parts: Buffer[] = []
    for await (const part of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) parts.push(part)
    return Buffer.concat(parts)
  } catch (error) {
    return { broken: (error as Error).message }
  }
}
