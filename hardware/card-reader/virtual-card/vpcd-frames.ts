/** A reader's bytes to its card, taken apart: two bytes of length, then the message (vsmartcard, vpcd.c). Chunk borders mean nothing. */
export function makeDeframer(take: (message: Uint8Array) => void): (chunk: Uint8Array) => void {
  let waiting = Buffer.alloc(0)
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    while (waiting.length >= 2) {
      const end = 2 + waiting.readUInt16BE(0)
      if (waiting.length < end) return
      const message = new Uint8Array(waiting.subarray(2, end))
      waiting = Buffer.from(waiting.subarray(end))
      take(message)
    }
  }
}

/** A message in its frame; at most 65535 bytes, what is over is cut. */
export function frame(message: Uint8Array): Uint8Array {
  const body = message.subarray(0, 0xffff)
  return Uint8Array.of(body.length >> 8, body.length & 0xff, ...body)
}

/** What a reader tells its card with one byte. */
export const control = { powerOff: 0, powerOn: 1, reset: 2, answerToReset: 4 } as const
