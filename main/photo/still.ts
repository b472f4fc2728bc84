import type { Sharp } from 'sharp'

/** A picture as it came out of a camera or a file, unpacked: upright, sRGB, three bytes a pixel. Whoever opened it wipes it. */
export interface Still {
  readonly format: 'jpeg' | 'png'
  readonly pixels: Buffer
  readonly width: number
  readonly height: number
}

export type StillError = 'not-a-picture' | 'too-large'

/** Larger files are refused unread; more pixels are refused before they are allocated. Cameras and telephones make 12 to 50 million. */
export const largestBytes = 32_000_000
const largestPixels = 64_000_000

/** The imaging library, loaded with the first photo: the booth's start does not wait for it. */
export const loadSharp = async () => (await import('sharp')).default

/** Fills a buffer of a picture with zeros. */
export function wipe(bytes: Uint8Array): void {
  bytes.fill(0)
}

/** The format that the first bytes tell; nothing but JPEG and PNG is even opened, whatever a file is called. */
function formatOf(bytes: Uint8Array): Still['format'] | null {
  const starts = (...signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte)
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg'
  return starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? 'png' : null
}

/** Unpacks a picture, JPEG or PNG of at most 32 MB and 64 million pixels. */
export async function openStill(image: Uint8Array): Promise<{ readonly ok: true; readonly still: Still } | { readonly ok: false; readonly code: StillError }> {
  if (image.length > largestBytes) return { ok: false, code: 'too-large' }
  const format = formatOf(image)
  if (!format) return { ok: false, code: 'not-a-picture' }
  const sharp = await loadSharp()
  try {
    const { data, info } = await sharp(image, { limitInputPixels: largestPixels, failOn: 'error' })
      .autoOrient()
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { ok: true, still: { format, pixels: data, width: info.width, height: info.height } }
  } catch (error) {
    return { ok: false, code: /pixel limit/i.test((error as Error).message) ? 'too-large' : 'not-a-picture' }
  }
}

/** The imaging library on an opened still. */
export async function sharpOf({ pixels, width, height }: Still): Promise<Sharp> {
  return (await loadSharp())(pixels, { raw: { width, height, channels: 3 } })
}
