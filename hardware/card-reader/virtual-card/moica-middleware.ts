import { moicaPinFormat, type MoicaMiddleware, type MoicaPinOutcome } from '../moica-middleware.ts'
import type { CardState } from './card-state.ts'

/** The ministry's programs, played: they work on what a virtual card remembers, as the real ones would over a channel that nobody else has the keys of. */
export function makeVirtualMoicaMiddleware(inserted: () => CardState | null, changed: () => void): MoicaMiddleware {
  const attempt = (pin: string, next: string | null): MoicaPinOutcome => {
    const own = inserted()?.pins['moica']
    if (!own) return { kind: 'no-card' }
    if (own.left === 0) return { kind: 'blocked' }
    if (!moicaPinFormat.test(pin) || (next !== null && !moicaPinFormat.test(next))) return { kind: 'format' }
    const right = pin === own.value
    own.left = right ? own.most : own.left - 1
    if (right && next !== null) own.value = next
    changed()
    if (right) return { kind: 'done' }
    return own.left === 0 ? { kind: 'blocked' } : { kind: 'wrong', tries: own.left }
  }
  return {
    verify: (pin) => Promise.resolve(attempt(pin, null)),
    change: (oldPin, newPin) => Promise.resolve(attempt(oldPin, newPin)),
  }
}
