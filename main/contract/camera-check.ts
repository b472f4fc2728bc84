/** One thing about a booth's camera that a technician sets, and where it should lie. */
export interface Calibration {
  readonly id: 'face' | 'framing-height' | 'framing-middle' | 'eye-distance' | 'exposure' | 'over-exposed' | 'focus' | 'delay'
  readonly value: number
  readonly from: number
  readonly to: number
  readonly ok: boolean
}

/** How the camera stands, by a still of somebody who sits as residents do. Left and right are those of the mirrored picture that the sitter sees. */
export type CameraCheck =
  | {
      readonly ok: true
      readonly lines: readonly Calibration[]
      /** Where the photo of 35 × 45 mm would be cut, in pixels of the still; null where that leaves the still, or nobody is there. */
      readonly window: { readonly left: number; readonly top: number; readonly width: number; readonly height: number } | null
      /** How far the photo would reach over the edges of the still, in millimetres of the photo; null where nobody is there. */
      readonly beyond: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } | null
    }
  | { readonly ok: false; readonly reason: 'not-a-picture' | 'models-altered' }
