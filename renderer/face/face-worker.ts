import { openFaceWorker } from '../trusted-types.ts'
import type { FaceWorkerSays, FrameToJudge, JudgedFrame } from './messages.ts'

/** The face engine beside the page: one frame at a time; of those that come meanwhile the last one waits, because cameras deliver unevenly. */
export interface FaceWorker {
  readonly busy: boolean
  /** Hands a frame over; it is closed in any case. A `shot` is measured as a whole. */
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

/** A frame, and who wants to know of it. */
interface Asked {
  readonly message: FrameToJudge
  readonly tell: (judged: JudgedFrame) => void
}

/** How long a frame may take before the worker counts as stuck and is started anew; the first one has the models' loading before it, which on a busy machine takes its time. */
const longestMs = 10_000
const longestFirstMs = 60_000

/** Starts the face engine and makes it ready; `onAltered` hears that there is none, because its files are not the ones that were tried. */
export function startFaceEngine(onAltered: () => void): FaceEngineWorker {
  let worker: Worker | null = null
  let watch: ReturnType<typeof setTimeout> | null = null
  let loaded = false
  let ended = false
  let given: Asked | null = null
  let next: Asked | null = null

  const dropNext = () => {
    next?.message.frame.close()
    next = null
  }
  const terminate = () => {
    dropNext()
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
      if (ended) return terminate()
      const [answered, waited] = [given, next]
      given = next = null
      if (waited) give(waited)
      answered?.tell(data)
    }
    return started
  }
  const give = (asked: Asked) => {
    given = asked
    worker ??= start()
    watch = setTimeout(terminate, loaded ? longestMs : longestFirstMs)
    worker.postMessage(asked.message, [asked.message.frame])
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
          if (ended || stopped) return frame.close()
          dropNext()
          const asked: Asked = { message: { frame, whole: shot, limits }, tell: (judged) => void (stopped || onJudged(judged)) }
          if (watch === null) give(asked)
          else next = asked
        },
        stop() {
          stopped = true
          dropNext()
        },
      }
    },
    end() {
      ended = true
      dropNext()
      // A worker that has a frame closes it first: one that ends with it leaves the camera's buffer to the garbage collector.
      if (watch === null) terminate()
    },
  }
}
