import type { VirtualClock } from '../../hardware/clock.ts'

/** Lets the clock's time pass until the promise is settled. */
export async function runOn<Result>(clock: VirtualClock, promise: Promise<Result>): Promise<Result> {
  let settled = false
  void promise.then(
    () => (settled = true),
    () => (settled = true),
  )
  for (let step = 0; step < 10_000; step += 1) {
    await new Promise<void>((done) => setImmediate(done))
    if (settled) break
    if (!(await clock.advanceToNext())) await new Promise<void>((done) => setImmediate(done))
  }
  return promise
}
