import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join } from 'node:path'
import { modelFiles } from '../../face/models.ts'

const require = createRequire(import.meta.url)

/** A file in a package, which may list its files or not. */
export const inPackage = (path: string): string => {
  const [scope = '', name = '', ...rest] = path.split('/')
  return join(dirname(require.resolve(`${scope}/${name}/package.json`)), ...rest)
}

/**
 * Whether the face models and what runs them are there, and to the byte the ones that were tried: in the packages, which the booth reads, and in the folder
 * of the built pages, which have copies of their own (`assets/NAME-HASH.EXT`). `pages` is null where no page runs.
 */
export async function areFaceFilesWhole(pages: string | null): Promise<boolean> {
  const isWhole = async (path: string, sha256: string) => createHash('sha256').update(await readFile(path)).digest('hex') === sha256
  try {
    const assets = pages === null ? null : join(pages, 'assets')
    const built = assets === null ? [] : await readdir(assets)
    for (const { file, sha256 } of Object.values(modelFiles)) {
      if (!(await isWhole(inPackage(file), sha256))) return false
      if (assets === null) continue
      const [kind, name] = [extname(file), `${basename(file, extname(file))}-`]
      const copies = built.filter((copy) => copy.startsWith(name) && copy.endsWith(kind))
      if (copies.length === 0) return false
      for (const copy of copies) if (!(await isWhole(join(assets, copy), sha256))) return false
    }
    return true
  } catch {
    return false
  }
}
