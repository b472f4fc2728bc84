import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

const sheets: readonly Sheet[] = [policeSheet, counterSheet('statement'), authorisation(situation()), applicationSheet(situation()), windowSheet, faxSheet]
const pageOf = (sheet: Sheet, language: Language) => sheetPage(sheet, language, { catalogues: catalogueOf, operator: { name: 'Demo Booths', phone: '03-0000-0000' }, booth: 'demo-1', demo: true })

let press: SheetPress
beforeAll(async () => {
  press = await startSheetPress()
})
afterAll(() => press.close())

/** A page as a picture, 2 dots a millimetre: how much of it is ink, and whether anything lies in the edge that printers leave free. */
async function look(pdf: Uint8Array): Promise<{ readonly ink: number; readonly edge: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-pdf-'))
  writeFileSync(join(folder, 'sheet.pdf'), pdf)
  execFileSync('pdftoppm', ['-r', '50.8', '-gray', '-png', '-singlefile', join(folder, 'sheet.pdf'), join(folder, 'page')])
  const { data, info } = await sharp(join(folder, 'page.png')).raw().toBuffer({ resolveWithObject: true })
  rmSync(folder, { recursive: true })
  const isInk = (index: number) => (data[index * info.channels] ?? 255) < 128
  const dots = Array.from({ length: info.width * info.height }, (_dot, index) => index).filter(isInk)
  const edge = dots.filter((index) => Math.min(index % info.width, info.width - 1 - (index % info.width), Math.floor(index / info.width)) < 16)
  return { ink: dots.length / (info.width * info.height), edge: edge.length }
}

/** Each in one language, and the fullest in that of the longest words as well. */
const drawn = [...sheets.map((sheet, index) => [sheet.id, languages[index % 3] ?? 'en', sheet] as const), ['authorisation', 'en', authorisation(situation())] as const]

it.each(drawn)('the sheet %s has words in every language and, drawn in %s, lies well on its paper', async (_id, language, sheet) => {
  for (const tongue of languages) expect(pageOf(sheet, tongue).html).not.toMatch(/⟦|undefined/)
  // What the counter calls it stands beside what the resident calls it, and not once more in brackets.
  for (const label of pageOf(sheet, language).html.matchAll(/<p class="label">(.*?)<\/p>/g)) expect(label[1]).not.toMatch(/[(（]([^()（）]+)[)）].*\1/)
  const pdf = await press.print(pageOf(sheet, language))
  const { pages, tagged, fonts, text } = readPdf(pdf)
  expect(pages).toBe(1)
  expect([tagged, fonts.filter(({ name, embedded }) => !embedded || !name.startsWith('NotoSans'))]).toEqual([true, []])
  expect(text.replaceAll(/\s/g, '')).toContain((catalogueOf(sheet.native)[sheet.name.key] ?? '').slice(0, 6))
  const { ink, edge } = await look(pdf)
  expect(ink).toBeGreaterThan(0.01)
  expect(ink).toBeLessThan(0.3)
  expect(edge).toBe(0)
  // Nobody's number: what is personal is for the pen.
  expect(text).not.toMatch(/[0-9]{12}/)
})
