import type { CodeReader, ReadCode } from './code-reader.ts'
import type { Luminance } from './luminance.ts'
import { deblur, enlarge, evenOut, halve, smooth, type Treatment } from './treatments.ts'

/** Reads codes from pictures: the reader's own try first, and where that finds nothing a treated picture. */
export interface CodeDecoder {
  /** One picture of a stream: one in six that failed gets one treatment, each time the next one, so that the cost of an empty view is bounded. */
  live(picture: Luminance): readonly ReadCode[]
  /** One picture by itself: all treatments until something is found. */
  still(picture: Luminance): readonly ReadCode[]
}

/** How many frames of a stream must fail for one of them to be treated. */
const treatedEvery = 6

/** Shorter sides of the pictures that are treated: beyond them modules are large enough, and the time is not there. */
const treatedSide = 1200
const enlargedSide = 800

/**
 * What helps where zxing-cpp alone finds nothing, best first (measured with `measure-scan.ts`): the grain of bad light; a form out of focus;
 * reflections and edges of shadow through small modules; a form out of focus on a larger picture.
 */
const secondTries: readonly Treatment[] = [
  (picture) => evenOut(smooth(picture), 16),
  (picture) => deblur(halve(picture), 3, 20),
  (picture) => evenOut(enlarge(within(picture, enlargedSide)), 32),
  (picture) => deblur(halve(picture), 4, 12),
]

/** A decoder on `read`, which every try uses. */
export function codeDecoder(read: CodeReader): CodeDecoder {
  let failed = 0
  return {
    live(picture) {
      const codes = read(picture)
      if (codes.length > 0) return codes
      failed += 1
      if (failed % treatedEvery !== 0) return codes
      return read(secondTries[(failed / treatedEvery) % secondTries.length]!(within(picture, treatedSide)))
    },
    still(picture) {
      const codes = read(picture)
      if (codes.length > 0) return codes
      const fit = within(picture, treatedSide)
      for (const treat of secondTries) {
        const found = read(treat(fit))
        if (found.length > 0) return found
      }
      return []
    },
  }
}

/** The picture halved until its shorter side has at most `side` pixels. */
function within(picture: Luminance, side: number): Luminance {
  let fitting = picture
  while (Math.min(fitting.width, fitting.height) > side) fitting = halve(fitting)
  return fitting
}
