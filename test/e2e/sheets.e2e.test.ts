import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { readPdf } from '../support/sheet-press.ts'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { touchesOn } from './support/touches.ts'

let booth: LaunchedBooth
beforeAll(async () => {
  booth = await launchBooth({ everything: true })
})
afterAll(() => booth.close())

test('the sheets for police and counter come out of the printer, drawn by the booth’s own browser: A4, tagged, with their fonts, and nobody’s name', async () => {
  const { page, panelHand, data } = booth
  const { at, tap } = touchesOn(booth, 'en')
  await at('attract')
  await tap('begin', 'language-en', 'service-jp-card-lost', 'forward', 'forward', 'option-outside', 'option-no')
  await at('next')
  await tap('sheet-police')
  await page.locator('[data-print=printed]').waitFor()
  await tap('sheet-counter')
  await expect.poll(() => page.locator('[data-print=printed]').count(), { timeout: 30_000 }).toBe(2)
  const files = (await panelHand('sheet-printer pages')).split(' ')
  const sheets = files.map((file) => readPdf(readFileSync(file)))
  for (const { pages, sizeMm, tagged, fonts, structure } of sheets) {
    expect([pages, sizeMm.map(Math.round), tagged]).toEqual([1, [210, 297], true])
    expect(fonts.every(({ name, embedded }) => embedded && name.startsWith('NotoSans'))).toBe(true)
    expect(structure).toContain('H1')
  }
  expect(sheets.map(({ title }) => title)).toEqual(['police', 'counter'].map((id) => ['en', 'ja'].map((language) => catalogueOf(language as 'en')[`jp-card-lost.sheet.${id}`]).join(' · ')))
  // The window that drew them is gone, and was never anybody who could speak to the booth.
  expect(booth.app.windows().map((window) => new URL(window.url()).pathname)).toEqual(['/index.html'])
  expect(readJournal(data).records.filter(({ kind }) => kind === 'sheet-printed').map(({ body }) => body)).toEqual([{ sheet: 'jp-card-lost-next-police' }, { sheet: 'jp-card-lost-next-counter' }])
  expect(await panelHand('sheet-printer paper-out')).toBe('ok')
})
