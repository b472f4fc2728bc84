import type { Sharp } from 'sharp'
import type { Picture } from '../../face/picture.ts'

/** A picture as it came out of a camera or a file: packed, and unpacked small. Whoever opened it wipes what was unpacked. */
export interface Still {
  readonly format: 'jpeg' | 'png'
  readonly image: Uint8Array
  /** Pixels of the picture, held upright. */
  readonly width: number
  readonly height: number
  /** All of it, its longer side `smallSide` pixels at most: in it faces are looked for. A large JPEG is unpacked so in less time than as a whole. */
  readonly small: Picture
}

export type StillError = 'not-a-picture' | 'too-large'

/** Larger files are refused unread; more pixels are refused before they are allocated. Cameras and telephones make 12 to 50 million. */
export const largestBytes = 32_000_000
const largestPixels = 64_000_000
/** The longer side, pixels, of the picture in which faces are looked for. */
const smallSide = 1280

let library: typeof import('sharp').default | null = null
/** The imaging library, loaded with the first photo: the booth's start does not wait for it. Once it is there, nothing comes between asking and its work. */
export const loadSharp = async (): Promise<typeof import('sharp').default> => (library ??= (await import('sharp')).default)

/** Fills a buffer of a picture with zeros. */
export function wipe(bytes: Uint8Array | Uint8ClampedArray): void {
  bytes.fill(0)
}

/** The format that the first bytes tell; nothing but JPEG and PNG is even opened, whatever a file is called. */
function formatOf(bytes: Uint8Array): Still['format'] | null {
  const starts = (...signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte)
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg'
  return starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? 'png' : null
}

/** Whether a PNG is several pictures, one after the other: it says so before the first one's pixels (PNG, third edition, 11.3.4: acTL). */
function isAnimated(png: Uint8Array): boolean {
  const view = new DataView(png.buffer, png.byteOffset, png.length)
  const isAt = (at: number, type: string) => [...type].every((letter, index) => png[at + 4 + index] === letter.charCodeAt(0))
  for (let at = 8; at + 8 <= png.length && !isAt(at, 'IDAT'); at += 12 + view.getUint32(at)) if (isAt(at, 'acTL')) return true
  return false
}

/**
 * Opens a picture, JPEG or PNG of at most 32 MB and 64 million pixels, and one picture alone; every byte of it is read, so that half a file and a damaged one
 * are none.
 */
export async function openStill(image: Uint8Array): Promise<{ readonly ok: true; readonly still: Still } | { readonly ok: false; readonly code: StillError }> {
  if (image.length > largestBytes) return { ok: false, code: 'too-large' }
  const format = formatOf(image)
  if (!format || (format === 'png' && isAnimated(image))) return { ok: false, code: 'not-a-picture' }
  try {
    const { autoOrient } = await (await unpack(image)).metadata()
    return { ok: true, still: { format, image, ...autoOrient, small: await smallPicture(image, smallSide) } }
  } catch (error) {
    return { ok: false, code: /pixel limit/i.test((error as Error).message) ? 'too-large' : 'not-a-picture' }
  }
}

/**
 * The imaging library on a picture: upright, sRGB, three bytes a pixel; behind what is transparent it is white. What is unpacked with a mere warning is refused as
 * well: a JPEG without its end is grey from there on.
 */
export async function unpack(image: Uint8Array): Promise<Sharp> {
  return (await loadSharp())(image, { limitInputPixels: largestPixels, failOn: 'warning' }).autoOrient().toColourspace('srgb').flatten({ background: 'white' })
}

/** A picture brought to a longer side of at most `side` pixels, for the face engine; to be wiped. */
export async function smallPicture(image: Uint8Array, side: number): Promise<Picture> {
  const { data, info } = await (await unpack(image))
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}
