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

test('R036 a photo for an application by mail: the booth shoots by itself, and the sheet of photos comes out in its exact size, paid when it is out', async () => {
  const { panelHand, data } = booth
  const touches = touchesOn(booth, 'en')
  const { at, tap } = touches
  await at('attract')
  await tap('begin', 'language-en', 'service-jp-photo')
  await at('offer')
  await tap('forward', 'box-privacy', 'box-terms', 'box-age', 'forward', 'option-mail')
  await at('payment')
  await touches.goOn()
  // Nobody presses the shutter.
  await at('photo-review')
  await tap('forward')
  await expect.poll(() => touches.view()).toMatchObject({ screen: 'delivery', sheet: 'printed', delivered: true })
  const files = (await panelHand('sheet-printer pages')).split(' ')
  expect(files).toHaveLength(1)
  expect(readPdf(readFileSync(files.at(-1) ?? '')).sizeMm.map(Math.round)).toEqual([100, 148])
  const { records, money } = readJournal(data)
  expect(records.filter(({ kind }) => kind === 'delivered').map(({ body }) => body)).toEqual([{ service: 'jp-photo', price: 800, sheet: true, handOver: false }])
  expect(money).toMatchObject({ inserted: 800, earned: 800, credit: 0, owed: 0 })
  await tap('forward')
  await at('leave')
  await touches.leave()
})

test('the sheets for police and counter come out of the printer, drawn by the booth’s own browser: A4, tagged, with their fonts, and nobody’s name', async () => {
  const { page, panelHand, data } = booth
  const { at, tap } = touchesOn(booth, 'en')
  await at('attract')
  await tap('begin', 'language-en', 'service-jp-card-lost', 'forward', 'forward', 'option-outside', 'option-no')
  await at('next')
  await tap('sheet-police')
  await page.locator('[data-print=printed]').waitFor()
  await tap('sheet-counter')
  await expect.poll(() => page.locator('[data-print=printed]').count()).toBe(2)
  const files = (await panelHand('sheet-printer pages')).split(' ').slice(-2)
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
