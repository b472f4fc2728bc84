import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { realClock, type Clock } from '../../../hardware/clock.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { programRunner } from '../../../hardware/program.ts'
import { makeSheetPrinterDriver } from '../../../hardware/sheet-printer/driver.ts'
import type { SheetPrinterEvent } from '../../../hardware/sheet-printer/events.ts'
import { linkedPair } from '../../../hardware/transport.ts'
import { layoutSheet, papers, type Paper, type SheetLayout } from '../../../main/print/sheet-layout.ts'
import { sheetPdf } from '../../../main/print/sheet-pdf.ts'
import { privateCups, type PrivateCups } from '../../support/private-cupsd.ts'
import { until } from '../../support/until.ts'

let cups: PrivateCups
let jpeg: Uint8Array
beforeAll(async () => {
  cups = await privateCups()
  // Red with a blue band at the top and a green one at the left: says which way up it lies.
  const part = (width: number, height: number, background: string) => ({ create: { width, height, channels: 3 as const, background } })
  jpeg = await sharp(part(827, 1063, '#ff0000'))
    .composite([{ input: part(827, 200, '#0000ff'), top: 0, left: 0 }, { input: part(100, 1063, '#00ff00'), top: 0, left: 0 }])
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer()
})
afterAll(() => cups.remove())
beforeEach(() => cups.mood('well'))

/** The machine's clock, twenty times as fast: CUPS works in its own time, the driver's waits are long. */
function fastClock(): Clock {
  const real = realClock()
  return { now: real.now, monotonic: () => real.monotonic() * 20, after: (ms, act) => real.after(ms / 20, act) }
}

function bench(changes: { readonly queue?: string; readonly server?: string; readonly printMs?: number } = {}) {
  const settings = { server: cups.server, queue: 'photo', options: [], printMs: 1_200_000, ...changes }
  const events: SheetPrinterEvent[] = []
  const traced: string[] = []
  let faults: readonly FaultCode[] = []
  const clock = fastClock()
  const run = programRunner(realClock(), { CUPS_SERVER: settings.server })
  const driver = makeSheetPrinterDriver(settings, run)(linkedPair()[0], {
    clock,
    emit: (event) => void events.push(event),
    report: (held) => (faults = held),
    trace: (_direction, bytes, note) => void traced.push(`${Buffer.from(bytes).toString('latin1')} ${note ?? ''}`),
  })
  onTestFinished(() => driver.stop())
  const print = (layout: SheetLayout, copies = 1) =>
    driver.execute({
      kind: 'print',
      job: 'one',
      pdfBase64: Buffer.from(sheetPdf(layout, { jpeg, widthPx: 827, heightPx: 1063 })).toString('base64'),
      media: papers[layout.paper].media,
      copies,
    })
  return { driver, events, traced, faults: () => faults, print }
}

const postcard = layoutSheet({ paper: 'postcard', marginMm: 3, gapMm: 2 })
const printed = [{ kind: 'printed', job: 'one' }]
const notPrinted = [{ kind: 'not-printed', job: 'one' }]
const dpi = 600
const mm = (dots: number) => (dots / dpi) * 25.4
const dots = (millimetres: number) => Math.round((millimetres / 25.4) * dpi)
/** Half a dot beside the edge of a picture may be drawn or not. */
const exactMm = 0.05

interface Picture {
  readonly widthPx: number
  readonly heightPx: number
  /** Which colour is there: r, g, b, k (black) or w. */
  at(x: number, y: number): string
}

/** What came out of the printer as a picture of 600 dots an inch. */
function pictureOf(pdf: string): Picture {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-sheet-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  execFileSync('pdftoppm', ['-r', String(dpi), '-singlefile', pdf, join(dir, 'sheet')])
  const file = readFileSync(join(dir, 'sheet.ppm'))
  const [head = '', width, height] = /^P6\n(\d+) (\d+)\n255\n/.exec(file.toString('latin1', 0, 40)) ?? []
  const [widthPx, heightPx, pixels] = [Number(width), Number(height), file.subarray(head.length)]
  return {
    widthPx,
    heightPx,
    at(x, y) {
      const [r = 0, g = 0, b = 0] = pixels.subarray((y * widthPx + x) * 3)
      if (Math.max(r, g, b) < 128) return 'k'
      if (Math.min(r, g, b) > 200) return 'w'
      return r > 200 ? 'r' : g > 200 ? 'g' : b > 200 ? 'b' : '?'
    },
  }
}

/** From the middle of a photo outward to its edges, in millimetres of the sheet. */
function edges(picture: Picture, xMm: number, yMm: number) {
  const walk = (stepX: number, stepY: number) => {
    let [x, y] = [dots(xMm), dots(yMm)]
    while (!'wk'.includes(picture.at(x, y))) [x, y] = [x + stepX, y + stepY]
    return mm(stepX + stepY > 0 ? x + y - dots(stepX ? yMm : xMm) : x + y - dots(stepX ? yMm : xMm) + 1)
  }
  return { left: walk(-1, 0), right: walk(1, 0), top: walk(0, -1), bottom: walk(0, 1) }
}

describe('R036 a sheet of photos, from the booth’s own program to the printer’s paper', () => {
  test.each([
    ['l', 4, false],
    ['4x6in', 8, true],
    ['postcard', 6, false],
  ] as const)('%s holds %i photos of exactly 35 × 45 mm, and marks that touch none', async (paper: Paper, count, turned) => {
    const { driver, print, events, faults, traced } = bench()
    const before = cups.printed().length
    expect(await driver.start()).toEqual({ manufacturer: 'CUPS', product: 'photo', serial: '', software: '' })
    const layout = layoutSheet({ paper, marginMm: 3, gapMm: 2 })
    await print(layout)
    expect(events).toEqual(printed)
    expect(faults()).toEqual([])
    const [came, ...more] = cups.printed().slice(before)
    expect(more).toEqual([])
    expect(came?.options).toContain('print-scaling=none')
    const picture = pictureOf(came?.file ?? '')
    expect(mm(picture.widthPx)).toBeCloseTo(papers[paper].widthMm, 1)
    expect(mm(picture.heightPx)).toBeCloseTo(papers[paper].heightMm, 1)
    expect(layout.photos).toHaveLength(count)
    const [width, height] = turned ? [45, 35] : [35, 45]
    for (const [x, y] of layout.photos) {
      const found = edges(picture, x + width / 2, y + height / 2)
      for (const [edge, wanted] of [['left', x], ['right', x + width], ['top', y], ['bottom', y + height]] as const)
        expect(Math.abs(found[edge] - wanted), `${edge} edge at ${found[edge]} instead of ${wanted}`).toBeLessThan(exactMm)
      // The top of the photo is blue, its left side green; turned, its top lies to the left.
      expect(picture.at(dots(x + width / 2), dots(y + 2))).toBe(turned ? 'r' : 'b')
      expect(picture.at(dots(x + 2), dots(y + height / 2))).toBe(turned ? 'b' : 'g')
    }
    for (const { fromMm, toMm } of layout.marks) {
      const [x, y] = [dots((fromMm[0] + toMm[0]) / 2), dots((fromMm[1] + toMm[1]) / 2)]
      const around = [-2, -1, 0, 1, 2].map((offset) => (fromMm[0] === toMm[0] ? picture.at(x + offset, y) : picture.at(x, y + offset)))
      expect(around, `a mark at ${mm(x)}, ${mm(y)}`).toContain('k')
    }
    expect(traced.join('\n')).not.toContain('JFIF')
  })

  test('without our word the same printer would change the size', async () => {
    const before = cups.printed().length
    const dir = mkdtempSync(join(tmpdir(), 'cardbooth-sheet-'))
    onTestFinished(() => rmSync(dir, { recursive: true }))
    const file = join(dir, 'sheet.pdf')
    writeFileSync(file, sheetPdf(postcard, { jpeg, widthPx: 827, heightPx: 1063 }))
    await cups.run('lp', '-d', 'photo', '-o', 'print-scaling=fill', '-o', 'media=A4', file)
    await until(() => expect(cups.printed()).toHaveLength(before + 1))
    const picture = pictureOf(cups.printed().at(-1)?.file ?? '')
    const found = edges(picture, mm(picture.widthPx) / 2 - 30, mm(picture.heightPx) / 2)
    expect(found.right - found.left).toBeGreaterThan(60)
  })

  test('several copies are one job', async () => {
    const { driver, print, events } = bench()
    const before = cups.printed().length
    await driver.start()
    await print(postcard, 3)
    expect(events).toEqual(printed)
    expect(cups.printed()).toHaveLength(before + 1)
  })
})

describe('F49 nothing of a job outlives it', () => {
  test('what a power cut left in the queue is never printed', async () => {
    const before = cups.printed().length
    cups.mood('media-empty-error')
    await cups.run('lp', '-d', 'photo', '--', new URL(import.meta.url).pathname)
    await until(async () => expect(await cups.run('lpstat', '-l', '-p', 'photo')).toContain('media-empty-error'))
    await cups.cut()
    expect(cups.spooled()).toHaveLength(1)
    await cups.start()
    const { driver } = bench()
    expect(await driver.start()).not.toBeNull()
    expect(cups.spooled()).toEqual([])
    cups.mood('well')
    expect(await cups.run('lpstat', '-o', 'photo')).toBe('')
    const { print, events } = bench()
    await print(postcard)
    expect(events).toEqual(printed)
    expect(cups.printed()).toHaveLength(before + 1)
  })

  test('after a job nothing of it lies in the spool', async () => {
    const { driver, print } = bench()
    await driver.start()
    await print(postcard)
    await until(() => expect(cups.spooled()).toEqual([]))
  })

  test.each([
    ['media-empty-error', 'sheet-printer-paper-out'],
    ['cover-open-error', 'sheet-printer-cover-open'],
    ['marker-supply-empty-error', 'sheet-printer-supply-out'],
    ['media-jam-error', 'sheet-printer-failed'],
    ['offline-error', 'sheet-printer-lost'],
  ] as const)('%s in the middle of a sheet: %s, not printed then and not later', async (mood, fault) => {
    const before = cups.printed().length
    const { driver, print, events, faults } = bench()
    await driver.start()
    cups.mood(mood)
    await print(postcard)
    expect(events).toEqual(notPrinted)
    expect(faults()).toContain(fault)
    expect(await cups.run('lpstat', '-o', 'photo')).toBe('')
    expect(cups.spooled()).toEqual([])
    cups.mood('well')
    await driver.execute({ kind: 'print', job: 'two', pdfBase64: Buffer.from(sheetPdf(postcard, { jpeg, widthPx: 827, heightPx: 1063 })).toString('base64'), media: papers.postcard.media, copies: 1 })
    expect(cups.printed().length - before).toBeLessThanOrEqual(1)
  })

  test('a printer that hangs is given up in time, and what it held does not come out', async () => {
    const before = cups.printed().length
    const { driver, print, events, faults } = bench({ printMs: 10_000 })
    await driver.start()
    cups.mood('hangs')
    await print(postcard)
    expect(events).toEqual(notPrinted)
    expect(faults()).toEqual(['sheet-printer-failed'])
    cups.mood('well')
    expect(await cups.run('lpstat', '-o', 'photo')).toBe('')
    expect(cups.printed()).toHaveLength(before)
  })
})

test('a printer that fails stops its queue: nothing is sold until somebody has looked', async () => {
  const { driver, print, events, faults } = bench()
  await driver.start()
  cups.mood('fails')
  await print(postcard)
  expect(events).toEqual(notPrinted)
  expect(faults()).toEqual(['sheet-printer-failed'])
  cups.mood('well')
  await print(postcard)
  expect(events).toEqual([...notPrinted, ...notPrinted])
  await cups.run('cupsenable', 'photo')
  await print(postcard)
  expect(events.at(-1)).toEqual(printed[0])
  expect(faults()).toEqual([])
})

test('paper that runs low is said, and printed on', async () => {
  const { driver, print, events, faults } = bench()
  await driver.start()
  cups.mood('media-low-warning')
  await print(postcard)
  await print(postcard)
  expect(events).toEqual([...printed, ...printed])
  expect(faults()).toEqual(['sheet-printer-low'])
})

test.each([
  ['another queue', { queue: 'other' }],
  ['no CUPS', { server: '/nowhere/cups.sock' }],
])('with %s there is no printer', async (_what, changes) => {
  const { driver, faults } = bench(changes)
  expect(await driver.start()).toBeNull()
  expect(faults()).toEqual(['sheet-printer-lost'])
})

test('a CUPS that goes away is missed', async () => {
  const { driver, print, events, faults } = bench()
  await driver.start()
  await cups.cut()
  await print(postcard)
  expect(events).toEqual(notPrinted)
  expect(faults()).toEqual(['sheet-printer-lost'])
  await cups.start()
  expect(await driver.start()).not.toBeNull()
  expect(faults()).not.toContain('sheet-printer-lost')
})
