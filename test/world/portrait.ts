import { createHash } from 'node:crypto'
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
