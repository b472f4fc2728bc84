import { makeFrameFinder, type FrameFinder } from '../frame-finder.ts'
import { decodeFrame, frameOverhead, hostAddress, reply, type Checksum, type Frame } from './frames.ts'

/** Bytes of the longest frame (CT1 7.3). */
export const longestFrame = 260

/** Finds the frames of the device at `address`, and the echo of our own, in what the host hears. */
export function makeDeframer(checksum: Checksum, address: number): FrameFinder<Frame> {
  return makeFrameFinder({
    longest: longestFrame,
    // A reply to us, or our own echo, as far as the first four bytes tell.
    begins(start) {
      const [destination, third, header] = [start[0], start[2], start[3]]
      if (destination !== hostAddress && destination !== address) return false
      const own = destination === address
      if (checksum === 'sum-8' && third !== undefined && third !== (own ? hostAddress : address)) return false
      return own || header === undefined || header === reply.answer || header === reply.refused || header === reply.busy
    },
    lengthOf: (start) => (start[1] === undefined ? undefined : start[1] + frameOverhead),
    decode: (bytes) => decodeFrame(checksum, bytes),
  })
}
