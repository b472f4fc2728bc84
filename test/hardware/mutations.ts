import { encodeFrame, decodeFrame } from '../../hardware/cctalk/frames.ts'
import { decodeId003, encodeId003 } from '../../hardware/bill-validator/id003/frames.ts'
import type { ByteTransport } from '../../hardware/transport.ts'

/** What can become of one reply on its way: the pieces that come instead. */
export interface Mutation {
  readonly name: string
  readonly pieces: (reply: Uint8Array) => readonly Uint8Array[]
}

const lengths = [0, 1, 2, 3, 5, 11, 250] as const
const joined = (...parts: readonly (Uint8Array | readonly number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const cut = (reply: Uint8Array, at: number) => [reply.subarray(0, at), reply.subarray(at)] as const

/** A reply with other lengths of data and a right checksum (`resize`), damaged, cut off, doubled, cut into by another, or with bytes that a shorted line adds. */
export function mutations(resize: (reply: Uint8Array, length: number) => Uint8Array): readonly Mutation[] {
  return [
    ...lengths.map((length) => ({ name: `with ${length} bytes of data`, pieces: (reply: Uint8Array) => [resize(reply, length)] })),
    { name: 'with a wrong checksum', pieces: (reply) => [joined(reply.subarray(0, -1), [(reply.at(-1) ?? 0) ^ 0x55])] },
    { name: 'with a wrong bit in the middle', pieces: (reply) => [reply.map((byte, index) => (index === reply.length >> 1 ? byte ^ 4 : byte))] },
    ...[1, 2, 4].map((at) => ({ name: `cut off after ${at} bytes`, pieces: (reply: Uint8Array) => [reply.subarray(0, at)] })),
    { name: 'doubled', pieces: (reply) => [joined(reply, reply)] },
    { name: 'cut into by itself', pieces: (reply) => [joined(cut(reply, 2)[0], reply, cut(reply, 2)[1])] },
    { name: 'behind a null byte', pieces: (reply) => [joined([0], reply)] },
    { name: 'with a null byte inside', pieces: (reply) => [joined(cut(reply, 3)[0], [0], cut(reply, 3)[1])] },
    { name: 'swallowed', pieces: () => [] },
  ]
}

const sized = (data: Uint8Array, length: number) => Uint8Array.from({ length }, (_, index) => data[index] ?? 0)

export const cctalkMutations = mutations((reply, length) => {
  const frame = decodeFrame('sum-8', reply)
  return frame ? encodeFrame('sum-8', { ...frame, data: sized(frame.data, length) }) : reply
})
export const id003Mutations = mutations((reply, length) => {
  const frame = decodeId003(reply)
  return frame ? encodeId003({ ...frame, data: sized(frame.data, length) }) : reply
})

/** A wire on which the next `count` replies that `isMeant` (by the command that was sent last, and by itself) suffer `mutation`. */
export interface SufferingWire extends ByteTransport {
  suffer(mutation: Mutation | null, count: number, isMeant: (command: Uint8Array, reply: Uint8Array) => boolean): void
}

export function sufferingWire(near: ByteTransport): SufferingWire {
  let now: Mutation | null = null
  let left = 0
  let meant: (command: Uint8Array, reply: Uint8Array) => boolean = () => false
  let command = new Uint8Array()
  return {
    ...near,
    write(bytes) {
      command = Uint8Array.from(bytes)
      return near.write(bytes)
    },
    onData(listen) {
      near.onData((bytes) => {
        if (!now || left === 0 || !meant(command, bytes)) return listen(bytes)
        left -= 1
        for (const piece of now.pieces(bytes)) if (piece.length > 0) listen(piece)
      })
    },
    suffer(mutation, count, isMeant) {
      now = mutation
      left = count
      meant = isMeant
    },
  }
}
