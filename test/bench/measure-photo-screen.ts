import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import sharp from 'sharp'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { fingerOn } from '../e2e/support/finger.ts'
import { launchBooth, type LaunchedBooth } from '../e2e/support/launch.ts'
import { touchesOn } from '../e2e/support/touches.ts'
import { peerArguments, program, rootSwitches } from './host.ts'
import { measurement, type Measurement } from './measurement.ts'
import { familyOf, usageOf } from './processes.ts'
import { interactionDurations, percentile } from './statistics.ts'
import { giveCamera, observeTouches, takeSeen, thresholdMs } from './touches-seen.ts'

const frames = 120
const taps = 50
/** Head to one side: there is something to say for as long as it is measured. */
const tiltDegrees = 14

/** Notes, in the page, when the camera opens, when the first instruction stands there, and how long each frame is with the face worker. */
interface Observed {
  openedAt: number | null
  guidedAt: number | null
  /** Frames that the camera delivered while a photo could be taken. */
  delivered: number
  readonly judgedMs: number[]
}

/**
 * The photo screen of the built application before a camera of 1280 × 960, reached by touches on every screen before it: from the open camera to the first
 * instruction, each frame's analysis, the page's memory beside an empty page's, and touches beside the same screen without a camera.
 */
export async function* measurePhotoScreen(): AsyncGenerator<Measurement> {
  const emptyMb = await memoryOfEmptyPage()
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-photo-'))
  const camera = join(folder, 'tilted.mjpeg')
  writeFileSync(camera, await tiltedFilm())
  const booth = await launchBooth({ camera })
  try {
    const { page, app } = booth
    const touches = touchesOn(booth, 'ja')
    await touches.at('attract')
    await touches.goTo('identifier')
    await page.evaluate(observe)
    await touches.goTo('photo')
    await page.locator('[data-guide=straight]').waitFor()
    await page.waitForFunction((count) => (window as unknown as { observed: Observed }).observed.judgedMs.length > count, frames, { polling: 500 })
    const { openedAt, guidedAt, delivered, judgedMs } = await page.evaluate(() => (window as unknown as { observed: Observed }).observed)
    yield measurement('photo', 'first instruction', [(guidedAt ?? Number.NaN) - (openedAt ?? Number.NaN)])
    // The first are looked at as a whole.
    yield measurement('photo', 'live frame on the screen', judgedMs.slice(5))
    yield measurement('photo', 'delivered frames that were looked at', [(100 * judgedMs.length) / delivered], null, '%')
    yield measurement('photo', 'memory above an empty page', [rendererMb(app.process().pid ?? 0) - emptyMb], null, 'MB')

    const withCamera = await tapAt(booth)
    await touches.leave()
    await giveCamera(page, false)
    await touches.hurryTo('photo')
    const without = await tapAt(booth)
    const ratio = percentile(withCamera, 0.98) / percentile(without, 0.98)
    yield measurement('photo', 'touch on the screen', withCamera, { peer: 'the same without camera', ratio })
  } finally {
    await booth.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Touches a button that changes the whole screen; from each touch to the frame that answers it, milliseconds. */
async function tapAt({ page }: LaunchedBooth): Promise<readonly number[]> {
  const finger = await fingerOn(page)
  await observeTouches(page)
  for (let tap = 0; tap < taps; tap += 1) await finger(page.getByTestId('contrast'))
  return interactionDurations((await takeSeen(page)).events, taps, thresholdMs)
}

/** Runs in the page. */
function observe(): void {
  const observed: Observed = { openedAt: null, guidedAt: null, delivered: 0, judgedMs: [] }
  Object.assign(window, { observed })
  const { mediaDevices } = navigator
  const open = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted)
    observed.openedAt = performance.now()
    return stream
  }
  new MutationObserver(() => {
    if (observed.openedAt !== null && document.querySelector('[data-guide]')) observed.guidedAt ??= performance.now()
  }).observe(document.body, { childList: true, subtree: true, attributes: true })
  const { requestVideoFrameCallback } = HTMLVideoElement.prototype
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (hear) {
    return requestVideoFrameCallback.call(this, (now, frame) => {
      // Counted from the first that was looked at: before, there is no moving picture yet.
      if (observed.judgedMs.length > 0) observed.delivered += 1
      hear(now, frame)
    })
  }
  const { postMessage } = Worker.prototype
  Worker.prototype.postMessage = function (this: Worker, message: unknown, transfer?: unknown) {
    if (typeof message === 'object' && message !== null && 'whole' in message) {
      const givenAt = performance.now()
      this.addEventListener('message', () => void observed.judgedMs.push(performance.now() - givenAt), { once: true })
    }
    Reflect.apply(postMessage, this, [message, transfer])
  }
}

/** Somebody who sways a little, head to one side, as Motion JPEG. */
async function tiltedFilm(): Promise<Buffer> {
  const tilted = await sharp(readFileSync(demoPortrait)).rotate(tiltDegrees, { background: '#cedbea' }).resize(1300, 980, { fit: 'cover' }).png().toBuffer()
  const pictures = Array.from({ length: 12 }, (_, index) => {
    const angle = (2 * Math.PI * index) / 12
    const from = { left: Math.round(10 + 6 * Math.sin(angle)), top: Math.round(10 + 3 * Math.cos(angle)) }
    return sharp(tilted).extract({ ...from, width: 1280, height: 960 }).jpeg({ quality: 88 }).toBuffer()
  })
  return Buffer.concat((await Promise.all(pictures)).flatMap((picture) => [picture, picture, picture]))
}

/** Resident memory of the pages of a host, megabytes. */
function rendererMb(host: number): number {
  const pages = familyOf(host).filter((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer'))
  return usageOf(pages).residentMb
}

/** What the page of the same host holds that shows nothing. */
async function memoryOfEmptyPage(): Promise<number> {
  const host = spawn(program, [...rootSwitches, ...peerArguments('blank-page.mjs')], { stdio: ['pipe', 'pipe', 'ignore'] })
  try {
    for await (const _line of createInterface({ input: host.stdout })) return rendererMb(host.pid ?? 0)
    throw new Error('the empty page was never drawn')
  } finally {
    host.stdin.end()
  }
}
