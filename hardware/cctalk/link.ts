import type { DriverPorts } from '../device.ts'
import { makeReplyWait } from '../reply-wait.ts'
import type { ByteTransport } from '../transport.ts'
import { encodeFrame, hostAddress, reply, type Checksum, type Frame } from './frames.ts'
import { longestFrame, makeDeframer } from './deframer.ts'
import { coreHeaders as headers, type Header } from './headers.ts'

/** How long a device may take to answer; far more than CT1 11.2 expects, because an operating system may be busy. */
const replyTimeoutMs = 250
/** How long a device that said "busy" is left alone (CT1 8.2). */
const busyWaitMs = 50

export interface AskOptions {
  readonly data?: readonly number[]
  /** Tries in all, 3 unless told (CT1 12.1): only commands that may be repeated are sent through a link. */
  readonly tries?: number
  /** Milliseconds for each try. */
  readonly timeoutMs?: number
}

/** What came of a command that was sent once: its reply, a refusal (NAK), "busy", or nothing that could be understood. */
export type Outcome = { readonly kind: 'answer'; readonly data: Uint8Array } | { readonly kind: 'refused' | 'busy' | 'silent' }

/** A conversation with one ccTalk device. */
export interface Link {
  /**
   * Sends a command and gives the data of its reply; null when every try met silence, a refusal or "busy". One at a time: the caller waits for the
   * answer before it asks again.
   */
  ask(header: Header, options?: AskOptions): Promise<Uint8Array | null>
  /** Sends a command exactly once, for what must not be done twice (a dispense, the fate of a note). Silence does not mean that it was not carried out. */
  once(header: Header, options?: Omit<AskOptions, 'tries'>): Promise<Outcome>
  /** Monotonic time of the last proper reply. */
  lastAnswer(): number
  /** Whether the line returns our own bytes, as an adapter with one data wire does (CT1 10); null while unknown. */
  echo(): boolean | null
}

export interface LinkSettings {
  readonly address: number
  readonly checksum: Checksum
  readonly echo: 'auto' | 'on' | 'off'
}

/** Opens the conversation on `wire`. With echo `auto` the first answered command finds out. */
export function makeLink(wire: ByteTransport, ports: Pick<DriverPorts<never>, 'clock' | 'trace'>, settings: LinkSettings): Link {
  const { clock } = ports
  const wait = makeReplyWait(wire, ports, {
    finder: makeDeframer(settings.checksum, settings.address),
    encode: (frame) => encodeFrame(settings.checksum, frame),
    longest: longestFrame,
    unasked: () => 'stray',
  })
  let echo: boolean | null = settings.echo === 'auto' ? null : settings.echo === 'on'
  let lastAnswer = clock.monotonic()
  /** The command whose reply may still be on its way, because a try of it was given up. */
  let unanswered: string | null = null

  const fits = (frame: Frame, header: Header) =>
    frame.header !== reply.answer || (frame.data.length >= header.reply[0] && frame.data.length <= header.reply[1])

  const inTurn = wire.inTurn ?? ((act) => act())

  const exchange = (header: Header, data: readonly number[], timeoutMs: number): Promise<Frame | null> => {
    const command = { destination: settings.address, source: hostAddress, header: header.code, data: Uint8Array.from(data) }
    let echoed = false
    const judge = (frame: Frame): string | null => {
      if (frame.destination === settings.address && frame.header === header.code) {
        echoed = true
        return 'echo'
      }
      // On a line with echo, what came before our own bytes answers an older command.
      if (frame.destination !== hostAddress || !fits(frame, header) || (echo && !echoed)) return 'stray'
      echo ??= echoed
      return null
    }
    return inTurn(() => wait(encodeFrame(settings.checksum, command), header.name, judge, timeoutMs))
  }

  const keyOf = (header: Header, data: readonly number[]) => [header.code, ...data].join(' ')

  /** A device answers in order: once it has acknowledged a simple poll, no data of a command that was given up can follow. */
  const bringInStep = async (header: Header, data: readonly number[]) => {
    if (unanswered === null || unanswered === keyOf(header, data)) return
    unanswered = null
    if (header !== headers.simplePoll) await ask(headers.simplePoll)
  }

  const ask = async (header: Header, options: AskOptions = {}): Promise<Uint8Array | null> => {
    const { data = [], tries = 3, timeoutMs = replyTimeoutMs } = options
    await bringInStep(header, data)
    for (let left = tries; left > 0; left -= 1) {
      const frame = await exchange(header, data, timeoutMs)
      if (frame?.header === reply.answer) {
        lastAnswer = clock.monotonic()
        return frame.data
      }
      unanswered = keyOf(header, data)
      if (frame && left > 1) await new Promise<void>((done) => clock.after(busyWaitMs, done))
    }
    return null
  }

  const once = async (header: Header, options: Omit<AskOptions, 'tries'> = {}): Promise<Outcome> => {
    const { data = [], timeoutMs = replyTimeoutMs } = options
    await bringInStep(header, data)
    const frame = await exchange(header, data, timeoutMs)
    if (frame) lastAnswer = clock.monotonic()
    else unanswered = `once ${keyOf(header, data)}`
    if (!frame) return { kind: 'silent' }
    if (frame.header === reply.answer) return { kind: 'answer', data: frame.data }
    return { kind: frame.header === reply.busy ? 'busy' : 'refused' }
  }

  return { ask, once, lastAnswer: () => lastAnswer, echo: () => echo }
}
