import { checksOf, type Check } from '../../face/checks.ts'
import type { FaceEngine } from '../../face/engine.ts'
import { crownOf, headGeometry } from '../../face/geometry.ts'
import { measure, type Measures } from '../../face/measure.ts'
import type { Picture, Point } from '../../face/picture.ts'
import type { Thresholds } from '../../face/thresholds.ts'
import { deviationOf, largestOverhang, overhangOf, photoMm, placementIn, tolerance, windowAgain, type HeadAxis, type Placement, type PhotoWindow } from '../../face/window.ts'
import { sharpOf, wipe, type Still } from './still.ts'

/** What was measured on a still, and the window in the still's own pixels; null where there is none, or where it leaves the still. */
export interface MeasuredStill {
  readonly measures: Measures
  readonly checks: readonly Check[]
  readonly window: PhotoWindow | null
}

/** The longer side, pixels, of the picture in which faces are looked for. */
const firstSide = 1280
/** Eye distance, pixels, at which a face is measured where the still has so many. */
const measuredEyeDistance = 170

/** Measures a still: at a size at which all faces are found, and again at its own where the head is small in it. */
export async function measureStill(engine: FaceEngine, still: Still, thresholds?: Thresholds): Promise<MeasuredStill> {
  const longest = Math.max(still.width, still.height)
  let measures = await measureAt(engine, still, Math.min(longest, firstSide))
  const eyeDistance = measures.head?.geometry.eyeDistance ?? measuredEyeDistance
  if (measures.sourceScale > 1.2 && eyeDistance < measuredEyeDistance / 1.3)
    measures = await measureAt(engine, still, Math.min(longest, Math.round((firstSide * measuredEyeDistance) / eyeDistance)))
  const { head, sourceScale } = measures
  const fits = head && measures.faces === 1 && head.pointsOutside === 0 && largestOverhang(head.overhang) === 0
  return {
    measures,
    checks: checksOf(measures, thresholds),
    window: fits
      ? {
          corner: { x: head.window.corner.x * sourceScale, y: head.window.corner.y * sourceScale },
          turn: head.window.turn,
          pixelsPerMm: head.window.pixelsPerMm * sourceScale,
        }
      : null,
  }
}

async function measureAt(engine: FaceEngine, still: Still, side: number): Promise<Measures> {
  const scale = Math.max(still.width, still.height) / side
  const size = { width: Math.max(1, Math.round(still.width / scale)), height: Math.max(1, Math.round(still.height / scale)) }
  const { data } = await (await sharpOf(still))
    .resize(size.width, size.height, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const picture: Picture = { data, ...size }
  try {
    return measure(picture, await engine.look(picture), scale)
  } finally {
    wipe(data)
  }
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

/** Measures a finished photo as if it had come from anywhere; null when no head is seen in it. */
export async function measurePhoto(engine: FaceEngine, photo: Still): Promise<MeasuredPhoto | null> {
  const { data } = await (await sharpOf(photo)).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  try {
    const { head } = await engine.glance({ data, width: photo.width, height: photo.height })
    if (!head) return null
    const { eyeMiddle, chin, roll, ...geometry } = headGeometry(head.mesh)
    const { seen: crownSeen, ...top } = crownOf({ eyeMiddle, chin, roll, ...geometry }, head.person)
    const mm = ({ x, y }: Point): Point => ({ x: (x * photoMm.height) / photo.height, y: (y * photoMm.height) / photo.height })
    const [axis, crown] = [{ eyeMiddle: mm(eyeMiddle), chin: mm(chin), roll }, mm(top)]
    const placement = placementIn({ corner: { x: 0, y: 0 }, turn: 0, pixelsPerMm: 1 }, axis, crown)
    return { geometry: { ...placement, rollDeg: roll, crownSeen }, head: axis, crown }
  } finally {
    wipe(data)
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
