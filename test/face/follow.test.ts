import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { checksOf } from '../../face/checks.ts'
import type { FaceEngine } from '../../face/engine.ts'
import { followHead } from '../../face/follow.ts'
import { shotScore } from '../../face/shot.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { drawn, measured, openEngine, pixelsOf } from './support/engine.ts'

const engine = await openEngine()
const portrait = await pixelsOf(sharp(readFileSync(demoPortrait)))
const moved = await pixelsOf(drawn(portrait).extract({ left: 24, top: 6, width: 1240, height: 700 }).extend({ left: 0, right: 40, bottom: 20, extendWith: 'copy' }))
const empty = await pixelsOf(sharp({ create: { width: 1280, height: 720, channels: 3, background: '#cedbea' } }))

it('a head that moves is followed by its points, in turns with the rest, and one that goes away is gone by the second frame', async () => {
  const looked: string[] = []
  const counting: FaceEngine = {
    ...engine,
    glance: (picture) => (looked.push('whole'), engine.glance(picture)),
    follow: (picture, before) => (looked.push('points'), engine.follow(picture, before)),
    personOf: (picture, mesh) => (looked.push('person'), engine.personOf(picture, mesh)),
    isAlone: (picture, face) => (looked.push('alone'), engine.isAlone(picture, face)),
  }
  const follow = followHead(counting)
  await follow(portrait)
  for (let frame = 0; frame < 6; frame += 1) await follow(portrait)
  const here = await follow(moved)
  const alone = await measured(engine, moved)
  expect(looked).toEqual(['whole', 'points', 'person', 'points', 'points', 'alone', 'points'])
  const [one, other] = [here.head?.geometry, alone.head?.geometry]
  if (!one || !other) throw new Error('no head')
  expect(Math.hypot(one.eyeMiddle.x - other.eyeMiddle.x, one.eyeMiddle.y - other.eyeMiddle.y) / other.eyeDistance).toBeLessThan(0.03)
  expect(checksOf(here).filter(({ ok }) => !ok)).toEqual([])
  await follow(empty)
  expect(looked.at(-1)).toBe('person')
  expect((await follow(empty)).faces).toBe(0)
  expect(looked.at(-1)).toBe('whole')
  await follow(portrait, true)
  expect(looked.at(-1)).toBe('whole')
})

it('of a head that is followed nothing is older than six frames: light, what is behind, and who comes to it', async () => {
  const changed: readonly (readonly [string, typeof portrait])[] = [
    ['over-exposed', await pixelsOf(drawn(portrait).linear([1, 1, 1, 1], [130, 130, 130, 0]))],
    ['background', await pixelsOf(drawn(portrait).composite([{ input: await drawn(portrait).extract({ left: 0, top: 0, width: 140, height: 400 }).png().toBuffer(), left: 340, top: 0 }]))],
    ['one-face', await pixelsOf(drawn(portrait).composite([{ input: await drawn(portrait).extract({ left: 440, top: 60, width: 380, height: 500 }).png().toBuffer(), left: 20, top: 60 }]))],
  ]
  for (const [check, picture] of changed) {
    const follow = followHead(engine)
    await follow(portrait)
    const failed = async () => checksOf(await follow(picture)).flatMap(({ id, ok }) => (ok ? [] : [id]))
    for (let frame = 0; frame < 5; frame += 1) await failed()
    expect(await failed(), check).toContain(check)
  }
})

it('of several shots the sharp one with open eyes scores best, and one without a face nothing', async () => {
  const score = async (picture: typeof portrait) => {
    const measures = await measured(engine, picture)
    return shotScore(measures, checksOf(measures))
  }
  const blurred = await pixelsOf(sharp(await drawn(portrait).png().toBuffer()).blur(3))
  expect(await score(portrait)).toBeGreaterThan(await score(blurred))
  expect(await score(empty)).toBe(0)
})
