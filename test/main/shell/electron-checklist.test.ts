import { Visitor } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { releasedEngine } from '../../../main/diagnostics/browser-engine.ts'
import { browserSwitches } from '../../../main/shell/browser-switches.ts'
import { contentSecurityPolicy, isPermitted, origins, ownerOf, pages, refusedSwitch } from '../../../main/shell/security.ts'
import { parseSource, readText, repositoryFiles, sourceFiles } from '../../house/source-files.ts'

/*
 * Electron's security checklist (electron/electron, docs/tutorial/security.md, 20 points) and what else a kiosk needs, held against our sources. How the built
 * shell behaves is in test/e2e/host.e2e.test.ts and glass.e2e.test.ts: navigation, windows, dialogs, permissions, keys, policy, network.
 */

const source = (path: string) => parseSource(path, readText(path))
const shell = sourceFiles(repositoryFiles().filter((path) => path.startsWith('main/shell/')))
const shellText = shell.map(({ text }) => text).join('\n')
const rendererText = sourceFiles(repositoryFiles().filter((path) => path.startsWith('renderer/'))).map(({ text }) => text).join('\n')
const html = ['index', 'panel', 'out-of-service', 'sheet'].map((page) => readText(`renderer/${page}.html`)).join('\n')
const switches = new Map<string, string | undefined>(browserSwitches.map(([name, value]) => [name, value]))

/** The literal settings of `webPreferences` in window.ts. */
const preferences = new Map<string, unknown>()
new Visitor({
  Property: ({ key, value }) => {
    if (key.type !== 'Identifier' || key.name !== 'webPreferences' || value.type !== 'ObjectExpression') return
    for (const property of value.properties)
      if (property.type === 'Property' && property.key.type === 'Identifier' && property.value.type === 'Literal') preferences.set(property.key.name, property.value.value)
  },
}).visit(source('main/shell/window.ts').program)

const { electron: pinned } = (JSON.parse(readText('package.json')) as { devDependencies: { electron: string } }).devDependencies

/** What the shell imports from Electron. */
const imported = new Set(
  shell.flatMap(({ program }) =>
    program.body.flatMap((node) => (node.type === 'ImportDeclaration' && node.source.value === 'electron' ? node.specifiers.map(({ local }) => local.name) : [])),
  ),
)
/** Events of pages that are refused outright. */
const refused = [...readText('main/shell/window.ts').matchAll(/contents\.on\('([a-z-]+)', refuse\)/g)].map(([, name]) => name)
const says = (text: string) => shellText.includes(text)

const points: readonly (readonly [point: string, rule: string, holds: () => boolean])[] = [
  ['1', 'loads nothing but app://', () => Object.values(pages).every((page) => page.startsWith('app://')) && !/https?:\/\//.test(shellText + html)],
  ['2', 'gives pages no Node', () => preferences.get('nodeIntegration') === false && !says('nodeIntegrationIn')],
  ['3', 'isolates the preload', () => preferences.get('contextIsolation') === true],
  ['4', 'sandboxes every process', () => preferences.get('sandbox') === true && says('app.enableSandbox()') && refusedSwitch(['--no-sandbox']) !== null],
  ['5', 'answers every permission from one table', () => says('setPermissionRequestHandler') && says('setPermissionCheckHandler') && says('setDevicePermissionHandler(() => false)') && !isPermitted({ role: 'resident', permission: 'hid', origin: pages.resident, mainFrame: true, media: [] })],
  ['6', 'leaves web security on', () => !says('webSecurity') && refusedSwitch(['--disable-web-security']) !== null],
  ['7', 'has a policy that begins with nothing', () => contentSecurityPolicy.startsWith("default-src 'none'")],
  ['8', 'allows no insecure content', () => !says('allowRunningInsecureContent')],
  ['9', 'enables no experiments', () => !says('experimentalFeatures')],
  ['10', 'enables no Blink features', () => !/enableBlinkFeatures|enable-(?:blink-)?features/i.test(shellText)],
  ['11', 'has no webviews in its pages', () => !/allowpopups|<webview/i.test(rendererText + html)],
  ['12', 'has no webviews at all', () => preferences.get('webviewTag') === false && refused.includes('will-attach-webview')],
  ['13', 'goes nowhere', () => ['will-navigate', 'will-frame-navigate', 'will-redirect'].every((event) => refused.includes(event))],
  ['14', 'opens no window', () => says("setWindowOpenHandler(() => ({ action: 'deny' }))") && says("'will-download', (event) => event.preventDefault()")],
  ['15', 'opens nothing outside', () => !imported.has('shell') && !/openExternal|openPath/.test(shellText)],
  ['16', 'is pinned to one Electron, and tells staff the day of its release', () => /^\d+\.\d+\.\d+$/.test(pinned) && releasedEngine.electron === pinned],
  ['17', 'asks who sends, at its one door', () => shellText.split('ipcMain.handle(').length === 2 && !/ipcMain\.on\(/.test(shellText) && says('event.sender.mainFrame')],
  ['18', 'has a scheme of its own, and no file://', () => !/file:\/\/|loadFile/.test(shellText) && !/bypassCSP/.test(shellText) && ownerOf('file:///app://cardbooth/') === null],
  ['19', 'sets its fuses (test/real-electron/fuses.test.ts)', () => /^electronFuses:$/m.test(readText('electron-builder.yml'))],
  ['20', 'hands the page no object of Electron’s', () => exposed() === 'request,subscribe'],
  ['more', 'has developer tools in tests of a demo only', () => says("devTools = settings.demo && app.commandLine.hasSwitch('remote-debugging-port')") && refusedSwitch(['--remote-debugging-port']) !== null],
  ['more', 'shows no dialogs, checks no spelling, follows no drop', () => preferences.get('disableDialogs') === true && preferences.get('spellcheck') === false && preferences.get('navigateOnDragDrop') === false],
  ['more', 'has no menu and no context menu', () => says('Menu.setApplicationMenu(null)') && refused.includes('context-menu')],
  ['more', 'does not zoom', () => says('setVisualZoomLevelLimits(1, 1)') && switches.has('disable-pinch') && switches.get('overscroll-history-navigation') === '0'],
  ['more', 'lets listed keys through only', () => says("'before-input-event'")],
  ['more', 'keeps nothing: a partition in memory, a profile that goes, no crash dumps', () => typeof preferences.get('partition') === 'string' && !String(preferences.get('partition')).startsWith('persist:') && switches.has('disable-breakpad') && says("app.setPath('userData', profile.folder)")],
  ['more', 'gives each window its own origin', () => new Set(Object.values(origins)).size === 3],
]

/** The names on the object that the preload exposes. */
function exposed(): string {
  const names: string[] = []
  new Visitor({
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== 'Identifier' || id.name !== 'bridge' || init?.type !== 'ObjectExpression') return
      for (const property of init.properties) names.push(property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : '?')
    },
  }).visit(source('main/shell/preload.ts').program)
  return readText('main/shell/preload.ts').split('exposeInMainWorld(').length === 2 ? names.join() : ''
}

describe('the shell, by Electron’s security checklist', () => {
  it.each(points)('point %s: %s', (_point, _rule, holds) => expect(holds()).toBe(true))

  it('has all its 20 points', () => expect(new Set(points.map(([point]) => Number(point)).filter(Number.isInteger))).toEqual(new Set(Array.from({ length: 20 }, (_, index) => index + 1))))
})
