import { openFaceWorker } from '../trusted-types.ts'
import type { FaceWorkerSays, FrameToJudge, JudgedFrame } from './messages.ts'

/** The face engine beside the page: one frame at a time, none waits. */
export interface FaceWorker {
  readonly busy: boolean
  /** Hands a frame over; while busy it is dropped. The frame is closed in either case. A `shot` is measured as a whole. */
  offer(frame: VideoFrame, shot?: boolean): void
  /** Nothing is heard of any frame any more. */
  stop(): void
}

/** The engine itself, which takes longer to be made ready than anybody before a camera should wait. */
export interface FaceEngineWorker {
  /** Looks at frames for somebody: `onJudged` hears what it says of each, `limits` are the site's own. */
  attend(limits: Readonly<Record<string, number>>, onJudged: (judged: JudgedFrame) => void): FaceWorker
  end(): void
}

/** How long a frame may take before the worker counts as stuck and is started anew; the first one has the models' loading before it, which on a busy machine takes its time. */
const longestMs = 10_000
const longestFirstMs = 60_000

/** Starts the face engine and makes it ready; `onAltered` hears that there is none, because its files are not the ones that were tried. */
export function startFaceEngine(onAltered: () => void): FaceEngineWorker {
  let worker: Worker | null = null
  let watch: ReturnType<typeof setTimeout> | null = null
  let tell: (judged: JudgedFrame) => void = () => {}
  let loaded = false
  let ended = false

  const terminate = () => {
    if (watch !== null) clearTimeout(watch)
    watch = null
    worker?.terminate()
    worker = null
    loaded = false
  }
  const start = (): Worker => {
    const started = openFaceWorker()
    started.onmessage = ({ data }: MessageEvent<FaceWorkerSays>) => {
      if ('altered' in data) return void (ended || onAltered())
      if (watch !== null) clearTimeout(watch)
      watch = null
      loaded = true
      if (ended) terminate()
      else tell(data)
    }
    return started
  }
  worker = start()
  return {
    attend(limits, onJudged) {
      let stopped = false
      return {
        get busy() {
          return watch !== null
        },
        offer(frame, shot = false) {
          if (watch !== null || ended || stopped) return frame.close()
          tell = (judged) => void (stopped || onJudged(judged))
          worker ??= start()
          watch = setTimeout(terminate, loaded ? longestMs : longestFirstMs)
          worker.postMessage({ frame, whole: shot, limits } satisfies FrameToJudge, [frame])
        },
        stop() {
          stopped = true
        },
      }
    },
    end() {
      ended = true
      // A worker that has a frame closes it first: one that ends with it leaves the camera's buffer to the garbage collector.
      if (watch === null) terminate()
    },
  }
}
