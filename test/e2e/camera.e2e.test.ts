import { describe, expect, test } from 'vitest'
import { launchBooth } from './support/launch.ts'
import { touchesOn } from './support/touches.ts'

/** A booth whose configuration says which camera is the screen's. */
const boothWith = (deviceLabel: string) => launchBooth({ config: (demo) => ({ ...demo, devices: { ...(demo['devices'] as object), camera: { deviceLabel } } }) })

describe('the camera that the configuration names', () => {
  // Chromium names a camera that plays a film by the film's path.
  test.concurrent('is the one that staff check, that reads codes and takes the photo, by a part of its label', async () => {
    const booth = await boothWith('camera.mjpeg')
    try {
      const touches = touchesOn(booth, 'en')
      await touches.at('attract')
      const width = await booth.page.evaluate(() => innerWidth)
      for (const x of [8, width - 8]) await booth.page.mouse.click(x, 8, { delay: 2_100 })
      await touches.at('staff-sign-in')
      await touches.tap(...[...'204816'].map((digit) => `key-${digit}`), 'forward', 'staff-camera')
      await booth.page.locator('.photo-camera[data-camera=ready]').waitFor()
      await touches.tap('shutter')
      await touches.at('found')
      const lines = JSON.stringify(await touches.view())
      for (const id of ['face', 'framing-height', 'exposure', 'over-exposed', 'focus', 'delay', 'window.at']) expect(lines).toContain(`"staff.camera.${id}"`)
      await touches.tap('camera-leave', 'staff-leave')
      await touches.goTo('scan')
      await booth.page.locator('.code-camera[data-camera=ready]').waitFor()
      await touches.goTo('photo')
      await booth.page.locator('.photo-camera[data-camera=ready]').waitFor()
      await touches.goTo('photo-review')
      expect(await touches.view()).toMatchObject({ screen: 'photo-review', attempt: 1 })
    } finally {
      await booth.close()
    }
  })

  test.concurrent('is missing when none has that label, and none other is taken for it', async () => {
    const booth = await boothWith('Front door')
    try {
      await booth.page.locator('main[data-screen=out-of-service]').waitFor()
      await expect.poll(touchesOn(booth, 'en').view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'camera-missing' }] })
    } finally {
      await booth.close()
    }
  })
})
