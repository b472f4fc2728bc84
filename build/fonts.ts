import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from './sources.ts'

/** Cuts a font down to the characters of `text`; the package tells no types. */
const subsetFont = createRequire(import.meta.url)('subset-font') as (font: Uint8Array, text: string, options: { readonly targetFormat: 'woff2' }) => Promise<Buffer>

/** Where the cut faces lie between two builds. */
export const fontFolder = join(root, 'node_modules', '.cache', 'cardbooth-fonts')

/** The faces of a whole script, a megabyte each, and the language whose words they draw. */
const faces = [
  { name: 'jp', language: 'ja', file: '@fontsource/noto-sans-jp/files/noto-sans-jp-japanese' },
  { name: 'tc', language: 'zh-Hant', file: '@fontsource/noto-sans-tc/files/noto-sans-tc-chinese-traditional' },
] as const

/** Both kana and their punctuation: what a name of a day or an hour may bring along. */
const kana = String.fromCodePoint(...Array.from({ length: 0x100 }, (_, index) => 0x3000 + index))

/**
 * Cuts each face down to the characters of the booth's own words, a tenth of it, so that the first screen does not wait for the rest; a
 * character that is not among them is drawn from the whole face. A face whose words and source are as they were is left as it is.
 */
export async function cutFonts(): Promise<void> {
  mkdirSync(fontFolder, { recursive: true })
  const pages = globSync('renderer/**/*.{ts,tsx,html}', { cwd: root })
  for (const { name, language, file } of faces) {
    const catalogues = globSync([`main/**/messages/${language}/*.json`, `main/**/messages/${language}.json`], { cwd: root })
    const words = [...catalogues, ...pages].map((path) => readFileSync(join(root, path), 'utf8'))
    const characters = [...new Set(kana + words.join(''))].toSorted().join('')
    for (const weight of [400, 700]) {
      const whole = readFileSync(join(root, 'node_modules', `${file}-${weight}-normal.woff2`))
      const digest = createHash('sha256').update(characters).update(whole).digest('hex')
      const [cut, stamp] = [join(fontFolder, `${name}-${weight}.woff2`), join(fontFolder, `${name}-${weight}.sha256`)]
      if (existsSync(cut) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) continue
      // Renamed, so that two builds at once never read half a face.
      const half = join(dirname(cut), `${digest}-${process.pid}`)
      writeFileSync(half, await subsetFont(whole, characters, { targetFormat: 'woff2' }))
      renameSync(half, cut)
      writeFileSync(stamp, digest)
    }
  }
}
