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

/** The CRC of a frame covers all but the CRC itself, whose bytes stand third and last. */
const crcOf = (frame: Uint8Array) => crc16([frame[0] ?? 0, frame[1] ?? 0, ...frame.subarray(3, -1)])

function sumOf(bytes: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 1) sum += bytes[at] ?? 0
  return sum & 0xff
}

/** The bytes of a frame. `data` holds 0..255 bytes. */
export function encodeFrame(checksum: Checksum, { destination, source, header, data }: Frame): Uint8Array {
  const frame = new Uint8Array(data.length + frameOverhead)
  frame[0] = destination
  frame[1] = data.length
  frame[2] = source
  frame[3] = header
  frame.set(data, 4)
  const last = frame.length - 1
  if (checksum === 'crc-16') {
    const crc = crcOf(frame)
    frame[2] = crc & 0xff
    frame[last] = crc >> 8
  } else frame[last] = -sumOf(frame) & 0xff
  return frame
}

/** Reads bytes that are exactly one frame long; null when the checksum is wrong. */
export function decodeFrame(checksum: Checksum, bytes: Uint8Array): Frame | null {
  const [destination = 0, count = 0, third = 0, header = 0, last = 0] = [bytes[0], bytes[1], bytes[2], bytes[3], bytes[bytes.length - 1]]
  if (bytes.length !== count + frameOverhead) return null
  const isRight = checksum === 'crc-16' ? crcOf(bytes) === ((last << 8) | third) : sumOf(bytes) === 0
  return isRight ? { destination, source: checksum === 'crc-16' ? 0 : third, header, data: bytes.slice(4, -1) } : null
}
