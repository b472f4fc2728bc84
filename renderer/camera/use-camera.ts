import { useEffect, useEffectEvent, useState } from 'react'
import { useView } from '../booth-context.ts'
import type { CameraState, WishedFrames } from './open-camera.ts'
import { noteCamera } from './presence.ts'
import { runCamera } from './run-camera.ts'

export interface UseCameraOptions {
  /** Whether the camera is wanted now; it is dark otherwise. */
  readonly active: boolean
  /** What plays the camera's pictures; null until it exists. */
  readonly video: HTMLVideoElement | null
  /** Must be the same object all the time. */
  readonly wished: WishedFrames
  readonly onState: (state: CameraState) => void
  readonly onFrame: (takenAt: number) => void
}

/** Owns the camera while the component lives and `active` holds; says how it is, null while it is being opened. */
export function useCamera({ active, video, wished, onState, onFrame }: UseCameraOptions): CameraState | null {
  const { cameraLabel: label } = useView()
  const [state, setState] = useState<CameraState | null>(null)
  const stateChanged = useEffectEvent((next: CameraState) => {
    noteCamera(next)
    setState(next)
    onState(next)
  })
  const frameCame = useEffectEvent(onFrame)
  useEffect(() => {
    if (!active || !video) return
    const end = runCamera({ video, wished, label, onState: (next) => stateChanged(next), onFrame: (takenAt) => frameCame(takenAt) })
    return () => {
      end()
      setState(null)
    }
  }, [active, video, wished, label])
  return state
}
