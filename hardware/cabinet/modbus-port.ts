import { EventEmitter } from 'node:events'
import type { ByteTransport } from '../transport.ts'

/** The longest frame of Modbus RTU (Modbus over serial line 1.02, 2.5.1). */
const longestFrame = 256
/** Station, function, exception code, two bytes of CRC. */
const exceptionLength = 5

/** CRC of Modbus RTU: reflected 0xA001, start value 0xFFFF, low byte first. */
export function crcModbus(bytes: Iterable<number>): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}

/** How long the reply to `request` is, in bytes; 0 for a function that is not spoken here. */
function replyLength(request: Uint8Array): number {
  const count = ((request[4] ?? 0) << 8) | (request[5] ?? 0)
  switch (request[1]) {
    case 1:
    case 2:
      return exceptionLength + Math.ceil(count / 8)
    case 3:
      return exceptionLength + count * 2
    case 5:
    case 15:
      return 8
    default:
      return 0
  }
}

/**
 * The port that modbus-serial writes to, on a line of ours. RTU knows frames by the silence around them, which a process does not see: the reply is found
 * by its station, function, length and CRC, behind whatever noise came before it.
 */
export class ModbusPort extends EventEmitter {
  readonly isOpen = true
  /** Bytes that came since the last request and are no reply to it. */
  noise = 0
  readonly #wire: ByteTransport
  #request: Uint8Array = new Uint8Array(0)
  #buffer: number[] = []

  constructor(wire: ByteTransport) {
    super()
    this.#wire = wire
    wire.onData((bytes) => this.#hear(bytes))
  }

  open(done: (error: Error | null) => void): void {
    done(null)
  }

  close(done: (error: Error | null) => void): void {
    done(null)
  }

  write(bytes: Uint8Array): void {
    this.#request = Uint8Array.from(bytes)
    this.#buffer = []
    this.noise = 0
    void this.#wire.write(this.#request)
  }

  #hear(bytes: Uint8Array): void {
    this.#buffer = [...this.#buffer, ...bytes].slice(-longestFrame)
    this.noise = this.#buffer.length
    for (let at = 0; at + exceptionLength <= this.#buffer.length; at += 1) {
      const reply = this.#replyAt(at)
      if (!reply) continue
      this.#buffer = []
      this.noise = 0
      this.emit('data', Buffer.from(reply))
      return
    }
  }

  #replyAt(at: number): readonly number[] | null {
    const [station = 0, code = 0] = this.#request
    const said = this.#buffer[at + 1]
    if (this.#buffer[at] !== station || (said !== code && said !== (code | 0x80))) return null
    const frame = this.#buffer.slice(at, at + (said === code ? replyLength(this.#request) : exceptionLength))
    const [low = 0, high = 0] = frame.slice(-2)
    return frame.length >= exceptionLength && crcModbus(frame.slice(0, -2)) === (low | (high << 8)) ? frame : null
  }
}
