import { checksOf, type Check } from '../../face/checks.ts'
import type { FaceEngine } from '../../face/engine.ts'
import { crownOf, headGeometry } from '../../face/geometry.ts'
import { measure, placeHead, type Measures, type PlacedHead } from '../../face/measure.ts'
import type { Picture, Point } from '../../face/picture.ts'
import type { Thresholds } from '../../face/thresholds.ts'
import { deviationOf, largestOverhang, overhangOf, photoMm, placementIn, tolerance, windowAgain, type HeadAxis, type Placement, type PhotoWindow } from '../../face/window.ts'
import { smallPicture, wipe, type Still } from './still.ts'

/** What was measured on a still, and the window in the still's own pixels; null where there is none, or where it leaves the still. */
export interface MeasuredStill {
  readonly measures: Measures
  readonly checks: readonly Check[]
  readonly window: PhotoWindow | null
}

/** Eye distance, pixels, at which a face is measured where the still has so many. */
const measuredEyeDistance = 170

/**
 * Measures a still: at a size at which all faces are found, and again at its own where the head is small in it. `onWindow` hears the window, where there is one,
 * as soon as the sitter's head is seen: what others there are, light and background take longer.
 */
export async function measureStill(engine: FaceEngine, still: Still, thresholds?: Thresholds, onWindow?: (window: PhotoWindow) => void): Promise<MeasuredStill> {
  const longest = Math.max(still.width, still.height)
  const measureIn = async (picture: Picture): Promise<MeasuredStill> => {
    const scale = longest / Math.max(picture.width, picture.height)
    const glanced = await engine.glance(picture)
    const early = glanced.head && windowIn(placeHead(picture, glanced.head.mesh, glanced.head.person), scale)
    if (early) onWindow?.(early)
    const sight = await engine.look(picture, glanced)
    const measures = measure(picture, sight, scale)
    const window = sight.head === glanced.head ? early : measures.head && windowIn(measures.head, scale)
    return { measures, checks: checksOf(measures, thresholds), window }
  }
  const measured = await measureIn(still.small)
  const { head, sourceScale } = measured.measures
  if (!head || sourceScale <= 1.2 || head.geometry.eyeDistance >= measuredEyeDistance / 1.3) return measured
  const side = Math.min(longest, Math.round((longest / sourceScale) * (measuredEyeDistance / head.geometry.eyeDistance)))
  const picture = await smallPicture(still.image, side)
  return measureIn(picture).finally(() => wipe(picture.data))
}

/** The window in the still's own pixels, `scale` of them in one of the measured picture; null where it leaves the picture. */
function windowIn({ pointsOutside, overhang, window: { corner, turn, pixelsPerMm } }: PlacedHead, scale: number): PhotoWindow | null {
  if (pointsOutside > 0 || largestOverhang(overhang) > 0) return null
  return { corner: { x: corner.x * scale, y: corner.y * scale }, turn, pixelsPerMm: pixelsPerMm * scale }
}

/** Where the head is in a finished photo, how far it is from upright, degrees, and whether its crown was seen or stands where most do. */
export interface PhotoGeometry extends Placement {
  readonly rollDeg: number
  readonly crownSeen: boolean
}

/** A finished photo measured again: its head, in millimetres of the photo. */
export interface MeasuredPhoto {
  readonly geometry: PhotoGeometry
  readonly head: HeadAxis
  readonly crown: Point
}

/** Pixels of the longer side at which a finished photo is measured: a third, which its JPEG is unpacked at. */
const measuredAgainSide = 354

/** Measures a finished photo, a JPEG, as if it had come from anywhere; null when no head is seen in it. */
export async function measurePhoto(engine: FaceEngine, photo: Uint8Array): Promise<MeasuredPhoto | null> {
  const picture = await smallPicture(photo, measuredAgainSide)
  try {
    const { head } = await engine.glance(picture)
    if (!head) return null
    const geometry = headGeometry(head.mesh)
    const { seen: crownSeen, ...top } = crownOf(geometry, head.person)
    const mm = ({ x, y }: Point): Point => ({ x: (x * photoMm.width) / picture.width, y: (y * photoMm.height) / picture.height })
    const [axis, crown] = [{ eyeMiddle: mm(geometry.eyeMiddle), chin: mm(geometry.chin), roll: geometry.roll }, mm(top)]
    const placement = placementIn({ corner: { x: 0, y: 0 }, turn: 0, pixelsPerMm: 1 }, axis, crown)
    return { geometry: { ...placement, rollDeg: geometry.roll, crownSeen }, head: axis, crown }
  } finally {
    wipe(picture.data)
  }
}

/** The window of a second cut, by where the first one's head really is; null where that leaves the still. */
export function correctedWindow(window: PhotoWindow, { head, crown }: MeasuredPhoto, { width, height }: Still): PhotoWindow | null {
  const corrected = windowAgain(window, head, crown, width, height)
  return largestOverhang(overhangOf(corrected, width, height)) === 0 ? corrected : null
}

/** Degrees that a head may still be turned in a finished photo: what the window may leave, and what measuring is not sure of. */
export const largestTurnLeft = 3

/** Whether the head is where an office wants it, and upright. */
export function isWellPlaced(geometry: PhotoGeometry): boolean {
  return deviationOf(geometry) <= tolerance && Math.abs(geometry.rollDeg) <= largestTurnLeft
}
