import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { languages, type Language } from '../../../main/contract/language.ts'
import type { Sheet } from '../../../main/contract/sheet.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import { sheetPage } from '../../../main/print/sheet-page.ts'
import { counterSheet, policeSheet } from '../../../main/services/jp-card-lost/sheets.ts'
import { authorisation } from '../../../main/services/tw-citizen-certificate/acts.ts'
import { applicationSheet } from '../../../main/services/tw-citizen-certificate/apply.ts'
import { faxSheet, windowSheet } from '../../../main/services/tw-resident-certificate/sheets.ts'
import { readPdf, startSheetPress, type SheetPress } from '../../support/sheet-press.ts'
import { situation } from '../../support/situation.ts'

const counters = (['police', 'statement', 'fire'] as const).map(counterSheet)
const sheets: readonly Sheet[] = [policeSheet, ...counters, authorisation(situation()), applicationSheet(situation()), windowSheet, faxSheet]
/** The foot takes two lines where the operator's name is long. */
const operator = { name: 'Sakura Photo Booths and Self-Service Kiosks Kansai Co., Ltd.', phone: '0120-000-000' }
const pageOf = (sheet: Sheet, language: Language) => sheetPage(sheet, language, { catalogues: catalogueOf, operator, booth: 'demo-1', demo: true })

let press: SheetPress
beforeAll(async () => {
  press = await startSheetPress()
})
afterAll(() => press.close())

/** Pages as pictures, 2 dots a millimetre: how much of each is ink, and whether anything lies in the edge that printers leave free. */
async function look(pdf: Uint8Array): Promise<readonly { readonly ink: number; readonly edge: number }[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-pdf-'))
  writeFileSync(join(folder, 'sheets.pdf'), pdf)
  execFileSync('pdftoppm', ['-r', '50.8', '-gray', '-png', join(folder, 'sheets.pdf'), join(folder, 'page')])
  const pictures = readdirSync(folder).filter((name) => name.endsWith('.png'))
  const pages = await Promise.all(pictures.toSorted().map((name) => sharp(join(folder, name)).raw().toBuffer({ resolveWithObject: true })))
  rmSync(folder, { recursive: true })
  return pages.map(({ data, info }) => {
    const isInk = (index: number) => (data[index * info.channels] ?? 255) < 128
    const dots = Array.from({ length: info.width * info.height }, (_dot, index) => index).filter(isInk)
    const edge = dots.filter((index) => Math.min(index % info.width, info.width - 1 - (index % info.width), Math.floor(index / info.width)) < 16)
    return { ink: dots.length / (info.width * info.height), edge: edge.length }
  })
}

it.each(languages)('drawn in %s, every sheet is one page that lies well on its paper, and says nobody’s name or number', async (language) => {
  const drawn = sheets.map((sheet) => pageOf(sheet, language))
  for (const { html } of drawn) {
    expect(html).not.toMatch(/⟦|undefined/)
    // What the counter calls it stands beside what the resident calls it, and not once more in brackets.
    for (const label of html.matchAll(/<p class="label">(.*?)<\/p>/g)) expect(label[1]).not.toMatch(/[(（]([^()（）]+)[)）].*\1/)
  }
  const pdf = await press.print({ language, title: 'sheets', html: drawn.map(({ html }) => html).join('\n') })
  const { pages, tagged, fonts, text } = readPdf(pdf)
  expect(pages).toBe(sheets.length)
  expect([tagged, fonts.filter(({ name, embedded }) => !embedded || !name.startsWith('NotoSans'))]).toEqual([true, []])
  const written = text.split('\f').map((page) => page.replaceAll(/\s/g, ''))
  for (const [index, { native, name }] of sheets.entries()) expect(written[index]).toContain((catalogueOf(native)[name.key] ?? '').slice(0, 6))
  for (const { ink, edge } of await look(pdf)) {
    expect(ink).toBeGreaterThan(0.01)
    expect(ink).toBeLessThan(0.3)
    expect(edge).toBe(0)
  }
  // Nobody's number: what is personal is for the pen.
  expect(text).not.toMatch(/[0-9]{12}/)
})
