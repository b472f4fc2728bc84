/** The only source of time in hardware, main and centre: everything that waits or dates takes a `Clock`. */
export interface Clock {
  /** Wall time in milliseconds since 1970-01-01 UTC. May jump; for dates on paper only. */
  now(): number
  /** Milliseconds since an arbitrary start. Never jumps; for every wait. */
  monotonic(): number
  /** Calls `act` once after `ms` milliseconds (0 or more); the returned function takes it back. */
  after(ms: number, act: () => void): () => void
}

/** The longest wait that the platform's timer holds without overflowing (2^31 - 1 ms, about 24.8 days). */
const longestTimerMs = 2_147_483_647

/** The machine's own time. */
export function realClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after(ms, act) {
      let timer: NodeJS.Timeout
      const wait = (left: number) => {
        timer = setTimeout(() => (left > longestTimerMs ? wait(left - longestTimerMs) : act()), Math.min(left, longestTimerMs))
      }
      wait(Math.max(0, ms))
      return () => clearTimeout(timer)
    },
  }
}

/** A clock that stands still until it is told to move. */
export interface VirtualClock extends Clock {
  /** Moves time on by `ms`, firing what falls due in order and letting promises settle between. */
  advance(ms: number): Promise<void>
  /** Jumps to the next due timer, if one falls due within `limitMs`; says whether there was one. */
  advanceToNext(limitMs?: number): Promise<boolean>
  /** Moves time on by `ms` at once, as for a machine that slept: what fell due meanwhile fires late, with the next `advance`. */
  leap(ms: number): void
  /** Sets the wall clock without moving the monotonic one, as a technician or a time server does. */
  setWall(now: number): void
}

/** Lets everything that is ready run: promises, and what Node itself has queued behind them. */
async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) await new Promise<void>((done) => setImmediate(done))
}

/** A virtual clock whose wall time starts at `start` (milliseconds since 1970-01-01 UTC); `settled` lets what is ready run before time goes on. */
export function virtualClock(start: number, settled: () => Promise<void> = settle): VirtualClock {
  interface Timer {
    readonly due: number
    readonly order: number
    readonly act: () => void
  }
  let elapsed = 0
  let wall = start
  let order = 0
  const timers = new Set<Timer>()

  const next = (): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of timers)
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer
    return first
  }
  const moveTo = (target: number) => {
    wall += target - elapsed
    elapsed = target
  }
  const fire = async (timer: Timer) => {
    moveTo(Math.max(timer.due, elapsed))
    timers.delete(timer)
    timer.act()
    await settled()
  }

  return {
    now: () => wall,
    monotonic: () => elapsed,
    after(ms, act) {
      order += 1
      const timer: Timer = { due: elapsed + Math.max(0, ms), order, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const target = elapsed + ms
      await settled()
      for (let timer = next(); timer && timer.due <= target; timer = next()) await fire(timer)
      moveTo(target)
      await settled()
    },
    async advanceToNext(limitMs = Number.POSITIVE_INFINITY) {
      await settled()
      const timer = next()
      if (!timer || timer.due > elapsed + limitMs) return false
      await fire(timer)
      return true
    },
    leap: (ms) => moveTo(elapsed + ms),
    setWall(now) {
      wall = now
    },
  }
}
