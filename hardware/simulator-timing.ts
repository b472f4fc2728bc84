import type { Clock } from './clock.ts'

/** A timer that fired this late did so because the process was busy: the next byte may be there, unread. */
const lateTimerMs = 10

/** The timers of a simulated device's end of a line. */
export interface SimulatorTiming {
  /** Does something after so long; at once for nothing and less. */
  later(ms: number, act: () => void): void
  /** A byte came: the next one is awaited. `forget` when it does not come. */
  awaitNextByte(forget: () => void): void
  /** No byte is awaited any more. */
  hush(): void
  stop(): void
}

/** After `interByteMs` without the next byte a frame is forgotten. */
export function makeSimulatorTiming(clock: Clock, interByteMs: number): SimulatorTiming {
  const timers = new Set<() => void>()
  let cancelGap: () => void = () => undefined
  const awaitOn = (forget: () => void, grace: boolean) => {
    const due = clock.monotonic() + interByteMs
    cancelGap = clock.after(interByteMs, () => {
      if (grace && clock.monotonic() - due > lateTimerMs) return awaitOn(forget, false)
      forget()
    })
  }
  return {
    later(ms, act) {
      if (ms <= 0) return act()
      const cancel = clock.after(ms, () => {
        timers.delete(cancel)
        act()
      })
      timers.add(cancel)
    },
    awaitNextByte(forget) {
      cancelGap()
      awaitOn(forget, true)
    },
    hush: () => cancelGap(),
    stop() {
      cancelGap()
      for (const cancel of timers) cancel()
    },
  }
}
