import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { checksOf } from '../../face/checks.ts'
import { guideOf } from '../../face/guide.ts'
import { judgeSitter } from '../../face/live.ts'
import type { Measures } from '../../face/measure.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { drawn, measured, openEngine, pixelsOf } from './support/engine.ts'

const engine = await openEngine()
const portrait = await pixelsOf(sharp(readFileSync(demoPortrait)))
const wall = '#cedbea'

/** What is said to somebody who has just come before the camera like that. */
function saidOf(measures: Measures): string | null {
  return guideOf(measures, checksOf(measures), judgeSitter(() => 0)(measures))
}

/** The portrait, its head as large as `scale` of what it was and its middle `aside` of the width further right, in a picture of the same size. */
async function placed(scale: number, aside: number) {
  const { width, height } = portrait
  const left = Math.round(width * Math.max(0, (1 - scale) / 2 + aside))
  const small = await drawn(portrait).resize({ width: Math.round(width * scale) }).png().toBuffer({ resolveWithObject: true })
  const visible = Math.min(small.info.width, width - left)
  const input = await sharp(small.data).extract({ left: 0, top: 0, width: visible, height: small.info.height }).toBuffer()
  return pixelsOf(sharp({ create: { width, height, channels: 3, background: wall } }).composite([{ input, left, top: height - small.info.height }]))
}

it('somebody far away comes closer, somebody beside the oval to its middle, on the side that they see in the mirror', async () => {
  expect(saidOf(await measured(engine, portrait))).toBeNull()
  expect(saidOf(await measured(engine, await placed(0.5, 0)))).toBe('closer')
  expect(saidOf(await measured(engine, await placed(0.8, 0.1)))).toBe('right')
  expect(saidOf(await measured(engine, await placed(0.8, -0.1)))).toBe('left')
})

it('eyes that are half as open as they were within two seconds are to be opened; narrow ones are as open as they are', async () => {
  const measures = await measured(engine, portrait)
  const { head } = measures
  if (!head) throw new Error('no head')
  const opened = (part: number): Measures => {
    const [left, right] = head.geometry.eyeOpenings
    return { ...measures, head: { ...head, geometry: { ...head.geometry, eyeOpenings: [left * part, right * part] } } }
  }
  let at = 0
  const judge = judgeSitter(() => at)
  const areOpen = (part: number) => judge(opened(part)).find(({ id }) => id === 'own-eyes')?.ok
  expect(areOpen(1)).toBe(true)
  at = 1900
  expect(areOpen(0.55)).toBe(false)
  expect(areOpen(0.65)).toBe(true)
  at = 4000
  expect(areOpen(0.55)).toBe(true)
  judge({ ...measures, head: null })
  expect(areOpen(0.2)).toBe(true)
})
