import type { PhotoWindow } from '../../face/window.ts'
import { cornersOf, photoMm } from '../../face/window.ts'
import { loadSharp, unpack, wipe, type Still } from './still.ts'

/** The digital photo of a My Number Card application: 35 × 45 mm at 600 dpi (J-LIS). */
export const idPhotoSize = { widthPx: 827, heightPx: 1063, dpi: 600 } as const

/** Values of the EXIF tags ResolutionUnit and ColorSpace. */
export const inches = 2
export const sRgb = 1

/** Pixels of the still around the window that the scaling and turning may touch. */
const margin = 8
/** Less turn, degrees, is nothing that anybody sees. */
const leastTurn = 0.1

/** A rectangle of a picture, pixels. */
export interface Part {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** How a window is cut: the part of the still around it, brought to a size, turned by degrees, and the photo's part of what that gives. */
export interface CutSteps {
  readonly part: Part
  readonly scaled: { readonly width: number; readonly height: number }
  readonly turn: number
  readonly photo: Part
}

/** The steps for a window, which must lie within the still. */
export function cutSteps(still: Pick<Still, 'width' | 'height'>, window: PhotoWindow): CutSteps {
  const { widthPx, heightPx } = idPhotoSize
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
  const turn = Math.abs(window.turn) >= leastTurn ? window.turn : 0
  const [cosine, sine] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]
  // What libvips makes of a turned picture: the box around its corners.
  const turned = {
    width: Math.round(scaled.width * cosine + scaled.height * Math.abs(sine)),
    height: Math.round(scaled.height * cosine + scaled.width * Math.abs(sine)),
  }
  const place = (length: number, offset: number, size: number) => Math.min(length - size, Math.max(0, Math.round(length / 2 + offset - size / 2)))
  return {
    part: { left: across.from, top: down.from, width: across.length, height: down.length },
    scaled,
    turn: -turn,
    photo: {
      left: place(turned.width, middle.x * cosine + middle.y * sine, widthPx),
      top: place(turned.height, middle.y * cosine - middle.x * sine, heightPx),
      width: widthPx,
      height: heightPx,
    },
  }
}

/** How the photo is written: its 2.6 MB of pixels keep it far below 7 MB. */
export const encoding = { quality: 92, chromaSubsampling: '4:4:4' } as const

/**
 * Cuts a window, which must lie within the still, out of it: turned upright, scaled, nothing retouched. A JPEG with its resolution and colour space as its only
 * metadata, to be wiped.
 */
export async function cutPhoto(still: Pick<Still, 'image' | 'width' | 'height'>, window: PhotoWindow): Promise<Buffer> {
  const { widthPx, heightPx, dpi } = idPhotoSize
  const { part, scaled, turn, photo } = cutSteps(still, window)
  const cut = await (await unpack(still.image))
    .extract(part)
    .resize(scaled.width, scaled.height, { kernel: 'lanczos3', fit: 'fill' })
    .rotate(turn)
    .extract(photo)
    .raw()
    .toBuffer()
  // From here on there are pixels alone: nothing that the still tells of its place, maker and owner can come along.
  return (await loadSharp())(cut, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .withExif({ IFD0: { XResolution: String(dpi), YResolution: String(dpi), ResolutionUnit: String(inches) }, IFD2: { ColorSpace: String(sRgb) } })
    .withDensity(dpi)
    .jpeg(encoding)
    .toBuffer()
    .finally(() => wipe(cut))
}
