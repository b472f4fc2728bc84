import { vi } from 'vitest'

/**
 * Looks every `interval` milliseconds until `look` throws no more, and gives what it gives: as soon as it is so, and up to a minute, because a machine may have
 * other work.
 */
export const until = <Value>(look: () => Value | Promise<Value>, interval = 20): Promise<Value> => vi.waitFor(look, { timeout: 60_000, interval })
