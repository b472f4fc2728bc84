import type { DriverPorts } from '../device.ts'
import type { ByteTransport } from '../transport.ts'
import { askNow, readStatus, realTimeStatuses, replyReader, type PrinterStatus, type RealTimeStatus, type Reply } from './escpos.ts'
import type { PrinterEvent } from './events.ts'

/** How long a printer may take for an answer, beyond the time that the bytes before it need on the line. */
const answerMs = 700
/** How long answers to earlier questions are waited for before the next question: they look the same. */
const settleMs = 1000
const attempts = 3

/** Questions and answers on a printer's line. */
export interface PrinterLink {
  /** Sends `bytes`; with `shown`, only that much is traced. False when the line did not take them. */
  send(bytes: Uint8Array, shown?: Uint8Array): Promise<boolean>
  /** Sends `question` and waits up to `limitMs` for an answer of this kind; null when none came. */
  ask<Kind extends Reply['kind']>(question: Uint8Array, kind: Kind, limitMs?: number): Promise<Extract<Reply, { kind: Kind }> | null>
  /** One real-time status byte; null when the printer stayed silent through three questions. */
  now(status: RealTimeStatus): Promise<number | null>
  /** All four real-time statuses. */
  status(): Promise<PrinterStatus | null>
  /** Whether bytes came that are no reply, since this was last asked: something else hangs on the line, or the baud rate is wrong. */
  heardNoise(): boolean
  pause(ms: number): Promise<undefined>
  /** Gives up all waiting, now and from now on. */
  close(): void
}

/** A link over `wire` at `baudRate`, which sets how long a band is on its way. */
export function printerLink(wire: ByteTransport, ports: DriverPorts<PrinterEvent>, baudRate: number): PrinterLink {
  const { clock } = ports
  const read = replyReader()
  const waiting = new Map<Reply['kind'], (reply: Reply | null) => void>()
  const pauses = new Set<() => void>()
  let closed = false
  let noise = false
  let unanswered = false
  /** When the bytes sent so far will have left the line, by the monotonic clock. */
  let lineFreeAt = 0

  wire.onData((bytes) => {
    ports.trace('in', bytes.subarray(0, 64), bytes.length > 64 ? `${bytes.length} bytes` : undefined)
    for (const reply of read(bytes)) {
      if (reply.kind === 'noise') noise = true
      waiting.get(reply.kind)?.(reply)
    }
  })

  const expect = (kind: Reply['kind'], limitMs: number): Promise<Reply | null> =>
    new Promise((resolve) => {
      const finish = (reply: Reply | null) => {
        cancel()
        if (waiting.get(kind) === finish) waiting.delete(kind)
        resolve(reply)
      }
      const cancel = clock.after(limitMs, () => finish(null))
      waiting.get(kind)?.(null)
      waiting.set(kind, finish)
    })

  const link: PrinterLink = {
    async send(bytes, shown) {
      if (closed) return false
      lineFreeAt = Math.max(lineFreeAt, clock.monotonic()) + (bytes.length * 10_000) / baudRate
      ports.trace('out', shown ?? bytes, shown ? `${bytes.length} bytes` : undefined)
      return wire.write(bytes)
    },
    async ask<Kind extends Reply['kind']>(question: Uint8Array, kind: Kind, limitMs = answerMs) {
      const onTheWay = Math.max(0, lineFreeAt - clock.monotonic())
      const answer = expect(kind, onTheWay + limitMs)
      if (!(await link.send(question))) waiting.get(kind)?.(null)
      return (await answer) as Extract<Reply, { kind: Kind }> | null
    },
    async now(status) {
      if (unanswered) await link.pause(settleMs)
      unanswered = false
      for (let attempt = 0; attempt < attempts && !closed; attempt += 1) {
        const reply = await link.ask(askNow(status), 'now')
        if (reply) return reply.byte
        unanswered = true
      }
      return null
    },
    async status() {
      const bytes: number[] = []
      for (const which of realTimeStatuses) {
        const byte = await link.now(which)
        if (byte === null) return null
        bytes.push(byte)
      }
      const [printer = 0, offline = 0, error = 0, paper = 0] = bytes
      return readStatus(printer, offline, error, paper)
    },
    heardNoise() {
      const heard = noise
      noise = false
      return heard
    },
    pause(ms) {
      if (closed) return Promise.resolve(undefined)
      return new Promise((resolve) => {
        const wake = () => {
          cancel()
          pauses.delete(wake)
          resolve(undefined)
        }
        const cancel = clock.after(ms, wake)
        pauses.add(wake)
      })
    },
    close() {
      closed = true
      for (const finish of [...waiting.values()]) finish(null)
      for (const wake of [...pauses]) wake()
    },
  }
  return link
}
