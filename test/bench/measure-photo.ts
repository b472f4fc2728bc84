import { readFileSync } from 'node:fs'
import { Jimp } from 'jimp'
import sharp from 'sharp'
import { followHead } from '../../face/follow.ts'
import { reportPhoto } from '../../main/photo/id-photo.ts'
import { openNodeFaceEngine } from '../../main/photo/open-face-engine.ts'
import { measurement, type Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'

const rounds = 7
/** What is cut out of the 12 million pixels when nothing is measured: about what the measured window is. */
const window = { left: 700, top: 500, width: 1650, height: 2121 } as const
const liveFrames = 40

/** From a still of 12 million pixels to the finished, measured photo, beside what bare libraries need to decode, crop, scale and encode; and one live frame. */
export async function* measurePhoto(): AsyncGenerator<Measurement> {
  const engine = await openNodeFaceEngine()
  if (!engine) throw new Error('the models are not the ones that are expected')
  const portrait = sharp(readFileSync(new URL('../fixtures/photo/grace-hopper.jpg', import.meta.url))).extend({ top: 60, extendWith: 'copy' })
  const still = await portrait.clone().resize(3024, 4032, { fit: 'cover' }).jpeg({ quality: 90 }).toBuffer()

  const times = { ours: [] as number[], sharp: [] as number[], jimp: [] as number[] }
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await timed(() => reportPhoto(engine, still))
    const bare = await timed(() => sharp(still).extract(window).resize(827, 1063).jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer())
    const jimp = await timed(async () => {
      const image = await Jimp.read(still)
      image.crop({ x: window.left, y: window.top, w: window.width, h: window.height }).resize({ w: 827, h: 1063 })
      await image.getBuffer('image/jpeg', { quality: 92 })
    })
    // The first round only warms all.
    if (round === 0) continue
    times.ours.push(ours)
    times.sharp.push(bare)
    times.jimp.push(jimp)
  }
  const median = (values: readonly number[]) => percentile(values, 0.5)
  yield measurement('photo', 'sharp alone', times.sharp)
  yield measurement('photo', 'still to file, beside sharp', times.ours, { peer: 'sharp alone', ratio: median(times.ours) / median(times.sharp) })
  yield measurement('photo', 'still to file, beside jimp', times.ours, { peer: 'jimp', ratio: median(times.ours) / median(times.jimp) })

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
