import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import type { GuideKey } from '../../face/guide.ts'
import type { JudgedFrame } from '../face/messages.ts'
import type { FaceEngineWorker, FaceWorker } from '../face/face-worker.ts'
import { startBurst, type Burst } from './burst.ts'
import './camera.css'
import { CameraNotice, type Label } from './camera-notice.tsx'
import { GuideArrow } from './guide-arrow.tsx'
import { GuideOval, nextPlace, usualPlace } from './guide-oval.tsx'
import type { CameraState } from './open-camera.ts'
import { takeStill } from './take-still.ts'
import { useCamera } from './use-camera.ts'

interface PhotoCaptureProps {
  readonly attempt: number
  readonly canShoot: boolean
  readonly working: boolean
  /** The site's own limits of checks. */
  readonly limits: Readonly<Record<string, number>>
  /** Without it nobody is guided, and the shutter is the resident's. */
  readonly faces: FaceEngineWorker | null
  readonly label: Label
  /** Hears the still: a JPEG in base64, as the lens saw it, and the milliseconds from the shutter to it. */
  readonly onStill: (imageBase64: string, ms: number) => void
  readonly onState: (state: CameraState) => void
}

/**
 * The smallest usual size whose 35 : 45 middle has every pixel of the photo (827 × 1063), more would only be thrown away; and as many a second as two
 * processors can look at, each of them, beside drawing the picture and answering touches.
 */
const wished = { width: 1920, height: 1080, rate: 20 } as const
const countFrom = 3
const countMs = 1000
/** How long everything must be right before the countdown begins by itself. */
const holdMs = 1000
/** Whoever touches the glass is answered first: so long no frame is looked at. */
const answerMs = 150

/** Where the countdown is: seconds left, or the moment of the shutter, after which the best of the next frames is the photo. */
type Countdown = { readonly left: number } | { readonly shutterAt: number }

/**
 * The live mirrored picture with an oval where the head belongs, one instruction at a time, the shutter and the countdown, which begins by itself when everything
 * has been right for a second; zero means shutter. Whoever cannot do what is asked presses the shutter.
 */
export function PhotoCapture({ attempt, canShoot, working, limits, faces, label, onStill, onState }: PhotoCaptureProps) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [countdown, setCountdown] = useState<Countdown | null>(null)
  const [guide, setGuide] = useState<GuideKey | null>(null)
  const [place, setPlace] = useState(usualPlace)
  const face = useRef<FaceWorker | null>(null)
  const burst = useRef<Burst | null>(null)
  // What a view says anew is the same all the time.
  const [siteLimits] = useState(limits)
  const rightSince = useRef<number | null>(null)
  const touchedAt = useRef(-answerMs)
  useEffect(() => {
    const touched = () => void (touchedAt.current = performance.now())
    window.addEventListener('pointerdown', touched, { capture: true })
    return () => window.removeEventListener('pointerdown', touched, { capture: true })
  }, [])
  const onFrame = (takenAt: number) => {
    if (!video) return
    if (waiting && face.current) {
      if (takenAt - touchedAt.current > answerMs) offerFrame(video, (frame) => face.current?.offer(frame))
    } else if (burst.current && countdown && 'shutterAt' in countdown && takenAt >= countdown.shutterAt) offerFrame(video, (frame) => shoot(burst.current?.offer(frame, face.current) ?? null))
  }
  const shoot = (photo: VideoFrame | null) => {
    if (!photo) return
    burst.current = null
    setCountdown(null)
    const shutterAt = countdown && 'shutterAt' in countdown ? countdown.shutterAt : null
    void takeStill(photo).then((still) => still !== null && video?.isConnected && stillTaken(still, attempt, shutterAt === null ? 0 : performance.now() - shutterAt))
  }
  const stillTaken = useEffectEvent((still: string, of: number, ms: number) => {
    if (of === attempt) onStill(still, ms)
  })
  const state = useCamera({ active: true, video, wished, onState, onFrame })
  const waiting = canShoot && !working && countdown === null
  const judged = useEffectEvent((said: JudgedFrame) => {
    shoot(burst.current?.judged(said) ?? null)
    if (!said.able) return
    setGuide(said.guide)
    setPlace((drawn) => nextPlace(drawn, said.place))
    if (said.guide !== null || !waiting) rightSince.current = null
    else if (rightSince.current === null) rightSince.current = performance.now()
    else if (performance.now() - rightSince.current >= holdMs) {
      rightSince.current = null
      setCountdown({ left: countFrom })
    }
  })
  useEffect(() => {
    const worker = faces?.attend(siteLimits, (said) => judged(said)) ?? null
    face.current = worker
    return () => {
      face.current = null
      worker?.stop()
      burst.current?.drop()
    }
  }, [siteLimits, faces])
  const left = countdown && 'left' in countdown ? countdown.left : null
  useEffect(() => {
    if (left === null) return
    const timer = setTimeout(() => {
      if (left > 1) return setCountdown({ left: left - 1 })
      burst.current = startBurst()
      setCountdown({ shutterAt: performance.now() })
    }, countMs)
    return () => clearTimeout(timer)
  }, [left])
  // A camera that goes away, or another attempt, ends the countdown: no frame of before is ever used.
  useEffect(() => {
    burst.current?.drop()
    burst.current = null
    rightSince.current = null
    setCountdown(null)
  }, [attempt, state])

  const ready = state === 'ready' && waiting
  const instruction = ready && guide ? guide : null
  return (
    <div className="camera photo-camera" data-camera={state ?? 'opening'}>
      <div className="photo-frame">
        <video ref={setVideo} className="camera-picture mirrored" muted playsInline aria-label={label('ui.camera.photo')} />
        <GuideOval place={place} />
        <CameraNotice state={state} label={label} />
        {instruction && (
          <p className="camera-words camera-guide-words" role="status" data-guide={instruction}>
            <GuideArrow guide={instruction} />
            {label(`ui.guide.${instruction}`)}
          </p>
        )}
        <output className="camera-count" aria-live="assertive">
          {left}
        </output>
      </div>
      <Button name="shutter" className="shutter" tone="go" free off={!ready} onPress={() => ready && setCountdown({ left: countFrom })}>
        {label(countdown === null ? 'ui.photo.shutter' : 'ui.photo.look')}
      </Button>
    </div>
  )
}

/** Hands the frame that is shown over; a player that has none (any more) is no trouble. */
function offerFrame(video: HTMLVideoElement, give: (frame: VideoFrame) => void): void {
  let frame: VideoFrame
  try {
    frame = new VideoFrame(video)
  } catch {
    // The next one comes soon.
    return
  }
  give(frame)
}
