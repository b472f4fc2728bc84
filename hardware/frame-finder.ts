/** Finds whole frames in whatever comes out of a line; never holds more than one. */
export interface FrameFinder<Frame> {
  /** Takes bytes in and gives the whole frames that they complete, oldest first. */
  push(bytes: Uint8Array): readonly Frame[]
  /** Bytes of a beginning that waits for its rest. */
  waiting(): number
  /** Gives up that beginning, which was noise then, and looks for frames behind its first byte. */
  giveUp(): readonly Frame[]
  /** Drops what is waiting. */
  clear(): void
  /** Frames dropped for a wrong checksum so far. */
  badChecksums(): number
}

/** What one kind of frame looks like. */
export interface FrameShape<Frame> {
  /** Bytes of the longest one. */
  readonly longest: number
  /** Whether a frame may begin like this; one byte or more. */
  readonly begins: (start: Uint8Array) => boolean
  /** How long the frame will be that begins like this; undefined while that is not said. */
  readonly lengthOf: (start: Uint8Array) => number | undefined
  /** The frame that these bytes are; null when its checksum is wrong. */
  readonly decode: (bytes: Uint8Array) => Frame | null
}

export function makeFrameFinder<Frame>({ longest, begins, lengthOf, decode }: FrameShape<Frame>): FrameFinder<Frame> {
  // Never more than the beginning of one frame, and a piece of what comes.
  const buffer = new Uint8Array(2 * longest)
  let held = 0
  let bad = 0

  /** Drops the first `count` bytes. */
  const drop = (count: number) => {
    buffer.copyWithin(0, count, held)
    held -= count
  }
  const scan = (): readonly Frame[] => {
    const found: Frame[] = []
    let from = 0
    while (from < held) {
      const start = buffer.subarray(from, held)
      if (!begins(start)) {
        from += 1
        continue
      }
      const total = lengthOf(start)
      if (total === undefined || start.length < total) break
      const frame = decode(start.slice(0, total))
      if (frame) found.push(frame)
      else bad += 1
      from += frame ? total : 1
    }
    drop(from)
    return found
  }

  return {
    push(bytes) {
      const found: Frame[] = []
      // A piece at a time, so that a burst of noise never piles up here.
      for (let at = 0; at < bytes.length; at += longest) {
        const piece = bytes.subarray(at, at + longest)
        buffer.set(piece, held)
        held += piece.length
        found.push(...scan())
      }
      return found
    },
    waiting: () => held,
    giveUp() {
      if (held > 0) drop(1)
      return scan()
    },
    clear() {
      held = 0
    },
    badChecksums: () => bad,
  }
}
