import type { Measures } from '../../face/measure.ts'

/** One thing about a booth's camera that a technician sets, and where it should lie. */
export interface Calibration {
  readonly id: 'face' | 'framing-height' | 'framing-middle' | 'eye-distance' | 'exposure' | 'over-exposed' | 'focus' | 'delay'
  readonly value: number
  readonly from: number
  readonly to: number
  readonly ok: boolean
}

/** Pixels between the eyes of which the photo of 600 dpi is made without enlarging: a head of 34 mm is 803 px, and eyes are about a quarter of it apart. */
const eyesAtFullSize = 215

/**
 * How the camera stands, by a picture of somebody who sits as residents do: the head's part of the picture's height, how far the face is from the middle,
 * pixels between the eyes, light on the face, sharpness, and the milliseconds from the order to the picture.
 */
export function calibrationOf({ faces, head, width, height, sourceScale }: Measures, ms: number): readonly Calibration[] {
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
    line('eye-distance', geometry.eyeDistance * sourceScale, eyesAtFullSize, 10_000),
    line('exposure', light.mean, 0.31, 0.64),
    line('over-exposed', light.overExposed, 0, 0.05),
    line('focus', light.sharpness, 40, 10_000),
    delay,
  ]
}
