import type { SKRSContext2D } from '@napi-rs/canvas'
import { balanceLines, prettyLines } from './break-lines.ts'
import { cssFont, makeCanvas, makeRuler, type Font } from './canvas.ts'

/** How a piece of text stands on the page. */
export interface TextStyle extends Font {
  readonly align?: 'left' | 'centre' | 'right'
  /** Lines of about the same length. */
  readonly balanced?: boolean
}

/** A long strip of paper that is filled from the top; its length is what was put on it. */
export interface Page {
  readonly width: number
  /** Where the next thing goes, in dots from the top. */
  readonly y: number
  space(dots: number): void
  /** Text between `left` and `right`, broken into lines; moves on below it. */
  text(words: string, style: TextStyle, left: number, right: number): void
  /** Draws something else over `height` dots from here on; moves on below it. */
  draw(height: number, act: (context: SKRSContext2D, top: number) => void): void
  /** Puts two things side by side; moves on below the longer. */
  beside(first: () => void, second: () => void): void
  /** White on black over the whole width, with room above and below. */
  band(padding: number, act: () => void): void
  measure(words: string, font: Font): number
  /** The finished strip: one bit a dot, 1 = black, rows padded to whole bytes. */
  raster(): { readonly raster: Uint8Array; readonly widthDots: number; readonly heightDots: number }
}

/** Line height as a share of the font size; the baseline sits so that ink is centred in it. */
const leading = 1.3
const baseline = 1.01
/** Grey above this is white: a little under paper white, so that thin strokes burn. */
const threshold = 176
const black = '#000'
const white = '#fff'

/** An empty page of `width` dots. */
export function makePage(width: number): Page {
  const ruler = makeRuler()
  const acts: ((context: SKRSContext2D) => void)[] = []
  let y = 0
  let ink = black

  const page: Page = {
    width,
    get y() {
      return y
    },
    space(dots) {
      y += Math.round(dots)
    },
    text(words, style, left, right) {
      const wrap = style.balanced ? balanceLines : prettyLines
      for (const line of wrap(words, (piece) => ruler(style, piece), right - left)) {
        const slack = right - left - ruler(style, line)
        const x = Math.max(left, Math.round(left + (style.align === 'right' ? slack : style.align === 'centre' ? slack / 2 : 0)))
        const base = y + Math.round(style.size * baseline)
        const colour = ink
        acts.push((context) => {
          context.font = cssFont(style)
          context.fillStyle = colour
          context.fillText(line, x, base)
          if (colour === black) return
          // White strokes lose by the threshold what black ones gain.
          context.lineWidth = 0.4
          context.strokeStyle = colour
          context.strokeText(line, x, base)
        })
        y += Math.round(style.size * leading)
      }
    },
    draw(height, act) {
      const top = y
      acts.push((context) => act(context, top))
      y += height
    },
    beside(first, second) {
      const top = y
      first()
      const below = y
      y = top
      second()
      y = Math.max(below, y)
    },
    band(padding, act) {
      const top = y
      const under = acts.length
      ink = white
      y += padding
      act()
      y += padding
      ink = black
      const height = y - top
      acts.splice(under, 0, (context) => {
        context.fillStyle = black
        context.fillRect(0, top, width, height)
      })
    },
    measure: (words, font) => ruler(font, words),
    raster() {
      const height = Math.max(1, y)
      const { context } = makeCanvas(width, height)
      for (const act of acts) act(context)
      const pixels = context.getImageData(0, 0, width, height).data
      const rowBytes = Math.ceil(width / 8)
      const raster = new Uint8Array(rowBytes * height)
      // Black on white, and what is drawn is grey: any of its colours is its brightness. Most dots are white.
      const dots = new Int32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4)
      for (let row = 0, at = 0; row < height; row += 1)
        for (let dot = 0; dot < width; dot += 1, at += 1) {
          const colour = dots[at] ?? 0
          if ((colour & 0xff) >= threshold) continue
          const byte = row * rowBytes + (dot >> 3)
          raster[byte] = (raster[byte] ?? 0) | (0x80 >> (dot & 7))
        }
      pixels.fill(0)
      return { raster, widthDots: width, heightDots: height }
    },
  }
  return page
}
