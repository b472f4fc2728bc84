import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { fromServed, toServed } from './addresses.ts'
import { part, text, type CdpEvent, type Params } from './cdp.ts'
import { ElectronEvent } from './electron-event.ts'
import { answerInvoke } from './ipc-main.ts'
import { toJson } from './json-only.ts'
import { notImplemented, onlyKnown, strict } from './not-implemented.ts'
import { pageScript, preloadScript } from './page-worlds.ts'
import { chromium, headless } from './runtime.ts'

const worldName = 'Electron Isolated Context'

/** Events that are really emitted, and those that never come here (no-ops.ts says why that is harmless). */
const emitted = ['will-navigate', 'will-frame-navigate', 'before-input-event', 'dom-ready', 'did-finish-load', 'render-process-gone', 'destroyed']
const neverCome = ['will-attach-webview', 'will-redirect', 'context-menu', 'select-bluetooth-device']

const living = new Map<string, HostWebContents>()
let lastId = 0

/** The page of one window. */
export class HostWebContents extends EventEmitter {
  readonly id: number
  /** What the application gets to see: the same object, with what is missing made to throw. */
  readonly shown: object
  readonly mainFrame: object
  readonly session: object
  readonly #preferences: object
  /** The target in Chromium and our session with it; commands wait for it. */
  readonly #attached: Promise<{ readonly targetId: string; readonly sessionId: string }>
  readonly #token = `e${randomBytes(8).toString('hex')}`
  #targetId = ''
  #address = ''
  /** The execution context of the preload's world in the current document; 0 when there is none. */
  #world = 0
  /** A navigation that this process asked for, and so needs no leave. */
  #navigating = false
  /** Frames in which the page itself asked for the navigation that is under way. */
  readonly #askedByPage = new Set<string>()
  #askForWindow: ((details: object) => { readonly action: string }) | null = null
  #suppressKeys = false
  #gone = false

  constructor(preferences: object, sessionObject: object, preload: string | null, openTarget: () => Promise<string>) {
    super()
    lastId += 1
    this.id = lastId
    this.#preferences = preferences
    this.session = sessionObject
    const address = () => this.#address
    this.mainFrame = strict('WebFrameMain', {
      get url() {
        return address()
      },
      get origin() {
        return address().replace(/^([a-z]+:\/\/[^/]+).*$/, '$1')
      },
      parent: null,
    })
    this.shown = strict('webContents', this)
    this.#attached = this.#attach(preload, openTarget)
  }

  async #attach(preload: string | null, openTarget: () => Promise<string>) {
    const { cdp } = chromium()
    const targetId = await openTarget()
    const sessionId = text(await cdp.send('Target.attachToTarget', { targetId, flatten: true }), 'sessionId')
    this.#targetId = targetId
    living.set(targetId, this)
    cdp.onEvent((event) => {
      if (event.sessionId === sessionId) this.#hear(event)
      else if (text(event.params, 'targetId') === targetId) this.#hearTarget(event)
    })
    const say = (method: string, params: object = {}) => cdp.send(method, params, sessionId)
    await Promise.all([say('Page.enable'), say('Runtime.enable')])
    if (preload !== null) await this.#addPreload(say, readFileSync(preload, 'utf8'))
    return { targetId, sessionId }
  }

  async #addPreload(say: (method: string, params: object) => Promise<Params>, source: string): Promise<void> {
    await Promise.all([
      say('Runtime.addBinding', { name: this.#token, executionContextName: worldName }),
      say('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(this.#token) }),
      say('Page.addScriptToEvaluateOnNewDocument', { source: preloadScript(this.#token, source), worldName }),
    ])
  }

  async #say(method: string, params: object = {}): Promise<Params> {
    const { sessionId } = await this.#attached
    return chromium().cdp.send(method, params, sessionId)
  }

  /** For what may be cut short by the end of the window. */
  #try(method: string, params: object = {}): void {
    this.#say(method, params).catch(() => {})
  }

  #hear({ method, params }: CdpEvent): void {
    switch (method) {
      case 'Runtime.bindingCalled':
        if (text(params, 'name') === this.#token) void this.#answer(Number(params['executionContextId']), text(params, 'payload'))
        return
      case 'Runtime.executionContextCreated': {
        const context = part(params, 'context')
        if (text(context, 'name') === worldName && text(part(context, 'auxData'), 'frameId') === this.#targetId) this.#world = Number(context['id'])
        return
      }
      case 'Runtime.executionContextDestroyed':
        if (params['executionContextId'] === this.#world) this.#world = 0
        return
      case 'Runtime.executionContextsCleared':
        this.#world = 0
        return
      case 'Page.frameNavigated': {
        const frame = part(params, 'frame')
        if (text(frame, 'id') === this.#targetId) this.#address = fromServed(text(frame, 'url'))
        this.#askedByPage.delete(text(frame, 'id'))
        return
      }
      case 'Page.frameRequestedNavigation':
        this.#askedByPage.add(text(params, 'frameId'))
        return
      case 'Page.domContentEventFired':
        this.emit('dom-ready', new ElectronEvent())
        return
      case 'Page.loadEventFired':
        this.emit('did-finish-load', new ElectronEvent())
        return
      case 'Page.windowOpen':
        this.#askForWindow?.({ url: fromServed(text(params, 'url')), frameName: text(params, 'windowName'), features: '', disposition: 'new-window' })
        return
      case 'Page.javascriptDialogOpening':
        this.#try('Page.handleJavaScriptDialog', { accept: false })
        return
    }
  }

  #hearTarget({ method, params }: CdpEvent): void {
    if (method === 'Target.targetCrashed') {
      this.#world = 0
      this.emit('render-process-gone', new ElectronEvent(), { reason: 'crashed', exitCode: Number(params['errorCode']) })
    }
    if (method === 'Target.targetDestroyed') this.#end()
  }

  #end(): void {
    if (this.#gone) return
    this.#gone = true
    living.delete(this.#targetId)
    this.emit('destroyed')
  }

  async #answer(world: number, payload: string): Promise<void> {
    const { id, channel, args } = JSON.parse(payload) as { id: number; channel: string; args: unknown[] }
    const senderFrame = world === this.#world ? this.mainFrame : null
    const { ok, value } = await answerInvoke(channel, { sender: this.shown, senderFrame, type: 'frame' }, args)
    this.#deliver(world, toJson({ kind: 'reply', id, ok, value }))
  }

  #deliver(world: number, message: string): void {
    if (world === 0 || this.#gone) return
    this.#try('Runtime.callFunctionOn', {
      executionContextId: world,
      functionDeclaration: `function (message) { globalThis['${this.#token}:deliver'](message) }`,
      arguments: [{ value: message }],
      silent: true,
    })
  }

  /** Whether a document may be loaded into the main frame: asked by this process yes, by the page only if no listener prevents it. */
  async mayNavigate(address: string, frame = this.#targetId): Promise<boolean> {
    if (this.#navigating) return true
    // A round trip, so that the page's own wish, which travels by another way, has arrived.
    await this.#say('Page.getNavigationHistory').catch(() => {})
    if (!this.#askedByPage.delete(frame)) return true
    const event = Object.assign(new ElectronEvent(), { url: address, isMainFrame: true, isSameDocument: false })
    this.emit('will-frame-navigate', event)
    this.emit('will-navigate', event, address)
    return !event.defaultPrevented
  }

  /** A key sent by a test driver, before the page gets it; false when the application keeps it from the page. */
  admitKey(params: Params): boolean {
    const type = text(params, 'type')
    if (type === 'keyUp' || type === 'char') return !this.#suppressKeys
    const modifiers = Number(params['modifiers'] ?? 0)
    const input = {
      type: 'keyDown',
      key: text(params, 'key'),
      code: text(params, 'code'),
      isAutoRepeat: params['autoRepeat'] === true,
      isComposing: false,
      alt: (modifiers & 1) !== 0,
      control: (modifiers & 2) !== 0,
      meta: (modifiers & 4) !== 0,
      shift: (modifiers & 8) !== 0,
    }
    const event = new ElectronEvent()
    this.emit('before-input-event', event, input)
    // A refused key takes its text and its release along.
    this.#suppressKeys = event.defaultPrevented
    return !event.defaultPrevented
  }

  get targetId(): string {
    return this.#targetId
  }

  override on(event: string, listen: (...args: never[]) => void): this {
    if (!emitted.includes(event) && !neverCome.includes(event)) return notImplemented(`webContents event ${event}`)
    return super.on(event, listen as (...args: unknown[]) => void)
  }

  /** Gives the window its size and colour, before its first page. */
  async prepare(look: {
    readonly width: number
    readonly height: number
    readonly left: number | null
    readonly top: number | null
    readonly zoom: number
    readonly fullscreen: boolean
    readonly background: string
  }): Promise<void> {
    const [red = 255, green = 255, blue = 255] = [1, 3, 5].map((at) => Number.parseInt(look.background.slice(at, at + 2), 16))
    this.#try('Emulation.setDefaultBackgroundColorOverride', { color: { r: red, g: green, b: blue } })
    if (headless || look.zoom !== 1) {
      const [width, height] = [look.width, look.height].map((size) => Math.round(size / look.zoom))
      this.#try('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 0, scale: look.zoom, mobile: false })
    }
    if (headless) return
    const { targetId } = await this.#attached
    const { cdp } = chromium()
    const windowId = (await cdp.send('Browser.getWindowForTarget', { targetId }))['windowId']
    if (look.left !== null && look.top !== null) await cdp.send('Browser.setWindowBounds', { windowId, bounds: { left: look.left, top: look.top } })
    await cdp.send('Browser.setContentsSize', { windowId, width: look.width, height: look.height })
    if (look.fullscreen) await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'fullscreen' } })
  }

  async loadURL(address: string): Promise<void> {
    await this.#navigate('Page.navigate', { url: toServed(address) })
    // What was shown before the first page (an empty one) is not part of the history that a page could go back to.
    this.#try('Page.resetNavigationHistory')
  }

  reload(): void {
    void this.#navigate('Page.reload', {}).catch(() => {})
  }

  async #navigate(method: string, params: object): Promise<void> {
    await this.#attached
    this.#navigating = true
    const loaded = new Promise<void>((done) => this.once('did-finish-load', () => done()))
    try {
      const failure = text(await this.#say(method, params), 'errorText')
      if (failure) throw new Error(`${failure} loading '${String(Reflect.get(params, 'url'))}'`)
      await loaded
    } finally {
      this.#navigating = false
    }
  }

  send(channel: string, ...args: unknown[]): void {
    this.#deliver(this.#world, toJson({ kind: 'send', channel, args }))
  }

  /** Nothing but "deny" can be honoured; asked at once, so that another answer is not passed over in silence. */
  setWindowOpenHandler(handler: (details: object) => { readonly action: string }): void {
    const { action } = handler({ url: 'about:blank', frameName: '', features: '', disposition: 'new-window' })
    if (action !== 'deny') notImplemented(`setWindowOpenHandler: ${action}`)
    this.#askForWindow = handler
  }

  setVisualZoomLevelLimits(least: number, most: number): Promise<void> {
    return least === 1 && most === 1 ? Promise.resolve() : notImplemented('setVisualZoomLevelLimits')
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#say('Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true })
    if (exceptionDetails)
      throw new Error(text(part(part({ exceptionDetails }, 'exceptionDetails'), 'exception'), 'description') || 'Script failed to execute')
    return part({ result }, 'result')['value']
  }

  async capturePage() {
    const picture = Buffer.from(text(await this.#say('Page.captureScreenshot', { format: 'png' }), 'data'), 'base64')
    return strict('NativeImage', { toPNG: () => picture })
  }

  /** The page as PDF; the settings that this host knows are Chromium's own. */
  async printToPDF(settings: object): Promise<Buffer> {
    onlyKnown('printToPDF', settings, ['preferCSSPageSize', 'printBackground', 'generateTaggedPDF'])
    return Buffer.from(text(await this.#say('Page.printToPDF', settings), 'data'), 'base64')
  }

  forcefullyCrashRenderer(): void {
    this.#try('Page.crash')
  }

  close(): void {
    void this.#attached.then(({ targetId }) => chromium().cdp.send('Target.closeTarget', { targetId })).catch(() => this.#end())
  }

  getLastWebPreferences(): object {
    return this.#preferences
  }

  getURL(): string {
    return this.#address
  }

  isDestroyed(): boolean {
    return this.#gone
  }
}

/** The page whose main frame this is; null for a frame inside a page. */
export function contentsOfFrame(frameId: string): HostWebContents | null {
  return living.get(frameId) ?? null
}

/** `webContents`, the part that a test driver asks. */
export const webContents = strict('webContents', {
  fromDevToolsTargetId: (targetId: string): object | undefined => living.get(targetId)?.shown,
  getAllWebContents: (): object[] => [...living.values()].map(({ shown }) => shown),
})
