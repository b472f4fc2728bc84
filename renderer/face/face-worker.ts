import { openFaceWorker } from '../trusted-types.ts'
import type { FrameToJudge, JudgedFrame } from './messages.ts'

/** The face engine beside the page: one frame at a time, none waits, and after each a rest of the same length: half a core is the page's and the camera's. */
export interface FaceWorker {
  readonly busy: boolean
  /** Hands a frame over; while busy it is dropped. The frame is closed in either case. */
  offer(frame: VideoFrame): void
  stop(): void
}

/** How long a frame may take, the models' loading included, before the worker counts as stuck and is started anew. */
const longestMs = 10_000

/** Starts the face engine with the first frame; `onJudged` hears what it says of each. */
export function startFaceWorker(onJudged: (judged: JudgedFrame) => void): FaceWorker {
  let worker: Worker | null = null
  let watch: ReturnType<typeof setTimeout> | null = null
  let [offeredAt, restUntil] = [0, 0]

  const end = () => {
    if (watch !== null) clearTimeout(watch)
    watch = null
    worker?.terminate()
    worker = null
  }
  const start = (): Worker => {
    const started = openFaceWorker()
    started.onmessage = ({ data }: MessageEvent<JudgedFrame>) => {
      if (watch !== null) clearTimeout(watch)
      watch = null
      restUntil = 2 * performance.now() - offeredAt
      onJudged(data)
    }
    return started
  }
  return {
    get busy() {
      return watch !== null || performance.now() < restUntil
    },
    offer(frame) {
      if (watch !== null) return frame.close()
      worker ??= start()
      offeredAt = performance.now()
      watch = setTimeout(end, longestMs)
      worker.postMessage({ frame } satisfies FrameToJudge, [frame])
    },
    stop: end,
  }
}
