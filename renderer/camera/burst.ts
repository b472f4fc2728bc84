import type { FaceWorker } from '../face/face-worker.ts'
import type { JudgedFrame } from '../face/messages.ts'

/** So many frames are looked at, for at most so long after the first: then the best is the photo. */
const shots = 4
const longestMs = 1500

/** The shots of one photo: the best is held, every other frame is closed at once. */
export interface Burst {
  /** A new frame of the camera, taken by it; gives the photo when this was the last that is looked at. Whoever gets a frame closes it. */
  offer(frame: VideoFrame, face: FaceWorker | null): VideoFrame | null
  /** What the worker says of the frame that it was given; gives the photo when that was the last. */
  judged(said: JudgedFrame): VideoFrame | null
  /** Nothing of it is wanted any more. */
  drop(): void
}

/** Begins a burst. Without anybody who judges, the first frame is the photo. */
export function startBurst(): Burst {
  let best: { readonly frame: VideoFrame; readonly score: number } | null = null
  let asked: VideoFrame | null = null
  let [seen, startedAt] = [0, 0]
  const end = (): VideoFrame | null => {
    const photo = best?.frame ?? asked
    if (asked !== photo) asked?.close()
    best = asked = null
    return photo
  }
  const hold = (frame: VideoFrame, score: number) => {
    if (best && best.score >= score) return frame.close()
    best?.frame.close()
    best = { frame, score }
  }
  return {
    offer(frame, face) {
      startedAt ||= performance.now()
      if (face && performance.now() - startedAt < longestMs) {
        if (asked || face.busy) frame.close()
        else {
          asked = frame
          face.offer(frame.clone(), true)
        }
        return null
      }
      if (best || asked) frame.close()
      else asked = frame
      return end()
    },
    judged(said) {
      if (!asked) return null
      hold(asked, said.able ? said.score : 0)
      asked = null
      seen += 1
      return seen === shots || !said.able ? end() : null
    },
    drop() {
      end()?.close()
    },
  }
}
