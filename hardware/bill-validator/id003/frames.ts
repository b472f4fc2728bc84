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
const longestFrame = 255

/** CRC-CCITT as ID-003 has it: reflected (0x8408), start value 0, known as Kermit. */
export function crcKermit(bytes: Iterable<number>): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1
  }
  return crc
}

/** The bytes of a frame with 0..250 bytes of data. */
export function encodeId003({ code, data }: Id003Frame): Uint8Array {
  const body = [sync, data.length + frameOverhead, code, ...data]
  const crc = crcKermit(body)
  return Uint8Array.of(...body, crc & 0xff, crc >> 8)
}

/** Reads bytes that are exactly one frame long; null when sync, length or CRC are wrong. */
export function decodeId003(bytes: Uint8Array): Id003Frame | null {
  if (bytes[0] !== sync || bytes.length < frameOverhead || bytes[1] !== bytes.length) return null
  const body = bytes.subarray(0, -2)
  const said = (bytes[bytes.length - 2] ?? 0) | ((bytes[bytes.length - 1] ?? 0) << 8)
  return crcKermit(body) === said ? { code: bytes[2] ?? 0, data: bytes.slice(3, -2) } : null
}

/** Finds frames in whatever comes out of a line; never holds more than one frame (255 bytes). */
export interface Id003Deframer {
  /** Takes bytes in and gives the whole frames that they complete, oldest first. */
  push(bytes: Uint8Array): readonly Id003Frame[]
  /** Bytes of a beginning that waits for its rest, 0..254. */
  waiting(): number
  /** Gives up that beginning, which was noise then, and looks for frames behind its first byte. */
  giveUp(): readonly Id003Frame[]
  /** Drops what is waiting. */
  clear(): void
  /** Frames dropped for a wrong CRC so far. */
  badChecksums(): number
}

/** A deframer for either side of the line. */
export function makeId003Deframer(): Id003Deframer {
  let buffer: number[] = []
  let bad = 0

  const scan = (): readonly Id003Frame[] => {
    const found: Id003Frame[] = []
    while (buffer.length > 0) {
      const total = buffer[1]
      if (buffer[0] !== sync || (total !== undefined && total < frameOverhead)) {
        buffer.shift()
        continue
      }
      if (total === undefined || buffer.length < total) break
      const frame = decodeId003(Uint8Array.from(buffer.slice(0, total)))
      if (frame) found.push(frame)
      else bad += 1
      buffer = buffer.slice(frame ? total : 1)
    }
    return found
  }

  return {
    push(bytes) {
      const found: Id003Frame[] = []
      for (let at = 0; at < bytes.length; at += longestFrame) {
        buffer.push(...bytes.subarray(at, at + longestFrame))
        found.push(...scan())
      }
      return found
    },
    waiting: () => buffer.length,
    giveUp() {
      buffer.shift()
      return scan()
    },
    clear() {
      buffer = []
    },
    badChecksums: () => bad,
  }
}
