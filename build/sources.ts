import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the repository begins. */
export const root = join(import.meta.dirname, '..')

/** What the build reads. */
const inputs = ['face', 'hardware', 'main', 'renderer', 'build', 'package-lock.json'] as const
const stampFile = join(root, 'dist', '.built-from')

/** A digest of names, sizes and times of all that the build reads. */
function digestOfSources(): string {
  const digest = createHash('sha256')
  const add = (path: string): void => {
    const { size, mtimeMs } = statSync(join(root, path))
    digest.update(`${path} ${size} ${mtimeMs}\n`)
  }
  const walk = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const inside = `${path}/${entry.name}`
      if (entry.isDirectory()) walk(inside)
      else add(inside)
    }
  }
  for (const input of inputs) if (statSync(join(root, input)).isDirectory()) walk(input)
  else add(input)
  return digest.digest('hex')
}

/** Whether `dist/` was built from the sources as they are now. */
export function isBuilt(): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digestOfSources()
}

/** Notes what `dist/` was built from: take it before building, so that a change made meanwhile builds again. */
export function stampBuild(): () => void {
  const digest = digestOfSources()
  return () => {
    mkdirSync(dirname(stampFile), { recursive: true })
    writeFileSync(stampFile, digest)
  }
}
