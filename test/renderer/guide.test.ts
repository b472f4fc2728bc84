import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { View } from '../../main/contract/view.ts'
import { drawn, openEngine } from '../face/support/engine.ts'
import { plainSitter, turned } from '../face/support/sitter.ts'
import { buildPages, type BuiltPages } from './support/build.ts'
import { cameraPages, type CameraPage, type CameraPages } from './support/camera-page.ts'
import { cases } from './support/views.ts'

const films = mkdtempSync(join(tmpdir(), 'cardbooth-guide-'))
const film = join(films, 'sitter.mjpeg')
const lowFilm = join(films, 'low.mjpeg')

let built: BuiltPages
let pages: CameraPages
let booth: CameraPage
beforeAll(async () => {
  const engine = await openEngine()
  const { picture } = await plainSitter(engine)
  const wall = { r: 206, g: 219, b: 234 }
  /** Somebody who sits quietly and sways a little, 1.2 seconds long; a camera whose picture never changes is a broken one. */
  const scene = async (sitter: typeof picture, { side, left, top } = { side: 900, left: 190, top: 57 }) => {
    const image = await drawn(sitter).removeAlpha().resize(side, side, { fit: 'cover' }).png().toBuffer()
    const frames = Array.from({ length: 12 }, (_, index) => {
      const angle = (2 * Math.PI * index) / 12
      return sharp({ create: { width: 1280, height: 960, channels: 3, background: wall } })
        .composite([{ input: image, left: Math.round(left + 6 * Math.sin(angle)), top: Math.round(top + 3 * Math.cos(angle)) }])
        .jpeg({ quality: 88 })
        .toBuffer()
    })
    return (await Promise.all(frames)).flatMap((frame) => [frame, frame, frame])
  }
  // First with the head to one side, then as it should be: no video tool is needed for pictures one after the other.
  const [tilted, right] = [await scene(await turned(picture, 14)), await scene(picture)]
  writeFileSync(film, Buffer.concat([tilted, tilted, right, right, right, right, right, right].flat()))
  writeFileSync(lowFilm, Buffer.concat(await scene(picture, { side: 720, left: 280, top: 237 })))
  built = await buildPages()
  pages = cameraPages(built)
})
afterEach(() => booth.close())
afterAll(async () => {
  await pages.close()
  built.remove()
  rmSync(films, { recursive: true, force: true })
})

function photoView(): View {
  const found = cases.find(({ name }) => name === 'photo')
  if (!found) throw new Error('no photo screen')
  return { ...found.view, language: 'ja' }
}

it('says what is wrong with a head to one side, and when all has been right for a second counts down and shoots by itself', async () => {
  booth = await pages.open({ film })
  await booth.show(photoView())
  const guide = booth.page.locator('[data-guide]')
  await booth.page.locator('[data-guide=straight]').waitFor()
  expect(await guide.textContent()).toBe('頭をまっすぐにしてください')
  const { imageBase64 } = await booth.heard('photo')
  expect(await sharp(Buffer.from(String(imageBase64), 'base64')).metadata()).toMatchObject({ format: 'jpeg', width: 746, height: 960 })
})

it('the oval stands where the head is of somebody small who sits low, and the photo is taken there', async () => {
  booth = await pages.open({ film: lowFilm })
  await booth.show(photoView())
  const oval = booth.page.locator('.camera-oval')
  const places = async () => Promise.all(['cy', 'ry'].map(async (name) => Number(await oval.getAttribute(name))))
  expect(await places()).toEqual([21, 17])
  await booth.heard('photo')
  const [middle = 0, half = 0] = await places()
  // The head's middle is at 0.605 of the height, and it is 0.475 of it high.
  expect(Math.abs(middle - 0.605 * 45)).toBeLessThan(0.04 * 45)
  expect(Math.abs(half - (0.475 * 45) / 2)).toBeLessThan(0.06 * 22.5)
})
