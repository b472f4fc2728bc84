import type { DriverPorts } from '../../device.ts'
import type { ByteTransport } from '../../transport.ts'
import { answer, command, status } from './codes.ts'
import { encodeId003, makeId003Deframer, type Id003Frame } from './frames.ts'

/** How long the validator may take to answer: 50 ms by the book, 500 ms while it starts; more, because an operating system may be busy. */
const replyTimeoutMs = 300
/** A silence this long inside a frame ends it: arrival times in a process are not the wire's. */
const gapMs = 200
/** However slowly its bytes drip, a reply must be whole after this. */
const longestReplyMs = 1500
/** A timer that fired this late did so because the process was busy: the reply may be there, unread. */
const lateTimerMs = 20
const graceMs = 60
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

/** A question that waits for its answer. */
interface Waiting {
  readonly fits: (frame: Id003Frame) => boolean
  readonly finish: (frame: Id003Frame | null) => void
  readonly begun: number
}

/** What an order can meet. */
const orderAnswers: ReadonlySet<number> = new Set([answer.acknowledged, answer.invalid, status.communicationError])

/** Opens the conversation on `wire`. */
export function makeId003Link(wire: ByteTransport, { clock, trace }: Pick<DriverPorts<never>, 'clock' | 'trace'>): Id003Link {
  const deframer = makeId003Deframer()
  let waiting: Waiting | null = null
  let lastAnswer = clock.monotonic()
  let lastByte = clock.monotonic()

  const take = (frames: readonly Id003Frame[]) => {
    for (const frame of frames) {
      const fits = waiting?.fits(frame) ?? false
      trace('in', encodeId003(frame), fits ? undefined : frame.code === answer.enquiry ? 'enquiry' : 'stray')
      if (fits) waiting?.finish(frame)
    }
  }

  wire.onData((bytes) => {
    lastByte = clock.monotonic()
    const before = deframer.badChecksums()
    const frames = deframer.push(bytes)
    if (deframer.badChecksums() > before) trace('in', bytes.subarray(0, 255), 'wrong checksum')
    take(frames)
  })

  const say = (frame: Id003Frame): Promise<boolean> => {
    const sent = encodeId003(frame)
    trace('out', sent, names.get(frame.code))
    return wire.write(sent)
  }

  const ask = async (code: number, data: readonly number[], fits: (frame: Id003Frame) => boolean): Promise<Id003Frame | null> => {
    // What is still in the buffer answers an older question.
    deframer.clear()
    let cancelTimer: () => void = () => undefined
    const answered = new Promise<Id003Frame | null>((done) => {
      const own = {
        fits,
        begun: clock.monotonic(),
        finish(frame: Id003Frame | null) {
          if (waiting !== own) return
          waiting = null
          cancelTimer()
          if (frame) lastAnswer = clock.monotonic()
          done(frame)
        },
      }
      const arm = (ms: number, grace: boolean) => {
        const due = clock.monotonic() + ms
        cancelTimer = clock.after(ms, () => {
          const now = clock.monotonic()
          if (grace && now - due > lateTimerMs) return arm(graceMs, false)
          const quietAt = lastByte + gapMs
          if (deframer.waiting() > 0 && lastByte >= own.begun && now < quietAt && now < own.begun + longestReplyMs) return arm(quietAt - now, grace)
          while (deframer.waiting() > 0) take(deframer.giveUp())
          own.finish(null)
        })
      }
      waiting = own
      arm(replyTimeoutMs, true)
    })
    if (!(await say({ code, data: Uint8Array.from(data) }))) waiting?.finish(null)
    return answered
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
      await say({ code: command.acknowledge, data: new Uint8Array(0) })
    },
    lastAnswer: () => lastAnswer,
  }
}
