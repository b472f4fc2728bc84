import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { makeFilm } from '../../main/commands/demo/film.ts'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import type { View } from '../../main/contract/view.ts'
import { makeIdPhoto } from '../../main/photo/id-photo.ts'
import { buildPages, type BuiltPages } from './support/build.ts'
import { cameraPages, type CameraPage, type CameraPageOptions, type CameraPages } from './support/camera-page.ts'
import { cases } from './support/views.ts'

const films = mkdtempSync(join(tmpdir(), 'cardbooth-films-'))
const [form, portrait, frozen] = ['form', 'portrait', 'frozen'].map((name) => join(films, `${name}.mjpeg`)) as [string, string, string]

let built: BuiltPages
let pages: CameraPages
let booth: CameraPage
beforeAll(async () => {
  built = await buildPages()
  pages = cameraPages(built)
  await Promise.all([makeFilm('form', form, { pictures: 8 }), makeFilm('portrait', portrait), makeFilm('portrait', frozen, { pictures: 1 })])
})
afterEach(() => booth.close())
afterAll(async () => {
  await pages.close()
  built.remove()
  rmSync(films, { recursive: true, force: true })
})

function view(name: 'attract' | 'scan' | 'photo'): View {
  const found = cases.find((each) => each.name === name)
  if (!found) throw new Error(name)
  return { ...found.view, language: 'ja' }
}

async function open(options: CameraPageOptions): Promise<void> {
  booth = await pages.open(options)
}

const codes = { codes: [Buffer.from(demoFormCode).toString('hex')] }
const state = (wanted: string) => booth.heard('camera', (input) => input['state'] === wanted)
const camera = () => booth.page.locator('.camera')
/** Presses the shutter; where the booth was faster and counts already, the press does nothing. */
const shoot = () => booth.page.getByTestId('shutter').click({ force: true })
const ready = () => booth.page.locator('.camera[data-camera=ready]').waitFor()

/** What `withAnotherCamera` notes. */
interface Opened {
  readonly opened: readonly MediaStreamTrack[]
}

/** Runs in the page: another camera is listed first, labels are told always or only while a camera is open, and what is opened is noted. */
function withAnotherCamera(labels: 'always' | 'while open'): void {
  const opened: MediaStreamTrack[] = []
  const { mediaDevices } = navigator
  const [list, get] = [mediaDevices.enumerateDevices.bind(mediaDevices), mediaDevices.getUserMedia.bind(mediaDevices)]
  mediaDevices.enumerateDevices = async () => {
    const isTold = labels === 'always' || opened.some(({ readyState }) => readyState === 'live')
    const cameras = [{ kind: 'videoinput', deviceId: 'other', label: 'Front door' } as MediaDeviceInfo, ...(await list())]
    return cameras.map(({ kind, deviceId, label }) => (isTold ? { kind, deviceId, label } : { kind, deviceId: '', label: '' }) as MediaDeviceInfo)
  }
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await get(wanted)
    opened.push(...stream.getTracks())
    return stream
  }
  Object.assign(window, { opened })
}

it('the camera reads the code of a form, under the policy that the shell sends', async () => {
  await open({ film: form })
  await booth.show(view('scan'))
  expect(await booth.heard('codes')).toEqual(codes)
  await state('ready')
})

it('Q23 a code that stays in view is said once in two seconds', async () => {
  await open({ film: form })
  await booth.show(view('scan'))
  const first = await booth.heardAt('codes', 0)
  const second = await booth.heardAt('codes', 1)
  expect(second - first).toBeGreaterThanOrEqual(1990)
})

it('the preview is sharp in one small window only: what is around it is too coarse to read, and no player is on the page', async () => {
  await open({ film: form })
  await booth.show(view('scan'))
  await ready()
  expect(await booth.page.locator('video').count()).toBe(0)
  const [around, inside] = await Promise.all([camera().boundingBox(), booth.page.locator('.camera-inside').boundingBox()])
  if (!around || !inside) throw new Error('no preview')
  expect((inside.width * inside.height) / (around.width * around.height)).toBeLessThan(0.35)
  expect(await booth.page.locator('.camera-around').evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBeLessThanOrEqual(48)
  // Drawn large, the coarse picture has no edge that a digit would need: neighbouring pixels of the screen hardly differ.
  const { x, y, width, height } = around
  const beside = await booth.page.screenshot({ clip: { x, y, width: (inside.x - x) * 0.9, height } })
  const { data, info } = await sharp(beside).greyscale().raw().toBuffer({ resolveWithObject: true })
  const steps = [...data].map((value, at) => (at % info.width === 0 ? 0 : Math.abs(value - (data[at - 1] ?? 0)))).sort((a, b) => b - a)
  expect(steps[Math.floor(width * height * 0.001)]).toBeLessThan(24)
})

it('codes are read by plain script where wasm is not to be had', async () => {
  await open({ film: form, without: /\.wasm$/ })
  await booth.show(view('scan'))
  expect(await booth.heard('codes')).toEqual(codes)
})

it('the photo is what was seen of a frame after the countdown, in the size of the camera and not mirrored, and fit for the booth', async () => {
  await open({ film: portrait })
  await booth.show(view('photo'))
  await ready()
  expect(await booth.page.locator('video').evaluate((video) => new DOMMatrix(getComputedStyle(video).transform).a)).toBe(-1)
  await shoot()
  await booth.page.locator('.camera-count', { hasText: /[123]/ }).waitFor()
  expect(await booth.said('photo')).toEqual([])
  const { attempt, imageBase64 } = await booth.heard('photo')
  expect(attempt).toBe(1)
  const still = Buffer.from(String(imageBase64), 'base64')
  expect(await sharp(still).metadata()).toMatchObject({ format: 'jpeg', width: 560, height: 720 })
  const fields = async (picture: Buffer, mirrored = false) => [
    ...(await sharp(picture).flop(mirrored).resize(16, 20, { fit: 'fill' }).raw().toBuffer()),
  ]
  const farthest = (a: readonly number[], b: readonly number[]) => Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? 0))))
  // Her hair falls to one side.
  const person = await fields(await sharp(readFileSync(demoPortrait)).extract({ left: 360, top: 0, width: 560, height: 720 }).toBuffer())
  expect(farthest(await fields(still), person)).toBeLessThan(65)
  expect(farthest(await fields(still, true), person)).toBeGreaterThan(80)
  expect(await makeIdPhoto(still)).toMatchObject({ ok: true, widthPx: 827, heightPx: 1063 })
})

it('what looks at faces is made ready before the screen of the photo comes, is the same one there, and goes with the visit', async () => {
  await open({ film: portrait })
  const workers = () => booth.page.workers().map((worker) => worker.url())
  await booth.show({ ...view('attract'), photoAhead: true })
  await expect.poll(workers).toHaveLength(1)
  const [ready] = booth.page.workers()
  await booth.show(view('photo'))
  await booth.page.locator('[data-camera=ready]').waitFor()
  expect(booth.page.workers()).toEqual([ready])
  await booth.show(view('attract'))
  await expect.poll(workers).toEqual([])
})

it.each([{ altered: /selfie_segmentation.*\.tflite$/ }, { without: /face_mesh.*\.data$/ }])('a face model that is not the one that was tried, or is missing, is told to the booth before anybody sits down', async (how) => {
  await open({ film: portrait, ...how })
  await booth.show({ ...view('attract'), photoAhead: true })
  expect(await booth.heard('models-altered')).toEqual({})
})

it('F39 a booth without a camera says so, on the attract screen and where the picture would be', async () => {
  await open({ film: null })
  await booth.show(view('attract'))
  await state('missing')
  await booth.show(view('photo'))
  await booth.page.locator('.camera[data-camera=missing]').getByText('つながっていません').waitFor()
  await shoot()
  expect(await booth.said('photo')).toEqual([])
})

it('the camera that the configuration names is opened, beside another one that stands before it, also where labels are told only to whoever has a camera open', async () => {
  await open({ film: portrait })
  await booth.page.evaluate(withAnotherCamera, 'while open' as const)
  await booth.show({ ...view('photo'), cameraLabel: 'portrait.mjpeg' })
  await ready()
  // What the labels were read by is closed again.
  const live = () => booth.page.evaluate(() => (window as unknown as Opened).opened.filter(({ readyState }) => readyState === 'live').map(({ label }) => label))
  await expect.poll(live).toEqual([portrait])
})

it('a camera that is not there by its name is missing, and no other is opened in its place', async () => {
  await open({ film: portrait })
  await booth.page.evaluate(withAnotherCamera, 'always' as const)
  await booth.show({ ...view('scan'), cameraLabel: 'portrait.mjpeg of the left' })
  await booth.page.locator('.camera[data-camera=missing]').waitFor()
  await state('missing')
  expect(await booth.page.evaluate(() => (window as unknown as Opened).opened.length)).toBe(0)
})

it('F39 a camera that the page may not use is denied', async () => {
  await open({ film: portrait, allowed: false })
  await booth.show(view('photo'))
  expect(await state('denied')).toEqual({ state: 'denied' })
  await booth.page.locator('.camera[data-camera=denied]').waitFor()
})

it('F39 a camera that is torn away in the countdown is lost, gives no photo, and is taken up again when it is back', async () => {
  await open({ film: portrait })
  await booth.show(view('photo'))
  await ready()
  await shoot()
  await booth.tearCamera()
  await state('lost')
  await booth.page.locator('.camera:not([data-camera=ready])').waitFor()
  await expect.poll(() => booth.page.locator('.camera-count').innerText()).toBe('')
  expect(await booth.said('photo')).toEqual([])
  await booth.mendCamera()
  await ready()
  await shoot()
  await booth.heard('photo')
})

it.each(['no frame', 'the same frame'] as const)('F40 a camera that freezes (%s) is seen within two seconds, restarted, gives no photo, and is taken up again', async (how) => {
  await open({ film: portrait, freezable: true })
  await booth.show(view('photo'))
  await ready()
  const opened = await booth.opened()
  await shoot()
  await booth.freeze(how)
  expect(await booth.stillWhenLost()).toBeLessThanOrEqual(2_000)
  await booth.page.locator('.camera[data-camera=lost]').waitFor()
  await expect.poll(() => booth.opened()).toBeGreaterThan(opened)
  expect(await booth.said('photo')).toEqual([])
  await booth.freeze(null)
  await ready()
  expect(await booth.page.locator('.camera-count').innerText()).toBe('')
  expect(await booth.said('photo')).toEqual([])
})

it.each([
  ['F40 a camera that shows one frame for ever', { film: frozen }],
  ['P11 a camera whose frames are older than the visit', { film: portrait, agedFrames: true }],
])('%s is lost, and no such frame is ever a photo', async (_title, options) => {
  await open(options)
  await booth.show(view('photo'))
  await state('lost')
  await shoot()
  await booth.page.locator('.camera[data-camera=lost]').waitFor()
  expect(await booth.page.locator('.camera-count').innerText()).toBe('')
  expect(await booth.said('photo')).toEqual([])
  expect(await booth.said('camera')).not.toContainEqual({ state: 'ready' })
})

it.each(['scan', 'photo'] as const)('F42 at %s, 120 frames a second or one: preview and decoding keep their limits, and no queue of frames grows', async (screen) => {
  await open({ film: portrait, freezable: true })
  await booth.show(view(screen))
  await ready()
  const after = async (frames: number) => {
    const start = await booth.counted()
    await expect.poll(async () => (await booth.counted()).frames - start.frames, { timeout: 30_000 }).toBeGreaterThanOrEqual(frames)
  }
  const { given } = await booth.counted()
  await booth.pace(8)
  await after(240)
  // On a busy machine the worker may look at one frame for longer than all of these take to come.
  await expect.poll(async () => (await booth.counted()).given, { timeout: 60_000 }).toBeGreaterThan(given)
  const fast = await booth.counted()
  // Ten a second; a frame that the machine kept back may come close before the next.
  if (screen === 'scan') expect((fast.given - 2) * 100).toBeLessThanOrEqual(fast.givenMs)
  await booth.pace(1000)
  await after(3)
  const { waiting, pauses } = await booth.counted()
  expect(waiting).toBe(1)
  await booth.page.locator('.camera[data-camera=ready]').waitFor()
  const lost = (await booth.said('camera')).filter(({ state }) => state === 'lost')
  expect(lost.length).toBeLessThanOrEqual(pauses)
})

it('a camera that changes its resolution while it runs is taken as it is by then, and is not opened anew', async () => {
  await open({ film: portrait, freezable: true })
  await booth.show(view('photo'))
  await ready()
  await booth.resize(640, 480)
  await booth.page.waitForFunction(() => document.querySelector('video')?.videoWidth === 640)
  // A busy machine may stop the picture for so long that the countdown ends.
  await expect.poll(async () => shoot().then(() => booth.said('photo')), { timeout: 60_000, interval: 5_000 }).not.toEqual([])
  const { imageBase64 } = await booth.heard('photo')
  const still = Buffer.from(String(imageBase64), 'base64')
  expect(await sharp(still).metadata()).toMatchObject({ width: 372, height: 480 })
  // All of the frame is of one colour: nothing of the smaller ones, and nothing that was never filled.
  expect(Math.max(...(await sharp(still).stats()).channels.map(({ stdev }) => stdev))).toBeLessThan(3)
  const lost = (await booth.said('camera')).filter(({ state }) => state === 'lost')
  expect(lost.length).toBeLessThanOrEqual((await booth.counted()).pauses)
})

it('the camera is dark when its screen is left', async () => {
  await open({ film: portrait })
  await booth.show(view('photo'))
  await ready()
  const track = await booth.page.locator('video').evaluateHandle((video) => ((video as HTMLVideoElement).srcObject as MediaStream).getTracks()[0])
  await booth.show(view('attract'))
  expect(await track.evaluate((ended) => ended?.readyState)).toBe('ended')
})
