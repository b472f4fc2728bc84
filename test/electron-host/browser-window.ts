import { EventEmitter } from 'node:events'
import { text } from './cdp.ts'
import { ElectronEvent } from './electron-event.ts'
import { notImplemented, onlyKnown, strict } from './not-implemented.ts'
import { chromium, headless } from './runtime.ts'
import { usePartition } from './session.ts'
import { HostWebContents } from './web-contents.ts'

interface Options {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly fullscreen?: boolean
  readonly kiosk?: boolean
  readonly title?: string
  readonly show?: boolean
  readonly backgroundColor?: string
  readonly webPreferences?: { readonly preload?: string; readonly partition?: string; readonly zoomFactor?: number } & Readonly<
    Record<string, unknown>
  >
}

const knownOptions = [
  'x',
  'y',
  'width',
  'height',
  'useContentSize',
  'fullscreen',
  'kiosk',
  'autoHideMenuBar',
  'backgroundColor',
  'title',
  'show',
  'webPreferences',
]
const knownPreferences = [
  'preload',
  'partition',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'webviewTag',
  'devTools',
  'disableDialogs',
  'spellcheck',
  'navigateOnDragDrop',
  'backgroundThrottling',
  'zoomFactor',
]
/** The settings that this host cannot do otherwise. */
const fixedPreferences: Readonly<Record<string, unknown>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
}

const windows = new Set<HostWindow>()
let opened = 0

/** Makes the target of a window that nobody sees. Chromium prints nothing out of a target that is hidden as such: with a picture it lies minimized. */
async function openHiddenTarget(): Promise<string> {
  const place = headless ? {} : { newWindow: true, windowState: 'minimized' }
  return text(await chromium().cdp.send('Target.createTarget', { url: 'about:blank', background: true, ...place }), 'targetId')
}

/** Makes the target of a new window: without a picture a plain one, else one without a browser around it. */
async function openTarget(): Promise<string> {
  const { cdp, openAppWindow } = chromium()
  // Full screen, because then no browser is drawn around the page; the page's size is set apart from the window's.
  if (headless) return text(await cdp.send('Target.createTarget', { url: 'about:blank', newWindow: true, windowState: 'fullscreen' }), 'targetId')
  opened += 1
  const address = `data:text/html,<title>${process.pid}-${opened}</title>`
  const found = new Promise<string>((done) =>
    cdp.onEvent(({ method, params }) => {
      if (method !== 'Target.targetCreated' && method !== 'Target.targetInfoChanged') return
      const info = params['targetInfo'] as { readonly targetId: string; readonly type: string; readonly url: string }
      if (info.type === 'page' && decodeURIComponent(info.url) === address) done(info.targetId)
    }),
  )
  openAppWindow(address)
  return found
}

class HostWindow extends EventEmitter {
  readonly webContents: object
  readonly contents: HostWebContents
  readonly shown: object
  #closed = false

  constructor(options: Options) {
    super()
    onlyKnown('BrowserWindow', options, knownOptions)
    const preferences = options.webPreferences ?? {}
    onlyKnown('webPreferences', preferences, knownPreferences)
    for (const [key, value] of Object.entries(fixedPreferences))
      if (preferences[key] !== value) notImplemented(`webPreferences: ${key} other than ${String(value)}`)
    const isHidden = options.show === false
    const { width = 800, height = 600 } = options
    const used = Object.freeze({ ...preferences })
    this.contents = new HostWebContents(used, usePartition(preferences.partition), preferences.preload ?? null, isHidden ? openHiddenTarget : openTarget)
    this.webContents = this.contents.shown
    this.shown = strict('BrowserWindow', this)
    windows.add(this)
    this.contents.once('destroyed', () => this.#end())
    if (isHidden) return
    void this.contents.prepare({
      width,
      height,
      left: options.x ?? null,
      top: options.y ?? null,
      zoom: preferences.zoomFactor ?? 1,
      fullscreen: options.fullscreen === true,
      background: options.backgroundColor ?? '#ffffff',
    })
  }

  #end(): void {
    if (this.#closed) return
    this.#closed = true
    windows.delete(this)
    this.emit('closed', new ElectronEvent())
    if (windows.size === 0) BrowserWindow.onLastClosed()
  }

  loadURL(address: string): Promise<void> {
    return this.contents.loadURL(address)
  }

  override on(event: string, listen: (...args: never[]) => void): this {
    if (event !== 'closed') return notImplemented(`BrowserWindow event ${event}`)
    return super.on(event, listen as (...args: unknown[]) => void)
  }

  close(): void {
    this.contents.close()
  }

  destroy(): void {
    this.contents.close()
    this.#end()
  }

  isDestroyed(): boolean {
    return this.#closed
  }
}

/** `BrowserWindow`: `new` gives a window of Chromium. */
class BrowserWindowClass {
  /** Called when no window is left. */
  static onLastClosed: () => void = () => {}

  constructor(options: Options = {}) {
    // What `new` gives is the strict face of the window.
    return new HostWindow(options).shown
  }

  static getAllWindows(): object[] {
    return [...windows].map(({ shown }) => shown)
  }

  static fromWebContents(contents: object): object | null {
    return [...windows].find((window) => window.webContents === contents)?.shown ?? null
  }
}

export const BrowserWindow = strict('BrowserWindow', BrowserWindowClass)
