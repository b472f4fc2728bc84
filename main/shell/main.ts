import { existsSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, ipcMain, Menu, protocol, session, type BrowserWindow, type WebContents } from 'electron'
import { realClock } from '../../hardware/clock.ts'
import { outliveLog } from '../../hardware/outlive-log.ts'
import { stackOf } from '../../hardware/stack-of.ts'
import type { Role } from '../contract/commands.ts'
import type { FromBooth, ViewPush } from '../contract/wire.ts'
import { limitedLog } from '../log/limited-log.ts'
import { jsonLog } from '../log/log.ts'
import { browserSwitches } from './browser-switches.ts'
import { askChild, startChild } from './child.ts'
import { exitConfiguration, exitInUse, keepChildren } from './children.ts'
import { chosenConfiguration } from './chosen-configuration.ts'
import { openDoor } from './door.ts'
import { keepGlass } from './glass.ts'
import { tellSupervisor } from './notify.ts'
import { listPages, servePages } from './pages.ts'
import { enforcePermissions } from './permissions.ts'
import { freshProfile } from './profile.ts'
import { followDrawing } from './report.ts'
import { pages, refusedSwitch, refusedVariable } from './security.ts'
import { readArguments, readSettings } from './settings.ts'
import { makeSheetPrinter } from './sheet-printer.ts'
import { openWindow } from './window.ts'

const dist = dirname(dirname(fileURLToPath(import.meta.url)))
const clock = realClock()
const given = readArguments(process.argv.slice(1), process.env)
const places = ['--config', given.config, '--data', given.data]
const configuration = () => chosenConfiguration(given, () => askChild(shippedNode(), join(dist, 'booth', 'main.js'), ['--choose', ...places]))
const settings = readSettings(configuration())
const limited = limitedLog(jsonLog(clock.now, (line) => void process.stderr.write(line)), clock)
const log = (line: string) => limited({ event: 'shell', line })

function end(reason: unknown): never {
  // What an error says may repeat what a resident told; one of the operating system repeats a path.
  log(reason instanceof Error ? ['syscall' in reason ? reason.message : reason.name, ...stackOf(reason)].join('\n') : String(reason))
  app.exit(1)
  process.exit(1)
}
outliveLog()
// Without one of its own Electron shows a dialog and stays up, with coins in the acceptor.
process.on('uncaughtException', end)
process.on('unhandledRejection', end)

const refused = settings.demo ? null : refusedSwitch(process.argv.slice(1))
if (refused) end(`a booth does not start with --${refused}`)
const variable = settings.demo ? null : refusedVariable(process.env)
if (variable) end(`a booth does not start with ${variable}`)

const profile = freshProfile()
app.setPath('userData', profile.folder)
app.setPath('crashDumps', profile.folder)
// A process that crashes leaves a dump without any memory in it (core(5)): this one, its children, and the browser's processes, which inherit it (F57).
writeFileSync('/proc/self/coredump_filter', '0')
app.enableSandbox()
for (const [name, value] of browserSwitches) app.commandLine.appendSwitch(name, value)
if (settings.simulatedCamera) {
  app.commandLine.appendSwitch('use-fake-device-for-media-stream')
  app.commandLine.appendSwitch('use-file-for-fake-video-capture', settings.simulatedCamera)
}
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])

/** The Node that ships with the booth: beside the packaged application, or the one that npm installed. */
function shippedNode(): string {
  const packaged = join(process.resourcesPath ?? '', 'node')
  return existsSync(packaged) ? packaged : join(dist, '..', 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
}

const windows = new Map<number, { readonly role: Role; readonly window: BrowserWindow }>()
const roleOf = (contents: WebContents | null): Role | null => (contents ? (windows.get(contents.id)?.role ?? null) : null)

let lastPush: ViewPush | null = null
const residentPage = () => [...windows.values()].find(({ role }) => role === 'resident')?.window.webContents
const glass = keepGlass({
  clock,
  // A page that crashes while it loads is loaded again by the glass; the rest stands in the log.
  load: (address) => void residentPage()?.loadURL(address).catch((error: unknown) => log(String(error))),
  kill: () => residentPage()?.forcefullyCrashRenderer(),
  pageLost: () => children.pageLost(),
  screenFault: (held) => children.screenFault(held),
  // Whoever stands in front of the booth can read something.
  onTrouble: () => supervisor.ready(),
  log,
})
const supervisor = tellSupervisor(clock, process.env)
let wantedPicture = given.screenshot
const drawing = followDrawing((report) => {
  if (report.drawn !== null) supervisor.ready()
  if (given.report) process.stdout.write(`${JSON.stringify({ ...report, versions: runtimeVersions() })}\n`)
  if (report.drawn !== 'attract' || wantedPicture === null) return
  void takePicture(wantedPicture)
  wantedPicture = null
})

function runtimeVersions() {
  const { electron = '', chrome = '', node } = process.versions
  return { cardbooth: app.getVersion(), electron, chrome, node }
}

async function takePicture(file: string): Promise<void> {
  const page = residentPage()
  if (!page) return
  await writeFile(file, (await page.capturePage()).toPNG())
  log(`picture of the first screen: ${file}`)
}

const offersSheets = (shown: ViewPush | null) => shown?.view.screen === 'advice' && shown.view.sheets.length > 0
const push = (next: ViewPush | null) => {
  lastPush = next
  if (!offersSheets(next)) sheets.offered(false)
  drawing.pushed(next)
  glass.pushed(next)
  for (const { window } of windows.values()) if (!window.isDestroyed()) window.webContents.send('view', next)
}

function endWith(reason: string, code: number): void {
  log(reason)
  profile.remove()
  app.exit(code)
}

/** What staff at the glass read of the browser. */
function engine(): readonly string[] {
  const { electron, chrome } = runtimeVersions()
  return ['--electron', electron, '--chromium', chrome]
}

/** A child, with the memory that it may take: the booth holds pictures for a moment, the devices next to nothing. */
const child = (name: 'booth' | 'devices', memoryMb: number) => ({
  node: shippedNode(),
  entry: join(dist, name, 'main.js'),
  args: name === 'devices' ? ['--config', configuration()] : [...places, '--pages', join(dist, 'renderer'), ...engine()],
  memoryMb,
  debuggable: settings.demo,
  clock,
})
const sheets = makeSheetPrinter(clock, log)
/** What devices wait for before they start: the first view on the glass, two seconds at most. */
const glassDrawn = Promise.withResolvers<void>()
clock.after(2_000, glassDrawn.resolve)
// Started before the browser is up: both take about as long.
const children = keepChildren({
  clock,
  startBooth: (onMessage) => startChild(child('booth', 384), (message) => onMessage(message as FromBooth)),
  glassDrawn: glassDrawn.promise,
  startDevices: (onMessage) => startChild(child('devices', 128), onMessage),
  onPush: push,
  onDevices: drawing.devices,
  drawSheet: (page) => sheets.print(page),
  onTrouble(trouble) {
    // Somebody who started it by hand reads why in the terminal; on an installed booth the glass has to say it.
    if (given.attached && trouble === 'configuration-refused') return endWith('the booth cannot run like this; why stands above', exitConfiguration)
    glass.trouble(trouble)
  },
  onSecondCopy: () => endWith('this booth runs already: another copy has the data folder', exitInUse),
  log,
})

const headless = !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']

function openRole(role: Role): void {
  const devTools = settings.demo && app.commandLine.hasSwitch('remote-debugging-port')
  const window = openWindow({ role, preload: join(dist, 'preload', 'preload.cjs'), kiosk: given.kiosk, devTools, clock, onTyped: () => children.keysTyped() }, headless)
  const { webContents } = window
  const { id } = webContents
  windows.set(id, { role, window })
  window.on('closed', () => {
    windows.delete(id)
    if (role === 'resident') app.quit()
  })
  webContents.on('dom-ready', () => {
    webContents.send('view', lastPush)
    if (role === 'resident') glass.loaded()
  })
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (ending) return
    if (role === 'resident') glass.gone(reason)
    else webContents.reload()
  })
  if (role === 'resident') glass.open()
  else window.loadURL(pages[role]).catch((error: unknown) => log(String(error)))
}

let ending = false
app.on('before-quit', (event) => {
  event.preventDefault()
  if (ending) return
  ending = true
  void children.stop().then(() => {
    profile.remove()
    app.exit(0)
  })
})
app.on('window-all-closed', () => app.quit())
if (given.attached) process.stdin.on('end', () => app.quit()).resume()

// No await at the top level: Electron is not ready before this module has been evaluated.
void app.whenReady().then(() => {
  Menu.setApplicationMenu(null)
  const own = session.fromPartition('cardbooth')
  own.protocol.handle('app', servePages(listPages(join(dist, 'renderer')), settings))
  enforcePermissions(own, roleOf)
  const request = openDoor(roleOf, (role, name, input) => {
    if (role === 'resident' && name === 'drew') {
      glass.drew(input)
      drawing.drew(input)
      glassDrawn.resolve()
      // Not before: on a small machine a window that opens keeps the screen waiting.
      sheets.offered(offersSheets(lastPush))
    }
    return children.request(role, name, input)
  })
  ipcMain.handle('request', request)
  openRole('resident')
  if (settings.bench && (given.panel || !headless)) openRole('panel')
})
