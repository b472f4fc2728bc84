import { notImplemented, strict } from './not-implemented.ts'

/* The module `electron` of the main process. What is not here, or throws here, this host does not have. */

export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { ipcMain } from './ipc-main.ts'
export { session } from './session.ts'
export { webContents } from './web-contents.ts'

/** `Menu`: there is none. */
export const Menu = strict('Menu', {
  setApplicationMenu: (menu: unknown): void => (menu === null ? undefined : notImplemented('Menu.setApplicationMenu with a menu')),
})

/** `protocol`: the scheme of the pages is known by its handler (session.ts). */
export const protocol = strict('protocol', { registerSchemesAsPrivileged: (_schemes: unknown): void => {} })

const lacking = (name: string): object => strict(name, {})
export const autoUpdater = lacking('autoUpdater')
export const BrowserView = lacking('BrowserView')
export const clipboard = lacking('clipboard')
export const contentTracing = lacking('contentTracing')
export const crashReporter = lacking('crashReporter')
export const desktopCapturer = lacking('desktopCapturer')
export const dialog = lacking('dialog')
export const globalShortcut = lacking('globalShortcut')
export const MessageChannelMain = lacking('MessageChannelMain')
export const nativeImage = lacking('nativeImage')
export const nativeTheme = lacking('nativeTheme')
export const net = lacking('net')
export const Notification = lacking('Notification')
export const powerMonitor = lacking('powerMonitor')
export const powerSaveBlocker = lacking('powerSaveBlocker')
export const safeStorage = lacking('safeStorage')
export const screen = lacking('screen')
export const shell = lacking('shell')
export const Tray = lacking('Tray')
export const utilityProcess = lacking('utilityProcess')
export const WebContentsView = lacking('WebContentsView')
