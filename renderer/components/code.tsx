import { useEffect, useState } from 'react'
import { qrCode } from '../qr-code.ts'

/** White modules around a code, so that cameras find it. */
const quiet = 4

/** A QR code with what it is for beside it. */
export function Code({ payload, caption }: { readonly payload: string; readonly caption: string }) {
  const [rows, setRows] = useState<readonly (readonly boolean[])[]>([])
  useEffect(() => {
    let left = false
    // What does not fit is said by its caption, which names the address.
    qrCode(payload).then(
      (drawn) => void (left || setRows(drawn)),
      () => {},
    )
    return () => {
      left = true
    }
  }, [payload])
  const size = rows.length + 2 * quiet
  const path = rows.flatMap((row, y) => row.flatMap((black, x) => (black ? [`M${x + quiet} ${y + quiet}h1v1h-1z`] : []))).join('')
  return (
    <figure className="code" data-payload={payload}>
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={caption} shapeRendering="crispEdges">
        <rect width={size} height={size} fill="#ffffff" />
        <path d={path} fill="#000000" />
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  )
}
