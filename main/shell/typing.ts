import type { Clock } from '../../hardware/clock.ts'
import type { KeyPress } from './security.ts'

/** More refused keys than that within this time are typed by no fingers: a code reader in keyboard mode, or another device that is a keyboard. */
const fastestFingers = 10
const burstMs = 250
/** So long after a refused key none is let through: typed codes end with Enter, which would press what has the focus. */
const tailMs = 500

/** A key with what tells a press from a release and from a key that is held down. */
export interface TypedKey extends KeyPress {
  readonly type: string
  readonly isAutoRepeat: boolean
}

/**
 * Judges each key that comes to a window, by `isAllowed` and by its company: true for one that may reach the page. Calls `onTyped` once a burst
 * that only a machine can type (F44). Counts keys; what they say is not looked at.
 */
export function watchTyping(clock: Clock, isAllowed: (press: KeyPress) => boolean, onTyped: () => void): (key: TypedKey) => boolean {
  let refusedAt = Number.NEGATIVE_INFINITY
  /** When the refused keys of this burst came, oldest first. */
  let burst: readonly number[] = []
  return (key) => {
    const now = clock.monotonic()
    if (isAllowed(key)) return now - refusedAt >= tailMs
    refusedAt = now
    if (key.type !== 'keyDown' || key.isAutoRepeat) return false
    burst = [...burst.filter((at) => now - at < burstMs), now]
    if (burst.length === fastestFingers) onTyped()
    return false
  }
}
