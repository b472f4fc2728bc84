import { randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { makeSimulatorTiming } from '../../simulator-timing.ts'
import type { ByteTransport } from '../../transport.ts'
import { answer, command, status } from './codes.ts'
import { decodeId003, encodeId003, frameOverhead, sync, type Id003Frame } from './frames.ts'

/** After this long without the next byte a frame is forgotten. */
const interByteMs = 50
/** From the last byte of a command to the first of its reply; 50 ms are allowed. */
const thinkingMs = 2
/** Start bit, 8 data bits, parity, stop bit. */
const bitsPerByte = 11

/** The device's side of the line, with everything that can be wrong with one. */
export interface SimulatorLine {
  readonly errors: { timeouts: number; badChecksums: number }
  unplugged: boolean
  silent: boolean
  /** Whether the line returns what the host sends. */
  echo: boolean
  /** Replies still to be damaged, to be sent twice, to be lost; commands still to be lost, acknowledgements still to be lost. */
  garble: number
  twice: number
  lose: number
  deaf: number
  loseAcknowledgements: number
  lateMs: number
  send(frame: Id003Frame): void
  noise(count: number): Promise<void>
  stop(): void
}

export interface LineOptions {
  /** Replies take as long as at this rate. */
  readonly paceBaud?: number | undefined
  readonly chance?: ((count: number) => Uint8Array) | undefined
}

/** Receives commands and sends what `reply` says. A frame with a wrong CRC meets "communication error". */
export function makeSimulatorLine(
  wire: ByteTransport,
  clock: Clock,
  { paceBaud, chance = randomBytes }: LineOptions,
  reply: (frame: Id003Frame) => Id003Frame | null,
): SimulatorLine {
  let buffer: number[] = []
  const timing = makeSimulatorTiming(clock, interByteMs)

  const send = (frame: Id003Frame) => {
    if (line.lose > 0) {
      line.lose -= 1
      return
    }
    const bytes = encodeId003(frame)
    if (line.garble > 0) {
      line.garble -= 1
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 0x55
    }
    const again = line.twice > 0
    if (again) line.twice -= 1
    const onTheWire = paceBaud === undefined ? 0 : thinkingMs + (bytes.length * bitsPerByte * 1000) / paceBaud
    timing.later(line.lateMs + onTheWire, () => {
      if (line.unplugged || line.silent) return
      void wire.write(bytes)
      if (again) void wire.write(bytes)
    })
  }

  const hear = (bytes: Uint8Array) => {
    const frame = decodeId003(bytes)
    if (!frame) {
      line.errors.badChecksums += 1
      return send({ code: status.communicationError, data: new Uint8Array(0) })
    }
    if (frame.code === command.acknowledge && line.loseAcknowledgements > 0) {
      line.loseAcknowledgements -= 1
      return
    }
    if (line.deaf > 0) {
      line.deaf -= 1
      return
    }
    const said = reply(frame)
    if (said) send(said)
  }

  const forget = () => {
    line.errors.timeouts += 1
    buffer = []
  }

  wire.onData((bytes) => {
    if (line.unplugged) return
    if (line.echo) void wire.write(bytes)
    timing.hush()
    for (const byte of bytes) {
      // Anything before a sync byte, and a length that no frame has, is noise.
      if (buffer.length === 0 && byte !== sync) continue
      buffer.push(byte)
      if (buffer.length === 2 && byte < frameOverhead) buffer = byte === sync ? [byte] : []
      if (buffer.length > 1 && buffer.length === buffer[1]) {
        const whole = Uint8Array.from(buffer)
        buffer = []
        hear(whole)
      }
    }
    if (buffer.length > 0) timing.awaitNextByte(forget)
  })

  const line: SimulatorLine = {
    errors: { timeouts: 0, badChecksums: 0 },
    unplugged: false,
    silent: false,
    echo: false,
    garble: 0,
    twice: 0,
    lose: 0,
    deaf: 0,
    loseAcknowledgements: 0,
    lateMs: 0,
    send,
    async noise(count) {
      await wire.write(chance(count))
    },
    stop() {
      line.unplugged = true
      timing.stop()
    },
  }
  return line
}

/** What a device in interrupt mode sends when its status has changed: it wants to be asked. */
export const enquiry: Id003Frame = { code: answer.enquiry, data: new Uint8Array(0) }
