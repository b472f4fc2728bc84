import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Something that must be nowhere. */
export interface Wanted {
  readonly what: string
  readonly needles: readonly Buffer[]
}

/** How a V8 heap's picture begins a JPEG in base64. */
export const jpegText: Wanted = { what: 'a picture as text', needles: [Buffer.from('"/9j/')] }

/** What a Node process is told so that a heap's picture holds the whole of each string: of its own accord V8 cuts it at a kilobyte. */
export const wholeStrings = '--heap-snapshot-string-limit=100000000'

/** Every regular file under the folders, at any depth; sockets, pipes and links are none. */
export function filesUnder(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    if (!existsSync(folder)) return []
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      const stat = lstatSync(path, { throwIfNoEntry: false })
      if (stat?.isDirectory()) return filesUnder([path])
      return stat?.isFile() ? [path] : []
    })
  })
}

/** What of `wanted` is in `text`, by name. */
export function foundIn(text: Buffer | string, wanted: readonly Wanted[]): readonly string[] {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text)
  return wanted.filter(({ needles }) => needles.some((needle) => bytes.includes(needle))).map(({ what }) => what)
}

/** What the file holds; nothing when a browser that still runs removed it since it was listed. */
function contentsOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return Buffer.alloc(0)
  }
}

/** What of `wanted` is in which file. */
export function foundInFiles(files: readonly string[], wanted: readonly Wanted[]): readonly string[] {
  return files.flatMap((file) => foundIn(contentsOf(file), wanted).map((what) => `${what} in ${file}`))
}
