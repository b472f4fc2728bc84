import { openDecoderWorker } from '../trusted-types.ts'
import type { DecodedFrame, FrameToDecode } from './messages.ts'

/** How long a frame may take before the worker counts as stuck and is started anew. */
const longestMs = 5000

/** The decoder beside the page: one frame at a time, none waits. */
export interface DecoderWorker {
  readonly busy: boolean
  /** Hands a frame over; while busy it is dropped. The frame is closed in either case. */
  offer(frame: VideoFrame): void
  stop(): void
}

/** Starts the decoder; `onCodes` hears the codes of each frame that has any. */
export function startDecoderWorker(onCodes: (codes: readonly Uint8Array[]) => void): DecoderWorker {
  let worker: Worker | null = null
  let watch: ReturnType<typeof setTimeout> | null = null
  let stopped = false

  const rest = () => {
    if (watch !== null) clearTimeout(watch)
    watch = null
  }
  const end = () => {
    rest()
    worker?.terminate()
    worker = null
  }
  const start = (): Worker => {
    const started = openDecoderWorker()
    started.onmessage = ({ data }: MessageEvent<DecodedFrame>) => {
      rest()
      if (stopped) end()
      else if (data.codes.length > 0) onCodes(data.codes)
    }
    // Not at once anew: the watch that is running is the pause before the next start.
    started.onerror = () => {
      worker = null
    }
    return started
  }
  return {
    get busy() {
      return watch !== null
    },
    offer(frame) {
      if (watch !== null || stopped) return frame.close()
      worker ??= start()
      watch = setTimeout(end, longestMs)
      worker.postMessage({ frame } satisfies FrameToDecode, [frame])
    },
    stop() {
      stopped = true
      // A worker that has a frame closes it first: one that ends with it leaves the camera's buffer to the garbage collector.
      if (watch === null) end()
    },
  }
}
