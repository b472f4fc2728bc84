import { useEffect, useEffectEvent } from 'react'
import { makeVideo } from './make-video.ts'
import type { CameraState } from './open-camera.ts'
import { runCamera } from './run-camera.ts'

const size = { width: 640, height: 480 } as const
/** How often a camera that was not ready is looked for again. */
const lookAgainMs = 10_000

/** What was last known of the one camera, by whichever part had it. */
let known: CameraState | null = null

/** Notes what a part of the page that has the camera knows of it. */
export function noteCamera(state: CameraState): void {
  known = state
}

/**
 * Tells, once there is a booth to tell, whenever a device comes or goes, and every ten seconds while it is not ready, whether there is a camera whose
 * picture moves; keeps none open.
 */
export function useCameraPresence(onState: (state: CameraState) => void, booth: boolean): void {
  const tell = useEffectEvent((state: CameraState) => {
    noteCamera(state)
    onState(state)
  })
  useEffect(() => {
    if (!booth) return
    let close = () => {}
    const look = () => {
      close()
      close = runCamera({
        video: makeVideo(),
        size,
        onState(state) {
          close()
          tell(state)
        },
        onFrame() {},
      })
    }
    const timer = setInterval(() => {
      if (known !== 'ready') look()
    }, lookAgainMs)
    look()
    navigator.mediaDevices.addEventListener('devicechange', look)
    return () => {
      close()
      clearInterval(timer)
      navigator.mediaDevices.removeEventListener('devicechange', look)
    }
  }, [booth])
}
