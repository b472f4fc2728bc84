import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { flushDirectory, writeFileDurably } from '../disk/durable-file.ts'
import { installedVersions, manifestName, packsIn } from './pack-folders.ts'
import type { SignedPack } from './signed-pack.ts'

/** Where a pack is unpacked; what lies there is not installed. */
const besideIn = (data: string) => join(packsIn(data), 'incoming')

/**
 * Installs a verified pack: unpacked aside and flushed, it is there with one rename, whole or not at all, also after a power cut. The one before it stays as the
 * last good one; older ones go. The booth takes it at its next start. Throws what the disk throws.
 */
export function installPack(data: string, { manifest, bytesOf }: SignedPack, signed: Uint8Array): void {
  const [root, beside, folder] = [packsIn(data), besideIn(data), join(packsIn(data), String(manifest.version))]
  rmSync(beside, { recursive: true, force: true })
  mkdirSync(beside, { recursive: true, mode: 0o700 })
  for (const { name } of manifest.files) writeFileDurably(join(beside, name), bytesOf(name) ?? Buffer.alloc(0))
  writeFileDurably(join(beside, manifestName), signed)
  // Only ever there when it was refused: `judgeVersion`.
  rmSync(folder, { recursive: true, force: true })
  renameSync(beside, folder)
  flushDirectory(root)
  flushDirectory(dirname(root))
  for (const version of installedVersions(data).slice(2)) rmSync(join(root, String(version)), { recursive: true })
}
