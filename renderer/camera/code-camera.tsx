import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { startDecoderWorker, type DecoderWorker } from '../decoder/decoder-worker.ts'
import './camera.css'
import { CameraNotice, type Label } from './camera-notice.tsx'
import { frameCopy } from './frame-copy.ts'
import { makeVideo } from './make-video.ts'
import type { CameraState } from './open-camera.ts'
import { useCamera } from './use-camera.ts'

interface CodeCameraProps {
  readonly active: boolean
  readonly label: Label
  /** Hears the codes of one frame, each as lower-case hexadecimal bytes; the same ones at most once in two seconds. */
  readonly onCodes: (codes: readonly string[]) => void
  readonly onState: (state: CameraState) => void
}

/** The size at which a form's code is read best for its cost. */
const wished = { width: 1280, height: 720 } as const
const decodeEveryMs = 100
const drawEveryMs = 66
const sameCodesEveryMs = 2000
/** The blurred picture's pixels: too few to read a digit, enough to see one's own hand. */
const around = { width: 48, height: 27 } as const
/** The sharp window: its side as a part of the picture's height, and in pixels. */
const inside = { part: 0.55, px: 360 } as const

/** The code reader's preview: a small sharp window in the middle, everything else too coarse to read (rules.md section 0, 11). No frame is kept. */
export function CodeCamera({ active, label, onCodes, onState }: CodeCameraProps) {
  const [video] = useState(makeVideo)
  const [frames] = useState(frameCopy)
  const coarse = useRef<HTMLCanvasElement>(null)
  const sharp = useRef<HTMLCanvasElement>(null)
  const decoder = useRef<DecoderWorker>(null)
  const done = useRef({ offeredAt: 0, drawnAt: 0, codes: '', codesAt: 0 })
  const codesRead = useEffectEvent((bytes: readonly Uint8Array[]) => {
    const codes = [...new Set(bytes.map(hexText))].sort()
    const now = performance.now()
    if (codes.join() === done.current.codes && now - done.current.codesAt < sameCodesEveryMs) return
    Object.assign(done.current, { codes: codes.join(), codesAt: now })
    onCodes(codes)
  })
  useEffect(() => {
    const started = startDecoderWorker((bytes) => codesRead(bytes))
    decoder.current = started
    return () => {
      started.stop()
      frames.wipe()
    }
  }, [frames])
  const onFrame = () => {
    const now = performance.now()
    if (now - done.current.offeredAt >= decodeEveryMs && decoder.current?.busy === false) {
      done.current.offeredAt = now
      decoder.current.offer(new VideoFrame(video))
    }
    if (now - done.current.drawnAt < drawEveryMs) return
    done.current.drawnAt = now
    void frames.take(video).then((frame) => frame && drawPreview(frame, coarse.current, sharp.current))
  }
  const state = useCamera({ active, video, wished, onState, onFrame })
  return (
    <div className="camera code-camera" data-camera={state ?? 'opening'}>
      <canvas ref={coarse} className="camera-around mirrored" width={around.width} height={around.height} aria-hidden="true" />
      <canvas ref={sharp} className="camera-inside mirrored" width={inside.px} height={inside.px} role="img" aria-label={label('ui.camera.codes')} />
      <CameraNotice state={state} label={label} />
    </div>
  )
}

function drawPreview(frame: OffscreenCanvas, coarse: HTMLCanvasElement | null, sharp: HTMLCanvasElement | null): void {
  coarse?.getContext('2d')?.drawImage(frame, 0, 0, around.width, around.height)
  const { width, height } = frame
  const side = height * inside.part
  sharp?.getContext('2d')?.drawImage(frame, (width - side) / 2, (height - side) / 2, side, side, 0, 0, inside.px, inside.px)
}

function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
