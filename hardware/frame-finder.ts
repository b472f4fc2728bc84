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
  readonly begins: (start: readonly number[]) => boolean
  /** How long the frame will be that begins like this; undefined while that is not said. */
  readonly lengthOf: (start: readonly number[]) => number | undefined
  /** The frame that these bytes are; null when its checksum is wrong. */
  readonly decode: (bytes: Uint8Array) => Frame | null
}

export function makeFrameFinder<Frame>({ longest, begins, lengthOf, decode }: FrameShape<Frame>): FrameFinder<Frame> {
  let buffer: number[] = []
  let bad = 0

  const scan = (): readonly Frame[] => {
    const found: Frame[] = []
    while (buffer.length > 0) {
      if (!begins(buffer)) {
        buffer.shift()
        continue
      }
      const total = lengthOf(buffer)
      if (total === undefined || buffer.length < total) break
      const frame = decode(Uint8Array.from(buffer.slice(0, total)))
      if (frame) found.push(frame)
      else bad += 1
      buffer = buffer.slice(frame ? total : 1)
    }
    return found
  }

  return {
    push(bytes) {
      const found: Frame[] = []
      // A piece at a time, so that a burst of noise never piles up here.
      for (let at = 0; at < bytes.length; at += longest) {
        buffer.push(...bytes.subarray(at, at + longest))
        found.push(...scan())
      }
      return found
    },
    waiting: () => buffer.length,
    giveUp() {
      buffer.shift()
      return scan()
    },
    clear() {
      buffer = []
    },
    badChecksums: () => bad,
  }
}
