import type { CDPSession } from 'playwright'
import { launchBooth, type LaunchedBooth } from '../e2e/support/launch.ts'
import { fingerOn } from '../e2e/support/finger.ts'
import { touchesOn, type Touches } from '../e2e/support/touches.ts'
import { measurement, type Measurement } from './measurement.ts'
import { interactionDurations, percentile } from './statistics.ts'
import { giveCamera, observeTouches, takeSeen, thresholdMs } from './touches-seen.ts'

/** Touches on each screen that has the camera, besides the one that leads on. */
const tapsBeforeCamera = 14
const cameraScreens = ['scan', 'photo']
const slowdown = 4

/** How long the touches took, all of them and those on screens with the camera, and the tasks that were long. */
interface Felt {
  readonly all: number[]
  readonly atCamera: number[]
  readonly longTasks: number[]
}
const felt = (): Felt => ({ all: [], atCamera: [], longTasks: [] })

/** A resident whose every touch is observed. */
interface Resident {
  /** A whole visit, or only its screens with the camera; adds what was felt. */
  visit(camera: boolean, only: 'everything' | 'camera-screens', into: Felt): Promise<void>
}

async function residentOf(booth: LaunchedBooth): Promise<Resident> {
  const { page } = booth
  let taps = 0
  const finger = await fingerOn(page)
  const touches: Touches = touchesOn(booth, 'ja', async (place) => {
    await finger(place)
    taps += 1
  })
  const gather = async (into: Felt, atCamera: boolean) => {
    const { events, longTasks } = await takeSeen(page)
    const durations = interactionDurations(events, taps, thresholdMs)
    taps = 0
    into.all.push(...durations)
    if (atCamera) into.atCamera.push(...durations)
    into.longTasks.push(...longTasks)
  }
  /** Touches a button that changes the whole screen, while the camera runs. */
  const tapAtCamera = async (camera: boolean, into: Felt) => {
    await gather(into, false)
    if (camera) await page.locator('[data-camera="ready"]').waitFor()
    for (let tap = 0; tap < tapsBeforeCamera; tap += 1) await touches.tap('contrast')
    await gather(into, true)
  }
  return {
    async visit(camera, only, into) {
      await giveCamera(page, camera)
      await touches.at('attract')
      await takeSeen(page)
      if (only === 'camera-screens') {
        for (const screen of cameraScreens) {
          await touches.hurryTo(screen)
          await tapAtCamera(camera, into)
        }
      } else
        await touches.goTo('goodbye', async ({ screen }) => {
          if (!cameraScreens.includes(screen)) return
          await tapAtCamera(camera, into)
          // Without a camera nobody can press the shutter.
          if (screen === 'photo' && !camera) {
            await touches.hurryTo('photo-review')
            await takeSeen(page)
          }
        })
      await gather(into, false)
      await touches.leave()
    },
  }
}

function lines(name: string, withCamera: Felt, without: Felt): readonly Measurement[] {
  const compared = (own: keyof Felt) => ({ peer: 'the same without camera', ratio: percentile(withCamera[own], 0.98) / percentile(without[own], 0.98) })
  return [
    measurement('touch', `${name} without camera`, without.all),
    measurement('touch', name, withCamera.all, compared('all')),
    measurement('touch', `${name}, screens with the camera`, withCamera.atCamera, compared('atCamera')),
    measurement('touch', `${name}, long tasks`, withCamera.longTasks),
  ]
}

/** From a touch to the frame that answers it, on whole visits with camera preview and decoder and on the same without, in turns; and with a slower processor. */
export async function* measureTouch(): AsyncGenerator<Measurement> {
  const booth = await launchBooth()
  try {
    const { page } = booth
    const resident = await residentOf(booth)
    await observeTouches(page)
    const [withCamera, without] = [felt(), felt()]
    for (let turn = 0; turn < 2; turn += 1) {
      await resident.visit(true, 'everything', withCamera)
      await resident.visit(false, 'everything', without)
    }
    yield* lines('visit', withCamera, without)

    const cdp: CDPSession = await page.context().newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    const [slowWith, slowWithout] = [felt(), felt()]
    await resident.visit(true, 'camera-screens', slowWith)
    await resident.visit(false, 'camera-screens', slowWithout)
    yield* lines(`processor ${slowdown} times slower`, slowWith, slowWithout)
  } finally {
    await booth.close()
  }
}
