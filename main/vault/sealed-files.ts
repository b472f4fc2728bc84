import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { flushDirectory } from '../disk/durable-file.ts'

const fileName = /^[0-9a-f]{32}-[1-9][0-9]?\.jwe$/

/** The name of an application's sealed file. */
export function sealedFileOf(key: string): string {
  return `${key}.jwe`
}

/** Puts a sealed application on disk, mode 0600, whole or not at all: written beside, flushed, renamed. `file` is its name in `dir`. */
export async function writeSealed(dir: string, key: string, bytes: Uint8Array): Promise<{ readonly file: string; readonly sha256: string }> {
  const file = sealedFileOf(key)
  if (!fileName.test(file)) throw new Error('not an application key')
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const beside = join(dir, `${file}.tmp`)
  try {
    const handle = await open(beside, 'w', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, join(dir, file))
    flushDirectory(dir)
  } catch (error) {
    // What was begun is somebody's application: none of it stays. What refuses that as well is swept at the next start.
    for (const path of [beside, join(dir, file)]) await rm(path, { force: true }).catch(() => {})
    throw error
  }
  return { file, sha256: digest(bytes) }
}

export type ReadSealed = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: 'missing' | 'altered' }

/** Reads a sealed file back; `altered` when it is not what was queued. */
export async function readSealed(dir: string, file: string, sha256: string): Promise<ReadSealed> {
  const bytes = await readFile(join(dir, basename(file))).catch(() => null)
  if (!bytes) return { ok: false, reason: 'missing' }
  return digest(bytes) === sha256 ? { ok: true, bytes } : { ok: false, reason: 'altered' }
}

/** Deletes a sealed file for good once the centre has settled it; one that is gone already is no error. */
export async function deleteSealed(dir: string, file: string): Promise<void> {
  await rm(join(dir, basename(file)), { force: true })
  if (existsSync(dir)) flushDirectory(dir)
}

/**
 * At start: deletes every file in `dir` that no application of the journal names (sealed but never queued, half written, settled before the
 * power went) and says which of the known ones are not there.
 */
export function sweepSealed(dir: string, known: ReadonlySet<string>): { readonly deleted: readonly string[]; readonly missing: readonly string[] } {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  chmodSync(dir, 0o700)
  const found = readdirSync(dir)
  const deleted = found.filter((file) => !known.has(file))
  for (const file of deleted) rmSync(join(dir, file), { force: true, recursive: true })
  if (deleted.length > 0) flushDirectory(dir)
  return { deleted, missing: [...known].filter((file) => !found.includes(file)) }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
