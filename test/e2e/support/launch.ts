import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { startBench } from '../../../build/bench-process.ts'
import { hostForTests } from '../../../build/electron.ts'
import { root } from '../../../build/sources.ts'

type Json = Readonly<Record<string, unknown>>

export interface LaunchOptions {
  /** Offers every service of the demonstration; else the application alone, so that a fault of it puts the booth out of service. */
  readonly everything?: boolean
  /** Changes the demonstration's configuration. */
  readonly config?: (demo: Json) => Json
  /** The film that the simulated camera shows instead of the bench's own (Y4M or MJPEG); null for a booth without a simulated camera. */
  readonly camera?: string | null
  /** Added to the shell's environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Takes notes and gives change as well; else coins alone, and what is too much stands on a slip. */
  readonly wholeTill?: boolean
  /** Opens the panel of hands as a second window. */
  readonly panel?: boolean
  /** Switches put before the application's own arguments. */
  readonly switches?: readonly string[]
}

/** The whole demonstration as `npm start` runs it, on the built application, driven by Playwright. */
export interface LaunchedBooth {
  readonly app: ElectronApplication
  /** The resident's screen. */
  readonly page: Page
  /** The panel of hands, if it was asked for. */
  readonly panel: Page | null
  /** The booth's data folder. */
  readonly data: string
  /** What shell, booth and devices have said on standard error so far. */
  said(): string
  /** Errors on the consoles of its windows so far, those of a hidden sheet among them: what threw, and what a page's policy refused. */
  complaints(): readonly string[]
  /** Moves a simulator: one line as on the panel, e.g. `coin-acceptor insert 500`; gives its answer. */
  panelHand(line: string): Promise<string>
  close(): Promise<void>
}

/** The same booth without hoppers and note validator. */
function withCoinsAlone(demo: Json): Json {
  const { hopper: _hopper, 'bill-validator': _validator, ...devices } = demo['devices'] as Json
  const { notes: _notes, ...cash } = demo['cash'] as Json
  return { ...demo, devices, cash }
}

/** Rewrites the configuration that the bench wrote, in its own folder, because the operator's pack lies beside it. */
function configure(file: string, { config, camera, everything = false, wholeTill = false }: LaunchOptions): string {
  const demo = JSON.parse(readFileSync(file, 'utf8')) as Json
  const till = wholeTill ? demo : withCoinsAlone(demo)
  const written = everything ? till : { ...till, services: { 'jp-mynumber-application': { price: 800 } } }
  const bench = written['bench'] as { readonly socket: string; readonly camera?: string }
  const filmed = camera === undefined ? written : { ...written, bench: camera === null ? { socket: bench.socket } : { ...bench, camera } }
  const changed = join(dirname(file), 'booth-under-test.json')
  writeFileSync(changed, JSON.stringify(config ? config(filmed) : filmed))
  return changed
}

/** One line to the bench's socket, and its answer. */
function hand(socketPath: string, line: string): Promise<string> {
  return new Promise((done, failed) => {
    const socket = connect(socketPath)
    socket.once('error', failed)
    createInterface({ input: socket }).once('line', (answer) => {
      socket.destroy()
      done(answer)
    })
    socket.write(`${line}\n`)
  })
}

/** The window that shows one of our pages, whichever opened first. */
function windowShowing(app: ElectronApplication, page: 'index.html' | 'panel.html'): Promise<Page> {
  return new Promise((found, failed) => {
    const look = (window: Page) =>
      void window
        .waitForURL((address) => address.pathname === `/${page}`, { timeout: 0 })
        .then(
          () => found(window),
          () => {},
        )
    app.on('window', look)
    app.once('close', () => failed(new Error(`the application ended before it showed ${page}`)))
    app.windows().forEach(look)
  })
}

/** Starts simulators, centre and booth; `close` ends all of it and removes what it wrote. */
export async function launchBooth(options: LaunchOptions = {}): Promise<LaunchedBooth> {
  const data = mkdtempSync(join(tmpdir(), 'cardbooth-e2e-'))
  const benchFolder = join(data, 'bench')
  mkdirSync(benchFolder)
  const bench = await startBench(benchFolder)
  const endBench = async () => {
    await bench.stop()
    rmSync(data, { recursive: true, force: true })
  }
  try {
    const config = configure(bench.config, options)
    const app = await _electron.launch({
      executablePath: hostForTests().program,
      args: [...(options.switches ?? []), root, '--config', config, '--data', data, ...(options.panel ? ['--panel'] : [])],
      env: { ...(process.env as Record<string, string>), ...options.env },
      chromiumSandbox: process.getuid?.() !== 0,
    })
    let said = ''
    app.process().stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
    const complaints: string[] = []
    const listen = (window: Page) => {
      window.on('console', (message) => {
        const { url } = message.location()
        // The stand-in's browser asks for an icon of its own accord.
        if (message.type() === 'error' && !url.endsWith('/favicon.ico')) complaints.push(`${message.text()} ${url}`)
      })
      window.on('pageerror', (error) => complaints.push(String(error)))
    }
    app.windows().forEach(listen)
    app.on('window', listen)
    app.context().setDefaultTimeout(60_000)
    const { socket } = (JSON.parse(readFileSync(config, 'utf8')) as { readonly bench: { readonly socket: string } }).bench
    return {
      app,
      page: await windowShowing(app, 'index.html'),
      panel: options.panel ? await windowShowing(app, 'panel.html') : null,
      data,
      said: () => said,
      complaints: () => complaints,
      panelHand: (line) => hand(socket, line),
      async close() {
        await app.close()
        await endBench()
      },
    }
  } catch (error) {
    await endBench()
    throw error
  }
}
