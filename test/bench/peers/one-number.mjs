// The least that can be called durable and drawn: one commit in a process of its own, one message to an empty page, one number.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { app, BrowserWindow, protocol, session } from 'electron'

const keeper = fork(join(import.meta.dirname, 'number-keeper.mjs'), { execPath: process.env.PEER_NODE, execArgv: [] })
app.enableSandbox()
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
app.on('window-all-closed', () => app.quit())

void app.whenReady().then(() => {
  const page = '<!doctype html><title>Number</title><p id="number">0</p>'
  session.fromPartition('peer').protocol.handle('app', () => new Response(page, { headers: { 'content-type': 'text/html' } }))
  const window = new BrowserWindow({
    width: 1080,
    height: 1920,
    useContentSize: true,
    webPreferences: {
      preload: join(import.meta.dirname, 'one-number-preload.cjs'),
      partition: 'peer',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  /** Called by the measuring program: has a number committed and drawn; resolves with when the commit began (CLOCK_MONOTONIC, milliseconds). */
  globalThis.show = (number) =>
    new Promise((done) => {
      keeper.once('message', ({ began }) => {
        window.webContents.send('number', number)
        done(began)
      })
      keeper.send(number)
    })
  void window.loadURL('app://peer/number.html')
})
