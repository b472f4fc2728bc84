import { frameCopy, type FrameCopy } from './frame-copy.ts'
import { closeCamera, openCamera, type CameraState, type FrameSize } from './open-camera.ts'

export interface CameraOptions {
  /** What plays the camera's pictures; it need not be on the page. */
  readonly video: HTMLVideoElement
  readonly size: FrameSize
  /** Hears each change of the state. */
  readonly onState: (state: CameraState) => void
  /** Hears of each new frame while the camera is ready; `takenAt` is when the light fell, in milliseconds of `performance.now()`. */
  readonly onFrame: (takenAt: number) => void
}

/** A camera that shows the same frame for longer, or none, is lost: with the frames still on their way and a busy machine, two seconds at most (fault F40). */
const longestStillMs = 1400
const watchEveryMs = 120
/** Pause before a camera that failed is opened again. */
const openAgainMs = 1000
/** The points of the picture that are compared to see that it moves: not smoothed, for noise is what tells a live picture from a frozen one. */
const probe = { width: 96, height: 54 } as const

/**
 * Opens the camera and keeps it open: tears, freezes and refusals are reported, and it is opened again until the returned function ends it. It is
 * `ready` only once its picture moves, and no frame from before its opening is ever reported.
 */
export function runCamera({ video, size, onState, onFrame }: CameraOptions): () => void {
  let ended = false
  let stream: MediaStream | null = null
  let state: CameraState | null = null
  let openedAt = 0
  let movedAt = 0
  let again: ReturnType<typeof setTimeout> | null = null
  const frames = frameCopy()
  let moved = motionProbe(frames, video)

  const become = (next: CameraState) => {
    if (state === next) return
    state = next
    onState(next)
  }
  const torn = () => fail('lost')
  const close = () => {
    if (stream) {
      // Chromium holds on to a stream for ten seconds after it was asked for; the page's nodes must not hang on it.
      for (const track of stream.getTracks()) track.removeEventListener('ended', torn)
      closeCamera(stream)
    }
    stream = null
    video.srcObject = null
    frames.wipe()
    moved = motionProbe(frames, video)
  }
  const fail = (why: CameraState) => {
    close()
    become(why)
    again = setTimeout(() => void open(), openAgainMs)
  }
  const open = async () => {
    openedAt = performance.now()
    const opened = await openCamera(size)
    if (ended) return opened.ok && closeCamera(opened.stream)
    if (!opened.ok) return fail(opened.state)
    stream = opened.stream
    movedAt = performance.now()
    for (const track of stream.getTracks()) track.addEventListener('ended', torn)
    video.srcObject = stream
    hearNextFrame(opened.stream)
    // A picture that does not play is seen by the watch.
    video.play().catch(() => undefined)
  }
  const hearNextFrame = (of: MediaStream) =>
    void video.requestVideoFrameCallback(async (now, { captureTime }) => {
      const takenAt = captureTime ?? now
      if (stream === of && takenAt >= openedAt) await frameCame(of, now, takenAt)
      if (stream === of) hearNextFrame(of)
    })
  const frameCame = async (of: MediaStream, now: number, takenAt: number) => {
    if (state !== 'ready' || now - movedAt > watchEveryMs) {
      if (!(await moved()) || stream !== of) return
      movedAt = now
      become('ready')
    }
    onFrame(takenAt)
  }
  const watch = setInterval(() => {
    if (stream && performance.now() - movedAt > longestStillMs) fail('lost')
  }, watchEveryMs)

  void open()
  return () => {
    ended = true
    clearInterval(watch)
    if (again !== null) clearTimeout(again)
    close()
  }
}

/** Says whether the picture differs from the one of the last call; the first call has nothing to compare with. */
function motionProbe(frames: FrameCopy, video: HTMLVideoElement): () => Promise<boolean> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, probe)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  let before: Uint8ClampedArray | null = null
  return async () => {
    if (!context) return true
    const frame = await frames.take(video)
    if (!frame) return false
    context.imageSmoothingEnabled = false
    context.drawImage(frame, 0, 0, probe.width, probe.height)
    const { data } = context.getImageData(0, 0, probe.width, probe.height)
    const differs = before !== null && before.some((value, index) => value !== data[index])
    before = data
    return differs
  }
}
