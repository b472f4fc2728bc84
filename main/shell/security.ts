import type { Role } from '../contract/commands.ts'

/** Whose a page is: of one who speaks to the booth, or of the hidden sheet of paper, which says nothing to anybody. */
export type PageOwner = Role | 'sheet'

/** The origin of each window's page: one each, so that zoom, permissions and storage of one never reach another. Nothing else exists. */
export const origins: Readonly<Record<PageOwner, string>> = { resident: 'app://cardbooth', panel: 'app://cardbooth-panel', sheet: 'app://cardbooth-sheet' }

/** The page of each window. */
export const pages: Readonly<Record<PageOwner, string>> = {
  resident: `${origins.resident}/index.html`,
  panel: `${origins.panel}/panel.html`,
  sheet: `${origins.sheet}/sheet.html`,
}

/** What the shell itself may have to say to a resident, without a booth or without a page that runs: codes of the fault table. */
export const troubles = ['configuration-refused', 'booth-not-starting', 'screen-not-starting'] as const

/** The page without scripts that says so. */
export const troublePage = (trouble: (typeof troubles)[number]): string => `${origins.resident}/out-of-service.html?${trouble}`

/** Whose an address is; null when it is not ours. `URL.origin` is no help: it is "null" for every scheme that the URL standard does not name. */
export function ownerOf(address: string): PageOwner | null {
  const owners = Object.keys(origins) as PageOwner[]
  return owners.find((owner) => address === origins[owner] || address.startsWith(`${origins[owner]}/`)) ?? null
}

/** What a page may load and do; sent as a header with everything that `app://` serves. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  'media-src blob: mediastream:',
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types cardbooth',
  // What is left out here is what counts: no pop-ups, no alert, confirm, prompt or print, no downloads, no pointer lock.
  'sandbox allow-scripts allow-same-origin',
].join('; ')

/** A sheet of paper is words, fonts and lines, without any script; the sandbox lets the shell ask whether the fonts are there. */
export const sheetSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  'sandbox allow-scripts allow-same-origin',
].join('; ')

const neverAllowedFeatures = [
  'accelerometer',
  'bluetooth',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
] as const

/** The headers of every answer of `app://`; only the resident's page may ask for a camera at all. */
export function responseHeaders(address: string, contentType: string): Readonly<Record<string, string>> {
  const camera = address === pages.resident ? '(self)' : '()'
  return {
    'content-type': contentType,
    'content-security-policy': ownerOf(address) === 'sheet' ? sheetSecurityPolicy : contentSecurityPolicy,
    'permissions-policy': [`camera=${camera}`, ...neverAllowedFeatures.map((feature) => `${feature}=()`)].join(', '),
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  }
}

/** A wish of a page, as Electron's permission handlers describe it. */
export interface PermissionWish {
  /** Null when the page belongs to none of our windows. */
  readonly role: Role | null
  readonly permission: string
  readonly origin: string
  readonly mainFrame: boolean
  /** For `media`: what is asked for, e.g. `['video']`. */
  readonly media: readonly string[]
}

/** The permission table. One line, because a booth needs one thing: the camera, for the page that takes the photo. */
export function isPermitted(wish: PermissionWish): boolean {
  if (wish.permission !== 'media') return false
  return (
    wish.role === 'resident' &&
    wish.mainFrame &&
    ownerOf(wish.origin) === 'resident' &&
    wish.media.length > 0 &&
    wish.media.every((kind) => kind === 'video')
  )
}

/** A key, as Electron's `before-input-event` describes it. */
export interface KeyPress {
  readonly key: string
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
}

/** Keys that move the focus and press what has it, for people who bring a switch; text comes from the glass only. */
const residentKeys: ReadonlySet<string> = new Set(['Tab', 'Shift', 'Enter', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])
const panelKeys: ReadonlySet<string> = new Set([...residentKeys, 'Backspace', 'Delete', 'Home', 'End'])

/** Whether a key may reach the page. What is not listed does nothing: every combination with Ctrl, Alt or the system key, every function key. */
export function isKeyAllowed(role: Role, press: KeyPress): boolean {
  if (press.control || press.alt || press.meta) return false
  if (role === 'resident') return residentKeys.has(press.key)
  return panelKeys.has(press.key) || [...press.key].length === 1
}

/**
 * With what a booth may be started, except in a demonstration: its own switches, and those that fit it to a display. The hundreds that Chromium and Node know besides
 * open debuggers, show a film for the camera, or leave the sandbox away.
 */
const knownSwitches: ReadonlySet<string> = new Set([
  ...['config', 'data', 'kiosk', 'report', 'panel', 'attached', 'screenshot'],
  ...['ozone-platform', 'ozone-platform-hint', 'force-device-scale-factor', 'disable-gpu'],
])

/** The first switch among the words of a command line for which the shell must not start, or null. Chromium takes them with one dash or two. */
export function refusedSwitch(words: readonly string[]): string | null {
  return words.flatMap((word) => /^--?([^=]*)/.exec(word)?.[1] ?? []).find((name) => !knownSwitches.has(name)) ?? null
}

/** What would change how the shell's own Node runs; a packaged booth's fuses make both void as well. */
const refusedVariables = ['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'] as const

/** The first variable for which the shell must not start, or null. */
export function refusedVariable(environment: Readonly<Record<string, string | undefined>>): string | null {
  return refusedVariables.find((name) => environment[name] !== undefined) ?? null
}
