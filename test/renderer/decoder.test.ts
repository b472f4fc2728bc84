import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { codeImages } from '../../main/commands/code-images.ts'
import { openDecoder, readPixels } from '../../main/commands/open-decoder.ts'
import { codeDecoder, type CodeDecoder } from '../../renderer/decoder/code-decoder.ts'
import { luminanceOf, type Luminance } from '../../renderer/decoder/luminance.ts'
import { scriptReader } from '../../renderer/decoder/script-reader.ts'
import { byteSegment, drawSymbols, eciUtf8, gs1, numericSegment, qrSymbol, structuredAppend } from '../support/qr-symbol.ts'

interface BadInputs {
  readonly inputs: readonly { readonly id: string; readonly payload_hex?: string }[]
}

const { inputs } = JSON.parse(readFileSync(new URL('../fixtures/bad-inputs.json', import.meta.url), 'utf8')) as BadInputs
const payload = (id: string) => Uint8Array.from(Buffer.from(inputs.find((input) => input.id === id)?.payload_hex ?? '', 'hex'))
const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const id = '20261121000000000012345'
const address = `https://net.kojinbango-card.go.jp/?id=${id}`
const twoCodes = [latin(address), latin(`${address.slice(0, -1)}6`)]

const hexOf = (codes: readonly { readonly bytes: Uint8Array }[]) => codes.map(({ bytes }) => Buffer.from(bytes).toString('hex')).sort()
const hex = (...all: readonly Uint8Array[]) => all.map((bytes) => Buffer.from(bytes).toString('hex')).sort()

async function greyOf(jpeg: Uint8Array): Promise<Luminance> {
  const { data, width, height } = await readPixels(jpeg)
  return luminanceOf(data, width, height, 3)
}

let wasm: CodeDecoder
beforeAll(async () => {
  wasm = await openDecoder()
  const writer = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'))
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(writer).buffer } })
})

/** A symbol of another kind, made by the library's own writer. */
async function drawnByWriter(text: string, format: 'MicroQRCode' | 'RMQRCode' | 'Aztec' | 'QRCode'): Promise<Luminance> {
  const { symbol } = await writeBarcode(text, { format })
  const isDark = (x: number, y: number) => symbol.data[y * symbol.width + x] === 0
  const rows = Array.from({ length: symbol.height }, (_row, y) => Array.from({ length: symbol.width }, (_module, x) => isDark(x, y)))
  const { data, width, height } = drawSymbols([rows], 6)
  return { data, width, height }
}

const readers = { 'zxing-wasm': () => wasm, '@zxing/library': () => codeDecoder(scriptReader) } as const

describe.each(Object.entries(readers))('the decoder on %s', (_name, decoder) => {
  it('Q06 gives the very bytes, with NUL and control characters as they are, not as words', () => {
    for (const bytes of [payload('Q06'), latin('\u001b[2J\u0012\r\n\t'), latin('<NUL>')])
      expect(hexOf(decoder().still(drawSymbols([qrSymbol(byteSegment(bytes), 9)])))).toEqual(hex(bytes))
  })

  it('Q17 gives bytes that are no UTF-8 unchanged', () => {
    const every = Uint8Array.from({ length: 128 }, (_, index) => index + 128)
    for (const bytes of [payload('Q17'), every]) expect(hexOf(decoder().still(drawSymbols([qrSymbol(byteSegment(bytes), 9)])))).toEqual(hex(bytes))
  })

  it('Q18 gives a code of the longest kind whole, so that it can be refused for its length', () => {
    const bytes = payload('Q18').subarray(0, 2331)
    expect(hexOf(decoder().still(drawSymbols([qrSymbol(byteSegment(bytes, true), 40)], 5)))).toEqual(hex(bytes))
  })

  it('Q22 never gives one of two codes in view without the other', () => {
    const symbols = twoCodes.map((bytes) => qrSymbol(byteSegment(bytes), 7))
    expect([[], hex(...twoCodes)]).toContainEqual(hexOf(decoder().still(drawSymbols(symbols))))
  })

  it('gives the digits of numeric and mixed codes', () => {
    expect(hexOf(decoder().still(drawSymbols([qrSymbol(numericSegment(id), 3)])))).toEqual(hex(latin(id)))
    const mixed = [...byteSegment(latin('https://x/?')), ...numericSegment(id)]
    expect(hexOf(decoder().still(drawSymbols([qrSymbol(mixed, 5)])))).toEqual(hex(latin(`https://x/?${id}`)))
  })

  it('Q24 of structured append, GS1 and ECI it says that it saw a code, and nothing of what it says', () => {
    for (const [name, header] of Object.entries({ structuredAppend, gs1, eciUtf8 })) {
      const symbol = qrSymbol([...header, ...byteSegment(latin(address))], 7)
      expect(hexOf(decoder().still(drawSymbols([symbol]))), name).toEqual([''])
    }
  })

  it('finds nothing in pictures without a code', async () => {
    for await (const { jpeg } of codeImages({ only: ['empty'], seeds: 1, widths: [640] })) expect(decoder().still(await greyOf(jpeg))).toEqual([])
    expect(decoder().still({ data: new Uint8Array(4096), width: 64, height: 64 })).toEqual([])
    expect(decoder().still({ data: new Uint8Array(1), width: 1, height: 1 })).toEqual([])
  })
})

it('Q22 gives both of two codes in view, in a stream as well', () => {
  const picture = drawSymbols(twoCodes.map((bytes) => qrSymbol(byteSegment(bytes), 7)))
  expect(hexOf(wasm.still(picture))).toEqual(hex(...twoCodes))
  expect(hexOf(wasm.live(picture))).toEqual(hex(...twoCodes))
})

it('Q24 of Micro QR and rMQR nothing is passed on, and Aztec is no code at all', async () => {
  for (const format of ['MicroQRCode', 'RMQRCode'] as const) expect(hexOf(wasm.still(await drawnByWriter('12345', format))).join(''), format).toBe('')
  expect(wasm.still(await drawnByWriter('12345678901234567890123', 'Aztec'))).toEqual([])
})

describe('second tries', () => {
  it('read codes in low light in which zxing-wasm alone finds nothing', async () => {
    const alone = await readerAlone()
    let [saved, wrong] = [0, 0]
    for await (const { jpeg, text } of codeImages({ only: ['low-light'], seeds: 3, widths: [640] })) {
      const picture = await greyOf(jpeg)
      if (alone(picture).length > 0) continue
      const codes = wasm.still(picture)
      wrong += codes.filter(({ bytes }) => Buffer.from(bytes).toString('latin1') !== text).length
      saved += codes.length
    }
    expect(wrong).toBe(0)
    expect(saved).toBeGreaterThanOrEqual(2)
  })

  it('are bounded in a stream: a frame is read twice at the most, most of them once', () => {
    let tries = 0
    const decoder = codeDecoder(() => {
      tries += 1
      return []
    })
    const frame = { data: new Uint8Array(1280 * 720), width: 1280, height: 720 }
    const each = Array.from({ length: 24 }, () => {
      const before = tries
      decoder.live(frame)
      return tries - before
    })
    expect(Math.max(...each)).toBe(2)
    expect(tries).toBe(28)
  })

  it('do not happen to a frame that was read', () => {
    const sizes: number[] = []
    const decoder = codeDecoder(({ data }) => {
      sizes.push(data.length)
      return [{ bytes: latin(address) }]
    })
    const frame = { data: new Uint8Array(1280 * 720), width: 1280, height: 720 }
    decoder.still(frame)
    decoder.live(frame)
    expect(sizes).toEqual([1280 * 720, 1280 * 720])
  })
})

/** The reader of the decoder without its second tries. */
async function readerAlone(): Promise<(picture: Luminance) => readonly unknown[]> {
  const { openWasmReader } = await import('../../renderer/decoder/wasm-reader.ts')
  const file = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  return openWasmReader(Uint8Array.from(file).buffer)
}
