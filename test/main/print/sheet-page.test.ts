import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { calendarFile } from '../../../main/contract/calendar.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { Sheet } from '../../../main/contract/sheet.ts'
import { text } from '../../../main/contract/text.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import { sheetPage } from '../../../main/print/sheet-page.ts'
import { readPdf, startSheetPress, type SheetPress } from '../../support/sheet-press.ts'

const operator = { name: 'Demo <Booths>', phone: '03-0000-0000' }
const pageOf = (sheet: Sheet, language: Language, demo = false) => sheetPage(sheet, language, { catalogues: catalogueOf, operator, booth: 'demo-1', demo })
const service = 'jp-mynumber-application'
const link = 'https://status.example.jp/?n=1'
const calendar = { kind: 'calendar', made: '2026-11-22', days: [{ day: '2026-12-21', title: text('slip.number'), remind: [7] }], caption: text('slip.look-up') } as const

/** One of everything. */
const sheet = (native: Sheet['native']): Sheet => ({
  id: 'sample',
  name: text('slip.stop.ways'),
  native,
  draft: true,
  blocks: [
    { kind: 'heading', text: text('slip.received.title') },
    { kind: 'paragraph', text: text('slip.received.body') },
    { kind: 'paragraph', tone: 'attention', text: text('slip.time-unsure') },
    { kind: 'steps', texts: [text(`${service}.next.month`), text(`${service}.next.bring`)] },
    { kind: 'field', label: text('slip.booth'), value: text('slip.booth-name', { booth: '<script>&"' }) },
    { kind: 'number', label: text('slip.number'), value: '2026-1234' },
    { kind: 'sentence', text: text('slip.stop.nothing-applied'), language: native },
    { kind: 'line', line: { number: '0120-95-0178', language: 'ja', purpose: 'suspend', open: true, until: null } },
    { kind: 'code', payload: link, caption: text('slip.look-up') },
    calendar,
    { kind: 'rule' },
    { kind: 'blank', label: text('slip.claim.number'), lines: 3 },
    { kind: 'ticks', label: text(`${service}.certificates.short`), options: [text(`${service}.certificates.option.both`), text(`${service}.certificates.option.none`)] },
  ],
})
const said = (language: Language, key: string) => catalogueOf(language)[key] ?? expect.fail(`no ${key}`)

describe('a sheet in words', () => {
  it('says each sentence in both languages, marked as such, once where they are the same, and passes nothing on as markup', () => {
    const { language, title, html } = pageOf(sheet('ja'), 'en')
    expect([language, title]).toEqual(['en', `${said('en', 'slip.stop.ways')} · ${said('ja', 'slip.stop.ways')}`])
    for (const tongue of ['en', 'ja'] as const) expect(html).toContain(`<p lang="${tongue}">${said(tongue, 'slip.received.body')}</p>`)
    expect(html).not.toMatch(/<script|⟦|style=|Demo <|undefined/)
    expect(html.match(/2026-1234/g)).toHaveLength(1)
    const alone = pageOf(sheet('ja'), 'ja')
    expect([alone.title, alone.html.match(new RegExp(said('ja', 'slip.received.body'), 'g'))?.length]).toEqual([said('ja', 'slip.stop.ways'), 1])
  })

  it('is a draft, and a demonstration, only where it says so', () => {
    const parts = (draft: boolean, demo: boolean) => {
      const { html } = pageOf({ ...sheet('ja'), draft }, 'en', demo)
      return [html.includes(said('en', 'sheet.draft')), html.includes('class="ribbon"')]
    }
    expect([parts(true, true), parts(false, false)]).toEqual([[true, true], [false, false]])
  })
})

describe('a sheet as PDF', () => {
  let press: SheetPress
  beforeAll(async () => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
    prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } })
    press = await startSheetPress()
  })
  afterAll(() => press.close())

  it.each([['en', 'ja'], ['ja', 'ja'], ['zh-Hant', 'ja'], ['en', 'zh-Hant']] as const)(
    'in %s beside %s is A4 with its own fonts in it, tagged, and says everything',
    async (language, native) => {
      const pdf = await press.print(pageOf(sheet(native), language))
      const { pages, sizeMm, tagged, title, text: words, structure, fonts } = readPdf(pdf)
      expect([pages, sizeMm.map(Math.round), tagged]).toEqual([2, [210, 297], true])
      expect(title).toContain(said(language, 'slip.stop.ways'))
      const plain = words.replaceAll(/\s/g, '')
      // Beside another column a sentence may be broken into it; its first words stand together.
      for (const tongue of [language, native])
        for (const key of ['slip.stop.ways', 'sheet.draft', 'slip.stop.nothing-applied']) expect(plain).toContain(said(tongue, key).replaceAll(/\s/g, '').slice(0, 8))
      for (const type of ['H1', 'H2', 'P', 'L', 'LI', 'Figure', 'Caption', 'BlockQuote']) expect(structure).toContain(type)
      expect(fonts.filter(({ embedded, name }) => !embedded || !name.startsWith('NotoSans'))).toEqual([])
      expect(Buffer.from(pdf).toString('latin1')).toContain(`/Lang (${language})`)
    },
  )

  it('has codes that are read from its picture', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cardbooth-pdf-'))
    writeFileSync(join(folder, 'sheet.pdf'), await press.print(pageOf({ ...sheet('ja'), blocks: [{ kind: 'code', payload: link, caption: text('slip.look-up') }, calendar] }, 'en')))
    execFileSync('pdftoppm', ['-r', '100', '-png', '-singlefile', join(folder, 'sheet.pdf'), join(folder, 'page')])
    const codes = await readBarcodes(readFileSync(join(folder, 'page.png')), { formats: ['QRCode'] })
    rmSync(folder, { recursive: true })
    const file = calendarFile([{ day: '2026-12-21', title: said('en', 'slip.number'), remind: [7] }], '2026-11-22')
    expect(new Set(codes.map((code) => code.text))).toEqual(new Set([link, file]))
  })
})
