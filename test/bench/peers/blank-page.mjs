// The least that this host can show: a window as large as the booth's, with an empty page. Says so when it is drawn; ends with its standard input.
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron'

app.enableSandbox()
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
app.on('window-all-closed', () => app.quit())
process.stdin.on('end', () => app.quit()).resume()

void app.whenReady().then(() => {
  session.fromPartition('peer').protocol.handle('app', () => new Response('<!doctype html><title>Blank</title>', { headers: { 'content-type': 'text/html' } }))
  ipcMain.handle('drew', () => void process.stdout.write('{"drawn":"blank page"}\n'))
  const window = new BrowserWindow({
    width: 1080,
    height: 1920,
    useContentSize: true,
    webPreferences: {
      preload: join(import.meta.dirname, 'blank-page-preload.cjs'),
      partition: 'peer',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  void window.loadURL('app://peer/blank.html')
})
