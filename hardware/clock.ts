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

/** A timer that is so much late tells that its process was held up, and so long it hears what came meanwhile, milliseconds. */
const heldUpMs = 100
const hearMs = 50

/**
 * The machine's own time. A process that was held up (by other work, or a long task of its own) first hears what came meanwhile, and then that its patience is over:
 * else a write that was carried out long ago would count as one that hangs.
 */
export function realClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after(ms, act) {
      const due = performance.now() + ms
      let timer: NodeJS.Timeout
      const wait = (left: number) => {
        timer = setTimeout(() => {
          if (left > longestTimerMs) wait(left - longestTimerMs)
          else if (performance.now() - due > heldUpMs) timer = setTimeout(act, hearMs)
          else act()
        }, Math.min(left, longestTimerMs))
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
    readonly act: () => void
  }
  let elapsed = 0
  let wall = start
  /** Those that wait: the next one stands last, of two that are due together the older one. */
  const timers: Timer[] = []

  const moveTo = (target: number) => {
    wall += target - elapsed
    elapsed = target
  }
  const fire = async (timer: Timer) => {
    moveTo(Math.max(timer.due, elapsed))
    timers.pop()
    timer.act()
    await settled()
  }

  return {
    now: () => wall,
    monotonic: () => elapsed,
    after(ms, act) {
      const timer: Timer = { due: elapsed + Math.max(0, ms), act }
      let at = timers.length
      while (at > 0 && (timers[at - 1]?.due ?? 0) <= timer.due) at -= 1
      timers.splice(at, 0, timer)
      return () => {
        const place = timers.indexOf(timer)
        if (place >= 0) timers.splice(place, 1)
      }
    },
    async advance(ms) {
      const target = elapsed + ms
      await settled()
      for (let timer = timers.at(-1); timer && timer.due <= target; timer = timers.at(-1)) await fire(timer)
      moveTo(target)
      await settled()
    },
    async advanceToNext(limitMs = Number.POSITIVE_INFINITY) {
      await settled()
      const timer = timers.at(-1)
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
