import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeStillCameraSimulator } from '../../hardware/camera/simulator.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { readPdf } from '../support/sheet-press.ts'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { touchesOn } from './support/touches.ts'

let booth: LaunchedBooth
const still = mkdtempSync(join(tmpdir(), 'cardbooth-still-'))
beforeAll(async () => {
  // What the still camera takes is told from the frame of the screen by something green on the jacket.
  const mark = { create: { width: 60, height: 35, channels: 3, background: '#00c000' } } as const
  await sharp(demoPortrait).composite([{ input: mark, left: 780, top: 590 }]).jpeg({ quality: 95 }).toFile(join(still, 'taken.jpg'))
  const { program } = makeStillCameraSimulator(still, join(still, 'taken.jpg'))
  booth = await launchBooth({ everything: true, config: (demo) => ({ ...demo, devices: { ...(demo['devices'] as object), 'still-camera': { program } } }) })
})
afterAll(async () => {
  await booth.close()
  rmSync(still, { recursive: true, force: true })
})

/** Green pixels of the photo that is shown. To be run in the page. */
function greenPixels(): number {
  const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=application-photo]')
  const { data } = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width || 1, canvas.height || 1) ?? { data: new Uint8ClampedArray() }
  let green = 0
  for (let at = 0; at < data.length; at += 4) if (data[at + 1]! > 150 && data[at]! < 60 && data[at + 2]! < 60) green += 1
  return green
}

test('R036 a photo for an application by mail: the booth shoots by itself, by its still camera, and the sheet of photos comes out in its exact size, paid when it is out', async () => {
  const { page, panelHand, data } = booth
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
  expect(readFileSync(join(still, 'calls'), 'utf8').split('\n').filter((call) => call.includes('--capture-image-and-download'))).toHaveLength(1)
  await expect.poll(() => page.evaluate(greenPixels)).toBeGreaterThan(1_000)
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
  // The window that drew them is blank by now, was never anybody who could speak to the booth, and goes with the screen.
  const paths = () => booth.app.windows().map((window) => new URL(window.url()).pathname).toSorted()
  expect(paths()).toEqual(['/index.html', '/sheet.html'])
  const drawing = booth.app.windows().find((window) => window !== page)
  expect(await drawing?.evaluate(() => [document.title, document.body.innerHTML, 'cardbooth' in globalThis])).toEqual(['', '', false])
  expect(readJournal(data).records.filter(({ kind }) => kind === 'sheet-printed').map(({ body }) => body)).toEqual([{ sheet: 'jp-card-lost-next-police' }, { sheet: 'jp-card-lost-next-counter' }])
  expect(await panelHand('sheet-printer paper-out')).toBe('ok')
  await tap('forward')
  await expect.poll(paths).toEqual(['/index.html'])
  expect(booth.complaints()).toEqual([])
})
