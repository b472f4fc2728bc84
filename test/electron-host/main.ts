import inspector from 'node:inspector'
import { createRequire, registerHooks } from 'node:module'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hostApp } from './app.ts'
import { startChromium } from './chromium.ts'
import { startDevToolsProxy } from './devtools-proxy.ts'
import { readLaunchArguments } from './launch-arguments.ts'
import { headless, setChromium } from './runtime.ts'

/* Runs an application's main process as Electron would: the module `electron` is ours, Chromium is the system's. */

const here = import.meta.dirname
const require = createRequire(import.meta.url)
const given = readLaunchArguments(process.argv.slice(2))

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: pathToFileURL(join(here, 'electron.ts')).href, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

const { version: electronVersion } = require('electron/package.json') as { version: string }
process.argv.splice(0, 2, join(here, 'electron'))
const describeProcess = (chrome: string) =>
  Object.defineProperty(process, 'versions', {
    // Never taken for the Electron that it stands in for: its Chromium is the system's.
    value: Object.freeze({ ...process.versions, electron: `${electronVersion}-stand-in`, chrome }),
    configurable: true,
    enumerable: true,
  })
describeProcess('')
Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: join(here, 'resources') })

for (const [name, value] of given.switches) hostApp.switches.set(name, value)
if (given.inspectPort !== null) inspector.open(given.inspectPort)
for (const preload of given.preloads) require(preload)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => hostApp.quit())

function entryOf(application: string): string {
  if (!statSync(application).isDirectory()) return application
  const manifest = join(application, 'package.json')
  hostApp.describe(manifest)
  return join(application, (JSON.parse(readFileSync(manifest, 'utf8')) as { main?: string }).main ?? 'index.js')
}

const entry = entryOf(given.application)
await import(pathToFileURL(entry).href)

const chromium = startChromium({ profile: hostApp.getPath('userData'), headless, debuggingPort: given.debuggingPort, switches: hostApp.switches })
void chromium.gone.then(() => {
  process.stderr.write('electron-host: Chromium ended\n')
  hostApp.exit(1)
})
const { product = '' } = (await chromium.cdp.send('Browser.getVersion')) as { product?: string }
describeProcess(product.replace(/^[^/]*\//, ''))
await chromium.cdp.send('Target.setDiscoverTargets', { discover: true })
setChromium(chromium)
if (given.debuggingPort) {
  // Its driver may have been killed: nobody would ever close this window.
  const address = await startDevToolsProxy(await chromium.devTools, () => hostApp.quit())
  process.stderr.write(`DevTools listening on ${address}\n`)
}
hostApp.announceReady()
