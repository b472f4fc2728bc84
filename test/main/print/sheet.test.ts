import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutSheet, papers, type Paper, type SheetLayout, type SheetSettings } from '../../../main/print/sheet-layout.ts'
import { sheetPdf } from '../../../main/print/sheet-pdf.ts'

const settings = fc.record<SheetSettings>({
  paper: fc.constantFrom(...(Object.keys(papers) as Paper[])),
  marginMm: fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10),
  gapMm: fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10),
})
const near = 1e-6

describe('R036 the layout of a sheet', () => {
  it.each([
    [{ paper: 'l', marginMm: 3, gapMm: 2 }, 4, false],
    [{ paper: '4x6in', marginMm: 3, gapMm: 2 }, 8, true],
    [{ paper: 'postcard', marginMm: 3, gapMm: 2 }, 6, false],
    [{ paper: 'postcard', marginMm: 1, gapMm: 2 }, 8, true],
    [{ paper: '4x6in', marginMm: 5, gapMm: 3 }, 6, false],
  ] as const)('%j holds %i photos', (sheet, count, turned) => {
    const layout = layoutSheet(sheet)
    expect(layout.photos).toHaveLength(count)
    expect(layout.turned).toBe(turned)
  })

  it('keeps every photo whole, apart from the next and within the edge, and lies in the middle', () => {
    fc.assert(
      fc.property(settings, (sheet) => {
        const { photos, placeMm, turned } = layoutSheet(sheet)
        const { widthMm, heightMm } = papers[sheet.paper]
        expect(placeMm).toEqual(turned ? [45, 35] : [35, 45])
        for (const [index, [x, y]] of photos.entries()) {
          expect(Math.min(x, y, widthMm - x - placeMm[0], heightMm - y - placeMm[1])).toBeGreaterThanOrEqual(sheet.marginMm - near)
          for (const [otherX, otherY] of photos.slice(index + 1))
            expect(Math.max(Math.abs(otherX - x) - placeMm[0], Math.abs(otherY - y) - placeMm[1])).toBeGreaterThanOrEqual(sheet.gapMm - near)
        }
        const xs = photos.map(([x]) => x)
        const ys = photos.map(([, y]) => y)
        expect(Math.min(...xs) + Math.max(...xs) + placeMm[0]).toBeCloseTo(widthMm)
        expect(Math.min(...ys) + Math.max(...ys) + placeMm[1]).toBeCloseTo(heightMm)
      }),
    )
  })

  it('marks both sides of every photo on every cut, and never lies on a photo or on the edge', () => {
    fc.assert(
      fc.property(settings, (sheet) => {
        const { photos, placeMm, marks } = layoutSheet(sheet)
        const { widthMm, heightMm } = papers[sheet.paper]
        for (const { fromMm, toMm } of marks) {
          const [left, top, right, bottom] = [...fromMm, ...toMm]
          expect(left === right || top === bottom).toBe(true)
          expect(Math.min(left, top, widthMm - right, heightMm - bottom)).toBeGreaterThanOrEqual(sheet.marginMm - near)
          for (const [x, y] of photos) {
            const touches = left < x + placeMm[0] - near && right > x + near && top < y + placeMm[1] - near && bottom > y + near
            expect(touches).toBe(false)
          }
        }
        const cuts = new Set(photos.flatMap(([x, y]) => [`x${x}`, `x${x + placeMm[0]}`, `y${y}`, `y${y + placeMm[1]}`]))
        const marked = new Set(marks.map(({ fromMm, toMm }) => (fromMm[0] === toMm[0] ? `x${fromMm[0]}` : `y${fromMm[1]}`)))
        for (const cut of marked) expect(cuts).toContain(cut)
        const hasRoom = photos.every(([x, y]) => x - sheet.marginMm > 0.1 && y - sheet.marginMm > 0.1)
        if (hasRoom) expect(marked).toEqual(cuts)
      }),
    )
  })

  it('says when not one photo fits', () => {
    expect(() => layoutSheet({ paper: 'l', marginMm: 30, gapMm: 0 })).toThrow(RangeError)
  })
})

describe('a sheet as PDF', () => {
  const layout: SheetLayout = layoutSheet({ paper: 'postcard', marginMm: 3, gapMm: 2 })
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3, 0xff, 0xd9])

  it('holds the JPEG once, as it is, and nothing that says when, where or who', () => {
    const pdf = Buffer.from(sheetPdf(layout, { jpeg, widthPx: 827, heightPx: 1063 }))
    expect(pdf.indexOf(jpeg)).toBeGreaterThan(0)
    expect(pdf.indexOf(jpeg, pdf.indexOf(jpeg) + 1)).toBe(-1)
    expect(pdf.toString('latin1').match(/\/Photo Do/g)).toHaveLength(6)
    expect(pdf.toString('latin1')).toContain('/PrintScaling /None')
    expect(pdf.toString('latin1')).not.toMatch(/\/(?:Info|Author|Title|CreationDate|Producer|ID)\b/)
  })

  it('has a table in which every object is where it says', () => {
    const pdf = Buffer.from(sheetPdf(layout, { jpeg, widthPx: 827, heightPx: 1063 })).toString('latin1')
    const offsets = [...pdf.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset))
    expect(offsets).toHaveLength(5)
    for (const [index, offset] of offsets.entries()) expect(pdf.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj\n`))
    expect(pdf.slice(Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]))).toMatch(/^xref\n/)
  })

  it('refuses a picture that would be stretched', () => {
    expect(() => sheetPdf(layout, { jpeg, widthPx: 827, heightPx: 827 })).toThrow(RangeError)
    expect(() => sheetPdf(layout, { jpeg, widthPx: 840, heightPx: 1080 })).not.toThrow()
  })
})
