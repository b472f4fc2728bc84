import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file of mode 0600 that is there whole or not at all, also after a power cut: written beside, flushed, renamed, directory flushed. */
export function writeFileDurably(file: string, bytes: Uint8Array): void {
  const beside = `${file}.tmp`
  const descriptor = openSync(beside, 'w', 0o600)
  try {
    writeFileSync(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(beside, file)
  flushDirectory(dirname(file))
}

/** Makes what was created, renamed or deleted in `dir` survive a power cut. */
export function flushDirectory(dir: string): void {
  const descriptor = openSync(dir, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
