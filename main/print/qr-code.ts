import zxing from '@zxing/library'

/** A QR code as rows of modules, true = black, without its quiet zone. Throws when `payload` is longer than a QR code holds (2331 bytes). */
export function qrCode(payload: string): readonly (readonly boolean[])[] {
  const matrix = zxing.QRCodeEncoder.encode(payload, zxing.QRCodeDecoderErrorCorrectionLevel.M).getMatrix()
  return Array.from({ length: matrix.getHeight() }, (_row, y) => Array.from({ length: matrix.getWidth() }, (_module, x) => matrix.get(x, y) === 1))
}
