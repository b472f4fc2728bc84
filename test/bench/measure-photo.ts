import { readFileSync } from 'node:fs'
import { Jimp } from 'jimp'
import sharp from 'sharp'
import { followHead } from '../../face/follow.ts'
import { photoMm } from '../../face/window.ts'
import { cutPhoto } from '../../main/photo/cut-photo.ts'
import { reportPhoto } from '../../main/photo/id-photo.ts'
import { openNodeFaceEngine } from '../../main/photo/open-face-engine.ts'
import { measurement, type Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'

const rounds = 9
const liveFrames = 40

/**
 * From a still of 12 million pixels to the finished photo, beside what bare libraries need to decode, crop, scale and encode the same part of it: with all that is
 * looked for and measured before and after, and with the window known. And a live frame.
 */
export async function* measurePhoto(): AsyncGenerator<Measurement> {
  const engine = await openNodeFaceEngine()
  if (!engine) throw new Error('the models are not the ones that are expected')
  const portrait = sharp(readFileSync(new URL('../fixtures/photo/grace-hopper.jpg', import.meta.url))).extend({ top: 60, extendWith: 'copy' })
  const still = await portrait.clone().resize(3024, 4032, { fit: 'cover' }).jpeg({ quality: 90 }).toBuffer()
  const { measured } = await reportPhoto(engine, still)
  const window = measured?.window
  if (!window) throw new Error('the portrait has no window')
  const corner = { left: Math.round(window.corner.x), top: Math.round(window.corner.y) }
  const size = { width: Math.round(photoMm.width * window.pixelsPerMm), height: Math.round(photoMm.height * window.pixelsPerMm) }

  const times = { ours: [] as number[], cut: [] as number[], sharp: [] as number[], jimp: [] as number[] }
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await timed(() => reportPhoto(engine, still))
    const cut = await timed(() => cutPhoto({ image: still, width: 3024, height: 4032 }, window))
    const bare = await timed(() => sharp(still).extract({ ...corner, ...size }).resize(827, 1063).jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer())
    const jimp = await timed(async () => {
      const image = await Jimp.read(still)
      image.crop({ x: corner.left, y: corner.top, w: size.width, h: size.height }).resize({ w: 827, h: 1063 })
      await image.getBuffer('image/jpeg', { quality: 92 })
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
  yield measurement('photo', 'still to file, the window known, beside sharp', times.cut, beside('sharp', times.cut))
  yield measurement('photo', 'still to file, beside sharp', times.ours, beside('sharp', times.ours))
  yield measurement('photo', 'still to file, beside jimp', times.ours, beside('jimp', times.ours))

  const { data, info } = await portrait.resize(1280, 960, { fit: 'contain' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const frame = { data, width: info.width, height: info.height }
  const live: number[] = []
  const follow = followHead(engine)
  for (let count = 0; count < liveFrames; count += 1) live.push(await timed(() => follow(frame)))
  yield measurement('photo', 'live frame', live.slice(5))
  const whole: number[] = []
  for (let count = 0; count < liveFrames; count += 1) whole.push(await timed(() => follow(frame, true)))
  yield measurement('photo', 'live frame, all of it', whole.slice(5))
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
