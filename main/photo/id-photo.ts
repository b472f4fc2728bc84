import sharp from 'sharp'

/** The digital photo of a My Number Card application: 35 × 45 mm at 600 dpi. */
export const idPhotoSize = { widthPx: 827, heightPx: 1063, dpi: 600 } as const

/** What the application site takes (J-LIS): 20 KB to 7 MB. */
const smallestBytes = 20_000
const largestBytes = 7_000_000
/** Larger inputs are refused unread; more pixels are refused before they are allocated. */
const largestInputBytes = 8_000_000
const largestInputPixels = 40_000_000
/** A window smaller than this would have to be enlarged more than twice. */
const smallestWindowPx = { width: 414, height: 532 } as const

/** The photo as it will be sent. Its buffer is zero-filled when the visit ends. */
export interface IdPhoto {
  readonly jpeg: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
  readonly dpi: number
}

/** Why no photo came of a picture. */
export type IdPhotoError = 'not-a-picture' | 'too-large' | 'too-small' | 'too-flat'

export type MadeIdPhoto = ({ readonly ok: true } & IdPhoto) | { readonly ok: false; readonly code: IdPhotoError }

/** Fills a buffer of a picture with zeros. */
export function wipe(bytes: Uint8Array): void {
  bytes.fill(0)
}

/** Whether the first bytes are those of a JPEG or a PNG; nothing else is even opened. */
function isPicture(bytes: Uint8Array): boolean {
  const starts = (...signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte)
  return starts(0xff, 0xd8, 0xff) || starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
}

/** The largest window of 35 : 45 in the middle of a picture. */
function middleWindow(width: number, height: number): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  const { widthPx, heightPx } = idPhotoSize
  const window =
    width * heightPx > height * widthPx
      ? { width: Math.round((height * widthPx) / heightPx), height }
      : { width, height: Math.round((width * heightPx) / widthPx) }
  return { left: Math.floor((width - window.width) / 2), top: Math.floor((height - window.height) / 2), ...window }
}

/**
 * Makes the photo out of a still of the camera: turned upright, cropped to the middle 35 : 45, scaled, converted to sRGB, nothing retouched. The JPEG (4:4:4) is
 * 827 × 1063 px with 600 dpi and the colour space as its only metadata, 20 KB to 7 MB, and is measured again before it is offered.
 */
export async function makeIdPhoto(image: Uint8Array): Promise<MadeIdPhoto> {
  const refuse = (code: IdPhotoError): MadeIdPhoto => ({ ok: false, code })
  if (image.length > largestInputBytes) return refuse('too-large')
  if (!isPicture(image)) return refuse('not-a-picture')
  const { widthPx, heightPx, dpi } = idPhotoSize
  try {
    const upright = await sharp(image, { limitInputPixels: largestInputPixels, failOn: 'error' }).autoOrient().toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const { width, height, channels } = upright.info
    const window = middleWindow(width, height)
    if (window.width < smallestWindowPx.width || window.height < smallestWindowPx.height) {
      wipe(upright.data)
      return refuse('too-small')
    }
    const scaled = await sharp(upright.data, { raw: { width, height, channels } })
      .extract(window)
      .resize(widthPx, heightPx, { kernel: 'lanczos3', fit: 'fill' })
      .toColourspace('srgb')
      // The resolution that libvips writes into a JPEG is the picture's own, whatever the tags say: a plain TIFF carries it there.
      .tiff({ compression: 'none', xres: dpi / 25.4, yres: dpi / 25.4 })
      .toBuffer()
    wipe(upright.data)
    const jpeg = await encode(scaled)
    wipe(scaled)
    if (!jpeg) return refuse('too-flat')
    await assertWritten(jpeg)
    return { ok: true, jpeg, widthPx, heightPx, dpi }
  } catch (error) {
    if (error instanceof WrongPhoto) throw error
    return refuse(/pixel limit/i.test((error as Error).message) ? 'too-large' : 'not-a-picture')
  }
}

/** What was written is not what was meant: a bug, never the picture's fault. */
class WrongPhoto extends Error {}

/** Measures the written file again: size, colour, resolution. */
async function assertWritten(jpeg: Uint8Array): Promise<void> {
  const { widthPx, heightPx, dpi } = idPhotoSize
  const { width, height, space, channels, exif } = await sharp(jpeg).metadata()
  if (width !== widthPx || height !== heightPx || space !== 'srgb' || channels !== 3 || exifDpi(exif) !== dpi)
    throw new WrongPhoto('the photo that was written is not the photo that was meant')
}

/** Horizontal dots an inch in the EXIF block `Exif\0\0` + little-endian TIFF that libvips writes (tag 0x011A, a rational); null without it. */
function exifDpi(exif: Buffer | undefined): number | null {
  const tiff = exif?.subarray(6)
  if (!tiff || tiff.toString('latin1', 0, 2) !== 'II') return null
  const directory = tiff.readUInt32LE(4)
  for (let entry = 0; entry < tiff.readUInt16LE(directory); entry += 1) {
    const at = directory + 2 + entry * 12
    if (tiff.readUInt16LE(at) !== 0x011a) continue
    const value = tiff.readUInt32LE(at + 8)
    return tiff.readUInt32LE(value) / tiff.readUInt32LE(value + 4)
  }
  return null
}

/** Encodes at quality 92, lower only where 7 MB would be passed; null when even the best quality stays under 20 KB: such a picture is flat. */
async function encode(scaled: Buffer): Promise<Buffer | null> {
  const dpi = String(idPhotoSize.dpi)
  const at = (quality: number) =>
    sharp(scaled)
      .withExif({ IFD0: { XResolution: dpi, YResolution: dpi, ResolutionUnit: '2' }, IFD2: { ColorSpace: '1' } })
      .jpeg({ quality, chromaSubsampling: '4:4:4' })
      .toBuffer()
  let [low, high] = [1, 92]
  let jpeg = await at(high)
  while (jpeg.length > largestBytes && low < high) {
    high = Math.floor((low + high) / 2)
    jpeg = await at(high)
  }
  if (jpeg.length < smallestBytes) jpeg = await at(100)
  return jpeg.length >= smallestBytes && jpeg.length <= largestBytes ? jpeg : null
}
