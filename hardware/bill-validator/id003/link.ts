import type { DriverPorts } from '../../device.ts'
import { makeReplyWait } from '../../reply-wait.ts'
import type { ByteTransport } from '../../transport.ts'
import { answer, command, status } from './codes.ts'
import { encodeId003, longestFrame, makeId003Deframer, type Id003Frame } from './frames.ts'

/** How long the validator may take to answer: 50 ms by the book, 500 ms while it starts; more, because an operating system may be busy. */
const replyTimeoutMs = 300
/** Tries of what may be repeated. */
const tries = 3

/** A conversation with one ID-003 validator. One question at a time: the caller waits for the answer before it asks again. */
export interface Id003Link {
  /** Where the validator stands; null when it does not say. Not repeated: the next poll is the repetition. */
  status(): Promise<Id003Frame | null>
  /** Gives an order (RESET, STACK, RETURN, HOLD) once; false when it was not taken, or nobody knows: the next status tells. */
  order(code: number): Promise<boolean>
  /** Changes a setting; false when the validator does not say it back word for word. */
  set(code: number, ...data: readonly number[]): Promise<boolean>
  /** Reads what has an answer with data; null when there is none. */
  read(code: number): Promise<Uint8Array | null>
  /** Says that VEND VALID was heard; nothing answers. */
  acknowledge(): Promise<void>
  /** Monotonic time of the last proper reply. */
  lastAnswer(): number
}

const isStatus = ({ code }: Id003Frame) => code >= 0x10 && code < answer.acknowledged && code !== answer.invalid
const names = new Map<number, string>(Object.entries(command).map(([name, code]) => [code, name]))

/** What an order can meet. */
const orderAnswers: ReadonlySet<number> = new Set([answer.acknowledged, answer.invalid, status.communicationError])

/** Opens the conversation on `wire`. */
export function makeId003Link(wire: ByteTransport, { clock, trace }: Pick<DriverPorts<never>, 'clock' | 'trace'>): Id003Link {
  const strange = (frame: Id003Frame) => (frame.code === answer.enquiry ? 'enquiry' : 'stray')
  const wait = makeReplyWait(wire, { clock, trace }, { finder: makeId003Deframer(), encode: encodeId003, longest: longestFrame, unasked: strange })
  let lastAnswer = clock.monotonic()

  const ask = async (code: number, data: readonly number[], fits: (frame: Id003Frame) => boolean): Promise<Id003Frame | null> => {
    const judge = (frame: Id003Frame) => (fits(frame) ? null : strange(frame))
    const reply = await wait(encodeId003({ code, data: Uint8Array.from(data) }), names.get(code), judge, replyTimeoutMs)
    if (reply) lastAnswer = clock.monotonic()
    return reply
  }

  /** Asks what may be repeated; a communication error means that the validator did not understand our bytes. */
  const repeat = async (code: number, data: readonly number[], fits: (frame: Id003Frame) => boolean): Promise<Id003Frame | null> => {
    for (let left = tries; left > 0; left -= 1) {
      const reply = await ask(code, data, (frame) => fits(frame) || frame.code === answer.invalid || frame.code === status.communicationError)
      if (reply && fits(reply)) return reply
      if (reply?.code === answer.invalid) return null
    }
    return null
  }

  return {
    status: () => ask(command.status, [], isStatus),
    async order(code) {
      const reply = await ask(code, [], (frame) => orderAnswers.has(frame.code))
      return reply?.code === answer.acknowledged
    },
    async set(code, ...data) {
      const reply = await repeat(code, data, (frame) => frame.code === code && [...frame.data].join() === data.join())
      return reply !== null
    },
    async read(code) {
      // An answer without data would be our own question, on a line that returns what we say.
      const reply = await repeat(code, [], (frame) => frame.code === code && frame.data.length > 0)
      return reply && reply.data
    },
    async acknowledge() {
      const sent = encodeId003({ code: command.acknowledge, data: new Uint8Array(0) })
      trace('out', sent, names.get(command.acknowledge))
      await wire.write(sent)
    },
    lastAnswer: () => lastAnswer,
  }
}
