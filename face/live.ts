import type { HeadMeasures, Measures } from './measure.ts'
import { defaultLiveLimits, type LiveId } from './thresholds.ts'
import { figure, middleOf } from './window.ts'

/** One thing that is asked of somebody before the camera and of no photo, and how they stand. */
export interface LiveCheck {
  readonly id: LiveId
  readonly ok: boolean
}

/** So long the widest that somebody's own eyes were open counts, milliseconds. */
const ownMs = 2000

/** Where a head is in what is shown: the middle between crown and chin, and how high it is, parts of the picture's height. */
export interface HeadPlace {
  readonly middle: number
  readonly size: number
}

/** How high a head is, crown to chin, through the picture's height. */
const sizeOf = ({ window }: HeadMeasures, height: number) => (window.pixelsPerMm * figure.headMm) / height

/** The place of a head that is near enough; null for one that is to come closer, and without one. */
export function placeOfHead({ head, height }: Measures, own: Readonly<Record<string, number>> = {}): HeadPlace | null {
  const least = { ...defaultLiveLimits, ...own }['head-size']
  if (!head || sizeOf(head, height) < least) return null
  return { middle: (head.crown.y + head.geometry.chin.y) / 2 / height, size: sizeOf(head, height) }
}

/** How far the middle of the face is from the picture's middle, through its width; 0 without a head. */
export function offMiddle({ width, head }: Measures): number {
  return head ? middleOf(head.geometry).x / width - 0.5 : 0
}

/**
 * Judges the frames of one sitter, one after another: whether the head is large enough in what is shown, before its middle (up and down the photo's window follows
 * them), and whether the eyes are as open as they were in the last two seconds (ISO/IEC 39794-5 asks for open eyes; narrow ones are as open as they are). A frame
 * without a head forgets them. `now` in milliseconds.
 */
export function judgeSitter(now: () => number): (measures: Measures, limits?: Readonly<Record<string, number>>) => readonly LiveCheck[] {
  let seen: readonly { readonly at: number; readonly opening: number }[] = []
  return (measures, own = {}) => {
    const { head, height } = measures
    if (!head) {
      seen = []
      return []
    }
    const limits = { ...defaultLiveLimits, ...own }
    const opening = Math.min(...head.geometry.eyeOpenings)
    const at = now()
    seen = [...seen.filter((before) => at - before.at <= ownMs), { at, opening }]
    const widest = Math.max(...seen.map((one) => one.opening))
    return [
      { id: 'head-size', ok: sizeOf(head, height) >= limits['head-size'] },
      { id: 'aside', ok: Math.abs(offMiddle(measures)) <= limits.aside },
      { id: 'own-eyes', ok: opening >= limits['own-eyes'] * widest },
    ]
  }
}
