import { connect, type Socket } from 'node:net'
import type { ByteTransport } from '../transport.ts'

/** A connected socket as a line; what goes wrong on it closes it. */
export function socketLine(socket: Socket): ByteTransport {
  const closeListeners: (() => void)[] = []
  const waiting: Uint8Array[] = []
  let listener: ((bytes: Uint8Array) => void) | null = null
  socket.on('data', (bytes) => {
    if (listener) listener(bytes)
    else waiting.push(bytes)
  })
  socket.on('error', () => socket.destroy())
  socket.once('close', () => {
    for (const listen of closeListeners) listen()
  })
  return {
    write: (bytes) => new Promise((sent) => (socket.writable ? socket.write(bytes, (error) => sent(!error)) : sent(false))),
    onData(listen) {
      listener = listen
      for (const bytes of waiting.splice(0)) listen(bytes)
    },
    onClose: (listen) => (socket.closed ? queueMicrotask(listen) : void closeListeners.push(listen)),
    close: () =>
      new Promise((closed) => {
        if (socket.closed) return closed()
        socket.once('close', () => closed())
        socket.destroySoon()
      }),
  }
}

/** Opens a line to a TCP port of this machine, or to a Unix socket; null when nobody listens there. */
export function openSocket(place: number | string): Promise<ByteTransport | null> {
  return new Promise((done) => {
    const socket = typeof place === 'number' ? connect({ port: place, host: '127.0.0.1', noDelay: true }) : connect(place)
    const line = socketLine(socket)
    socket.once('error', () => done(null))
    socket.once('connect', () => done(line))
  })
}
