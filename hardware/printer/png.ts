import { crc32, deflateSync } from 'node:zlib'

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A black-and-white PNG of `rows`, each `ceil(widthDots / 8)` bytes with 1 = black and the leftmost dot in the highest bit. */
export function encodePng(rows: readonly Uint8Array[], widthDots: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthDots, 0)
  header.writeUInt32BE(rows.length, 4)
  header.set([1, 0, 0, 0, 0], 8) // one bit a pixel, grey; in PNG 1 is white
  const scanLines = rows.flatMap((row) => [Buffer.of(0), Buffer.from(row.map((byte) => ~byte))])
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(scanLines))), chunk('IEND', Buffer.alloc(0))])
}
