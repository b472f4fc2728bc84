import {
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  ResultMetadataType,
  RGBLuminanceSource,
  type Result,
} from '@zxing/library'
import type { CodeReader, ReadCode } from './code-reader.ts'

/** More codes than a form, a letter and a phone together hold. */
const mostCodes = 8

/** Latin-1 keeps one character a byte, so that mixed segments can be told from pure bytes. */
const hints = new Map<DecodeHintType, unknown>([
  [DecodeHintType.TRY_HARDER, true],
  [DecodeHintType.CHARACTER_SET, 'ISO-8859-1'],
])

/** The reader for pages in which wasm cannot run: @zxing/library, slower to find and blind in bad light, but plain script. */
export const scriptReader: CodeReader = ({ data, width, height }) => {
  const reader = new QRCodeReader()
  const pixels = Uint8ClampedArray.from(data)
  const codes: ReadCode[] = []
  while (codes.length < mostCodes) {
    let result: Result
    try {
      result = reader.decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(pixels, width, height))), hints)
    } catch {
      // The library throws when it finds nothing.
      break
    }
    codes.push({ bytes: bytesOf(result) })
    paintOver(pixels, width, height, result)
  }
  return codes
}

/** Structured append, ECI and FNC1 begin with their mode (ISO/IEC 18004, table 2); of them nothing is passed on. */
function bytesOf(result: Result): Uint8Array {
  const mode = (result.getRawBytes()[0] ?? 0) >> 4
  const text = result.getText()
  if (mode === 0b0011 || mode === 0b0111 || mode === 0b0101 || mode === 0b1001) return new Uint8Array()
  const segments = (result.getResultMetadata()?.get(ResultMetadataType.BYTE_SEGMENTS) ?? []) as readonly Uint8Array[]
  const bytes = Uint8Array.from(segments.flatMap((segment) => [...segment]))
  if (bytes.length === text.length) return bytes
  return /^[\x00-\x7f]*$/.test(text) ? new TextEncoder().encode(text) : new Uint8Array()
}

/** Hides a code that was read, so that the next look finds another one. */
function paintOver(pixels: Uint8ClampedArray, width: number, height: number, result: Result): void {
  const points = result.getResultPoints()
  const [xs, ys] = [points.map((point) => point.getX()), points.map((point) => point.getY())]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const margin = 0.3 * Math.max(right - left, bottom - top)
  const column = (x: number) => Math.round(Math.min(width, Math.max(0, x)))
  const row = (y: number) => Math.round(Math.min(height, Math.max(0, y)))
  const [from, to] = [column(left - margin), column(right + margin)]
  for (let y = row(top - margin); y < row(bottom + margin); y += 1) pixels.fill(255, y * width + from, y * width + to)
}
