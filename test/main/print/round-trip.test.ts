import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { languages } from '../../../main/contract/language.ts'
import { drawSlip } from '../../../main/print/draw-slip.ts'
import { printerBench, readSlip } from '../../hardware/printer/bench.ts'
import { payload, receipt, setting } from './samples.ts'

beforeAll(() => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } })
})

test.each(languages)('F48 a slip in %s goes through driver, wire and printer, and its code is read from the paper', async (language) => {
  for (const widthDots of [576, 384]) {
    const { start, print, events, last } = printerBench({ widthDots })
    await start()
    const picture = drawSlip(receipt(language), setting({ widthDots, demo: true }))
    await print(picture, 'receipt')
    expect(events).toEqual([{ kind: 'printed', job: 'receipt' }])
    const file = await last()
    const paper = await readSlip(file)
    expect([paper.widthDots, paper.heightDots]).toEqual([picture.widthDots, picture.heightDots])
    const codes = await readBarcodes(new Uint8Array(readFileSync(file)), { formats: ['QRCode'] })
    expect(codes.map((code) => code.text)).toEqual([payload])
  }
})

test.each([1, 400, 1200])('F48 paper out after %i rows of a receipt: the copy comes out whole, marked and readable', async (rows) => {
  const { start, print, simulator, heartbeat, events, last } = printerBench()
  await start()
  await simulator.hand(`paper-left ${rows}`)
  await print(drawSlip(receipt('en'), setting()), 'receipt')
  await simulator.hand('load-paper')
  await heartbeat()
  const copy = drawSlip(receipt('en'), setting({ markCopy: true }))
  await print(copy, 'receipt-copy')
  expect(events).toEqual([
    { kind: 'not-printed', job: 'receipt' },
    { kind: 'printed', job: 'receipt-copy' },
  ])
  expect((await readSlip(await last())).heightDots).toBe(copy.heightDots)
  const codes = await readBarcodes(new Uint8Array(readFileSync(await last())), { formats: ['QRCode'] })
  expect(codes.map((code) => code.text)).toEqual([payload])
})
