import type { Clock } from './clock.ts'

const everyMs = 4_000

/** Says to the parent process every four seconds, as long as there is a channel, that this process runs and is not stuck (F08). */
export function sayAlive(clock: Clock): void {
  if (!process.connected) return
  process.send?.({ kind: 'alive' }, undefined, undefined, () => undefined)
  clock.after(everyMs, () => sayAlive(clock))
}
