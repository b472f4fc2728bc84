/** How a frame is protected: sum of all bytes is 0 modulo 256 (ccTalk CT1 7.10), or CRC-CCITT with a start value of 0 (CT1 7.11). */
export type Checksum = 'sum-8' | 'crc-16'

/** One ccTalk message (CT1 7). */
export interface Frame {
  /** 0 broadcast, 1 host, 2..255 devices. */
  readonly destination: number
  /** Who sent it; a frame with CRC has no place for it and reads as 0. */
  readonly source: number
  /** What is asked; 0 in a reply, 5 and 6 when the device refuses or is busy. */
  readonly header: number
  readonly data: Uint8Array
}

/** The address of the host (CT1 7.5). */
export const hostAddress = 1

/** Headers that a reply carries: answer, refused (NAK, CT1 8.1), busy (CT1 8.2). */
export const reply = { answer: 0, refused: 5, busy: 6 } as const

/** Bytes of a frame without its data. */
export const frameOverhead = 5

/** CRC-CCITT of `bytes`: polynomial x^16 + x^12 + x^5 + 1, start value 0, not reflected (CT3 appendix 9). */
export function crc16(bytes: Iterable<number>): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1
  }
  return crc
}

/** The number that `bytes` are, as ccTalk sends every one: least significant byte first. */
export const numberOf = (bytes: Uint8Array): number => bytes.reduceRight((value, byte) => value * 256 + byte, 0)

/** The bytes of a frame. `data` holds 0..255 bytes. */
export function encodeFrame(checksum: Checksum, frame: Frame): Uint8Array {
  const { destination, source, header, data } = frame
  if (checksum === 'crc-16') {
    const crc = crc16([destination, data.length, header, ...data])
    return Uint8Array.of(destination, data.length, crc & 0xff, header, ...data, crc >> 8)
  }
  const body = [destination, data.length, source, header, ...data]
  const sum = body.reduce((total, byte) => total + byte, 0)
  return Uint8Array.of(...body, -sum & 0xff)
}

/** Reads bytes that are exactly one frame long; null when the checksum is wrong. */
export function decodeFrame(checksum: Checksum, bytes: Uint8Array): Frame | null {
  const [destination = 0, count = 0, third = 0, header = 0] = bytes
  if (bytes.length !== count + frameOverhead) return null
  const data = bytes.slice(4, -1)
  const last = bytes[bytes.length - 1] ?? 0
  if (checksum === 'crc-16') {
    const right = crc16([destination, count, header, ...data]) === ((last << 8) | third)
    return right ? { destination, source: 0, header, data } : null
  }
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  return sum % 256 === 0 ? { destination, source: third, header, data } : null
}
