import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { calendarFile } from '../../../main/contract/calendar.ts'
import { qrCode } from '../../../main/print/qr-code.ts'

const made = '2026-11-22'
const day = (title: string, remind: readonly number[] = [], date = '2026-12-21') => ({ day: date, title, remind })

/** Content lines as a reader of RFC 5545, 3.1 has them. */
const unfolded = (file: string) => file.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)
const summary = (file: string) => unfolded(file).find((line) => line.startsWith('SUMMARY:'))?.slice('SUMMARY:'.length)

describe('a calendar file', () => {
  it('holds whole days with what the standard asks for, and nothing else', () => {
    expect(unfolded(calendarFile([day('住所を書きかえる', [7, 1, 0])], made))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:cardbooth',
      'BEGIN:VEVENT',
      expect.stringMatching(/^UID:20261221-[0-9a-z]+@cardbooth$/),
      'DTSTAMP:20261122T000000Z',
      'DTSTART;VALUE=DATE:20261221',
      'SUMMARY:住所を書きかえる',
      ...['-P6DT15H', '-PT15H', 'PT9H'].flatMap((trigger) => ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:住所を書きかえる', `TRIGGER:${trigger}`, 'END:VALARM']),
      'END:VEVENT',
      'END:VCALENDAR',
    ])
  })

  it('is the same each time, and another for another day or title', () => {
    const uid = (file: string) => unfolded(file).find((line) => line.startsWith('UID:'))
    const first = calendarFile([day('Pay', [1])], made)
    expect(calendarFile([day('Pay', [1])], made)).toBe(first)
    expect(uid(calendarFile([day('Pay')], '2026-11-23'))).toBe(uid(first))
    expect(new Set([first, calendarFile([day('Pey')], made), calendarFile([day('Pay', [], '2026-12-22')], made)].map(uid)).size).toBe(3)
  })

  it('keeps every line within 75 octets, whole characters only, and every title comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...';,\\\n\r:あ卡😀é "'), fc.string()), { maxLength: 60 }), (parts) => {
        const title = parts.join('').replaceAll('\0', '')
        const file = calendarFile([day(title, [3])], made)
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(file).not.toMatch(/[^\r]\n|\r[^\n]/)
        expect(Buffer.from(file).toString()).toBe(file.toWellFormed())
        const back = summary(file)?.replaceAll(/\\(.)/g, (_all, character: string) => (character === 'n' ? '\n' : character))
        expect(back).toBe(title.replaceAll(/\r\n|\r/g, '\n'))
      }),
    )
  })

  describe('as a QR code', () => {
    beforeAll(() => {
      const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
      prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } })
    })

    it('three days with two reminders each are read back, and their modules are as large on a slip as telephones like them', async () => {
      const title = 'マイナンバーカードの継続利用の手続き、市役所の窓口で'
      const file = calendarFile([day(title, [7, 1]), day(title, [7, 1], '2027-01-05'), day(title, [7, 1], '2027-03-01')], made)
      const rows = qrCode(file)
      const [scale, quiet] = [3, 4]
      const side = (rows.length + 2 * quiet) * scale
      // 8 dots are 1 mm: three dots a module on paper of 80 mm.
      expect(side).toBeLessThanOrEqual(480)
      const data = new Uint8ClampedArray(side * side * 4).fill(255)
      for (const [y, row] of rows.entries())
        for (const [x, black] of row.entries())
          for (let dot = 0; black && dot < scale * scale; dot += 1) {
            const at = ((y + quiet) * scale + Math.floor(dot / scale)) * side + (x + quiet) * scale + (dot % scale)
            data.fill(0, at * 4, at * 4 + 3)
          }
      const [code] = await readBarcodes({ data, width: side, height: side, colorSpace: 'srgb' } as ImageData, { formats: ['QRCode'] })
      expect(code?.text).toBe(file)
    })
  })
})
