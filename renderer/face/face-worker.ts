import { openFaceWorker } from '../trusted-types.ts'
import type { FrameToJudge, JudgedFrame } from './messages.ts'

/** The face engine beside the page: one frame at a time, none waits. */
export interface FaceWorker {
  readonly busy: boolean
  /** Hands a frame over; while busy it is dropped. The frame is closed in either case. A `shot` is measured as a whole. */
  offer(frame: VideoFrame, shot?: boolean): void
  stop(): void
}

/** How long a frame may take before the worker counts as stuck and is started anew; the first one has the models' loading before it, which on a busy machine takes its time. */
const longestMs = 10_000
const longestFirstMs = 60_000

/** Starts the face engine with the first frame; `onJudged` hears what it says of each, `limits` are the site's own. */
export function startFaceWorker(limits: Readonly<Record<string, number>>, onJudged: (judged: JudgedFrame) => void): FaceWorker {
  let worker: Worker | null = null
  let watch: ReturnType<typeof setTimeout> | null = null
  let loaded = false
  let stopped = false

  const end = () => {
    if (watch !== null) clearTimeout(watch)
    watch = null
    worker?.terminate()
    worker = null
    loaded = false
  }
  const start = (): Worker => {
    const started = openFaceWorker()
    started.onmessage = ({ data }: MessageEvent<JudgedFrame>) => {
      if (watch !== null) clearTimeout(watch)
      watch = null
      loaded = true
      if (stopped) end()
      else onJudged(data)
    }
    return started
  }
  return {
    get busy() {
      return watch !== null
    },
    offer(frame, shot = false) {
      if (watch !== null || stopped) return frame.close()
      worker ??= start()
      watch = setTimeout(end, loaded ? longestMs : longestFirstMs)
      worker.postMessage({ frame, whole: shot, limits } satisfies FrameToJudge, [frame])
    },
    stop() {
      stopped = true
      // A worker that has a frame closes it first: one that ends with it leaves the camera's buffer to the garbage collector.
      if (watch === null) end()
    },
  }
}
