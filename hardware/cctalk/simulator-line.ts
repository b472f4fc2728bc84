import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { makeSimulatorTiming } from '../simulator-timing.ts'
import type { ByteTransport } from '../transport.ts'
import { decodeFrame, encodeFrame, frameOverhead, hostAddress, reply, type Checksum, type Frame } from './frames.ts'

/** CT1 11.1: after this long without the next byte a frame is forgotten. */
const interByteMs = 50
/** CT1 20.2.1: a device is deaf this long after an address poll. */
const addressPollMs = 1200
/** From the last byte of a command to the first of its reply; CT1 11.2 allows 10 ms. */
const thinkingMs = 2
const bitsPerByte = 10
const noBytes = new Uint8Array(0)

/** What the device answers: data of a reply, one raw byte after a delay (CT1 20.2), or nothing. `after` happens once the reply is out. */
export type Answer =
  | { readonly header: number; readonly data: readonly number[]; readonly delayMs?: number; readonly after?: () => void }
  | { readonly rawByte: number; readonly delayMs: number }
  | null

export interface LineOptions {
  readonly checksum: Checksum
  /** Replies take as long as at this rate; as fast as the wire carries when not given. */
  readonly paceBaud?: number | undefined
  /** Bytes of chance for noise; the system's when not given. */
  readonly chance?: ((count: number) => Uint8Array) | undefined
}

/** The device's side of the line, with everything that can be wrong with one. */
export interface SimulatorLine {
  /** Receive timeouts, ignored bytes and bad checksums so far, each modulo 256 (header 2). */
  readonly errors: { timeouts: number; ignored: number; badChecksums: number }
  unplugged: boolean
  silent: boolean
  echo: boolean
  /** Replies still to be damaged, and still to be sent twice. */
  garble: number
  twice: number
  /** Commands still to be carried out of whose replies the host never hears. */
  loseReplies: number
  /** How late each reply comes, in milliseconds. */
  lateMs: number
  /** Sends `count` bytes of chance. */
  noise(count: number): Promise<void>
  stop(): void
}

/** Receives commands as CT1 10 describes, for `address()` and for all (0), and sends what `answer` says. */
export function makeSimulatorLine(
  wire: ByteTransport,
  clock: Clock,
  options: LineOptions,
  address: () => number,
  answer: (command: Frame) => Answer,
): SimulatorLine {
  const { checksum, paceBaud, chance = randomBytes } = options
  let buffer: Uint8Array = noBytes
  let deafUntil = 0
  const timing = makeSimulatorTiming(clock, interByteMs)

  const errors = { timeouts: 0, ignored: 0, badChecksums: 0 }
  const count = (name: keyof typeof errors) => {
    errors[name] = (errors[name] + 1) % 256
  }

  const send = (bytes: Uint8Array) => {
    if (!line.unplugged && !line.silent) void wire.write(bytes)
  }

  const respond = (command: Frame, said: Answer) => {
    if (!said) return
    if ('rawByte' in said) {
      deafUntil = clock.monotonic() + addressPollMs
      return timing.later(said.delayMs, () => send(Uint8Array.of(said.rawByte)))
    }
    if (line.loseReplies > 0 && said.header === reply.answer) {
      line.loseReplies -= 1
      return said.after?.()
    }
    const destination = checksum === 'crc-16' ? hostAddress : command.source
    // A reply to all comes from nobody in particular (CT1 7.5.1).
    const source = command.destination
    const bytes = encodeFrame(checksum, { destination, source, header: said.header, data: Uint8Array.from(said.data) })
    if (line.garble > 0) {
      line.garble -= 1
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 0x55
    }
    const again = line.twice > 0
    if (again) line.twice -= 1
    const onTheWire = paceBaud === undefined ? 0 : thinkingMs + (bytes.length * bitsPerByte * 1000) / paceBaud
    timing.later((said.delayMs ?? 0) + line.lateMs + onTheWire, () => {
      send(bytes)
      if (again) send(bytes)
      said.after?.()
    })
  }

  const forget = () => {
    count('timeouts')
    buffer = noBytes
  }

  const frame = (bytes: Uint8Array) => {
    const [destination = 0] = bytes
    // A frame for another device is passed over by its length; its checksum is not ours to judge (CT1 7.10).
    if (destination !== 0 && destination !== address()) return
    const command = decodeFrame(checksum, bytes)
    if (!command) return count('badChecksums')
    respond(command, answer(command))
  }

  wire.onData((bytes) => {
    if (line.unplugged) return
    if (line.echo) void wire.write(bytes)
    if (clock.monotonic() < deafUntil) return
    timing.hush()
    buffer = buffer.length === 0 ? bytes : Buffer.concat([buffer, bytes])
    for (let total = (buffer[1] ?? 255) + frameOverhead; buffer.length >= total; total = (buffer[1] ?? 255) + frameOverhead) {
      const whole = buffer.subarray(0, total)
      buffer = buffer.subarray(total)
      frame(whole)
    }
    if (buffer.length > 0) timing.awaitNextByte(forget)
  })

  const line: SimulatorLine = {
    errors,
    unplugged: false,
    silent: false,
    echo: false,
    garble: 0,
    twice: 0,
    loseReplies: 0,
    lateMs: 0,
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
