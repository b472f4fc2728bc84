import type { Chromium } from './chromium.ts'

/** What exists once Chromium runs; windows and sessions ask for it when they need it. */
let running: Chromium | null = null
const whenRunning: ((chromium: Chromium) => void)[] = []

/** The running Chromium; throws before the application is ready, as Electron does. */
export function chromium(): Chromium {
  if (!running) throw new Error('Cannot create BrowserWindow before app is ready')
  return running
}

/** Says that Chromium runs. */
export function setChromium(started: Chromium): void {
  running = started
  for (const tell of whenRunning.splice(0)) tell(started)
}

/** Calls `act` once Chromium runs. */
export function onChromium(act: (chromium: Chromium) => void): void {
  if (running) act(running)
  else whenRunning.push(act)
}

/** Without a display everything runs without a picture. */
export const headless = !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']
