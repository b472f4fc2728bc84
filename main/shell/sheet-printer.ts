import { BrowserWindow } from 'electron'
import type { Clock } from '../../hardware/clock.ts'
import type { SheetPage } from '../contract/sheet.ts'
import { pages } from './security.ts'
import { sheetDrawn } from './sheet-document.ts'

/** A sheet that is not drawn by then will not be. */
const longestMs = 15_000

/** Turns sheets into PDF, one after another. */
export interface SheetPrinter {
  /** The sheet that is being drawn; null between two. */
  current(): SheetPage | null
  /** The PDF: A4, its fonts in it, tagged for whoever has it read out; null when it cannot be made. */
  print(sheet: SheetPage): Promise<Uint8Array | null>
}

/** Draws each sheet in a window of its own that nobody sees, with no script of its own and no way to the booth; nothing of it is left behind. */
export function makeSheetPrinter(clock: Clock, log: (line: string) => void): SheetPrinter {
  let drawn: SheetPage | null = null
  let turns: Promise<unknown> = Promise.resolve()

  const draw = async (sheet: SheetPage): Promise<Uint8Array> => {
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
    let giveUp = () => {}
    try {
      drawn = sheet
      const late = new Promise<never>((_done, failed) => {
        giveUp = clock.after(longestMs, () => failed(new Error('a sheet took too long')))
      })
      const { webContents } = window
      webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
      const made = async () => {
        await window.loadURL(pages.sheet)
        if (!(await webContents.executeJavaScript(sheetDrawn))) throw new Error('a sheet without words')
        return webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true })
      }
      return await Promise.race([made(), late])
    } finally {
      giveUp()
      window.destroy()
      drawn = null
    }
  }

  return {
    current: () => drawn,
    print(sheet) {
      const pdf = turns.then(() => draw(sheet))
      turns = pdf.catch(() => null)
      return pdf.catch((error: unknown) => {
        log(String(error))
        return null
      })
    },
  }
}
