import { existsSync, readdirSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { flushDirectory } from '../disk/durable-file.ts'

/** What belongs to a journal file: itself, SQLite's write-ahead log and shared memory, and the witness. */
const companions = ['', '-wal', '-shm', '.head'] as const

const mark = '.unreadable-'

/** Renames an unreadable journal with all that belongs to it; nothing is deleted. Returns its new name, null when the disk did not let it. */
export function setAside(file: string, now: number): string | null {
  const aside = `${file}${mark}${new Date(now)
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.[0-9]+/, '')}`
  try {
    for (const companion of companions) if (existsSync(file + companion)) renameSync(file + companion, aside + companion)
    flushDirectory(dirname(file))
    return aside
  } catch {
    return null
  }
}

/** The journal that was set aside and not dealt with yet; null when there is none. */
export function findSetAside(file: string): string | null {
  if (!existsSync(dirname(file))) return null
  const found = readdirSync(dirname(file)).find((name) => name.startsWith(basename(file) + mark))
  return found === undefined ? null : join(dirname(file), found)
}
