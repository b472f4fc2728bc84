/**
 * What this host takes without doing anything, and why that is harmless. A test prints the list; whatever is neither here nor
 * implemented throws.
 */
export const noOps: Readonly<Record<string, string>> = {
  'app.enableSandbox': 'Chromium is started with its sandbox on unless --no-sandbox is given',
  'app.setPath(crashDumps)': 'Chromium is started with --disable-breakpad',
  'protocol.registerSchemesAsPrivileged': 'schemes are served as https origins, which have every privilege named there',
  'Menu.setApplicationMenu(null)': 'there is no menu',
  'session.setDevicePermissionHandler': 'Chromium asks a person for devices, and nobody answers; pages are kept from asking by Permissions-Policy',
  'webContents.setVisualZoomLevelLimits(1, 1)': 'a window has no zoom by pinch here',
  'BrowserWindow: autoHideMenuBar': 'there is no menu bar',
  'BrowserWindow: useContentSize': 'the size is always that of the content',
  'BrowserWindow: kiosk': 'as fullscreen; the window manager is not told to hold the window',
  'webPreferences: disableDialogs': 'a dialog is closed unanswered',
  'webPreferences: webviewTag': 'there is no webview tag',
  'webPreferences: navigateOnDragDrop': 'a file that is dropped navigates, and will-navigate hears of it',
  'webPreferences: spellcheck': 'Chromium is started without its services',
  'webPreferences: backgroundThrottling': 'Chromium is started with throttling off',
  'webPreferences: devTools': 'developer tools open only through a debugging port',
  'webContents event: will-attach-webview': 'there is no webview tag',
  'webContents event: will-redirect': 'what protocol.handle answers is never a redirect, and nothing else is loaded unless the application allows it',
  'webContents event: context-menu': 'the page is told to show none',
  'webContents event: select-bluetooth-device': 'there is no Bluetooth chooser',
}
