import { describe, expect, it } from 'vitest'
import {
  contentSecurityPolicy,
  isKeyAllowed,
  isPermitted,
  ownerOf,
  refusedSwitch,
  responseHeaders,
  type PermissionWish,
} from '../../../main/shell/security.ts'
import { combinations, systemCombinations } from './key-combinations.ts'

const bare = (key: string) => ({ key, control: false, alt: false, meta: false })

describe('keys', () => {
  it('are tried in 39 combinations that leave a browser', () => expect(combinations).toHaveLength(39))

  it.each([...combinations, ...systemCombinations])('"$name" reaches neither the booth nor the panel (K01)', (press) => {
    expect(isKeyAllowed('resident', press)).toBe(false)
    if (press.control || press.alt || press.meta || press.key.length > 1) expect(isKeyAllowed('panel', press)).toBe(false)
  })

  it('move the focus and press what has it', () => {
    for (const key of ['Tab', 'Enter', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) expect(isKeyAllowed('resident', bare(key))).toBe(true)
  })

  it('write nothing on the booth’s screen, because a scanner that types is a keyboard', () => {
    for (const key of ['a', '7', 'あ', 'Backspace', 'Unidentified', 'Process']) expect(isKeyAllowed('resident', bare(key))).toBe(false)
  })

  it('write on the demo’s panel', () => {
    for (const key of ['a', '7', 'あ', 'Backspace']) expect(isKeyAllowed('panel', bare(key))).toBe(true)
    expect(isKeyAllowed('panel', { ...bare('v'), control: true })).toBe(false)
  })
})

describe('permissions', () => {
  const camera: PermissionWish = { role: 'resident', permission: 'media', origin: 'app://cardbooth/', mainFrame: true, media: ['video'] }

  it('give the camera to the booth’s own page', () => expect(isPermitted(camera)).toBe(true))

  it.each<[string, Partial<PermissionWish>]>([
    ['the microphone', { media: ['audio'] }],
    ['camera and microphone together', { media: ['video', 'audio'] }],
    ['an unnamed medium', { media: [] }],
    ['the panel', { role: 'panel' }],
    ['a page of no window', { role: null }],
    ['a frame inside the page', { mainFrame: false }],
    ['another origin', { origin: 'https://cardbooth' }],
    ['a sheet of paper', { role: null, origin: 'app://cardbooth-sheet/' }],
    ['the panel’s origin', { origin: 'app://cardbooth-panel/' }],
    ['an origin that begins like ours', { origin: 'app://cardbooth.example/' }],
  ])('refuse %s', (_what, part) => expect(isPermitted({ ...camera, ...part })).toBe(false))

  it.each([
    'geolocation',
    'notifications',
    'clipboard-read',
    'clipboard-sanitized-write',
    'midi',
    'midiSysex',
    'usb',
    'serial',
    'hid',
    'fullscreen',
    'pointerLock',
    'openExternal',
    'display-capture',
    'unknown',
  ])('refuse %s (K10)', (permission) => expect(isPermitted({ ...camera, permission })).toBe(false))
})

describe('addresses', () => {
  it('are ours under the origins of the windows only', () => {
    expect(['app://cardbooth', 'app://cardbooth/', 'app://cardbooth/index.html'].map(ownerOf)).toEqual(['resident', 'resident', 'resident'])
    expect(ownerOf('app://cardbooth-panel/panel.html')).toBe('panel')
    expect(ownerOf('app://cardbooth-sheet/sheet.html')).toBe('sheet')
    const others = [
      'app://cardbooth2/',
      'app://cardbooth@x/',
      'app://cardbooth-panel2/',
      'app://cardbooth-sheet2/',
      'APP://cardbooth/',
      'file:///app://cardbooth/',
      'https://cardbooth/',
      '',
    ]
    expect(others.map(ownerOf).filter((owner) => owner !== null)).toEqual([])
  })
})

describe('headers', () => {
  const directives = new Map(contentSecurityPolicy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]))

  it('let nothing in by default, and no script but our own', () => {
    expect(directives.get('default-src')).toBe("'none'")
    expect(directives.get('script-src')).toBe("'self' 'wasm-unsafe-eval'")
    expect(directives.get('require-trusted-types-for')).toBe("'script'")
    expect(directives.get('trusted-types')).toBe('cardbooth')
    expect(contentSecurityPolicy).not.toMatch(/unsafe-(?:inline|eval)'(?<!wasm-unsafe-eval')|https?:|data:|\*/)
  })

  it('leave pop-ups, dialogs and printing out of the sandbox (K09)', () => {
    expect(directives.get('sandbox')?.split(' ')).toEqual(['allow-scripts', 'allow-same-origin'])
  })

  it('offer the camera to the booth’s page alone', () => {
    const policyOf = (address: string) => responseHeaders(address, 'text/html')['permissions-policy']
    expect(policyOf('app://cardbooth/index.html')).toContain('camera=(self)')
    for (const address of ['app://cardbooth-panel/panel.html', 'app://cardbooth/assets/x.js', '']) expect(policyOf(address)).toContain('camera=()')
    expect(policyOf('app://cardbooth/index.html')).toContain('microphone=()')
  })
})

describe('a start', () => {
  const own = ['/opt/cardbooth/cardbooth', '--kiosk', '--config', '/etc/cardbooth/booth.json', '--data=/var/lib/cardbooth', '--ozone-platform=wayland']

  it.each([
    ...['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk', 'inspect-wait', 'inspect-port', 'js-flags', 'require', 'r'],
    ...['no-sandbox', 'disable-gpu-sandbox', 'single-process', 'renderer-cmd-prefix', 'disable-web-security', 'ignore-certificate-errors', 'load-extension'],
    ...['use-fake-device-for-media-stream', 'use-file-for-fake-video-capture', 'use-fake-ui-for-media-stream', 'enable-logging', 'log-net-log', 'proxy-server', 'CONFIG'],
  ])('with --%s is refused, with one dash too, and with a value', (name) => {
    for (const word of [`--${name}`, `-${name}`, `--${name}=0`]) expect(refusedSwitch([...own, word])).toBe(name)
  })
  it('without any of them is not', () => expect(refusedSwitch(own)).toBeNull())
})
