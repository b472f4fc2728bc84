/**
 * Why there is no picture: `lost` no camera, or it went away meanwhile · `claimed` another program holds it · `late` it did not end in time ·
 * `focus` it found no focus · `no-jpeg` what came is no JPEG (a camera set to RAW only) · `failed` anything else.
 */
export type NoStill = 'lost' | 'claimed' | 'late' | 'focus' | 'no-jpeg' | 'failed'

export type StillCameraEvent =
  /** A picture as the camera made it, JPEG. Never traced or logged, never on a disk. */
  | { readonly kind: 'still'; readonly job: string; readonly jpegBase64: string }
  | { readonly kind: 'no-still'; readonly job: string; readonly reason: NoStill }

export type StillCameraCommand =
  /** Releases the shutter now and brings the picture. */
  { readonly kind: 'capture'; readonly job: string }
