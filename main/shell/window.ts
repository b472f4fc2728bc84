import { BrowserWindow, type WebContents } from 'electron'
import type { Clock } from '../../hardware/clock.ts'
import type { Role } from '../contract/commands.ts'
import { isKeyAllowed } from './security.ts'
import { watchTyping } from './typing.ts'

export interface WindowSettings {
  readonly role: Role
  readonly preload: string
  readonly kiosk: boolean
  /** Developer tools; only where tests drive the shell. */
  readonly devTools: boolean
  readonly clock: Clock
  /** Something types into the window as only a machine does. */
  readonly onTyped: () => void
}

/** CSS pixels of the screen that the booth is drawn for, portrait full HD, and of the panel beside it; and where they open on a desktop. */
const places: Readonly<Record<Role, { readonly x: number; readonly width: number; readonly height: number }>> = {
  resident: { x: 20, width: 1080, height: 1920 },
  panel: { x: 530, width: 480, height: 860 },
}

/** On a desktop the booth's screen is shown at this scale, so that all of it fits. */
const windowedScale = 0.45

/** Opens one of our windows with every door shut; the caller loads its page. */
export function openWindow(settings: WindowSettings, headless: boolean): BrowserWindow {
  const { role, kiosk } = settings
  const place = places[role]
  const scale = role === 'resident' && !kiosk && !headless ? windowedScale : 1
  const window = new BrowserWindow({
    x: place.x,
    y: 20,
    width: Math.round(place.width * scale),
    height: Math.round(place.height * scale),
    useContentSize: true,
    fullscreen: kiosk && role === 'resident',
    kiosk: kiosk && role === 'resident',
    autoHideMenuBar: true,
    backgroundColor: '#FAF8F3',
    title: 'Cardbooth',
    webPreferences: {
      preload: settings.preload,
      partition: 'cardbooth',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: settings.devTools,
      disableDialogs: true,
      spellcheck: false,
      navigateOnDragDrop: false,
      backgroundThrottling: false,
      zoomFactor: scale,
    },
  })
  shutDoors(window.webContents, settings)
  return window
}

function shutDoors(contents: WebContents, { role, clock, onTyped }: WindowSettings): void {
  const refuse = (event: { preventDefault(): void }) => event.preventDefault()
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', refuse)
  contents.on('will-frame-navigate', refuse)
  contents.on('will-redirect', refuse)
  contents.on('will-attach-webview', refuse)
  contents.on('context-menu', refuse)
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
  const mayPass = watchTyping(clock, (press) => isKeyAllowed(role, press), onTyped)
  contents.on('before-input-event', (event, input) => {
    if (!mayPass(input)) event.preventDefault()
  })
  contents.on('dom-ready', () => void contents.setVisualZoomLevelLimits(1, 1))
}
