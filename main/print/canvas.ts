import { createRequire } from 'node:module'
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import type { Language } from '../contract/language.ts'

const require = createRequire(import.meta.url)

/** Each family and its files; a family is asked in this order for a character that the one before does not have. */
const files = {
  'Slip Latin': (weight: Weight) => require.resolve(`@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff2`),
  'Slip Latin Extended': (weight: Weight) => require.resolve(`@fontsource/noto-sans/files/noto-sans-latin-ext-${weight}-normal.woff2`),
  'Slip Japanese': (weight: Weight) => require.resolve(`@fontsource/noto-sans-jp/files/noto-sans-jp-japanese-${weight}-normal.woff2`),
  'Slip Chinese': (weight: Weight) => require.resolve(`@fontsource/noto-sans-tc/files/noto-sans-tc-chinese-traditional-${weight}-normal.woff2`),
} as const

const families: Readonly<Record<Language, string>> = {
  ja: '"Slip Latin", "Slip Latin Extended", "Slip Japanese", "Slip Chinese"',
  en: '"Slip Latin", "Slip Latin Extended", "Slip Japanese", "Slip Chinese"',
  'zh-Hant': '"Slip Latin", "Slip Latin Extended", "Slip Chinese", "Slip Japanese"',
}

export const weights = [400, 700] as const
export type Weight = (typeof weights)[number]

export interface Font {
  readonly language: Language
  /** Font size in dots. */
  readonly size: number
  readonly weight: Weight
}

type CanvasLibrary = typeof import('@napi-rs/canvas')
let library: CanvasLibrary | null = null

/**
 * Loads the drawing library and the embedded fonts, once (about 0.4 s). Fonts of the system are kept out: a slip looks the same on every machine.
 * Throws when a font is missing: the installation is broken.
 */
export function loadCanvas(): CanvasLibrary {
  if (library) return library
  // The library looks for system fonts while it is being loaded, so this must be said before; a static import would come first.
  process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1'
  const loaded = require('@napi-rs/canvas') as CanvasLibrary
  for (const [family, file] of Object.entries(files))
    for (const weight of weights)
      if (!loaded.GlobalFonts.registerFromPath(file(weight), family)) throw new Error(`font ${file(weight)} cannot be read`)
  library = loaded
  return loaded
}

/** A white canvas, in dots. */
export function makeCanvas(width: number, height: number): { readonly canvas: Canvas; readonly context: SKRSContext2D } {
  const canvas = loadCanvas().createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#000'
  context.textBaseline = 'alphabetic'
  return { canvas, context }
}

/** A font as CSS names it. */
export function cssFont(font: Font): string {
  return `${font.weight} ${font.size}px ${families[font.language]}`
}

/** A ruler for one slip: widths in dots. What it remembers goes with it, because slips are about people. */
export function makeRuler(): (font: Font, piece: string) => number {
  const { context } = makeCanvas(1, 1)
  const known = new Map<string, number>()
  let font = ''
  return (asked, piece) => {
    const css = cssFont(asked)
    const name = `${css} ${piece}`
    let width = known.get(name)
    if (width === undefined) {
      if (font !== css) context.font = font = css
      width = context.measureText(piece).width
      known.set(name, width)
    }
    return width
  }
}
