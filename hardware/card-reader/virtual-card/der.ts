/** One DER value, encoded (ITU-T X.690). */
export type Der = Uint8Array

const join = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

/** The length octets of a value of `length` bytes. */
function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return join([Uint8Array.of(0x80 | bytes.length), bytes])
}

/** A value under a tag of one or more bytes, given as hexadecimal. */
export function tagged(tag: string, ...content: readonly Uint8Array[]): Der {
  const value = join(content)
  return join([Buffer.from(tag, 'hex'), lengthOctets(value.length), value])
}

export const sequence = (...parts: readonly Der[]): Der => tagged('30', ...parts)
export const set = (...parts: readonly Der[]): Der => tagged('31', ...parts)
export const octets = (bytes: Uint8Array): Der => tagged('04', bytes)
export const utf8 = (text: string): Der => tagged('0c', Buffer.from(text))
export const boolean = (value: boolean): Der => tagged('01', Uint8Array.of(value ? 0xff : 0))
export const nothing: Der = tagged('05')

/** A bit string of whole bytes, or with `unused` bits at its end. */
export const bits = (bytes: Uint8Array, unused = 0): Der => tagged('03', Uint8Array.of(unused), bytes)

/** An integer that is not negative: a number, or the digits of a long one in hexadecimal. */
export function integer(value: number | string): Der {
  const hex = (typeof value === 'number' ? value.toString(16) : value).replace(/^0+(?=.)/, '')
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return tagged('02', (bytes[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0), bytes)
}

/** An object identifier such as `2.5.4.3`. */
export function identifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const base128 = (arc: number): number[] => {
    const groups = [arc & 0x7f]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(0x80 | (left & 0x7f))
    return groups
  }
  return tagged('06', Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)))
}

/** A moment (milliseconds since 1970) in the form that certificates give it until 2049, and after (RFC 5280 4.1.2.5). */
export function moment(at: number): Der {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')
  return Number(digits.slice(0, 4)) < 2050 ? tagged('17', Buffer.from(digits.slice(2))) : tagged('18', Buffer.from(digits))
}
