import { exifNumbers, exifTag } from './exif.ts'

/** The digital photo of a My Number Card application: 35 × 45 mm at 600 dpi. */
const idPhotoSize = { widthPx: 827, heightPx: 1063, dpi: 600 } as const

/** What the application site takes (J-LIS): 20 KB to 7 MB. */
const smallestBytes = 20_000
const largestBytes = 7_000_000
/** Larger inputs are refused unread; more pixels are refused before they are allocated. */
const largestInputBytes = 8_000_000
const largestInputPixels = 40_000_000
/** The least height of the part that is kept: the least that the application site takes (480 px). Coarser pictures are not made fit by enlarging. */
const smallestWindowHeightPx = 480

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

/** The imaging library, loaded with the first photo: the booth's start does not wait for it. */
const loadSharp = async () => (await import('sharp')).default

/** Fills a buffer of a picture with zeros. */
export function wipe(bytes: Uint8Array): void {
  bytes.fill(0)
}

/** A picture in base64, read where it lies: `Buffer.from(bytes)` would leave a copy behind that nobody wipes. */
export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}

/** Whether the first bytes are those of a JPEG or a PNG; nothing else is even opened. */
function isPicture(bytes: Uint8Array): boolean {
  const starts = (...signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte)
  return starts(0xff, 0xd8, 0xff) || starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
}

/** A part of a picture in pixels. */
interface Window {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The largest window of 35 : 45 in the middle of a picture. */
function middleWindow(width: number, height: number): Window {
  const { widthPx, heightPx } = idPhotoSize
  const window =
    width * heightPx > height * widthPx
      ? { width: Math.round((height * widthPx) / heightPx), height }
      : { width, height: Math.round((width * heightPx) / widthPx) }
  return { left: Math.floor((width - window.width) / 2), top: Math.floor((height - window.height) / 2), ...window }
}

/**
 * Makes the photo out of a still of the camera, JPEG or PNG of at most 8 MB: turned upright, cropped to the middle 35 : 45, scaled, converted to
 * sRGB, nothing retouched. The JPEG (4:4:4) is 827 × 1063 px with 600 dpi and the colour space as its only metadata, 20 KB to 7 MB, and is measured again
 * before it is offered.
 */
export async function makeIdPhoto(image: Uint8Array): Promise<MadeIdPhoto> {
  const refuse = (code: IdPhotoError): MadeIdPhoto => ({ ok: false, code })
  if (image.length > largestInputBytes) return refuse('too-large')
  if (!isPicture(image)) return refuse('not-a-picture')
  const { widthPx, heightPx, dpi } = idPhotoSize
  const sharp = await loadSharp()
  const open = () => sharp(image, { limitInputPixels: largestInputPixels, failOn: 'error' })
  try {
    const { width, height } = (await open().metadata()).autoOrient
    const window = middleWindow(width, height)
    if (window.height < smallestWindowHeightPx) return refuse('too-small')
    const scaled = await open()
      .autoOrient()
      .extract(window)
      .resize(widthPx, heightPx, { kernel: 'lanczos3', fit: 'fill' })
      .toColourspace('srgb')
      .removeAlpha()
      // The resolution that libvips writes into a JPEG is the picture's own, whatever the tags say: a plain TIFF carries it there.
      .tiff({ compression: 'none', xres: dpi / 25.4, yres: dpi / 25.4 })
      .toBuffer()
    const [jpeg, flat] = await Promise.all([encode(scaled), isFlat(scaled)]).finally(() => wipe(scaled))
    await assertWritten(jpeg)
    if (flat || jpeg.length < smallestBytes) {
      wipe(jpeg)
      return refuse('too-flat')
    }
    return { ok: true, jpeg, widthPx, heightPx, dpi }
  } catch (error) {
    if (error instanceof WrongPhoto) throw error
    return refuse(/pixel limit/i.test((error as Error).message) ? 'too-large' : 'not-a-picture')
  }
}

/** Whether nothing is to be seen: black, white, or noise, which is a lively picture only until it is looked at from afar. */
async function isFlat(scaled: Buffer): Promise<boolean> {
  const sharp = await loadSharp()
  const fromAfar = await sharp(scaled).greyscale().resize(fieldsFromAfar, fieldsFromAfar, { kernel: 'linear', fit: 'fill' }).raw().toBuffer()
  const mean = fromAfar.reduce((sum, value) => sum + value, 0) / fromAfar.length
  const spread = Math.sqrt(fromAfar.reduce((sum, value) => sum + (value - mean) ** 2, 0) / fromAfar.length)
  wipe(fromAfar)
  return spread < leastSpread
}

/** The fields each way in which a picture from afar is seen, and the least spread of their brightness (standard deviation, of 255). */
const fieldsFromAfar = 16
const leastSpread = 6

/** What was written is not what was meant: a bug, never the picture's fault. */
class WrongPhoto extends Error {}

/** Measures the written file again: bytes, size, colour, and what it tells about itself. */
async function assertWritten(jpeg: Uint8Array): Promise<void> {
  const { widthPx, heightPx, dpi } = idPhotoSize
  const { width, height, space, channels, icc, xmp, iptc, exif = Buffer.alloc(0) } = await (await loadSharp())(jpeg).metadata()
  const told = exifNumbers(exif)
  const resolutions = [told.get(exifTag.xResolution), told.get(exifTag.yResolution)]
  const right =
    jpeg.length <= largestBytes &&
    width === widthPx &&
    height === heightPx &&
    space === 'srgb' &&
    channels === 3 &&
    resolutions.every((resolution) => resolution === dpi) &&
    told.get(exifTag.resolutionUnit) === inches &&
    told.get(exifTag.colourSpace) === sRgb &&
    !(icc || xmp || iptc)
  if (!right) throw new WrongPhoto('the photo that was written is not the photo that was meant')
}

/** Values of EXIF tags. */
const inches = 2
const sRgb = 1

/** A JPEG of quality 92: 827 × 1063 px in three bytes are 2.6 MB before they are compressed, so that 7 MB are out of reach. */
async function encode(scaled: Buffer): Promise<Buffer> {
  const dpi = String(idPhotoSize.dpi)
  const sharp = await loadSharp()
  return sharp(scaled)
    .withExif({ IFD0: { XResolution: dpi, YResolution: dpi, ResolutionUnit: String(inches) }, IFD2: { ColorSpace: String(sRgb) } })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer()
}
