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

/** A camera that shows the same frame for longer, or none, is lost: with the pause between two looks, two seconds at most (fault F40). */
const longestStillMs = 1700
const watchEveryMs = 250
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
  let moved = motionProbe(video)

  const become = (next: CameraState) => {
    if (state === next) return
    state = next
    onState(next)
  }
  const close = () => {
    if (stream) closeCamera(stream)
    stream = null
    video.srcObject = null
    moved = motionProbe(video)
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
    for (const track of stream.getTracks()) track.addEventListener('ended', () => stream === opened.stream && fail('lost'))
    video.srcObject = stream
    video.requestVideoFrameCallback((now, frame) => frameCame(opened.stream, now, frame))
    // A picture that does not play is seen by the watch.
    video.play().catch(() => undefined)
  }
  const frameCame = (of: MediaStream, now: number, { captureTime }: VideoFrameCallbackMetadata) => {
    if (stream !== of) return
    video.requestVideoFrameCallback((next, frame) => frameCame(of, next, frame))
    const takenAt = captureTime ?? now
    if (takenAt < openedAt) return
    if (state !== 'ready' || now - movedAt > watchEveryMs) {
      if (!moved()) return
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
function motionProbe(video: HTMLVideoElement): () => boolean {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, probe)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  let before: Uint8ClampedArray | null = null
  return () => {
    if (!context) return true
    context.imageSmoothingEnabled = false
    context.drawImage(video, 0, 0, probe.width, probe.height)
    const { data } = context.getImageData(0, 0, probe.width, probe.height)
    const differs = before !== null && before.some((value, index) => value !== data[index])
    before = data
    return differs
  }
}
