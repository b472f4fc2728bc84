import type { DriverPorts } from './device.ts'
import type { FrameFinder } from './frame-finder.ts'
import type { ByteTransport } from './transport.ts'

/** A silence this long inside a frame ends it. A wire's own limit is shorter, but arrival times in a process are not the wire's. */
const gapMs = 200
/** However slowly its bytes drip, a reply must be whole after this. */
const longestReplyMs = 1500
/** A timer that fired this late did so because the process was busy: the reply may be there, unread. */
const lateTimerMs = 20
const graceMs = 60

/** How one kind of frame is read. */
export interface Reading<Frame> {
  readonly finder: FrameFinder<Frame>
  readonly encode: (frame: Frame) => Uint8Array
  /** Bytes of the longest frame; no more of a damaged one is traced. */
  readonly longest: number
  /** What a frame is that comes while nobody waits. */
  readonly unasked: (frame: Frame) => string
}

/** What is said: null for the reply that is waited for, else what the frame is, as the trace has it. */
export type Judge<Frame> = (frame: Frame) => string | null

/**
 * Asks one question at a time on `wire`: writes its bytes and gives the frame that `judge` takes for the reply; null when none came within `timeoutMs`, or nothing
 * could be written. A frame that has begun may be finished, and a process that was busy reads first what has come meanwhile.
 */
export function makeReplyWait<Frame>(
  wire: ByteTransport,
  { clock, trace }: Pick<DriverPorts<never>, 'clock' | 'trace'>,
  { finder, encode, longest, unasked }: Reading<Frame>,
): (sent: Uint8Array, name: string | undefined, judge: Judge<Frame>, timeoutMs: number) => Promise<Frame | null> {
  let waiting: { readonly judge: Judge<Frame>; readonly begun: number; readonly finish: (frame: Frame | null) => void } | null = null
  let lastByte = clock.monotonic()

  const take = (frames: readonly Frame[]) => {
    for (const frame of frames) {
      const what = waiting ? waiting.judge(frame) : unasked(frame)
      trace('in', encode(frame), what ?? undefined)
      if (what === null) waiting?.finish(frame)
    }
  }

  wire.onData((bytes) => {
    lastByte = clock.monotonic()
    const before = finder.badChecksums()
    const frames = finder.push(bytes)
    if (finder.badChecksums() > before) trace('in', bytes.subarray(0, longest), 'wrong checksum')
    take(frames)
  })

  return async (sent, name, judge, timeoutMs) => {
    // What is still in the buffer answers an older question.
    finder.clear()
    trace('out', sent, name)
    let cancelTimer: () => void = () => undefined
    const answered = new Promise<Frame | null>((done) => {
      const own = {
        judge,
        begun: clock.monotonic(),
        finish(frame: Frame | null) {
          if (waiting !== own) return
          waiting = null
          cancelTimer()
          done(frame)
        },
      }
      const arm = (ms: number, grace: boolean) => {
        const due = clock.monotonic() + ms
        cancelTimer = clock.after(ms, () => {
          const now = clock.monotonic()
          if (grace && now - due > lateTimerMs) return arm(graceMs, false)
          const quietAt = lastByte + gapMs
          if (finder.waiting() > 0 && lastByte >= own.begun && now < quietAt && now < own.begun + longestReplyMs) return arm(quietAt - now, grace)
          while (finder.waiting() > 0) take(finder.giveUp())
          own.finish(null)
        })
      }
      waiting = own
      arm(timeoutMs, true)
    })
    if (!(await wire.write(sent))) waiting?.finish(null)
    return answered
  }
}
