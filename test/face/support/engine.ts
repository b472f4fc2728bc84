import { readFileSync } from 'node:fs'
import sharp, { type Sharp } from 'sharp'
import { checksOf } from '../../../face/checks.ts'
import type { FaceEngine } from '../../../face/engine.ts'
import { measure, type Measures } from '../../../face/measure.ts'
import type { Picture } from '../../../face/picture.ts'
import { openNodeFaceEngine } from '../../../main/photo/open-face-engine.ts'

export const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/photo/${name}`, import.meta.url))

/** The engine, on the models that the packages ship. */
export async function openEngine(): Promise<FaceEngine> {
  const engine = await openNodeFaceEngine()
  if (!engine) throw new Error('the models are not the ones that are expected')
  return engine
}

/** The pixels of a picture as the engine takes them. */
export async function pixelsOf(image: Sharp | Uint8Array): Promise<Picture> {
  const { data, info } = await (image instanceof Uint8Array ? sharp(image) : image)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** A picture as something that sharp goes on with. */
export const drawn = ({ data, width, height }: Picture): Sharp => sharp(Buffer.from(data), { raw: { width, height, channels: 4 } })

export async function measured(engine: FaceEngine, picture: Picture): Promise<Measures> {
  return measure(picture, await engine.look(picture), 1)
}

/** The checks that a picture does not pass. */
export const failing = (measures: Measures): readonly string[] => checksOf(measures).flatMap(({ id, ok }) => (ok ? [] : [id]))
