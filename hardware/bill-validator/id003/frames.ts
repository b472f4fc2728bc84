import { makeFrameFinder, type FrameFinder } from '../../frame-finder.ts'

/** One ID-003 message: what is said, and its data. */
export interface Id003Frame {
  readonly code: number
  readonly data: Uint8Array
}

/** Every frame begins with this byte. */
export const sync = 0xfc
/** Bytes of a frame without its data: sync, length, code, two of the CRC. */
export const frameOverhead = 5
/** The length byte counts the whole frame. */
export const longestFrame = 255

/** CRC-CCITT as ID-003 has it: reflected (0x8408), start value 0, known as Kermit. */
export function crcKermit(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1
  }
  return crc
}

/** The bytes of a frame with 0..250 bytes of data. */
export function encodeId003({ code, data }: Id003Frame): Uint8Array {
  const frame = new Uint8Array(data.length + frameOverhead)
  frame.set([sync, frame.length, code])
  frame.set(data, 3)
  const crc = crcKermit(frame.subarray(0, -2))
  frame.set([crc & 0xff, crc >> 8], frame.length - 2)
  return frame
}

/** Reads bytes that are exactly one frame long; null when sync, length or CRC are wrong. */
export function decodeId003(bytes: Uint8Array): Id003Frame | null {
  if (bytes[0] !== sync || bytes.length < frameOverhead || bytes[1] !== bytes.length) return null
  const body = bytes.subarray(0, -2)
  const said = (bytes[bytes.length - 2] ?? 0) | ((bytes[bytes.length - 1] ?? 0) << 8)
  return crcKermit(body) === said ? { code: bytes[2] ?? 0, data: bytes.slice(3, -2) } : null
}

/** Finds frames in what either side of the line hears. */
export function makeId003Deframer(): FrameFinder<Id003Frame> {
  return makeFrameFinder({
    longest: longestFrame,
    begins: (start) => start[0] === sync && (start[1] === undefined || start[1] >= frameOverhead),
    lengthOf: (start) => start[1],
    decode: decodeId003,
  })
}
