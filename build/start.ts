import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { startBench } from './bench-process.ts'
import { hasDisplay, hostForStart } from './electron.ts'
import { isBuilt, root } from './sources.ts'

/* `npm start`: the booth on its screen, on simulators unless a site configuration is given. */

const longestCheckMs = 90_000
const longestGoodbyeMs = 15_000

const say = (line: string) => void process.stderr.write(`${line}\n`)
const options = {
  config: { type: 'string' },
  data: { type: 'string' },
  kiosk: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  panel: { type: 'boolean', default: false },
} as const

function readWords() {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    say(`${(error as Error).message}\nusage: npm start -- [--kiosk] [--check] [--config FILE] [--data DIR] [--panel]`)
    process.exit(2)
  }
}
const given = readWords()

/** What the shell reports, one JSON object a line. */
interface ShellReport {
  readonly drawn: string | null
  readonly devices: readonly { readonly id: string; readonly kind: string; readonly state: string }[]
  readonly versions: Readonly<Record<string, string>>
}

/** `demo` or `production`, as the configuration says; null when it says neither, or cannot be read. */
function modeOf(config: string): 'demo' | 'production' | null {
  try {
    const mode: unknown = Reflect.get(JSON.parse(readFileSync(config, 'utf8').replace(/^\uFEFF/, '')) as object, 'mode')
    return mode === 'demo' || mode === 'production' ? mode : null
  } catch {
    return null
  }
}

function dataFolder(): string {
  if (given.data !== undefined) return resolve(given.data)
  if (given.check) return mkdtempSync(join(tmpdir(), 'cardbooth-check-'))
  const state = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return join(state, given.config === undefined ? 'cardbooth-demo' : 'cardbooth')
}

let report: ShellReport = { drawn: null, devices: [], versions: {} }
// A check must not depend on a screen, nor show itself on one.
if (given.check) for (const name of ['DISPLAY', 'WAYLAND_DISPLAY']) delete process.env[name]

if (!isBuilt()) {
  say('Building the application …')
  // Only now: the builder is far larger than what it is needed for here.
  const { buildAll } = await import('./vite.ts')
  await buildAll()
}
const data = dataFolder()
const benchFolder = join(data, 'bench')
mkdirSync(given.config === undefined ? benchFolder : data, { recursive: true })
const [host, bench] = await Promise.all([hostForStart(say), given.config === undefined ? startBench(benchFolder) : null])
if (host.kind === 'test-host' && !given.check)
  say(`${hasDisplay() ? "Electron's own binary is not here" : 'Electron needs a screen'}: demo on system Chromium, not for booths.`)
const config = bench?.config ?? resolve(given.config ?? '')

/** The last thing to happen: simulators end, and a check leaves nothing behind. */
async function leave(code: number): Promise<never> {
  await bench?.stop()
  if (given.check && given.data === undefined) rmSync(data, { recursive: true, force: true })
  process.exit(code)
}

/** Ends before anything was opened. */
function giveUp(code: number): Promise<never> {
  if (given.check) printCheck(false)
  return leave(given.check ? 1 : code)
}

// Only when it is needed: checking a whole configuration is a large part of a start.
const mode = modeOf(config) ?? modeOf((await (await import('../main/config/last-good.ts')).chooseConfiguration(config, data)).file)
if (mode === null) {
  // The booth says what is wrong, with the exact place, and why no window should open for that.
  const booth = spawn(process.execPath, [join(root, 'dist/booth/main.js'), '--config', config, '--data', data], { stdio: ['ignore', 2, 2, 'ipc'] })
  await giveUp(await new Promise<number>((done) => booth.once('exit', (code) => done(code ?? 1))))
}

const args = [root, '--config', config, '--data', data, '--attached', '--report']
if (given.kiosk) args.push('--kiosk')
if (given.panel) args.push('--panel')
if (process.getuid?.() === 0) {
  if (mode === 'production') {
    say('A booth does not run as root: start it as the user of its own.')
    await giveUp(1)
  }
  args.push('--no-sandbox')
  if (!given.check) say('Running as root: the browser sandbox is off, which only a demo may do.')
}
if (!hasDisplay() && !given.check) {
  const picture = join(data, 'first-screen.png')
  args.push('--screenshot', picture)
  say(`No screen here: the booth runs without a window until Ctrl+C, and leaves a picture of its first screen in ${picture}`)
}

const shell = spawn(host.program, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true })
shell.stdin.on('error', () => {})
const shellGone = new Promise<number>((done) => {
  shell.once('exit', (code) => done(code ?? 1))
  shell.once('error', () => done(1))
})

let ending: Promise<never> | null = null
/** Ends everything in order, shell first: it brings the devices to rest while the simulators still answer. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    shell.stdin.end()
    const patience = setTimeout(() => shell.kill('SIGKILL'), longestGoodbyeMs)
    await shellGone
    clearTimeout(patience)
    return leave(code)
  })()
  return ending
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(given.check ? 1 : 0))
const parent = process.ppid
setInterval(() => process.ppid === parent || void end(1), 1_000).unref()

const isReady = () =>
  report.drawn === 'attract' && report.devices.length > 0 && report.devices.every(({ state }) => state === 'ready' || state === 'off')

function printCheck(ready: boolean): void {
  const { electron, ...versions } = report.versions
  const named = host.kind === 'electron' ? { ...versions, electron } : versions
  const startMs = Math.round(performance.now())
  process.stdout.write(`${JSON.stringify({ ready, host: host.kind, versions: named, startMs, devices: report.devices })}\n`)
}

function finishCheck(ready: boolean): void {
  if (ending) return
  printCheck(ready)
  void end(ready ? 0 : 1)
}

createInterface({ input: shell.stdout }).on('line', (line) => {
  // Whatever else the browser prints is not for us.
  if (!line.startsWith('{"drawn"')) return
  report = JSON.parse(line) as ShellReport
  if (given.check && isReady()) finishCheck(true)
})
if (given.check) setTimeout(() => finishCheck(false), longestCheckMs)

void bench?.gone.then(() => {
  if (ending) return
  say('The simulators ended; so does the demo.')
  if (given.check) finishCheck(false)
  else void end(1)
})
const code = await shellGone
if (given.check && !ending) finishCheck(false)
await end(code)
