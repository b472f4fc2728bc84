import { chromium, type Browser, type Page } from 'playwright'
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
  /** Files whose last byte is another than was built. */
  readonly altered?: RegExp
}

/** How a camera stands still. */
export type Frozen = 'no frame' | 'the same frame' | null

interface Said {
  /** By the page's own clock, in milliseconds. */
  readonly at: number
  /** How long the picture had stood still for the page by then, in milliseconds: 0 until it is frozen. */
  readonly still: number
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What became of the frames of a camera that can be frozen. */
export interface Counted {
  readonly frames: number
  /** Frames that were given to workers, the most that were there at once without an answer, and the milliseconds from the first to the last of them. */
  readonly given: number
  readonly waiting: number
  readonly givenMs: number
  /** How often no frame came to the page for longer than a camera may stand still, whoever is to blame. */
  readonly pauses: number
}

/** The resident's page before a camera that shows a film. */
export interface CameraPage {
  readonly page: Page
  show(view: View): Promise<void>
  /** What the page said to its booth under this name, so far. */
  said(name: string): Promise<readonly Said['input'][]>
  /** Waits until the page has said something under this name that `fits`, and gives it. */
  heard(name: string, fits?: (input: Said['input']) => boolean): Promise<Said['input']>
  /** Waits for the saying of this name with this number, from 0, and gives its time in milliseconds. */
  heardAt(name: string, index: number): Promise<number>
  /** Stops the picture: no frame comes any more, or the same one again and again, freshly dated; `null` lets it move again. */
  freeze(how: Frozen): Promise<void>
  /**
   * Waits until the page says that a frozen camera is lost, and gives how long the picture had stood still by then: milliseconds in which the page ran. What a
   * busy machine keeps from it is not counted, nor are frames that were still on their way.
   */
  stillWhenLost(): Promise<number>
  /** From now on a frame comes every so many milliseconds. */
  pace(everyMs: number): Promise<void>
  /** From now on the frames of a camera that can be frozen have another size. */
  resize(width: number, height: number): Promise<void>
  counted(): Promise<Counted>
  /** How often the page has opened the camera. */
  opened(): Promise<number>
  /** The camera goes away under the page, as when its cable is torn. */
  tearCamera(): Promise<void>
  mendCamera(): Promise<void>
  /** Ends the page; fails when it complained. */
  close(): Promise<void>
}

/** Opens the built pages under the shell's own security policy. */
export interface CameraPages {
  open(options: CameraPageOptions): Promise<CameraPage>
  close(): Promise<void>
}

/** What is before a Chromium's camera is one of its switches: one Chromium for each film, started when it is first asked for. */
export function cameraPages(built: BuiltPages): CameraPages {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('there is no Chromium on this machine')
  const browsers = new Map<string | null, Promise<Browser>>()
  const browserBefore = (film: string | null) => {
    const device = film === null ? '--use-fake-device-for-media-stream=device-count=0' : `--use-file-for-fake-video-capture=${film}`
    const started = browsers.get(film) ?? chromium.launch({ executablePath, args: ['--no-sandbox', '--use-fake-device-for-media-stream', device] })
    browsers.set(film, started)
    return started
  }
  return {
    open: async (options) => openCameraPage(built, await browserBefore(options.film), options),
    async close() {
      for (const browser of browsers.values()) await (await browser).close()
    },
  }
}

async function openCameraPage(built: BuiltPages, browser: Browser, options: CameraPageOptions): Promise<CameraPage> {
  const { allowed = true, agedFrames = false, freezable = false, without, altered } = options
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, permissions: allowed ? ['camera'] : [] })
  context.setDefaultTimeout(60_000)
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
    const body = Buffer.from(file.body)
    if (altered?.test(pathname)) body[body.length - 1]! ^= 1
    return route.fulfill({ status: 200, ...file, body, headers: { 'content-security-policy': contentSecurityPolicy } })
  })
  const said: Said[] = []
  await page.exposeFunction('tellBooth', (name: string, input: Said['input'], at: number, still: number) => void said.push({ at, still, name, input }))
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
  const { browserContextId } = (await devTools.send('Target.getTargetInfo')).targetInfo
  const permit = async (setting: 'granted' | 'denied') =>
    void (await devTools.send('Browser.setPermission', { origin, permission: { name: 'camera' }, setting, ...(browserContextId && { browserContextId }) }))
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
    freeze: (how) => page.evaluate((frozen) => (window as unknown as Freezable).freeze(frozen), how),
    stillWhenLost: () => wait(() => said.find(({ name, input, still }) => still > 0 && name === 'camera' && input['state'] === 'lost')?.still),
    pace: (everyMs) => page.evaluate((ms) => void Object.assign(window, { everyMs: ms }), everyMs),
    resize: (width, height) => page.evaluate((size) => void Object.assign(window, size), { frameWidth: width, frameHeight: height }),
    counted: () => page.evaluate(() => (window as unknown as Freezable).counted),
    opened: () => page.evaluate(() => (window as unknown as Freezable).opened),
    heardAt: (name, index) => wait(() => said.filter((each) => each.name === name)[index]?.at),
    heard: (name, fits = () => true) => wait(() => inputs(name).find(fits)),
    async close() {
      await context.close()
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

/** What a camera that can be frozen puts into the page. */
interface Freezable {
  frozen: Frozen
  freeze(how: Frozen): void
  /** How long the picture has stood still for the page, in milliseconds in which it ran; 0 while it is not frozen. */
  still(): number
  opened: number
  everyMs: number
  frameWidth: number
  frameHeight: number
  readonly counted: Counted
}

/** Runs in the page before its own scripts: a camera before which something moves, until it is frozen. */
function makeFreezable(): void {
  const counted = { frames: 0, given: 0, waiting: 0, givenMs: 0, pauses: 0 }
  // The page's own life, in beats: a timer that is late is not made up for.
  const beatMs = 20
  let beats = 0
  setInterval(() => (beats += 1), beatMs)
  let movedAt: number | null = null
  const state: Freezable = Object.assign(window, {
    frozen: null,
    opened: 0,
    everyMs: 33,
    // Small, so that 120 a second are no work for the machine.
    frameWidth: 320,
    frameHeight: 180,
    counted,
    freeze(how: Frozen) {
      state.frozen = how
      movedAt = how === null ? null : beats
    },
    still: () => (movedAt === null ? 0 : (beats - movedAt) * beatMs),
  })
  const { requestVideoFrameCallback } = HTMLVideoElement.prototype
  const spot = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  let [colour, cameAt] = ['', 0]
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (hear) {
    return requestVideoFrameCallback.call(this, (now, frame) => {
      if (cameAt > 0 && now - cameAt > 1300) counted.pauses += 1
      cameAt = now
      if (movedAt !== null && spot) {
        spot.drawImage(this, 0, 0, 1, 1)
        const seen = spot.getImageData(0, 0, 1, 1).data.join()
        if (seen !== colour) movedAt = beats
        colour = seen
      }
      hear(now, frame)
    })
  }
  const { postMessage } = Worker.prototype
  const waiting = new Map<Worker, number>()
  let firstAt: number | null = null
  // Hears before the page does, which may give the next frame at once.
  window.Worker = class extends Worker {
    constructor(script: string | URL, options?: WorkerOptions) {
      super(script, options)
      this.addEventListener('message', () => void waiting.set(this, (waiting.get(this) ?? 0) - 1))
    }
  }
  Worker.prototype.postMessage = function (this: Worker, message: unknown, transfer?: unknown) {
    waiting.set(this, (waiting.get(this) ?? 0) + 1)
    counted.given += 1
    counted.waiting = Math.max(counted.waiting, ...waiting.values())
    firstAt ??= performance.now()
    counted.givenMs = performance.now() - firstAt
    Reflect.apply(postMessage, this, [message, transfer])
  }
  navigator.mediaDevices.getUserMedia = () => {
    state.opened += 1
    const canvas = document.createElement('canvas')
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
      // Set anew, a size empties the canvas.
      if (canvas.width !== state.frameWidth) Object.assign(canvas, { width: state.frameWidth, height: state.frameHeight })
      context.fillStyle = `hsl(${hue} 80% 50%)`
      context.fillRect(0, 0, state.frameWidth, state.frameHeight)
      track?.requestFrame()
    }
    draw()
    return Promise.resolve(stream)
  }
}

/** Runs in the page before its own scripts: the bridge as the preload makes it. */
function installBridge(catalogue: Readonly<Record<string, string>>): void {
  const page = window as unknown as { tellBooth(name: string, input: unknown, at: number, still: number): Promise<void>; still?: () => number }
  const cardbooth = {
    request(name: string, input: unknown) {
      void page.tellBooth(name, input, performance.now(), page.still?.() ?? 0)
      return Promise.resolve({ ok: true, value: name === 'catalogue' ? catalogue : {} })
    },
    subscribe(listen: (push: unknown) => void) {
      Object.assign(window, { pushView: listen })
      return () => {}
    },
  }
  Object.assign(window, { cardbooth })
}
