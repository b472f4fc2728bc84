import { decodeFrame, frameOverhead, hostAddress, reply, type Checksum, type Frame } from './frames.ts'

/** Finds the frames of one device, and the echo of our own, in whatever comes out of a line. Never holds more than one frame (260 bytes). */
export interface Deframer {
  /** Takes bytes in and gives the whole frames that they complete, oldest first. */
  push(bytes: Uint8Array): readonly Frame[]
  /** Bytes of a beginning that waits for its rest, 0..259. */
  waiting(): number
  /** Gives up that beginning, which was noise then, and looks for frames behind its first byte. */
  giveUp(): readonly Frame[]
  /** Drops what is waiting. */
  clear(): void
  /** Frames dropped for a wrong checksum so far. */
  badChecksums(): number
}

/** A deframer for the host's side of a conversation with the device at `address`. */
export function makeDeframer(checksum: Checksum, address: number): Deframer {
  let buffer: number[] = []
  let bad = 0

  /** Whether `buffer` may begin with a reply to us or with our own echo, as far as its first four bytes tell. */
  const plausible = (): boolean => {
    const [destination, , third, header] = buffer
    if (destination !== hostAddress && destination !== address) return false
    const own = destination === address
    if (checksum === 'sum-8' && third !== undefined && third !== (own ? hostAddress : address)) return false
    return own || header === undefined || header === reply.answer || header === reply.refused || header === reply.busy
  }

  const scan = (): readonly Frame[] => {
    const found: Frame[] = []
    while (buffer.length > 0) {
      if (!plausible()) {
        buffer.shift()
        continue
      }
      const total = (buffer[1] ?? 255) + frameOverhead
      if (buffer.length < total) break
      const frame = decodeFrame(checksum, Uint8Array.from(buffer.slice(0, total)))
      if (frame) found.push(frame)
      else bad += 1
      buffer = buffer.slice(frame ? total : 1)
    }
    return found
  }

  return {
    push(bytes) {
      const found: Frame[] = []
      // A piece at a time, so that a burst of noise never piles up here.
      for (let start = 0; start < bytes.length; start += 256) {
        buffer.push(...bytes.subarray(start, start + 256))
        found.push(...scan())
      }
      return found
    },
    waiting: () => buffer.length,
    giveUp() {
      buffer = buffer.slice(1)
      return scan()
    },
    clear() {
      buffer = []
    },
    badChecksums: () => bad,
  }
}
