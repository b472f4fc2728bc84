import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { connectCdp, type Cdp } from './cdp.ts'

/** The binaries before the distribution's wrapper scripts, which cost a tenth of a second and add switches of their own. */
const places = ['/usr/lib/chromium/chromium', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] as const

/** The Chromium of this machine; null when there is none. `CHROMIUM_PATH` names another. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH']
  if (named) return existsSync(named) ? named : null
  return places.find((place) => existsSync(place)) ?? null
}

export interface ChromiumSettings {
  readonly profile: string
  readonly headless: boolean
  /** Also listen for a test driver. */
  readonly debuggingPort: boolean
  /** What the application and the command line add. */
  readonly switches: ReadonlyMap<string, string>
}

export interface Chromium {
  readonly cdp: Cdp
  /** Address of the debugging port; resolves only when one was asked for. */
  readonly devTools: Promise<string>
  readonly gone: Promise<void>
  /** Opens a window without a browser around it, at `address`: a second start hands it to the first. */
  openAppWindow(address: string): void
  kill(): void
}

/** What makes Chromium the engine of an application and nothing else. */
const always = [
  'no-first-run',
  'no-default-browser-check',
  'no-startup-window',
  'no-service-autorun',
  'disable-background-networking',
  'disable-component-update',
  'disable-default-apps',
  'disable-extensions',
  'disable-sync',
  'disable-breakpad',
  'disable-domain-reliability',
  'disable-client-side-phishing-detection',
  'disable-background-timer-throttling',
  'disable-backgrounding-occluded-windows',
  'disable-renderer-backgrounding',
  'disable-hang-monitor',
  'disable-session-crashed-bubble',
  'disable-search-engine-choice-screen',
  'disable-popup-blocking',
  'metrics-recording-only',
  'noerrdialogs',
  'test-type',
  'password-store=basic',
  'autoplay-policy=no-user-gesture-required',
  // The last two would load pages of the browser's own beside ours.
  'disable-features=Translate,MediaRouter,OptimizationHints,PaintHolding,HttpsUpgrades,WebUIOmniboxPopup,WebUIOmniboxAimPopup',
] as const

/** Starts Chromium; it ends with this process, because its pipe closes. */
export function startChromium(settings: ChromiumSettings): Chromium {
  const binary = findChromium()
  if (!binary) throw new Error('no Chromium here: install the package `chromium`')
  const own = ['remote-debugging-port', 'inspect', 'user-data-dir']
  const asked = [...settings.switches].filter(([name]) => !own.includes(name)).map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`))
  const args = [
    ...always.map((name) => `--${name}`),
    `--user-data-dir=${settings.profile}`,
    ...(settings.headless ? ['--headless', '--disable-gpu'] : []),
    ...asked,
  ]
  const debugging = ['--remote-debugging-pipe', ...(settings.debuggingPort ? ['--remote-debugging-port=0'] : [])]
  const child: ChildProcess = spawn(binary, [...args, ...debugging], { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true })
  const devTools = new Promise<string>((found) => {
    if (!child.stderr) return
    // Read to the end even when nobody listens: a full pipe would stop Chromium.
    createInterface({ input: child.stderr }).on('line', (line) => {
      const match = /^DevTools listening on (ws:.*)$/.exec(line)
      if (match?.[1]) found(match[1])
      else if (process.env['ELECTRON_ENABLE_LOGGING']) process.stderr.write(`chromium: ${line}\n`)
    })
  })
  const gone = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', () => done())
  })
  return {
    cdp: connectCdp(child.stdio[3] as Writable, child.stdio[4] as Readable),
    devTools,
    gone,
    openAppWindow: (address) =>
      void spawn(binary, [...args.filter((argument) => argument !== '--no-startup-window'), `--app=${address}`], { stdio: 'ignore' }),
    kill() {
      // The whole group: Chromium's helpers would outlive it by a moment.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    },
  }
}
