import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every byte that a booth left in its folder as one text (a byte a sign), without those files of which `without` says so. */
export function everythingOnDisk(folder: string, without: (file: string) => boolean = () => false): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !without(file))
    .map((file) => readFileSync(file).toString('latin1'))
    .join('\n')
}
