import { closeCamera, openCamera, type CameraState, type WishedFrames } from './open-camera.ts'

export interface CameraOptions {
  /** What plays the camera's pictures; it need not be on the page. */
  readonly video: HTMLVideoElement
  readonly wished: WishedFrames
  /** Which camera, as `openCamera` takes it. */
  readonly label: string
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
/** So many bytes of the picture, spread over it, are compared to see that it moves: noise is what tells a live picture from a frozen one. */
const probes = 5_000

/**
 * Opens the camera and keeps it open: tears, freezes and refusals are reported, and it is opened again until the returned function ends it. It is
 * `ready` only once its picture moves, and no frame from before its opening is ever reported.
 */
export function runCamera({ video, wished, label, onState, onFrame }: CameraOptions): () => void {
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
  const torn = () => fail('lost')
  const close = () => {
    if (stream) {
      // Chromium holds on to a stream for ten seconds after it was asked for; the page's nodes must not hang on it.
      for (const track of stream.getTracks()) track.removeEventListener('ended', torn)
      closeCamera(stream)
    }
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
    const opened = await openCamera(wished, label)
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

/** Says whether the picture differs from the one of the last call; the first call has nothing to compare with. Of a picture nothing is kept but the probes. */
function motionProbe(video: HTMLVideoElement): () => Promise<boolean> {
  let bytes = new Uint8Array()
  let before: Uint8Array | null = null
  return async () => {
    let frame: VideoFrame | null = null
    try {
      frame = new VideoFrame(video)
      // As the camera gave it, whatever that is: nothing is converted to be compared.
      const as = frame.format === null ? ({ format: 'RGBA' } as const) : {}
      const size = frame.allocationSize(as)
      if (bytes.length !== size) bytes = new Uint8Array(size)
      await frame.copyTo(bytes, as)
      // Odd, so that it does not keep to one channel of colour.
      const step = Math.max(1, Math.floor(bytes.length / probes)) | 1
      const now = Uint8Array.from({ length: Math.floor(bytes.length / step) }, (_, index) => bytes[index * step]!)
      const differs = before !== null && (before.length !== now.length || before.some((value, index) => value !== now[index]))
      before = now
      return differs
    } catch {
      // The player has no frame (any more).
      return false
    } finally {
      bytes.fill(0)
      frame?.close()
    }
  }
}
