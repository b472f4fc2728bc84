/** What a stream of bytes turned out to be. */
export type StreamOutcome =
  /** A whole code without its suffix; the array is the caller's to wipe. */
  | { readonly kind: 'code'; readonly bytes: Uint8Array }
  /** More bytes than a code may have; they and everything up to the next suffix are dropped. */
  | { readonly kind: 'overflow' }

/** Cuts a byte stream into codes at their suffix; never holds more than one code. */
export interface CodeStream {
  push(bytes: Uint8Array): readonly StreamOutcome[]
  /** Whether a code has begun (`filling`), or its rest is being thrown away (`dropping`). */
  readonly state: 'empty' | 'filling' | 'dropping'
  /** Throws away what has come of the present code, and what is still to come of it. */
  drop(): void
  /** Throws away what has come; the next byte begins a code. */
  restart(): void
}

/** A stream of codes of 1 to `maximum` bytes, each ended by `suffix` (at least one byte), which is stripped once. */
export function codeStream(suffix: Uint8Array, maximum: number): CodeStream {
  const buffer = new Uint8Array(maximum + suffix.length)
  let length = 0
  let dropping = false

  const endsWithSuffix = () =>
    length >= suffix.length && suffix.every((byte, index) => buffer[length - suffix.length + index] === byte)
  const restart = () => {
    buffer.fill(0, 0, length)
    length = 0
    dropping = false
  }
  /** Keeps only as much of the tail as may be the beginning of a suffix. */
  const drop = () => {
    const kept = Math.min(length, suffix.length - 1)
    buffer.copyWithin(0, length - kept, length)
    buffer.fill(0, kept, length)
    length = kept
    dropping = true
  }

  return {
    push(bytes) {
      const outcomes: StreamOutcome[] = []
      for (const byte of bytes) {
        buffer[length] = byte
        length += 1
        if (endsWithSuffix()) {
          const content = length - suffix.length
          if (!dropping && content > 0) outcomes.push({ kind: 'code', bytes: buffer.slice(0, content) })
          restart()
        } else if (dropping) drop()
        else if (length === buffer.length) {
          drop()
          outcomes.push({ kind: 'overflow' })
        }
      }
      return outcomes
    },
    get state() {
      if (dropping) return 'dropping'
      return length > 0 ? 'filling' : 'empty'
    },
    drop() {
      if (length > 0) drop()
    },
    restart,
  }
}
