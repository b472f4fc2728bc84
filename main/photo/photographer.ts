import type { Clock } from '../../hardware/clock.ts'
import type { DeviceHost, HostMessage } from '../../hardware/wire.ts'
import type { Configuration } from '../config/configuration.ts'
import type { MakePhoto } from '../effects.ts'
import { makeIdPhoto } from './id-photo.ts'
import { wipe } from './still.ts'

/** Beyond the driver's own limit: a camera that hangs is reset before it is given up. */
const graceMs = 10_000

/** Makes photos by the still camera where the booth has one, and by the screen's where that gives none. */
export interface Photographer {
  /** Makes the photo of an attempt; `image` is the frame of the camera of the screen. */
  readonly makePhoto: MakePhoto
  /** Hears of the devices; true for a picture, which is nobody else's. */
  heard(message: HostMessage): boolean
}

/** What the photographer works with. */
export interface PhotographerPorts {
  readonly clock: Clock
  readonly devices: Pick<DeviceHost, 'send'>
  readonly configuration: { readonly photo: Configuration['photo']; readonly devices: Pick<Configuration['devices'], 'still-camera'> }
  /** Makes the photo out of a picture; the imaging library when not given. */
  readonly makePhoto?: MakePhoto
}

type Made = Awaited<ReturnType<MakePhoto>>

export function createPhotographer({ clock, devices, configuration, makePhoto }: PhotographerPorts): Photographer {
  const make: MakePhoto = makePhoto ?? ((image) => makeIdPhoto(image, configuration.photo.thresholds))
  const captureMs = configuration.devices['still-camera']?.captureMs ?? 0
  let isReady = false
  let jobs = 0
  let waiting: { readonly job: string; readonly end: (still: Buffer | null) => void } | null = null

  /** The still camera's picture, to be wiped; null where it gives none. */
  const take = (): Promise<Buffer | null> =>
    new Promise((done) => {
      if (!isReady || waiting) return done(null)
      jobs += 1
      const job = `photo-${jobs}`
      const end = (still: Buffer | null) => {
        cancel()
        waiting = null
        done(still)
      }
      const cancel = clock.after(captureMs + graceMs, () => end(null))
      waiting = { job, end }
      devices.send({ device: 'still-camera', command: { kind: 'capture', job } })
    })
  const failed = ({ checks = [] }: Made) => checks.filter(({ ok }) => !ok).length

  return {
    async makePhoto(image) {
      const still = await take()
      const byCamera = still && (await make(still).finally(() => wipe(still)))
      if (byCamera?.ok && failed(byCamera) === 0) return byCamera
      const byScreen = await make(image)
      if (!byCamera?.ok) return byScreen
      const isScreenBetter = byScreen.ok && failed(byScreen) < failed(byCamera)
      if (isScreenBetter) wipe(byCamera.jpeg)
      else if (byScreen.ok) wipe(byScreen.jpeg)
      return isScreenBetter ? byScreen : byCamera
    },
    heard(message) {
      if (message.device !== 'still-camera') return false
      if (message.kind === 'health') {
        isReady = message.health.state === 'ready'
        if (!isReady) waiting?.end(null)
        return false
      }
      const { event } = message
      if (event.job === waiting?.job) waiting.end(event.kind === 'still' ? Buffer.from(event.jpegBase64, 'base64') : null)
      return true
    },
  }
}
