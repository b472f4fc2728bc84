/** How the camera is, as the booth wants to hear it: `denied` by the permission table, `missing`, `lost` after it was there. */
export type CameraState = 'ready' | 'missing' | 'denied' | 'lost'

export type OpenedCamera = { readonly ok: true; readonly stream: MediaStream } | { readonly ok: false; readonly state: Exclude<CameraState, 'ready'> }

/** The pictures that are wished for: their size in pixels, and how many a second; the camera gives its nearest. */
export interface WishedFrames {
  readonly width: number
  readonly height: number
  readonly rate?: number
}

/** Opens the booth's one camera (W3C Media Capture and Streams, 10.2, names what its refusals mean). */
export async function openCamera({ width, height, rate }: WishedFrames): Promise<OpenedCamera> {
  try {
    const video = { width: { ideal: width }, height: { ideal: height }, ...(rate === undefined ? {} : { frameRate: { ideal: rate } }) }
    return { ok: true, stream: await navigator.mediaDevices.getUserMedia({ audio: false, video }) }
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    if (name === 'NotAllowedError' || name === 'SecurityError') return { ok: false, state: 'denied' }
    return { ok: false, state: name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'lost' }
  }
}

/** Closes it: no light stays on, no frame comes any more. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
