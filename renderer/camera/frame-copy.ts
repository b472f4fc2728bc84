import { wholePart, type PicturePart } from './seen-part.ts'

/** Where the frames of a video are copied to, one at a time. */
export interface FrameCopy {
  /** The part of a frame, or of the one that a video shows now, in the camera's own size, on the same canvas each time; null where there is none, or it was wiped meanwhile. */
  take(source: HTMLVideoElement | VideoFrame): Promise<OffscreenCanvas | null>
  /** Forgets the frame. */
  wipe(): void
}

/**
 * Frames to draw from. A video that is drawn itself leaves each of its frames behind in Chromium's cache of decoded pictures: up to 512 MB of residents'
 * faces and forms, long after they left. Copied pixels need no decoding.
 */
export function frameCopy(partOf: (frame: VideoFrame) => PicturePart = wholePart): FrameCopy {
  const canvas = new OffscreenCanvas(0, 0)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  let held: ImageData | null = null
  return {
    async take(source) {
      let frame: VideoFrame | null = null
      try {
        frame = new VideoFrame(source)
        const rect = partOf(frame)
        const { width, height } = rect
        if (held?.width !== width || held.height !== height) {
          held?.data.fill(0)
          held = new ImageData(width, height)
          Object.assign(canvas, { width, height })
        }
        const pixels = held
        await frame.copyTo(pixels.data, { format: 'RGBA', rect })
        if (pixels === held) {
          context?.putImageData(pixels, 0, 0)
          return canvas
        }
        pixels.data.fill(0)
      } catch {
        // The player has no frame (any more).
      } finally {
        frame?.close()
      }
      return null
    },
    wipe() {
      held?.data.fill(0)
      held = null
      Object.assign(canvas, { width: 0, height: 0 })
    },
  }
}
