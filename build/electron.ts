import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { root } from './sources.ts'

/** The program that runs the shell: Electron, or the stand-in for demonstrations and tests. */
export interface Host {
  readonly kind: 'electron' | 'test-host'
  readonly program: string
}

const standIn: Host = { kind: 'test-host', program: join(root, 'test/electron-host/electron') }
const packageFile = createRequire(import.meta.url).resolve('electron/package.json')
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
const packageFolder = dirname(packageFile)

/** Where the last failure to fetch Electron is written down, so that it is not tried again within a day. */
const failureFile = join(root, 'node_modules/.cache/cardbooth/electron-failure.json')
const rememberedMs = 24 * 60 * 60 * 1000
const probeMs = 3_000
const fetchMs = 10 * 60 * 1000

/** Electron's own binary, if it is here and whole. Looks at files only: to `require` the package would start a download. */
export function findElectron(): Host | null {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const folder = named ?? join(packageFolder, 'dist')
  const program = join(folder, 'electron')
  if (!existsSync(program) || program === standIn.program) return null
  const versionFile = join(folder, 'version')
  const whole = named !== undefined || (existsSync(versionFile) && readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === version)
  return whole ? { kind: 'electron', program } : null
}

/** What tests run on: Electron where it is and can show a window, else the stand-in. */
export function hostForTests(): Host {
  return (hasDisplay() && findElectron()) || standIn
}

/** Whether there is a screen to open a window on. */
export function hasDisplay(): boolean {
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** What `npm start` runs on, after trying to fetch Electron where it is missing. Never takes longer than its own limits. */
export async function hostForStart(say: (line: string) => void): Promise<Host> {
  // Electron has no mode without a screen; Chromium has one.
  if (!hasDisplay()) return standIn
  const here = findElectron()
  if (here) return here
  const reason = await fetchElectron(say)
  return (reason === null && findElectron()) || standIn
}

/** Fetches Electron's binary; null when it worked, else why not. */
async function fetchElectron(say: (line: string) => void): Promise<string | null> {
  const known = rememberedFailure()
  if (known) return known
  const source = new URL(process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com')
  const reason = (await isReachable(source)) ? await runInstaller(say) : `${source.host} cannot be reached`
  if (reason) {
    mkdirSync(dirname(failureFile), { recursive: true })
    writeFileSync(failureFile, JSON.stringify({ version, at: Date.now(), reason }))
    say(`Electron ${version} could not be fetched (${reason}); not tried again for a day.`)
  }
  return reason
}

function rememberedFailure(): string | null {
  if (!existsSync(failureFile)) return null
  const failure = JSON.parse(readFileSync(failureFile, 'utf8')) as { version: string; at: number; reason: string }
  const age = Date.now() - failure.at
  return failure.version === version && age >= 0 && age < rememberedMs ? failure.reason : null
}

function isReachable(source: URL): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: source.hostname, port: Number(source.port) || (source.protocol === 'http:' ? 80 : 443) })
    const answer = (reachable: boolean) => {
      clearTimeout(limit)
      socket.destroy()
      done(reachable)
    }
    const limit = setTimeout(() => answer(false), probeMs)
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
  })
}

async function runInstaller(say: (line: string) => void): Promise<string | null> {
  say(`Fetching Electron ${version} (about 120 MB) …`)
  const child = spawn(process.execPath, [join(packageFolder, 'install.js')], { stdio: ['ignore', 2, 2] })
  const since = Date.now()
  const progress = setInterval(() => say(`  … ${Math.round((Date.now() - since) / 1000)} s`), 5_000)
  const limit = setTimeout(() => child.kill('SIGKILL'), fetchMs)
  const status = await new Promise<number | null>((done) => child.once('exit', done).once('error', () => done(1)))
  clearInterval(progress)
  clearTimeout(limit)
  return status === 0 ? null : 'the download failed'
}
