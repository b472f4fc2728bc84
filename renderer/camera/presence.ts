import { makeVideo } from './make-video.ts'
import type { CameraState } from './open-camera.ts'
import { runCamera } from './run-camera.ts'

const wished = { width: 640, height: 480 } as const
/** How often a camera that was not ready is looked for again. */
const lookAgainMs = 10_000

/** What was last known of the one camera, by whichever part had it. */
let known: CameraState | null = null
let found: (state: CameraState) => void = () => {}
let watching = false
let wanted = ''

/** Notes what a part of the page that has the camera knows of it. */
export function noteCamera(state: CameraState): void {
  known = state
}

/**
 * Tells what is known of the camera with this label (as `openCamera` takes it) now, and what is found later, to `listen` alone, until the returned function is called. The
 * first call begins to look.
 */
export function onCameraFound(label: string, listen: (state: CameraState) => void): () => void {
  wanted = label
  found = listen
  if (known !== null) listen(known)
  if (!watching) watchForCamera()
  watching = true
  return () => {
    if (found === listen) found = () => {}
  }
}

/** Finds out now, whenever a device comes or goes, and every ten seconds while it is not ready, whether there is a camera whose picture moves; keeps none open. */
function watchForCamera(): void {
  let close = () => {}
  const look = () => {
    close()
    close = runCamera({
      video: makeVideo(),
      wished,
      label: wanted,
      onState(state) {
        close()
        noteCamera(state)
        found(state)
      },
      onFrame() {},
    })
  }
  setInterval(() => {
    if (known !== 'ready') look()
  }, lookAgainMs)
  navigator.mediaDevices.addEventListener('devicechange', look)
  look()
}
