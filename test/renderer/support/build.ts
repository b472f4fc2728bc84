import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'
import { build } from 'vite'
import { isBuilt, root } from '../../../build/sources.ts'
import { parts } from '../../../build/vite.ts'

/** The renderer as it is shipped. */
export interface BuiltPages {
  /** The bytes and type of a path such as `/index.html`; null when there is no such file. */
  read(path: string): { readonly body: Buffer; readonly contentType: string } | null
  remove(): void
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
}

/** The pages with the shipped settings: those of `dist/` where they are of these sources, else built into a folder of their own. */
export async function buildPages(): Promise<BuiltPages> {
  if (isBuilt()) return pagesIn(join(root, 'dist/renderer'), () => {})
  const { renderer } = parts
  if (!renderer) throw new Error('no renderer among the parts')
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-pages-'))
  await build({ ...renderer, logLevel: 'error', build: { ...renderer.build, outDir: folder, emptyOutDir: true } })
  return pagesIn(folder, () => rmSync(folder, { recursive: true, force: true }))
}

function pagesIn(folder: string, remove: () => void): BuiltPages {
  return {
    read(path) {
      try {
        const body = readFileSync(join(folder, normalize(path)))
        return { body, contentType: types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream' }
      } catch {
        return null
      }
    },
    remove,
  }
}
