import type { HeadGeometry } from './geometry.ts'
import type { Point } from './picture.ts'

/** The part of a picture that becomes the photo: a rectangle of 35 : 45, turned with the head. */
export interface PhotoWindow {
  /** Its top left corner, in pixels of the picture. */
  readonly corner: Point
  /** Clockwise, degrees. */
  readonly turn: number
  /** Pixels of the picture in a millimetre of the photo. */
  readonly pixelsPerMm: number
}

/** A head's place in the photo, millimetres: crown to chin, above the crown, and the middle of the face from the left edge. */
export interface Placement {
  readonly headMm: number
  readonly topMm: number
  readonly centreMm: number
}

/** The photo, millimetres (J-LIS: 45 high, 35 wide). */
export const photoMm = { width: 35, height: 45 } as const

/** Where the head should be, and how far from that, millimetres, is still right (Japan's passport photo, whose figure J-LIS shows as a guide). */
export const figure: Placement = { headMm: 34, topMm: 4, centreMm: 17 }
export const tolerance = 2
/** What a window is cut for: the figure, and the face in the very middle, which the figure's 17 mm of 35 only round. */
const aim: Placement = { ...figure, centreMm: photoMm.width / 2 }

/** Steps away from the aim, millimetres, that are tried where the best window leaves the picture. */
const steps = [0, 0.35, -0.35, 0.7, -0.7, 1.05, -1.05, 1.4, -1.4]
/** How far from the figure a window may be, millimetres: short of the tolerance, so that what measuring is not sure of does not decide. */
const largestDeviation = 1.4
const candidates = steps
  .flatMap((size) => steps.flatMap((top) => steps.map((centre) => ({ size, top, centre, off: Math.abs(size) + Math.abs(top) + Math.abs(centre) }))))
  .sort((a, b) => a.off - b.off)
/** Degrees of roll that may be left where there is no room to turn the head upright. */
const rollLeft = [0, 1]

const radians = Math.PI / 180

/** What of a head decides where it is cut. */
export type HeadAxis = Pick<HeadGeometry, 'eyeMiddle' | 'chin' | 'roll'>

/** The middle of the face: between the eyes' middle and the chin, seen across. */
export const middleOf = ({ eyeMiddle, chin }: HeadAxis): Point => ({ x: (eyeMiddle.x + chin.x) / 2, y: (eyeMiddle.y + chin.y) / 2 })

/** The window that places the head as `placement` says. */
export function windowFor(head: HeadAxis, crown: Point, { headMm, topMm, centreMm }: Placement, turn: number = head.roll): PhotoWindow {
  const [cosine, sine] = [Math.cos(turn * radians), Math.sin(turn * radians)]
  const along = ({ x, y }: Point) => x * cosine + y * sine
  const down = ({ x, y }: Point) => y * cosine - x * sine
  const pixelsPerMm = (down(head.chin) - down(crown)) / headMm
  const left = along(middleOf(head)) - centreMm * pixelsPerMm
  const top = down(crown) - topMm * pixelsPerMm
  return { corner: { x: left * cosine - top * sine, y: left * sine + top * cosine }, turn, pixelsPerMm }
}

/** Where the head is in a window. */
export function placementIn({ corner, turn, pixelsPerMm }: PhotoWindow, head: HeadAxis, crown: Point): Placement {
  const [cosine, sine] = [Math.cos(turn * radians), Math.sin(turn * radians)]
  const along = ({ x, y }: Point) => ((x - corner.x) * cosine + (y - corner.y) * sine) / pixelsPerMm
  const down = ({ x, y }: Point) => ((y - corner.y) * cosine - (x - corner.x) * sine) / pixelsPerMm
  return { headMm: down(head.chin) - down(crown), topMm: down(crown), centreMm: along(middleOf(head)) }
}

/** The farthest that a head is from where it should be, millimetres: its size, what is above it and below the chin (the figure's 7), and its middle. */
export function deviationOf({ headMm, topMm, centreMm }: Placement): number {
  const [size, top] = [headMm - figure.headMm, topMm - figure.topMm]
  return Math.max(Math.abs(size), Math.abs(top), Math.abs(size + top), Math.abs(centreMm - figure.centreMm))
}

/** The corners of a window in the picture, clockwise from the top left. */
export function cornersOf({ corner, turn, pixelsPerMm }: PhotoWindow): readonly Point[] {
  const [cosine, sine] = [Math.cos(turn * radians) * pixelsPerMm, Math.sin(turn * radians) * pixelsPerMm]
  const at = (x: number, y: number) => ({ x: corner.x + x * cosine - y * sine, y: corner.y + x * sine + y * cosine })
  return [at(0, 0), at(photoMm.width, 0), at(photoMm.width, photoMm.height), at(0, photoMm.height)]
}

/**
 * The window for a head that was measured again in the photo cut by `window`, in millimetres of the photo: measured at another size, a head is seen a little
 * elsewhere, and what was written is what counts.
 */
export function windowAgain(window: PhotoWindow, head: HeadAxis, crown: Point, width: number, height: number): PhotoWindow {
  const [cosine, sine] = [Math.cos(window.turn * radians), Math.sin(window.turn * radians)]
  const inPicture = ({ x, y }: Point): Point => ({
    x: window.corner.x + (x * cosine - y * sine) * window.pixelsPerMm,
    y: window.corner.y + (x * sine + y * cosine) * window.pixelsPerMm,
  })
  return bestWindow({ eyeMiddle: inPicture(head.eyeMiddle), chin: inPicture(head.chin), roll: window.turn + head.roll }, inPicture(crown), width, height)
}

/** How far a window reaches over the edges of a picture, millimetres of the photo, each 0 or more. */
export interface Overhang {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A window that is turned keeps so far from the edges, millimetres: what is cut along a slant is whole pixels, and none of them may be empty. */
const reserve = 0.1

export function overhangOf(window: PhotoWindow, width: number, height: number): Overhang {
  const corners = cornersOf(window)
  const kept = window.turn === 0 ? 0 : reserve
  const most = (beyond: (corner: Point) => number) => Math.max(0, Math.max(...corners.map(beyond)) / window.pixelsPerMm + kept)
  return { left: most(({ x }) => -x), right: most(({ x }) => x - width), top: most(({ y }) => -y), bottom: most(({ y }) => y - height) }
}

export const largestOverhang = ({ left, right, top, bottom }: Overhang): number => Math.max(left, right, top, bottom)

/**
 * The window for a head in a picture of `width` times `height`: the aim, or where that leaves the picture the nearest within the tolerance that does
 * not. Where none fits, the aim's own, which leaves it: nothing is ever filled in.
 */
export function bestWindow(head: HeadAxis, crown: Point, width: number, height: number): PhotoWindow {
  for (const left of rollLeft)
    for (const { size, top, centre } of candidates) {
      const placement = { headMm: aim.headMm + size, topMm: aim.topMm + top, centreMm: aim.centreMm + centre }
      if (deviationOf(placement) > largestDeviation) continue
      const window = windowFor(head, crown, placement, Math.sign(head.roll) * Math.max(0, Math.abs(head.roll) - left))
      if (largestOverhang(overhangOf(window, width, height)) === 0) return window
    }
  return windowFor(head, crown, aim)
}
