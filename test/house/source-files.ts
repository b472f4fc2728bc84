import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { parseSync, type Program } from 'oxc-parser'

/** Where the repository begins. */
export const root = join(import.meta.dirname, '../..')

/** Folders that hold nothing written by hand. */
const notWritten = new Set(['node_modules', 'dist', 'release', '.git', '.cache'])

/** Every file of the repository, as paths from its root with `/`, in alphabetical order. */
export function repositoryFiles(): readonly string[] {
  const walk = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (notWritten.has(entry.name)) return []
      return entry.isDirectory() ? walk(path) : [path]
    })
  return walk('').sort()
}

/** The text of a repository file. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** A parsed source file. */
export interface SourceFile {
  /** From the root of the repository. */
  readonly path: string
  readonly text: string
  readonly program: Program
  /** `path:line` of an offset in the text, as editors and terminals open it. */
  place(offset: number): string
}

const languages: Readonly<Record<string, 'js' | 'ts' | 'tsx'>> = { '.ts': 'ts', '.mts': 'ts', '.tsx': 'tsx', '.mjs': 'js', '.js': 'js' }

/** The type declarations and programs of the house, parsed; a file that does not parse throws with its place. */
export function sourceFiles(files: readonly string[] = repositoryFiles()): readonly SourceFile[] {
  return files.flatMap((path) => {
    const lang = languages[extname(path)]
    return lang ? [parseSource(path, readText(path), lang)] : []
  })
}

/** Parses one source text under the name of `path`. */
export function parseSource(path: string, text: string, lang: 'js' | 'ts' | 'tsx' = 'ts'): SourceFile {
  const { program, errors } = parseSync(path, text, { lang, sourceType: 'module' })
  const place = (offset: number) => `${path}:${text.slice(0, offset).split('\n').length}`
  const [error] = errors
  if (error) throw new Error(`${place(error.labels[0]?.start ?? 0)}: ${error.message}`)
  return { path, text, program, place }
}
