import type { PhotoWindow } from '../../face/window.ts'
import { cornersOf, photoMm } from '../../face/window.ts'
import { loadSharp, sharpOf, wipe, type Still } from './still.ts'

/** The digital photo of a My Number Card application: 35 × 45 mm at 600 dpi (J-LIS). */
export const idPhotoSize = { widthPx: 827, heightPx: 1063, dpi: 600 } as const

/** Pixels of the still around the window that the scaling and turning may touch. */
const margin = 8
/** Less turn, degrees, is nothing that anybody sees. */
const leastTurn = 0.05

/** Cuts a window, which must lie within the still, out of it: turned upright, scaled, nothing retouched. A TIFF with its resolution, to be wiped. */
export async function cutPhoto(still: Still, window: PhotoWindow): Promise<Buffer> {
  const { widthPx, heightPx, dpi } = idPhotoSize
  const corners = cornersOf(window)
  const edge = (values: readonly number[], limit: number) => {
    const from = Math.max(0, Math.floor(Math.min(...values)) - margin)
    return { from, length: Math.min(limit, Math.ceil(Math.max(...values)) + margin) - from }
  }
  const across = edge(corners.map(({ x }) => x), still.width)
  const down = edge(corners.map(({ y }) => y), still.height)
  const scale = heightPx / photoMm.height / window.pixelsPerMm
  const scaled = { width: Math.max(widthPx, Math.round(across.length * scale)), height: Math.max(heightPx, Math.round(down.length * scale)) }
  // Where the window's middle is: from the middle of the scaled part, and in the turned frame.
  const middle = {
    x: ((corners[0]!.x + corners[2]!.x) / 2 - across.from) * (scaled.width / across.length) - scaled.width / 2,
    y: ((corners[0]!.y + corners[2]!.y) / 2 - down.from) * (scaled.height / down.length) - scaled.height / 2,
  }
  const turned = Math.abs(window.turn) >= leastTurn
  const radians = turned ? (window.turn * Math.PI) / 180 : 0
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)]

  const source = await sharpOf(still)
  const upright = await source
    .extract({ left: across.from, top: down.from, width: across.length, height: down.length })
    .resize(scaled.width, scaled.height, { kernel: 'lanczos3', fit: 'fill' })
    .rotate(turned ? -window.turn : 0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = upright.info
  const place = (length: number, offset: number, size: number) => Math.min(length - size, Math.max(0, Math.round(length / 2 + offset - size / 2)))
  const left = place(width, middle.x * cosine + middle.y * sine, widthPx)
  const top = place(height, middle.y * cosine - middle.x * sine, heightPx)
  return (await loadSharp())(upright.data, { raw: { width, height, channels } })
    .extract({ left, top, width: widthPx, height: heightPx })
    .removeAlpha()
    // The resolution that libvips writes into a JPEG is the picture's own, whatever the tags say: a plain TIFF carries it there.
    .tiff({ compression: 'none', xres: dpi / 25.4, yres: dpi / 25.4 })
    .toBuffer()
    .finally(() => wipe(upright.data))
}
