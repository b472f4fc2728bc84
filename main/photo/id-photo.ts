import type { Check } from '../../face/checks.ts'
import type { FaceEngine } from '../../face/engine.ts'
import { defaultThresholds, type Thresholds } from '../../face/thresholds.ts'
import type { PhotoWindow } from '../../face/window.ts'
import { cutPhoto, idPhotoSize, inches, sRgb } from './cut-photo.ts'
import { exifNumbers, exifTag } from './exif.ts'
import { correctedWindow, isWellPlaced, measurePhoto, measureStill, type MeasuredStill, type PhotoGeometry } from './measured-photo.ts'
import { openNodeFaceEngine } from './open-face-engine.ts'
import { loadSharp, openStill, wipe, type Still, type StillError } from './still.ts'

/** What the application site takes (J-LIS): 20 KB to 7 MB. */
const smallestBytes = 20_000
const largestBytes = 7_000_000

/** The photo as it will be sent. Its buffer is zero-filled when the visit ends. */
export interface IdPhoto {
  readonly jpeg: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
  readonly dpi: number
}

/** Why no photo came of a picture. */
export type IdPhotoError = StillError | 'too-flat' | 'no-face' | 'out-of-frame' | 'not-as-measured' | 'models-altered'

export type MadeIdPhoto = ({ readonly ok: true } & IdPhoto) | { readonly ok: false; readonly code: IdPhotoError }

/** What is known of a picture, and the photo that came of it. */
export interface PhotoReport {
  readonly made: MadeIdPhoto
  /** What its first bytes say that it is, and its pixels, held upright; null when it is no picture. */
  readonly picture: Pick<Still, 'format' | 'width' | 'height'> | null
  /** Null when the picture could not be opened. */
  readonly measured: MeasuredStill | null
  /** Where the head is in the finished photo, measured again on the written file. */
  readonly geometry: PhotoGeometry | null
}

/** A picture in base64, read where it lies: `Buffer.from(bytes)` would leave a copy behind that nobody wipes. */
export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}

let engine: Promise<FaceEngine | null> | null = null

/** The face engine of this process, opened when it is first wanted; null without its models. */
export const faceEngine = (): Promise<FaceEngine | null> => (engine ??= openNodeFaceEngine())

/** Makes the photo out of a still of the camera, with an engine that is opened with the first photo; `limits` are the site's own. */
export async function makeIdPhoto(image: Uint8Array, limits: Partial<Thresholds> = {}): Promise<MadeIdPhoto & { readonly checks: readonly Check[] }> {
  const opened = await faceEngine()
  if (!opened) return { ok: false, code: 'models-altered', checks: [] }
  const { made, measured } = await reportPhoto(opened, image, { ...defaultThresholds, ...limits })
  return { ...made, checks: measured?.checks ?? [] }
}

/**
 * Makes the photo out of a still, JPEG or PNG: the head is measured, the window around it cut out, turned upright, scaled, converted to sRGB, nothing
 * retouched and nothing filled in. The JPEG (4:4:4) is 827 × 1063 px with 600 dpi and the colour space as its only metadata, 20 KB to 7 MB; the written
 * file is measured again, cut once more by what was found where the head is not where it was meant to be, and is no photo when it is not there then either.
 */
export async function reportPhoto(engine: FaceEngine, image: Uint8Array, thresholds?: Thresholds): Promise<PhotoReport> {
  const opened = await openStill(image)
  if (!opened.ok) return { made: opened, picture: null, measured: null, geometry: null }
  const { still } = opened
  const picture = { format: still.format, width: still.width, height: still.height }
  // It is cut while light, background and other people are still looked at.
  const cuts = new Map<PhotoWindow, Promise<Buffer>>()
  const cut = (window: PhotoWindow) => {
    const begun = cuts.get(window) ?? writePhoto(still, window)
    cuts.set(window, begun)
    return begun
  }
  let kept: Uint8Array | null = null
  try {
    const measured = await measureStill(engine, still, thresholds, (window) => void cut(window).catch(() => undefined))
    const refuse = (code: IdPhotoError, geometry: PhotoGeometry | null = null): PhotoReport => ({ made: { ok: false, code }, picture, measured, geometry })
    if (measured.measures.faces === 0) return refuse('no-face')
    if (!measured.window) return refuse('out-of-frame')
    let jpeg = await cut(measured.window)
    if (jpeg.length < smallestBytes) return refuse('too-flat')
    let again = await measurePhoto(engine, jpeg)
    const better = again && !isWellPlaced(again.geometry) && correctedWindow(measured.window, again, still)
    if (better) {
      jpeg = await cut(better)
      again = jpeg.length < smallestBytes ? null : await measurePhoto(engine, jpeg)
    }
    const geometry = again?.geometry ?? null
    if (!geometry || !isWellPlaced(geometry)) return refuse('not-as-measured', geometry)
    kept = jpeg
    return { made: { ok: true, jpeg, ...idPhotoSize }, picture, measured, geometry }
  } finally {
    // All of them, whichever failed.
    for (const made of await Promise.allSettled(cuts.values())) if (made.status === 'fulfilled' && made.value !== kept) wipe(made.value)
    wipe(still.small.data)
  }
}

/** Cuts, and makes sure that what was written is what was meant: bytes, size, colour, and what it tells about itself. */
export async function writePhoto(still: Pick<Still, 'image' | 'width' | 'height'>, window: PhotoWindow): Promise<Buffer> {
  const jpeg = await cutPhoto(still, window)
  try {
    await assertWritten(jpeg)
    return jpeg
  } catch (error) {
    wipe(jpeg)
    throw error
  }
}

/** What was written is not what was meant: a bug, never the picture's fault. */
class WrongPhoto extends Error {}

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
