import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** The server's end of one WebSocket (RFC 6455): text messages, no extensions. */
export interface ServerSocket {
  send(message: string): void
  close(): void
}

/** Frames the peer may send, by opcode. */
const continuation = 0
const closing = 8
const ping = 9

function frame(opcode: number, payload: Buffer): Buffer {
  const size = payload.length
  const head = size < 126 ? Buffer.alloc(2) : size < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10)
  head[0] = 0x80 | opcode
  if (size < 126) head[1] = size
  else if (size < 65_536) {
    head[1] = 126
    head.writeUInt16BE(size, 2)
  } else {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(size), 2)
  }
  return Buffer.concat([head, payload])
}

/** Takes one whole frame off the front of `bytes`; null while it is incomplete. */
function takeFrame(bytes: Buffer): { readonly final: boolean; readonly opcode: number; readonly payload: Buffer; readonly rest: Buffer } | null {
  if (bytes.length < 2) return null
  const [first = 0, second = 0] = bytes
  const short = second & 0x7f
  const sizeBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const masked = (second & 0x80) !== 0
  const start = 2 + sizeBytes + (masked ? 4 : 0)
  if (bytes.length < start) return null
  const size = sizeBytes === 2 ? bytes.readUInt16BE(2) : sizeBytes === 8 ? Number(bytes.readBigUInt64BE(2)) : short
  if (bytes.length < start + size) return null
  const payload = Buffer.from(bytes.subarray(start, start + size))
  if (masked) {
    const mask = bytes.subarray(start - 4, start)
    for (let index = 0; index < size; index += 1) payload[index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0)
  }
  return { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload, rest: bytes.subarray(start + size) }
}

/** Completes the handshake of an upgrade request and reads messages until the socket ends. */
export function acceptSocket(request: IncomingMessage, stream: Duplex, onMessage: (message: string) => void, onClose: () => void): ServerSocket {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64')
  stream.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  let buffered: Buffer = Buffer.alloc(0)
  let pieces: Buffer[] = []
  stream.on('data', (chunk: Buffer) => {
    buffered = buffered.length > 0 ? Buffer.concat([buffered, chunk]) : chunk
    for (let next = takeFrame(buffered); next; next = takeFrame(buffered)) {
      buffered = next.rest
      if (next.opcode === closing) return void stream.end(frame(closing, next.payload))
      if (next.opcode === ping) stream.write(frame(10, next.payload))
      if (next.opcode > 2 && next.opcode !== continuation) continue
      pieces.push(next.payload)
      if (!next.final) continue
      const message = Buffer.concat(pieces).toString('utf8')
      pieces = []
      onMessage(message)
    }
  })
  stream.on('close', onClose)
  stream.on('error', onClose)
  return {
    send: (message) => void stream.write(frame(1, Buffer.from(message))),
    close: () => void stream.end(frame(closing, Buffer.alloc(0))),
  }
}
