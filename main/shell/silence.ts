import type { Clock } from '../../hardware/clock.ts'

/** A last look: when this process itself stood still, what the other said meanwhile is heard before it counts as silent. */
const lastLookMs = 1_000

/** Waits for signs of life of one other process. */
export interface Silence {
  /** Expects the next sign within `ms` from now; less than a second later `onSilent` is called. */
  expect(ms: number): void
  /** Expects nothing any more. */
  end(): void
  waiting(): boolean
}

/** Calls `onSilent` once when an expected sign of life does not come. */
export function watchSilence(clock: Clock, onSilent: () => void): Silence {
  let cancel: (() => void) | null = null
  const end = () => {
    cancel?.()
    cancel = null
  }
  return {
    expect(ms) {
      end()
      cancel = clock.after(Math.max(0, ms - lastLookMs), () => {
        cancel = clock.after(lastLookMs, () => {
          cancel = null
          onSilent()
        })
      })
    },
    end,
    waiting: () => cancel !== null,
  }
}
