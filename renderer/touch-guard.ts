/** How long the fingers must rest after an act, or after the screen changed under them, before the next act counts. */
const quietMs = 250

/**
 * Lets one act through and holds the rest (F53): until the booth has answered and shown it, and then until the burst of taps is over, so
 * that the tail of ten hurried taps never lands on the next screen's button. A screen that changes by itself holds them for a moment too.
 */
export class TouchGuard {
  #state: 'free' | 'acting' | 'burst' | 'changed' = 'free'
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()

  /** Whether acts are held now. */
  readonly held = (): boolean => this.#state !== 'free'

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Asks to act; true once, then false until `settle` and quiet. */
  enter(): boolean {
    if (this.#state !== 'free') return false
    this.#become('acting')
    return true
  }

  /** The act is over, or the screen changed by itself: free again after a moment of quiet. */
  settle(): void {
    this.#become(this.#state === 'free' || this.#state === 'changed' ? 'changed' : 'burst')
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#become('free'), quietMs)
  }

  /** A tap on something that acts: in a burst, the quiet begins anew. */
  tapped(): void {
    if (this.#state === 'burst') this.settle()
  }

  #become(state: 'free' | 'acting' | 'burst' | 'changed'): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
