/** One element of DER (X.690): its tag, what is in it, and the bytes of all of it. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
  readonly bytes: Uint8Array
}

/** The longest length of four bytes is more than any list that is read here. */
const mostLengthBytes = 4

/** The elements that stand one after the other in `bytes`; null when they are not whole, or their lengths are not of DER. */
export function readDer(bytes: Uint8Array): readonly DerElement[] | null {
  const elements: DerElement[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    const first = bytes[at + 1]
    if (first === undefined || (tag & 0x1f) === 0x1f) return null
    const count = first < 0x80 ? 0 : first & 0x7f
    if (first === 0x80 || count > mostLengthBytes || at + 2 + count > bytes.length) return null
    const length = count === 0 ? first : bytes.subarray(at + 2, at + 2 + count).reduce((sum, byte) => sum * 256 + byte, 0)
    const start = at + 2 + count
    if (start + length > bytes.length) return null
    elements.push({ tag, content: bytes.subarray(start, start + length), bytes: bytes.subarray(at, start + length) })
    at = start + length
  }
  return elements
}

/** The parts of a SEQUENCE; null when it is none. */
export function readSequence(element: DerElement | undefined): readonly DerElement[] | null {
  return element?.tag === 0x30 ? readDer(element.content) : null
}

/** UTCTime or GeneralizedTime in UTC as RFC 5280, 4.1.2.5 wants them, in milliseconds since 1970; null when it is none. */
export function readTime(element: DerElement | undefined): number | null {
  if (!element || (element.tag !== 0x17 && element.tag !== 0x18)) return null
  const digits = Buffer.from(element.content).toString('latin1')
  const short = element.tag === 0x17
  if (!(short ? /^\d{12}Z$/ : /^\d{14}Z$/).test(digits)) return null
  const full = short ? `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}` : digits
  const iso = `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6, 8)}T${full.slice(8, 10)}:${full.slice(10, 12)}:${full.slice(12, 14)}.000Z`
  const time = Date.parse(iso)
  return Number.isNaN(time) || new Date(time).toISOString() !== iso ? null : time
}
