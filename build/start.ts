import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { startBench, type BenchProcess } from './bench-process.ts'
import { hasDisplay, hostForStart } from './electron.ts'
import { isBuilt, root } from './sources.ts'

/* `npm start`: the booth on its screen, on simulators unless a site configuration is given. */

const longestCheckMs = 90_000
const longestGoodbyeMs = 15_000

const say = (line: string) => void process.stderr.write(`${line}\n`)
const { values: given } = parseArgs({
  options: {
    config: { type: 'string' },
    data: { type: 'string' },
    kiosk: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    panel: { type: 'boolean', default: false },
  },
})

/** What the shell reports, one JSON object a line. */
interface ShellReport {
  readonly drawn: string | null
  readonly devices: readonly { readonly id: string; readonly kind: string; readonly state: string }[]
  readonly versions: Readonly<Record<string, string>>
}

function isDemo(config: string): boolean {
  try {
    return Reflect.get(JSON.parse(readFileSync(config, 'utf8')) as object, 'mode') === 'demo'
  } catch {
    return false
  }
}

function dataFolder(): string {
  if (given.data !== undefined) return resolve(given.data)
  if (given.check) return mkdtempSync(join(tmpdir(), 'cardbooth-check-'))
  const state = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return join(state, given.config === undefined ? 'cardbooth-demo' : 'cardbooth')
}

const startedMs = performance.timeOrigin
// A check must not depend on a screen, nor show itself on one.
if (given.check) for (const name of ['DISPLAY', 'WAYLAND_DISPLAY']) delete process.env[name]

if (!isBuilt()) {
  say('Building the application …')
  // Only now: the builder is far larger than what it is needed for here.
  const { buildAll } = await import('./vite.ts')
  await buildAll()
}
const host = await hostForStart(say)
if (host.kind === 'test-host' && !given.check) say("Electron's own binary is not here (or has no screen): demo on system Chromium, not for booths.")

const data = dataFolder()
mkdirSync(data, { recursive: true })
let bench: BenchProcess | null = null
if (given.config === undefined) {
  const folder = join(data, 'bench')
  mkdirSync(folder, { recursive: true })
  bench = await startBench(folder)
}
const config = bench?.config ?? resolve(given.config ?? '')

const args = [root, '--config', config, '--data', data, '--attached', '--report']
if (given.kiosk) args.push('--kiosk')
if (given.panel) args.push('--panel')
if (process.getuid?.() === 0) {
  if (!isDemo(config)) {
    say('A booth does not run as root: start it as the user of its own.')
    await bench?.stop()
    process.exit(1)
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
    await bench?.stop()
    if (given.check && given.data === undefined) rmSync(data, { recursive: true, force: true })
    process.exit(code)
  })()
  return ending
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(given.check ? 1 : 0))
const parent = process.ppid
setInterval(() => process.ppid === parent || void end(1), 1_000).unref()

let report: ShellReport = { drawn: null, devices: [], versions: {} }
const isReady = () => report.drawn === 'attract' && report.devices.length > 0 && report.devices.every(({ state }) => state === 'ready' || state === 'off')

function finishCheck(ready: boolean): void {
  if (ending) return
  const { electron, ...versions } = report.versions
  const named = host.kind === 'electron' ? { ...versions, electron } : versions
  const startMs = Math.round(performance.timeOrigin + performance.now() - startedMs)
  process.stdout.write(`${JSON.stringify({ ready, host: host.kind, versions: named, startMs, devices: report.devices })}\n`)
  void end(ready ? 0 : 1)
}

createInterface({ input: shell.stdout }).on('line', (line) => {
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
