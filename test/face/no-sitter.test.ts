import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { drawn, failing, measured, openEngine, pixelsOf } from './support/engine.ts'

const engine = await openEngine()
const portrait = await pixelsOf(sharp(readFileSync(demoPortrait)))
const [width, height] = [1280, 960]
const wall = '#cedbea'
const onWall = (...layers: readonly { readonly input: Buffer; readonly left?: number; readonly top?: number }[]) =>
  pixelsOf(sharp({ create: { width, height, channels: 3, background: wall } }).composite(layers.map((layer) => ({ left: 0, top: 0, ...layer }))))
const drawing = (shapes: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 960" width="1280" height="960">${shapes}</svg>`)
const head = await drawn(portrait).extract({ left: 360, top: 0, width: 560, height: 720 }).toBuffer({ resolveWithObject: true })
const shown = (wide: number) => sharp(head.data, { raw: head.info }).resize({ width: wide }).png().toBuffer()

it('a group is no single person', async () => {
  const one = await shown(400)
  const group = await measured(engine, await onWall({ input: one, left: 20, top: 300 }, { input: one, left: 440, top: 260 }, { input: one, left: 860, top: 300 }))
  expect(group.faces).toBe(3)
  expect(failing(group)).toContain('one-face')
})

it('a cat is nobody', async () => {
  const cat = drawing(`<path d="M420 300 500 120 600 250 680 250 780 120 860 300Z" fill="#777"/><circle cx="640" cy="460" r="240" fill="#888"/>
    <ellipse cx="540" cy="420" rx="40" ry="50" fill="#cd3"/><ellipse cx="740" cy="420" rx="40" ry="50" fill="#cd3"/><ellipse cx="540" cy="420" rx="10" ry="44"/><ellipse cx="740" cy="420" rx="10" ry="44"/>
    <path d="M610 510 670 510 640 545Z" fill="#d99"/><path d="M640 545Q600 600 560 575M640 545Q680 600 720 575M400 520 560 530M400 560 560 545M880 520 720 530M880 560 720 545" stroke="#222" stroke-width="6" fill="none"/>`)
  expect((await measured(engine, await onWall({ input: cat }))).faces).toBe(0)
})

it('a telephone that shows a face, held so that all of it is seen, shows too small a face', async () => {
  const telephone = drawing('<rect x="420" y="60" width="440" height="840" rx="50" fill="#111"/>')
  expect(failing(await measured(engine, await onWall({ input: telephone }, { input: await shown(400), left: 440, top: 220 })))).toContain('source-size')
})

it('a head that is drawn with a brush is no photo', async () => {
  const painted = drawing(`<path d="M260 960Q300 760 640 760Q980 760 1020 960Z" fill="#35506b"/><ellipse cx="640" cy="470" rx="210" ry="280" fill="#d9a98a"/><path d="M430 430Q420 180 640 180Q860 180 850 430Q800 300 640 300Q480 300 430 430Z" fill="#3a2a20"/>
    <ellipse cx="560" cy="450" rx="40" ry="18" fill="#fff"/><ellipse cx="720" cy="450" rx="40" ry="18" fill="#fff"/><circle cx="560" cy="450" r="16" fill="#345"/><circle cx="720" cy="450" r="16" fill="#345"/>
    <path d="M510 405Q560 385 605 405M675 405Q720 385 770 405M640 460 620 555 660 555M570 640Q640 665 710 640" stroke="#7a4a35" stroke-width="9" fill="none"/>`)
  expect(failing(await measured(engine, await onWall({ input: painted })))).toContain('shades')
})
