import { connect } from 'node:net'

/** What a card does with a command: answers, says nothing, or is torn out. */
export type CardAct = Uint8Array | 'silent' | 'torn'

/** A card at the far end of vpcd's socket, made of one function. */
export interface VpcdCard {
  /** What the reader told it in one byte (`off`, `on`, `reset`) and the commands it got, in order. */
  readonly heard: string[]
  readonly remove: () => Promise<void>
}

export const plainAtr = Uint8Array.from(Buffer.from('3bda13ff8131fb468012392f31c173c601c03b', 'hex'))
const words = ['off', 'on', 'reset'] as const

/** Inserts a card where cards come in: a TCP port of this machine or the path of a Unix socket. */
export async function insertCard(at: number | string, answer: (command: Uint8Array) => CardAct | Promise<CardAct>, atr: Uint8Array = plainAtr): Promise<VpcdCard> {
  const socket = typeof at === 'number' ? connect(at, '127.0.0.1') : connect(at)
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  const heard: string[] = []
  const send = (bytes: Uint8Array) => {
    const framed = Buffer.alloc(2 + bytes.length)
    framed.writeUInt16BE(bytes.length)
    framed.set(bytes, 2)
    socket.write(framed)
  }
  const take = async (payload: Buffer) => {
    if (payload.length === 1) {
      if (payload[0] === 4) send(atr)
      else heard.push(words[payload[0] ?? 0] ?? '?')
      return
    }
    heard.push(payload.toString('hex'))
    const act = await answer(Uint8Array.from(payload))
    if (act === 'torn') socket.destroy()
    else if (act !== 'silent') send(act)
  }
  let waiting = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE()) {
      const payload = waiting.subarray(2, 2 + waiting.readUInt16BE())
      waiting = waiting.subarray(2 + payload.length)
      void take(payload)
    }
  })
  await new Promise<void>((done, failed) => void socket.once('connect', () => done()).once('error', failed))
  return {
    heard,
    remove: () =>
      new Promise<void>((done) => {
        if (socket.destroyed) return done()
        socket.once('close', () => done())
        socket.destroy()
      }),
  }
}
