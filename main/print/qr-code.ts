import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** A QR code as rows of modules, true = black, without its quiet zone. Throws when `payload` is longer than a QR code holds (2331 bytes). */
export function qrCode(payload: string): readonly (readonly boolean[])[] {
  // Large, and needed for the first slip only: not at the start.
  const zxing = require('@zxing/library') as typeof import('@zxing/library')
  const matrix = zxing.QRCodeEncoder.encode(payload, zxing.QRCodeDecoderErrorCorrectionLevel.M).getMatrix()
  return Array.from({ length: matrix.getHeight() }, (_row, y) => Array.from({ length: matrix.getWidth() }, (_module, x) => matrix.get(x, y) === 1))
}
