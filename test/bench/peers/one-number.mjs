// The least that can be called durable and drawn: one commit, one message, one number on an empty page.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { app, BrowserWindow, protocol, session } from 'electron'

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-peer-'))
const database = new DatabaseSync(join(folder, 'numbers.db'))
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE numbers (number INTEGER NOT NULL) STRICT')
const insert = database.prepare('INSERT INTO numbers VALUES (?)')

app.enableSandbox()
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
app.on('window-all-closed', () => app.quit())
app.on('quit', () => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

void app.whenReady().then(() => {
  session.fromPartition('peer').protocol.handle('app', () => new Response('<!doctype html><title>Number</title><p id="number">0</p>', { headers: { 'content-type': 'text/html' } }))
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
  /** Called by the measuring program: commits a number, sends it to the page, and returns when it began (CLOCK_MONOTONIC, milliseconds). */
  globalThis.show = (number) => {
    const began = Number(process.hrtime.bigint()) / 1e6
    insert.run(number)
    window.webContents.send('number', number)
    return began
  }
  void window.loadURL('app://peer/number.html')
})
