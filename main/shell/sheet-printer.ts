import { BrowserWindow } from 'electron'
import type { Clock } from '../../hardware/clock.ts'
import type { SheetPage } from '../contract/sheet.ts'
import { noSheet, putSheet } from './put-sheet.ts'
import { pages } from './security.ts'

/** A sheet that is not drawn by then will not be. */
const longestMs = 15_000

/** Turns sheets into PDF, one after another. */
export interface SheetPrinter {
  /** Whether the screen that stands offers sheets: the window that draws them is there as long as it does. */
  offered(offered: boolean): void
  /** The PDF: A4, its fonts in it, tagged for whoever has it read out; null when it cannot be made. */
  print(sheet: SheetPage): Promise<Uint8Array | null>
}

function openBlankPage() {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      partition: 'cardbooth',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
      disableDialogs: true,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  const loaded = window.loadURL(pages.sheet)
  // Whoever draws in it is told.
  loaded.catch(() => {})
  return { window, loaded }
}

/**
 * Draws the sheets of a screen in a window that nobody sees, with no script of its own and no way to the booth. The window and its fonts take several times
 * as long as a sheet, so one serves all sheets of a screen; it is blank between two of them, and nothing of it is left once the screen has gone.
 */
export function makeSheetPrinter(clock: Clock, log: (line: string) => void): SheetPrinter {
  let isOffered = false
  /** Sheets that are drawn or wait for it. */
  let asked = 0
  let page: ReturnType<typeof openBlankPage> | null = null
  let turns: Promise<unknown> = Promise.resolve()

  const close = () => {
    page?.window.destroy()
    page = null
  }
  const open = () => {
    const opened = openBlankPage()
    opened.window.webContents.on('render-process-gone', close)
    return opened
  }
  const closeUnneeded = () => {
    if (!isOffered && asked === 0) close()
  }

  const draw = async (sheet: SheetPage): Promise<Uint8Array> => {
    page ??= open()
    const { window: { webContents }, loaded } = page
    let giveUp = () => {}
    const late = new Promise<never>((_done, failed) => {
      giveUp = clock.after(longestMs, () => failed(new Error('a sheet took too long')))
    })
    const made = async () => {
      await loaded
      if (!(await webContents.executeJavaScript(putSheet(sheet)))) throw new Error('a sheet without words')
      const pdf = await webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true })
      await webContents.executeJavaScript(putSheet(noSheet))
      return pdf
    }
    try {
      return await Promise.race([made(), late])
    } catch (error) {
      close()
      throw error
    } finally {
      giveUp()
    }
  }

  return {
    offered(offered) {
      isOffered = offered
      if (offered) page ??= open()
      closeUnneeded()
    },
    async print(sheet) {
      asked += 1
      const pdf = turns.then(() => draw(sheet))
      turns = pdf.catch(() => null)
      try {
        return await pdf
      } catch (error) {
        log(String(error))
        return null
      } finally {
        asked -= 1
        closeUnneeded()
      }
    },
  }
}
