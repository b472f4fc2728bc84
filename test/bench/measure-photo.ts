import { readFileSync } from 'node:fs'
import { Jimp } from 'jimp'
import sharp, { type Sharp } from 'sharp'
import { followHead } from '../../face/follow.ts'
import { seededRandom } from '../../main/commands/demo/random.ts'
import { cutSteps, encoding, type Part } from '../../main/photo/cut-photo.ts'
import { reportPhoto, writePhoto } from '../../main/photo/id-photo.ts'
import { openNodeFaceEngine } from '../../main/photo/open-face-engine.ts'
import { measurePhotoScreen } from './measure-photo-screen.ts'
import { measurement, type Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'

const rounds = 9
const liveFrames = 40
const noise = 4

/**
 * From a still of 12 million pixels to the finished photo, beside bare libraries that are told where the head is and take the same steps: decode, crop, scale, turn,
 * crop, encode. Ours once the window is known (cut, written and made sure of as the booth does it), and as a whole: with all that is looked for before and measured
 * again after. Then a live frame, and the photo screen.
 */
export async function* measurePhoto(): AsyncGenerator<Measurement> {
  const engine = await openNodeFaceEngine()
  if (!engine) throw new Error('the models are not the ones that are expected')
  const portrait = sharp(readFileSync(new URL('../fixtures/photo/grace-hopper.jpg', import.meta.url))).extend({ top: 60, extendWith: 'copy' })
  const still = await asOfACamera(portrait.clone().resize(stillSize.width, stillSize.height, { fit: 'cover' }))
  const { measured } = await reportPhoto(engine, still)
  const window = measured?.window
  if (!window) throw new Error('the portrait has no window')
  const { part, scaled, turn, photo } = cutSteps(stillSize, window)

  const times = { ours: [] as number[], cut: [] as number[], sharp: [] as number[], jimp: [] as number[] }
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await timed(() => reportPhoto(engine, still))
    const cut = await timed(() => writePhoto({ image: still, ...stillSize }, window))
    const bare = await timed(() => sharp(still).extract(part).resize(scaled.width, scaled.height, { fit: 'fill' }).rotate(turn).extract(photo).jpeg(encoding).toBuffer())
    const jimp = await timed(async () => {
      const image = await Jimp.read(still)
      image.crop(boxOf(part)).resize({ w: scaled.width, h: scaled.height }).rotate(-turn).crop(boxOf(photo))
      await image.getBuffer('image/jpeg', { quality: encoding.quality })
    })
    // The first round only warms all.
    if (round === 0) continue
    times.ours.push(ours)
    times.cut.push(cut)
    times.sharp.push(bare)
    times.jimp.push(jimp)
  }
  const beside = (peer: 'sharp' | 'jimp', ours: readonly number[]) => ({ peer: `${peer} alone`, ratio: percentile(ours, 0.5) / percentile(times[peer], 0.5) })
  yield measurement('photo', 'sharp alone', times.sharp)
  for (const peer of ['sharp', 'jimp'] as const) {
    yield measurement('photo', `still to file, the window known, beside ${peer}`, times.cut, beside(peer, times.cut))
    yield measurement('photo', `still to file, with everything, beside ${peer}`, times.ours, beside(peer, times.ours))
  }

  const { data, info } = await portrait.resize(1280, 960, { fit: 'contain' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const frame = { data, width: info.width, height: info.height }
  const live: number[] = []
  const follow = followHead(engine)
  for (let count = 0; count < liveFrames; count += 1) live.push(await timed(() => follow(frame)))
  yield measurement('photo', 'live frame', live.slice(5))
  const whole: number[] = []
  for (let count = 0; count < liveFrames; count += 1) whole.push(await timed(() => follow(frame, true)))
  yield measurement('photo', 'live frame, all of it', whole.slice(5))

  yield* measurePhotoScreen()
}

const stillSize = { width: 3024, height: 4032 } as const

const boxOf = ({ left, top, width, height }: Part) => ({ x: left, y: top, w: width, h: height })

/** A JPEG of some 2 MB, as cameras write them: with the noise of a sensor, always the same. */
async function asOfACamera(picture: Sharp): Promise<Buffer> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const random = seededRandom(1)
  for (let at = 0; at < data.length; at += 1) data[at] = Math.min(255, Math.max(0, data[at]! + random.normal() * noise))
  return sharp(data, { raw: info }).jpeg({ quality: 90 }).toBuffer()
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
