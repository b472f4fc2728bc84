/** How the camera is, as the booth wants to hear it: `denied` by the permission table, `missing`, `lost` after it was there. */
export type CameraState = 'ready' | 'missing' | 'denied' | 'lost'

export type OpenedCamera = { readonly ok: true; readonly stream: MediaStream } | { readonly ok: false; readonly state: Exclude<CameraState, 'ready'> }

/** The pictures that are wished for: their size in pixels, and how many a second; the camera gives its nearest. */
export interface WishedFrames {
  readonly width: number
  readonly height: number
  readonly rate?: number
}

/**
 * Opens the booth's camera: any without a `label`, else the one whose label is that, or contains it. Without such a one nothing is opened, because another camera looks
 * at somewhere else. (W3C Media Capture and Streams, 10.2, names what its refusals mean.)
 */
export async function openCamera({ width, height, rate }: WishedFrames, label: string): Promise<OpenedCamera> {
  const video = { width: { ideal: width }, height: { ideal: height }, ...(rate === undefined ? {} : { frameRate: { ideal: rate } }) }
  try {
    if (label === '') return { ok: true, stream: await openVideo(video) }
    const deviceId = await cameraWith(label)
    if (deviceId === null) return { ok: false, state: 'missing' }
    return { ok: true, stream: await openVideo({ ...video, deviceId: { exact: deviceId } }) }
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    if (name === 'NotAllowedError' || name === 'SecurityError') return { ok: false, state: 'denied' }
    return { ok: false, state: name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'lost' }
  }
}

function openVideo(video: MediaTrackConstraints | true): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({ audio: false, video })
}

/** The identifier of the camera with this label; null when none has it. */
async function cameraWith(label: string): Promise<string | null> {
  let cameras = await listCameras()
  if (cameras.length > 0 && cameras.every((camera) => camera.label === '')) {
    // Whoever has not opened a camera yet may not be told labels: one is opened for as long as it takes to read them.
    const stream = await openVideo(true)
    cameras = await listCameras().finally(() => closeCamera(stream))
  }
  const found = cameras.find((camera) => camera.label === label) ?? cameras.find((camera) => camera.label.includes(label))
  return found?.deviceId ?? null
}

async function listCameras(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind }) => kind === 'videoinput')
}

/** Closes it: no light stays on, no frame comes any more. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
