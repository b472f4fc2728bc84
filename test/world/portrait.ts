import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { makeIdPhoto, type MadeIdPhoto } from '../../main/photo/id-photo.ts'

/** The picture that stands for what every camera of the world sees. */
export const portraitFile = demoPortrait

const made = new Map<string, Promise<MadeIdPhoto>>()

/** The booth's own photo of a picture, made once for all runs of this process: whoever gets it may wipe it. */
export async function photos(image: Uint8Array): Promise<MadeIdPhoto> {
  const name = createHash('sha256').update(image).digest('hex')
  const first = made.get(name) ?? makeIdPhoto(Uint8Array.from(image))
  made.set(name, first)
  const photo = await first
  return photo.ok ? { ...photo, jpeg: Uint8Array.from(photo.jpeg) } : photo
}

/** A piece out of the middle of the world's photo, as it would stand in clear in a file: as it is, and in base64. */
export async function photoMarks(): Promise<readonly (readonly [string, string])[]> {
  const photo = await photos(readFileSync(portraitFile))
  if (!photo.ok) throw new Error(photo.code)
  // A multiple of three from the start, so that the letters of its base64 are those of the whole.
  const piece = Buffer.from(photo.jpeg.subarray(3_000, 3_048))
  return [
    ['the photo', piece.toString('latin1')],
    ['the photo in base64', piece.toString('base64')],
  ]
}
