import { useEffect, useState } from 'react'

/** Free modules around a code (ISO/IEC 18004, 9.1). */
const quiet = 4

/** A QR code for the resident's telephone; `words` is what it is for somebody who does not see it. */
export function QrCode({ payload, words }: { readonly payload: string; readonly words: string }) {
  const [drawing, setDrawing] = useState<{ readonly path: string; readonly size: number } | null>(null)
  useEffect(() => {
    let left = false
    const draw = async () => {
      // Large, and needed on few screens only.
      const { QRCodeEncoder, QRCodeDecoderErrorCorrectionLevel } = await import('@zxing/library')
      const matrix = QRCodeEncoder.encode(payload, QRCodeDecoderErrorCorrectionLevel.M).getMatrix()
      const size = matrix.getWidth()
      const modules = Array.from({ length: size * size }, (_, at) => [at % size, Math.floor(at / size)] as const)
      const path = modules.map(([x, y]) => (matrix.get(x, y) === 1 ? `M${x} ${y}h1v1h-1z` : '')).join('')
      if (!left) setDrawing({ path, size })
    }
    void draw()
    return () => {
      left = true
    }
  }, [payload])
  const size = drawing?.size ?? 21
  return (
    <svg className="qr-code" viewBox={`${-quiet} ${-quiet} ${size + 2 * quiet} ${size + 2 * quiet}`} role="img" aria-label={words} data-drawn={drawing !== null || undefined}>
      <rect x={-quiet} y={-quiet} width={size + 2 * quiet} height={size + 2 * quiet} fill="#ffffff" />
      {drawing && <path d={drawing.path} fill="#000000" shapeRendering="crispEdges" />}
    </svg>
  )
}
