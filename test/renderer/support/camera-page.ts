import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import type { View } from '../../../main/contract/view.ts'
import { contentSecurityPolicy } from '../../../main/shell/security.ts'
import { findChromium } from '../../electron-host/chromium.ts'
import { catalogueOf } from './catalogue.ts'
import type { BuiltPages } from './build.ts'

const origin = 'https://booth.invalid'

export interface CameraPageOptions {
  /** The film that the camera shows; null for a machine without a camera. */
  readonly film: string | null
  /** Whether the page may use it. */
  readonly allowed?: boolean
  /** Frames say that the light fell on them a minute earlier than it did. */
  readonly agedFrames?: boolean
  /** The camera shows what `freeze` can stop, instead of the film. */
  readonly freezable?: boolean
  /** Paths that are not there, as after a broken installation. */
  readonly without?: RegExp
}

/** How a camera stands still. */
export type Frozen = 'no frame' | 'the same frame' | null

interface Said {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

/** The resident's page in a Chromium of its own, before a camera that shows a film. */
export interface CameraPage {
  readonly page: Page
  show(view: View): Promise<void>
  /** What the page said to its booth under this name, so far. */
  said(name: string): Promise<readonly Said['input'][]>
  /** Waits until the page has said something under this name that `fits`, and gives it. */
  heard(name: string, fits?: (input: Said['input']) => boolean): Promise<Said['input']>
  /** Waits for the saying of this name with this number, from 0, and gives its time in milliseconds. */
  heardAt(name: string, index: number): Promise<number>
  /** Stops the picture: no frame comes any more, or the same one again and again, freshly dated; `null` lets it move again. Gives the time, in milliseconds. */
  freeze(how: Frozen): Promise<number>
  /** Waits until something that `fits` was said under this name after `since`, and gives when, in milliseconds. */
  heardSince(since: number, name: string, fits: (input: Said['input']) => boolean): Promise<number>
  /** From now on a frame comes every so many milliseconds. */
  pace(everyMs: number): Promise<void>
  /** Frames that came, frames that were given to workers, and the most that were there at once without an answer. */
  counted(): Promise<{ readonly frames: number; readonly given: number; readonly waiting: number }>
  /** How often the page has opened the camera. */
  opened(): Promise<number>
  /** The camera goes away under the page, as when its cable is torn. */
  tearCamera(): Promise<void>
  mendCamera(): Promise<void>
  /** Ends the page; fails when it complained. */
  close(): Promise<void>
}

/** Opens the built page under the shell's own security policy. */
export async function openCameraPage(built: BuiltPages, { film, allowed = true, agedFrames = false, freezable = false, without }: CameraPageOptions): Promise<CameraPage> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('there is no Chromium on this machine')
  const profile = mkdtempSync(join(tmpdir(), 'cardbooth-camera-'))
  const device = film === null ? '--use-fake-device-for-media-stream=device-count=0' : `--use-file-for-fake-video-capture=${film}`
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ['--no-sandbox', '--use-fake-device-for-media-stream', device],
    viewport: { width: 1080, height: 1920 },
    permissions: allowed ? ['camera'] : [],
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const file = without?.test(pathname) ? null : built.read(pathname)
    if (!file) return route.fulfill({ status: 404, body: '' })
    return route.fulfill({ status: 200, ...file, headers: { 'content-security-policy': contentSecurityPolicy } })
  })
  const said: Said[] = []
  await page.exposeFunction('tellBooth', (name: string, input: Said['input']) => void said.push({ at: Date.now(), name, input }))
  await page.addInitScript(installBridge, catalogueOf('ja'))
  if (agedFrames) await page.addInitScript(ageFrames)
  if (freezable) await page.addInitScript(makeFreezable)
  await page.goto(`${origin}/index.html`)
  let revision = 0
  const inputs = (name: string) => said.flatMap((each) => (each.name === name ? [each.input] : []))
  const wait = async <Value>(look: () => Value | undefined): Promise<Value> => {
    for (;;) {
      const value = look()
      if (value !== undefined) return value
      await page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)))
    }
  }
  const devTools = await context.newCDPSession(page)
  const permit = async (setting: 'granted' | 'denied') =>
    void (await devTools.send('Browser.setPermission', { origin, permission: { name: 'camera' }, setting }))
  return {
    page,
    tearCamera: () => permit('denied'),
    mendCamera: () => permit('granted'),
    async show(view) {
      revision += 1
      await page.waitForFunction(() => 'pushView' in window)
      await page.evaluate((push) => (window as unknown as { pushView(push: unknown): void }).pushView(push), { revision, view })
      await wait(() => inputs('drew').find((input) => input['revision'] === revision))
    },
    said: (name) => Promise.resolve(inputs(name)),
    async freeze(how) {
      const at = Date.now()
      await page.evaluate((frozen) => Object.assign(window, { frozen }), how)
      return at
    },
    heardSince: (since, name, fits) => wait(() => said.find((each) => each.at >= since && each.name === name && fits(each.input))?.at),
    pace: (everyMs) => page.evaluate((ms) => void Object.assign(window, { everyMs: ms }), everyMs),
    counted: () => page.evaluate(() => (window as unknown as { counted: { frames: number; given: number; waiting: number } }).counted),
    opened: () => page.evaluate(() => (window as unknown as { opened: number }).opened),
    heardAt: (name, index) => wait(() => said.filter((each) => each.name === name)[index]?.at),
    heard: (name, fits = () => true) => wait(() => inputs(name).find(fits)),
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
      if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join('\n')}`)
    },
  }
}

/** Runs in the page before its own scripts. */
function ageFrames(): void {
  const { requestVideoFrameCallback } = HTMLVideoElement.prototype
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (hear) {
    return requestVideoFrameCallback.call(this, (now, frame) => hear(now, { ...frame, captureTime: now - 60_000 }))
  }
}

/** Runs in the page before its own scripts: a camera before which something moves, until it is frozen. */
function makeFreezable(): void {
  const counted = { frames: 0, given: 0, waiting: 0 }
  const state = Object.assign(window as unknown as { frozen: Frozen; opened: number; everyMs: number }, { frozen: null, opened: 0, everyMs: 33, counted })
  const { postMessage } = Worker.prototype
  const waiting = new Map<Worker, number>()
  Worker.prototype.postMessage = function (this: Worker, message: unknown, transfer?: unknown) {
    if (!waiting.has(this)) this.addEventListener('message', () => void waiting.set(this, (waiting.get(this) ?? 0) - 1))
    waiting.set(this, (waiting.get(this) ?? 0) + 1)
    counted.given += 1
    counted.waiting = Math.max(counted.waiting, ...waiting.values())
    Reflect.apply(postMessage, this, [message, transfer])
  }
  navigator.mediaDevices.getUserMedia = () => {
    state.opened += 1
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 1280, height: 720 })
    const context = canvas.getContext('2d')
    const stream = canvas.captureStream(0)
    const [track] = stream.getVideoTracks() as CanvasCaptureMediaStreamTrack[]
    let hue = 0
    const draw = () => {
      if (track?.readyState === 'ended') return
      setTimeout(draw, state.everyMs)
      if (state.frozen === 'no frame' || !context) return
      counted.frames += 1
      if (state.frozen === null) hue += 7
      context.fillStyle = `hsl(${hue} 80% 50%)`
      context.fillRect(0, 0, 1280, 720)
      track?.requestFrame()
    }
    draw()
    return Promise.resolve(stream)
  }
}

/** Runs in the page before its own scripts: the bridge as the preload makes it. */
function installBridge(catalogue: Readonly<Record<string, string>>): void {
  const page = window as unknown as { tellBooth(name: string, input: unknown): Promise<void> }
  const cardbooth = {
    request(name: string, input: unknown) {
      void page.tellBooth(name, input)
      return Promise.resolve({ ok: true, value: name === 'catalogue' ? catalogue : {} })
    },
    subscribe(listen: (push: unknown) => void) {
      Object.assign(window, { pushView: listen })
      return () => {}
    },
  }
  Object.assign(window, { cardbooth })
}
