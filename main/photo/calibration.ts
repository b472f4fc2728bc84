import type { Measures } from '../../face/measure.ts'
import { defaultThresholds, type Thresholds } from '../../face/thresholds.ts'
import { photoMm, type Overhang, type PhotoWindow } from '../../face/window.ts'
import type { Calibration, CameraCheck } from '../contract/camera-check.ts'
import { faceEngine } from './id-photo.ts'
import { measureStill } from './measured-photo.ts'
import { openStill, wipe } from './still.ts'

/** Pixels between the eyes of which the photo of 600 dpi is made without enlarging: a head of 34 mm is 803 px, and eyes are about a quarter of it apart. */
export const eyesAtFullSize = 215

/** Pixels between the eyes below which the booth takes no photo; `limits` are the site's own. */
export const leastEyesOf = (limits: Partial<Thresholds>): number => limits['source-size'] ?? defaultThresholds['source-size']

/**
 * How the camera stands, by a picture of somebody who sits as residents do: the head's part of the picture's height, how far the face is from the middle,
 * pixels between the eyes (at least `leastEyes`), light on the face, sharpness, and the milliseconds from the order to the picture.
 */
function calibrationOf({ faces, head, width, height, sourceScale }: Measures, ms: number, leastEyes: number): readonly Calibration[] {
  const line = (id: Calibration['id'], value: number, from: number, to: number): Calibration => {
    const rounded = Number(value.toFixed(3))
    return { id, value: rounded, from, to, ok: rounded >= from && rounded <= to }
  }
  const found = line('face', faces, 1, 1)
  const delay = line('delay', ms, 0, 5_000)
  if (!head) return [found, delay]
  const { geometry, crown, light } = head
  return [
    found,
    line('framing-height', Math.hypot(geometry.chin.x - crown.x, geometry.chin.y - crown.y) / height, 0.4, 0.75),
    line('framing-middle', geometry.eyeMiddle.x / width - 0.5, -0.08, 0.08),
    line('eye-distance', geometry.eyeDistance * sourceScale, leastEyes, 10_000),
    line('exposure', light.mean, 0.31, 0.64),
    line('over-exposed', light.overExposed, 0, 0.05),
    line('focus', light.sharpness, 40, 10_000),
    delay,
  ]
}

/** Judges how the camera stands by one still (JPEG or PNG), which the caller wipes; `ms` and `leastEyes` as in `calibrationOf`. */
export async function checkCamera(image: Uint8Array, ms: number, leastEyes: number): Promise<CameraCheck> {
  const engine = await faceEngine()
  if (!engine) return { ok: false, reason: 'models-altered' }
  const opened = await openStill(image)
  if (!opened.ok) return { ok: false, reason: 'not-a-picture' }
  const { still } = opened
  const { measures, window } = await measureStill(engine, still).finally(() => wipe(still.small.data))
  return {
    ok: true,
    lines: calibrationOf(measures, ms, leastEyes),
    window: window && placeOf(window, still.width),
    beyond: measures.head && mirrored(measures.head.overhang),
  }
}

/** Where a window lies in the mirrored picture of this width. */
function placeOf({ corner, pixelsPerMm }: PhotoWindow, across: number): Extract<CameraCheck, { ok: true }>['window'] {
  const [width, height] = [photoMm.width * pixelsPerMm, photoMm.height * pixelsPerMm].map(Math.round) as [number, number]
  return { left: Math.round(across - corner.x - width), top: Math.round(corner.y), width, height }
}

const mirrored = ({ left, right, top, bottom }: Overhang): Overhang => ({ left: right, right: left, top, bottom })
