import { EventEmitter } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowserWindow } from './browser-window.ts'
import { ElectronEvent } from './electron-event.ts'
import { notImplemented, strict } from './not-implemented.ts'
import { chromium } from './runtime.ts'

const emitted = ['ready', 'window-all-closed', 'before-quit', 'will-quit', 'quit']
const readablePaths = ['userData', 'temp']

class HostApp extends EventEmitter {
  readonly switches = new Map<string, string>()
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value = '') => void this.switches.set(name, value),
    hasSwitch: (name: string) => this.switches.has(name),
    getSwitchValue: (name: string) => this.switches.get(name) ?? '',
  })
  readonly #whenReady: Promise<void>
  #becomeReady: () => void = () => {}
  #ready = false
  #userData: string | null = null
  /** The profile that this host made because the application named none. */
  #ownProfile: string | null = null
  #quitting = false
  manifest: { readonly version?: string; readonly name?: string; readonly productName?: string } = {}

  constructor() {
    super()
    this.#whenReady = new Promise((done) => {
      this.#becomeReady = done
    })
  }

  /** Says "ready", once Chromium runs. */
  announceReady(): void {
    this.#ready = true
    this.#becomeReady()
    this.emit('ready', new ElectronEvent(), {})
  }

  /** Reads name and version from the application's package.json. */
  describe(manifestFile: string): void {
    this.manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as typeof this.manifest
  }

  whenReady(): Promise<void> {
    return this.#whenReady
  }

  isReady(): boolean {
    return this.#ready
  }

  get isPackaged(): boolean {
    return false
  }

  getVersion(): string {
    return this.manifest.version ?? ''
  }

  getName(): string {
    return this.manifest.productName ?? this.manifest.name ?? ''
  }

  enableSandbox(): void {}

  setPath(name: string, path: string): void {
    if (name === 'userData') this.#userData = path
    else if (name !== 'crashDumps') notImplemented(`app.setPath('${name}')`)
  }

  getPath(name: string): string {
    if (!readablePaths.includes(name)) return notImplemented(`app.getPath('${name}')`)
    if (name === 'temp') return tmpdir()
    this.#userData ??= this.#ownProfile = mkdtempSync(join(tmpdir(), 'electron-host-'))
    return this.#userData
  }

  override on(event: string, listen: (...args: never[]) => void): this {
    if (!emitted.includes(event)) return notImplemented(`app event ${event}`)
    return super.on(event, listen as (...args: unknown[]) => void)
  }

  quit(): void {
    if (this.#quitting) return
    const event = new ElectronEvent()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.#quitting = true
    for (const window of BrowserWindow.getAllWindows()) Reflect.apply(Reflect.get(window, 'destroy') as () => void, window, [])
    const last = new ElectronEvent()
    this.emit('will-quit', last)
    if (last.defaultPrevented) notImplemented('will-quit that is prevented')
    this.exit(0)
  }

  exit(code = 0): void {
    this.#quitting = true
    this.emit('quit', new ElectronEvent(), code)
    if (this.#ready) chromium().kill()
    if (this.#ownProfile) rmSync(this.#ownProfile, { recursive: true, force: true })
    process.exit(code)
  }

  /** What happens when no window is left: the application decides, or it ends. */
  lastWindowClosed(): void {
    if (this.#quitting) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }
}

export const hostApp = new HostApp()
BrowserWindow.onLastClosed = () => hostApp.lastWindowClosed()

/** `app`, as the application sees it. */
export const app = strict('app', hostApp)
