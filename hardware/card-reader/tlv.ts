/** One data object: a tag of one or two bytes and its content. */
export interface Tlv {
  readonly tag: number
  readonly value: Uint8Array
  /** Where the object begins in what was read. */
  readonly offset: number
}

/** What is wrong with a run of data objects. */
export type TlvFault =
  /** The bytes end inside of a tag or a length. */
  | 'tlv-cut'
  /** A length leads past the end. */
  | 'tlv-too-long'
  /** A form that no card file uses: indefinite length, lengths of more than two bytes, tags of more than two. */
  | 'tlv-form'

/**
 * Reads the data objects that stand one behind the other in `bytes` (ISO 7816-4, 5.2.2; BER with tags of one or two bytes). Filler (00 or FF) may stand before, between and
 * behind them, except that `FF` begins a tag where tags of two bytes do. Looks at one level only, so nothing in it can be too deep.
 */
export function parseTlv(bytes: Uint8Array, twoByteTags = false): readonly Tlv[] | TlvFault {
  const objects: Tlv[] = []
  let at = 0
  const isFiller = (offset: number) =>
    bytes[offset] === 0x00 || (bytes[offset] === 0xff && (!twoByteTags || bytes[offset + 1] === undefined || bytes[offset + 1] === 0xff))
  while (at < bytes.length) {
    if (isFiller(at)) {
      at += 1
      continue
    }
    const offset = at
    let tag = bytes[at] ?? 0
    at += 1
    if (twoByteTags && (tag & 0x1f) === 0x1f) {
      const second = bytes[at]
      if (second === undefined) return 'tlv-cut'
      if ((second & 0x80) !== 0) return 'tlv-form'
      tag = (tag << 8) | second
      at += 1
    }
    const length = readLength(bytes, at)
    if (typeof length === 'string') return length
    at = length.end
    if (at + length.value > bytes.length) return 'tlv-too-long'
    objects.push({ tag, value: bytes.subarray(at, at + length.value), offset })
    at += length.value
  }
  return objects
}

function readLength(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | TlvFault {
  const first = bytes[at]
  if (first === undefined) return 'tlv-cut'
  if (first < 0x80) return { value: first, end: at + 1 }
  const count = first & 0x7f
  if (count === 0 || count > 2) return 'tlv-form'
  let value = 0
  for (let index = 1; index <= count; index += 1) {
    const byte = bytes[at + index]
    if (byte === undefined) return 'tlv-cut'
    value = value * 256 + byte
  }
  return { value, end: at + 1 + count }
}
