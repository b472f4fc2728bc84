/** A QR code as rows of modules, true = black, without its quiet zone; level L, because a screen is neither torn nor dirty. Rejects what no QR code can hold. */
export async function qrCode(payload: string): Promise<readonly (readonly boolean[])[]> {
  // Large, and needed for the first code only: not at the start.
  const { QRCodeEncoder, QRCodeDecoderErrorCorrectionLevel, EncodeHintType } = await import('@zxing/library')
  const hints = new Map([[EncodeHintType.CHARACTER_SET, 'UTF-8']])
  const matrix = QRCodeEncoder.encode(payload, QRCodeDecoderErrorCorrectionLevel.L, hints).getMatrix()
  return Array.from({ length: matrix.getHeight() }, (_row, y) => Array.from({ length: matrix.getWidth() }, (_module, x) => matrix.get(x, y) === 1))
}
