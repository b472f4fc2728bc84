import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { build } from 'vite'
import { root } from '../../build/sources.ts'
import { parts } from '../../build/vite.ts'
import type { SheetPage } from '../../main/contract/sheet.ts'
import { listPages, servePages } from '../../main/shell/pages.ts'
import { findChromium } from '../electron-host/chromium.ts'
import { fromServed, toServed } from '../electron-host/addresses.ts'
import { pages } from '../../main/shell/security.ts'
import { noSheet, putSheet } from '../../main/shell/put-sheet.ts'

/** What a PDF is to somebody who reads it, has it read out, or prints it. */
export interface ReadPdf {
  readonly pages: number
  /** Millimetres. */
  readonly sizeMm: readonly [number, number]
  readonly tagged: boolean
  readonly title: string
  readonly text: string
  /** Standard structure types in reading order. */
  readonly structure: readonly string[]
  /** Each font, and whether it is in the file. */
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[]
}

/** Reads a PDF with poppler's tools. */
export function readPdf(pdf: Uint8Array): ReadPdf {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-pdf-'))
  const file = join(folder, 'sheet.pdf')
  writeFileSync(file, pdf)
  const run = (program: string, ...words: readonly string[]) => execFileSync(program, words, { encoding: 'utf8' })
  try {
    const about = run('pdfinfo', file)
    const field = (name: string) => new RegExp(`^${name}: +(.*)$`, 'm').exec(about)?.[1] ?? ''
    const [width = 0, height = 0] = field('Page size').split(/ x | pts/).map(Number)
    return {
      pages: Number(field('Pages')),
      sizeMm: [(width * 25.4) / 72, (height * 25.4) / 72],
      tagged: field('Tagged') === 'yes',
      title: field('Title'),
      text: run('pdftotext', '-layout', file, '-'),
      structure: run('pdfinfo', '-struct', file)
        .split('\n')
        .flatMap((line) => /^ *(\w+)/.exec(line)?.[1] ?? []),
      fonts: run('pdffonts', file)
        .split('\n')
        .slice(2)
        .filter((line) => line !== '')
        .map((line) => ({ name: line.slice(0, 36).trim().replace(/^[A-Z]{6}\+/, ''), embedded: line.slice(72, 75) === 'yes' })),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Draws sheets as the shell does: the built page, served by the shell's own code, one window for all sheets of a screen. */
export interface SheetPress {
  /** Opens the window, as the screen does that offers sheets. */
  prepare(): Promise<void>
  print(sheet: SheetPage): Promise<Uint8Array>
  /** The window goes, as with the screen that offered its sheets. */
  forget(): Promise<void>
  close(): Promise<void>
}

/** Builds the sheet's page and starts Chromium. */
export async function startSheetPress(): Promise<SheetPress> {
  const { renderer } = parts
  const executablePath = findChromium()
  if (!renderer || !executablePath) throw new Error('no renderer, or no Chromium on this machine')
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-sheets-'))
  const settings = { ...renderer, logLevel: 'error' as const, build: { ...renderer.build, outDir: folder, rolldownOptions: { input: join(root, 'renderer', 'sheet.html') } } }
  const [browser] = await Promise.all([chromium.launch({ executablePath, args: ['--no-sandbox'] }), build(settings)])
  const context = await browser.newContext()
  let page: Page | null = null
  const answer = servePages(listPages(folder), { demo: true, operator: null })
  await context.route('**/*', async (route) => {
    const response = await answer(new Request(fromServed(route.request().url())))
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) })
  })
  const open = async () => {
    if (page) return page
    page = await context.newPage()
    await page.goto(toServed(pages.sheet))
    return page
  }
  return {
    prepare: async () => void (await open()),
    async print(sheet) {
      const opened = await open()
      if (!(await opened.evaluate(putSheet(sheet)))) throw new Error('a sheet without words')
      const pdf = await opened.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true })
      await opened.evaluate(putSheet(noSheet))
      return pdf
    },
    async forget() {
      await page?.close()
      page = null
    },
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true })
    },
  }
}
