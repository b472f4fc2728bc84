import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { makeStillCameraSimulator } from '../../../hardware/camera/simulator.ts'
import { realClock } from '../../../hardware/clock.ts'
import { createDeviceHost } from '../../../hardware/host.ts'
import { demoPortrait } from '../../../main/commands/demo/portrait.ts'
import type { MakePhoto } from '../../../main/effects.ts'
import { makeIdPhoto } from '../../../main/photo/id-photo.ts'
import { createPhotographer } from '../../../main/photo/photographer.ts'
import { until } from '../../support/until.ts'

const portrait = readFileSync(demoPortrait)
/** What the camera of the screen saw of the same person: darker, and so told from what the still camera took. */
let onScreen: Buffer
beforeAll(async () => {
  onScreen = await sharp(portrait).linear(0.85).jpeg({ quality: 95 }).toBuffer()
})

/** A booth's devices with a still camera that takes `picture`, behind a program in gphoto2's place, and who makes the photos of it. */
async function studio(picture: string) {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-studio-'))
  const { program, hand } = makeStillCameraSimulator(dir, picture)
  const settings = { 'still-camera': { program, model: '', configuration: [], captureMs: 2_000 } }
  const devices = createDeviceHost(settings, { clock: realClock(), open: () => () => Promise.resolve(null) })
  onTestFinished(async () => {
    await devices.stop()
    rmSync(dir, { recursive: true, force: true })
  })
  const seen: string[] = []
  const makePhoto: MakePhoto = (image) => {
    seen.push(Buffer.compare(image, onScreen) === 0 ? 'screen' : 'camera')
    return makeIdPhoto(image)
  }
  const photographer = createPhotographer({ clock: realClock(), devices, configuration: { photo: { thresholds: {} }, devices: settings }, makePhoto })
  let isReady = false
  const kept: string[] = []
  devices.onMessage((message) => {
    if (message.kind === 'health' && message.device === 'still-camera') isReady = message.health.state === 'ready'
    if (!photographer.heard(message) && message.kind === 'event') kept.push(message.device)
  })
  await until(() => expect(isReady).toBe(true))
  const brightness = async (jpeg: Uint8Array) => (await sharp(jpeg).stats()).channels.reduce((sum, { mean }) => sum + mean, 0)
  /** Which picture became the photo, and which were looked at. */
  const shoot = async () => {
    const made = await photographer.makePhoto(Uint8Array.from(onScreen))
    if (!made.ok) throw new Error(made.code)
    return { by: (await brightness(made.jpeg)) > (await brightness(onScreen)) * 1.05 ? 'camera' : 'screen', seen: seen.splice(0) }
  }
  return { hand, shoot, kept }
}

it('the photo is the still camera’s, and the picture reaches nobody but its maker', async () => {
  const { shoot, kept } = await studio(demoPortrait)
  expect(await shoot()).toEqual({ by: 'camera', seen: ['camera'] })
  expect(await shoot()).toEqual({ by: 'camera', seen: ['camera'] })
  expect(kept).toEqual([])
})

it.each(['claimed', 'no-focus', 'raw', 'cut', 'pulled', 'hang'])('a still camera that gives no picture (%s) does not keep the resident: the frame of the screen is the photo', async (mood) => {
  const { hand, shoot } = await studio(demoPortrait)
  await hand(`mood ${mood}`)
  expect(await shoot()).toEqual({ by: 'screen', seen: ['screen'] })
})

it('nor does one whose picture lacks its lower half and ends all the same', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-cut-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const cut = join(dir, 'cut.jpg')
  writeFileSync(cut, Buffer.concat([portrait.subarray(0, portrait.length / 2), Buffer.from([0xff, 0xd9])]))
  const { shoot } = await studio(cut)
  expect(await shoot()).toEqual({ by: 'screen', seen: ['camera', 'screen'] })
})

it('of two pictures the one with fewer things to mend is kept', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-lids-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const blurred = join(dir, 'blurred.jpg')
  await sharp(portrait).blur(6).jpeg().toFile(blurred)
  const { shoot } = await studio(blurred)
  expect((await shoot()).seen).toEqual(['camera', 'screen'])
})
