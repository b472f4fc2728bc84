import type { Clock } from './clock.ts'

/**
 * Something done every `everyMs` milliseconds, from the end of one `tick` on if it took longer, and never twice at once. `start` lets a
 * running one be; it ends by itself when it is no longer wanted.
 */
export function makePoll(
  clock: Clock,
  everyMs: number,
  { isWanted, tick, onFailure }: { readonly isWanted: () => boolean; readonly tick: () => Promise<void>; readonly onFailure: (error: unknown) => void },
): { start(): void; isRunning(): boolean } {
  let polling = false
  const pollOn = () => {
    polling = isWanted()
    if (!polling) return
    const begun = clock.monotonic()
    tick()
      .catch(onFailure)
      .then(() => clock.after(Math.max(0, begun + everyMs - clock.monotonic()), pollOn))
  }
  return {
    start() {
      if (!polling) pollOn()
    },
    isRunning: () => polling,
  }
}
