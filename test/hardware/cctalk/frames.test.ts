import { describe, expect, it } from 'vitest'
import { crc16, decodeFrame, encodeFrame, type Checksum } from '../../../hardware/cctalk/frames.ts'
import { makeDeframer } from '../../../hardware/cctalk/deframer.ts'

const bytes = (text: string) => Uint8Array.from(text.split(' ').map(Number))
const frame = (destination: number, source: number, header: number, data: readonly number[] = []) => ({
  destination,
  source,
  header,
  data: Uint8Array.from(data),
})

describe('frames with the 8-bit checksum (CT1 7.12, CT3 appendix 11)', () => {
  it.each([
    ['2 0 1 242 11', frame(2, 1, 242)],
    ['1 3 2 0 78 97 188 143', frame(1, 2, 0, [78, 97, 188])],
    ['2 0 1 229 24', frame(2, 1, 229)],
    ['2 2 1 231 255 255 22', frame(2, 1, 231, [255, 255])],
    ['2 0 1 254 255', frame(2, 1, 254)],
    ['1 0 2 0 253', frame(1, 2, 0)],
    ['1 6 2 0 71 66 50 48 48 65 155', frame(1, 2, 0, [71, 66, 50, 48, 48, 65])],
    ['1 11 2 0 4 0 1 5 5 1 5 1 5 0 0 215', frame(1, 2, 0, [4, 0, 1, 5, 5, 1, 5, 1, 5, 0, 0])],
  ])('%s', (text, expected) => {
    expect(encodeFrame('sum-8', expected)).toEqual(bytes(text))
    expect(decodeFrame('sum-8', bytes(text))).toEqual(expected)
  })
})

describe('frames with CRC-16 (CT3 appendix 9)', () => {
  it.each([
    ['49D5F2', 0xa6b3],
    ['2FBD9D', 0x90b2],
    ['D953D1', 0x7bb5],
    ['70B8D9640415', 0xfb00],
    ['7261B94ED078', 0x93e3],
    ['63FAD19FE619', 0x5bb3],
  ])('CRC of %s', (hex, expected) => expect(crc16(Buffer.from(hex, 'hex'))).toBe(expected))

  it.each([
    ['40 0 70 1 63', frame(40, 0, 1)],
    ['1 0 48 0 55', frame(1, 0, 0)],
  ])('%s', (text, expected) => {
    expect(encodeFrame('crc-16', expected)).toEqual(bytes(text))
    expect(decodeFrame('crc-16', bytes(text))).toEqual(expected)
  })
})

describe.each<Checksum>(['sum-8', 'crc-16'])('the deframer with %s', (checksum) => {
  const encode = (header: number, data: readonly number[]) => encodeFrame(checksum, frame(1, checksum === 'sum-8' ? 2 : 0, header, data))
  const poll = encode(0, [4, 0, 1, 3, 1, 4, 1, 4, 1, 0, 0])
  const data = (frames: readonly { readonly data: Uint8Array }[]) => frames.map((found) => [...found.data])

  it('S14 three frames in one read; a frame over two reads', () => {
    const deframer = makeDeframer(checksum, 2)
    expect(deframer.push(Uint8Array.of(...poll, ...encode(0, []), ...poll))).toHaveLength(3)
    expect(deframer.push(poll.subarray(0, 7))).toHaveLength(0)
    expect(data(deframer.push(poll.subarray(7)))).toEqual([[4, 0, 1, 3, 1, 4, 1, 4, 1, 0, 0]])
  })

  it('S01 1 MiB of random bytes at once: less than one frame is kept', () => {
    const deframer = makeDeframer(checksum, 2)
    let state = 1
    const random = Uint8Array.from({ length: 1 << 20 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    })
    deframer.push(random)
    expect(deframer.waiting()).toBeLessThan(260)
    deframer.clear()
    expect(deframer.push(poll)).toHaveLength(1)
  })

  it('S02 valid frame, wrong checksum: dropped and counted, and the next one is read', () => {
    const deframer = makeDeframer(checksum, 2)
    const damaged = Uint8Array.from(poll, (byte, index) => (index === 8 ? byte ^ 0x10 : byte))
    expect(deframer.push(damaged)).toHaveLength(0)
    expect(deframer.badChecksums()).toBe(1)
    expect(data(deframer.push(Uint8Array.of(...poll, ...poll))).at(-1)).toEqual([4, 0, 1, 3, 1, 4, 1, 4, 1, 0, 0])
  })

  it('S03 length byte 255, then silence: given up, and what stands behind it is found', () => {
    const deframer = makeDeframer(checksum, 2)
    expect(deframer.push(Uint8Array.of(1, 255, 2, 0))).toHaveLength(0)
    expect(deframer.push(poll)).toHaveLength(0)
    expect(deframer.waiting()).toBeGreaterThan(0)
    expect(data(deframer.giveUp())).toEqual([[4, 0, 1, 3, 1, 4, 1, 4, 1, 0, 0]])
  })

  it('S05 frames for another address and for all are not for us', () => {
    const deframer = makeDeframer(checksum, 2)
    const others = [frame(3, 2, 0), frame(0, 2, 0, [1, 2, 3]), frame(40, 1, 229)].map((other) => encodeFrame(checksum, other))
    for (const other of others) expect(deframer.push(other)).toHaveLength(0)
    expect(deframer.push(poll)).toHaveLength(1)
  })

  it('S16 endless 00 or FF: nothing is kept', () => {
    const deframer = makeDeframer(checksum, 2)
    for (const byte of [0, 0xff]) {
      expect(deframer.push(new Uint8Array(65_536).fill(byte))).toHaveLength(0)
      expect(deframer.waiting()).toBe(0)
    }
  })
})
