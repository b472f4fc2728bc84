import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { Visitor } from 'oxc-parser'
import { root, type SourceFile } from './source-files.ts'

/** One file naming another file of the house, a package or a module of Node. */
export interface Import {
  /** The importing file, from the root of the repository. */
  readonly from: string
  /** `path:line` of the import. */
  readonly place: string
  readonly to:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'package'; readonly name: string }
    | { readonly kind: 'node'; readonly name: string }
    /** A relative path that leads to no file, or a path that is only known at run time. */
    | { readonly kind: 'nowhere'; readonly text: string }
  /** Gone before the program runs: `import type`, `export type` and `import('…')` in a type. */
  readonly type: boolean
}

/** Everything that `file` imports, re-exports, imports dynamically or resolves. */
export function importsOf(file: SourceFile): readonly Import[] {
  const imports: Import[] = []
  const add = (offset: number, specifier: string | null, type: boolean) => {
    const to = specifier === null ? { kind: 'nowhere' as const, text: 'a computed path' } : target(file.path, specifier)
    imports.push({ from: file.path, place: file.place(offset), to, type })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.start, node.source.value, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.start, node.source.value, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => void (node.source && add(node.start, node.source.value, node.exportKind === 'type')),
    ImportExpression: (node) => add(node.start, literal(node.source), false),
    TSImportType: (node) => add(node.start, node.source.value, true),
    CallExpression: (node) => {
      if (/^(?:import\.meta\.resolve|require|require\.resolve)$/.test(file.text.slice(node.callee.start, node.callee.end))) {
        const specifier = literal(node.arguments[0])
        if (specifier !== null) add(node.start, specifier, false)
      }
    },
  }).visit(file.program)
  return imports
}

/** The packages that a style sheet takes files from. */
export function packagesOfStyleSheet(text: string): readonly string[] {
  const references = text.matchAll(/(?:@import\s+|url\(\s*)['"]?(@?[a-z][^'")\s:]*)/g)
  return [...references].flatMap(([, specifier]) => (specifier ? [packageName(specifier)] : []))
}

function literal(node: { readonly type: string; readonly value?: unknown } | undefined): string | null {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}

function target(from: string, specifier: string): Import['to'] {
  const [bare = specifier] = specifier.split('?')
  if (bare.startsWith('node:')) return { kind: 'node', name: bare }
  if (!bare.startsWith('.')) return { kind: 'package', name: packageName(bare) }
  const path = posix.join(posix.dirname(from), bare)
  return existsSync(join(root, path)) ? { kind: 'file', path } : { kind: 'nowhere', text: specifier }
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
