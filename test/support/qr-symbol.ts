import zxing from '@zxing/library'
import sharp from 'sharp'
import type { Luminance } from '../../renderer/decoder/luminance.ts'

/** Part of a code's content as its bits: value and number of bits (ISO/IEC 18004, 7.4). */
export type Bits = readonly (readonly [value: number, length: number])[]

/** The mode indicators of QR codes (ISO/IEC 18004, table 2). */
const mode = { numeric: 0b0001, byte: 0b0100, fnc1: 0b0101, eci: 0b0111, structuredAppend: 0b0011 } as const

/** A byte segment, exactly these bytes; for versions 10 and up `wide`. */
export function byteSegment(bytes: Uint8Array, wide = false): Bits {
  return [[mode.byte, 4], [bytes.length, wide ? 16 : 8], ...[...bytes].map((byte) => [byte, 8] as const)]
}

/** A numeric segment, for versions up to 9. */
export function numericSegment(digits: string): Bits {
  const groups = digits.match(/.{1,3}/g) ?? []
  return [[mode.numeric, 4], [digits.length, 10], ...groups.map((group) => [Number(group), [0, 4, 7, 10][group.length] ?? 0] as const)]
}

/** What makes a code more than plain bytes. */
export const structuredAppend: Bits = [[mode.structuredAppend, 4], [0, 4], [1, 4], [0x5a, 8]]
export const gs1: Bits = [[mode.fnc1, 4]]
export const eciUtf8: Bits = [[mode.eci, 4], [26, 8]]

/** The modules of a QR code of level M that holds `content`, true for dark. */
export function qrSymbol(content: Bits, versionNumber: number): readonly (readonly boolean[])[] {
  const version = zxing.QRCodeVersion.getVersionForNumber(versionNumber)
  const level = zxing.QRCodeDecoderErrorCorrectionLevel.M
  const blocks = version.getECBlocksForLevel(level)
  const dataBytes = version.getTotalCodewords() - blocks.getTotalECCodewords()
  const bits = new zxing.BitArray()
  for (const [value, length] of content) bits.appendBits(value, length)
  zxing.QRCodeEncoder.terminateBits(dataBytes, bits)
  const words = zxing.QRCodeEncoder.interleaveWithECBytes(bits, version.getTotalCodewords(), dataBytes, blocks.getNumBlocks())
  const side = version.getDimensionForVersion()
  const matrix = new zxing.QRCodeByteMatrix(side, side)
  zxing.QRCodeMatrixUtil.buildMatrix(words, level, version, 2, matrix)
  return Array.from({ length: side }, (_row, y) => Array.from({ length: side }, (_module, x) => matrix.get(x, y) === 1))
}

/** Draws codes beside one another, black on white, `step` pixels a module. */
export function drawSymbols(symbols: readonly (readonly (readonly boolean[])[])[], step = 4): Luminance {
  const quiet = 6
  const sides = symbols.map((symbol) => symbol.length)
  const width = (sides.reduce((sum, side) => sum + side, 0) + quiet * (symbols.length + 1)) * step
  const height = (Math.max(...sides) + 2 * quiet) * step
  const data = new Uint8Array(width * height).fill(255)
  let left = quiet
  for (const symbol of symbols) {
    for (let y = 0; y < symbol.length * step; y += 1)
      symbol[Math.floor(y / step)]?.forEach((dark, x) => {
        const row = (quiet * step + y) * width
        if (dark) data.fill(0, row + (left + x) * step, row + (left + x + 1) * step)
      })
    left += symbol.length + quiet
  }
  return { data, width, height }
}

/** A picture as a PNG file. */
export function pngOf({ data, width, height }: Luminance): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 1 } }).png().toBuffer()
}
