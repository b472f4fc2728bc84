// The entry of every npm script. Plain JavaScript without dependencies, because on a fresh machine there is nothing else: it sees to the
// system packages, to node_modules and to the right Node, and only then runs what was asked for. What it says goes to standard error.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const nodePackage = `node-linux-${process.arch}`
const nodeMajor = 24

/** What each command runs; whatever is not here is a command of main. */
const scripts = {
  start: 'build/start.ts',
  test: 'build/test.ts',
  'test-long': 'build/test.ts',
  build: 'build/build.ts',
  bench: 'test/bench/measure.ts',
  world: 'test/world/world.ts',
}
/** The commands that open a window or start simulators. */
const needsSystemPackages = ['start', 'test', 'test-long', 'bench']

const say = (line) => process.stderr.write(`${line}\n`)

function stop(line) {
  say(line)
  process.exit(1)
}

function isProgram(name) {
  const places = name.startsWith('/') ? [name] : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Whether dpkg knows a package as installed. */
const isPackage = (name) => spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' }).stdout === 'installed'

/** On Ubuntu Chromium is no package of the system; what runs there is Electron, and this is what Electron needs of the system. */
function electronLibraries() {
  const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  if (!/^ID=ubuntu$/m.test(system)) return null
  const suffix = Number(/^VERSION_ID="(\d+)/m.exec(system)?.[1]) >= 24 ? 't64' : ''
  return [`libgtk-3-0${suffix}`, 'libnss3', 'libgbm1', `libasound2${suffix}`]
}

/** The system packages that are missing for a command. */
function missingPackages(command) {
  if (!needsSystemPackages.includes(command)) return []
  const chromium = ['/usr/lib/chromium/chromium', 'chromium', 'chromium-browser', 'google-chrome', process.env.CHROMIUM_PATH ?? 'chromium']
  const browser = chromium.some(isProgram) ? [] : (electronLibraries()?.filter((name) => !isPackage(name)) ?? ['chromium'])
  // The tests make disks fail, with a library that they compile.
  const compiler = command.startsWith('test') && !isProgram('cc') ? ['gcc', 'libc6-dev'] : []
  // They print through a CUPS of their own, and ask the real gphoto2.
  const programs = { '/usr/sbin/cupsd': 'cups', lp: 'cups-client', pdftoppm: 'poppler-utils', gphoto2: 'gphoto2' }
  // They put cards into a pcscd of their own, and npm compiles the module that speaks to it.
  const cards = {
    '/usr/sbin/pcscd': 'pcscd',
    '/usr/lib/pcsc/drivers/serial/libifdvpcd.so': 'vsmartcard-vpcd',
    '/usr/include/PCSC/winscard.h': 'libpcsclite-dev',
    '/sbin/ip': 'iproute2',
    'opensc-tool': 'opensc',
    openssl: 'openssl',
    'g++': 'g++',
    make: 'make',
    python3: 'python3',
  }
  const isThere = (name) => isProgram(name) || (name.startsWith('/') && existsSync(name))
  const used = Object.entries({ ...programs, ...cards })
  const tested = command.startsWith('test') ? used.filter(([name]) => !isThere(name)).map(([, wanted]) => wanted) : []
  return [...(isProgram('socat') ? [] : ['socat']), ...compiler, ...tested, ...browser]
}

async function mayInstall(agreed) {
  if (agreed || process.env.CI || !process.stdin.isTTY || !process.stderr.isTTY) return true
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question('Install them now? [Y/n] ')
  terminal.close()
  return !/^n/i.test(answer.trim())
}

async function seeToSystemPackages(command, agreed) {
  const missing = missingPackages(command)
  if (missing.length === 0) return
  say(`Missing on this machine: ${missing.join(', ')}.`)
  if (!isProgram('apt-get'))
    stop(
      `There is no apt-get here. Install ${missing.join(' and ')} in this system's own way, then run the same command again.`,
    )
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing]
  if (process.getuid?.() !== 0) stop(`Run this once, then the same command again:\n  sudo apt-get update && sudo ${install.join(' ')}`)
  if (!(await mayInstall(agreed))) stop(`Not installed. The command is:\n  apt-get update && ${install.join(' ')}`)
  for (const [program, ...args] of [['apt-get', 'update'], install]) {
    say(`> ${program} ${args.join(' ')}`)
    const { status } = spawnSync(program, args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    if (status !== 0)
      stop(`That failed (${status ?? 'stopped'}). What apt-get said stands above; the same command goes on from here once it is mended.`)
  }
}

/** Whether node_modules holds what package-lock.json names; npm writes down there what it has installed. */
function arePackagesHere() {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  let here
  try {
    here = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8')).packages
  } catch {
    return false
  }
  const isInstalled = ([path, { version, optional, peer }]) => (here[path] ? here[path].version === version : optional === true || peer === true)
  return (
    Object.entries(wanted)
      .filter(([path]) => path !== '')
      .every(isInstalled) && existsSync(join(root, 'node_modules', nodePackage))
  )
}

/** Whether the module that speaks to pcscd is built. A booth without it has no card reader; its tests need it. */
const isCardModuleHere = () => existsSync(join(root, 'node_modules/pcsclite/build/Release/pcsclite.node'))

async function seeToPackages(command) {
  const areHere = () => arePackagesHere() && (!command.startsWith('test') || isCardModuleHere())
  if (areHere()) return
  say('Installing the packages that package-lock.json names: about 700 MB, a minute or so.')
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  const [program, ...args] = [...npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error']
  // Native packages are built for the Node that will run them.
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, npm_config_nodedir: join(root, 'node_modules', nodePackage) },
  })
  const since = Date.now()
  const progress = setInterval(() => say(`  … ${Math.round((Date.now() - since) / 1000)} s`), 5000)
  const status = await new Promise((done) => child.on('exit', done).on('error', () => done(1)))
  clearInterval(progress)
  if (status !== 0 || !areHere()) stop('npm ci failed; what it said stands above. Run the same command again once it is mended.')
}

function shippedNode() {
  const folder = join(root, 'node_modules', nodePackage)
  if (!existsSync(folder)) stop(`Cardbooth runs on Linux on x64 and arm64; this is ${process.platform} on ${process.arch}.`)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (Number.parseInt(version, 10) !== nodeMajor) stop(`Cardbooth runs on Node ${nodeMajor}, but ${nodePackage} is ${version}: run npm ci.`)
  return join(folder, 'bin/node')
}

/** Runs a script under the shipped Node, with the caller's folder as its own, so that relative paths count from there. */
function run(script, args) {
  const child = spawn(shippedNode(), ['--import', join(root, 'build/quiet-end.ts'), join(root, script), ...args], {
    stdio: 'inherit',
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/node-compile') },
  })
  // In a terminal Ctrl+C reaches the whole group by itself; saying it twice would cut the child's orderly end short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const parent = process.ppid
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 1000).unref()
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
  child.on('error', (error) => stop(`Cannot run ${script}: ${error.message}`))
}

const [command = '', ...rest] = process.argv.slice(2)
const script = scripts[command] ?? `main/commands/${command}.ts`
if (!/^[a-z-]+$/.test(command) || !existsSync(join(root, script))) stop(`There is no command "${command}".`)
if (process.platform !== 'linux') stop(`Cardbooth runs on Linux on x64 and arm64; this is ${process.platform} on ${process.arch}.`)

// `--yes` is an answer to the set-up where there is one to agree to; any other command has a `--yes` of its own.
const isSetUp = needsSystemPackages.includes(command)
await seeToSystemPackages(command, isSetUp && rest.includes('--yes'))
await seeToPackages(command)
const given = isSetUp ? rest.filter((argument) => argument !== '--yes') : rest
run(script, command === 'test-long' ? ['--long', ...given] : given)
