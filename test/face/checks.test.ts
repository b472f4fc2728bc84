import { randomFillSync } from 'node:crypto'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { checksOf } from '../../face/checks.ts'
import type { FaceEngine } from '../../face/engine.ts'
import { placementIn } from '../../face/window.ts'
import type { Picture } from '../../face/picture.ts'
import { defaultThresholds } from '../../face/thresholds.ts'
import { drawn, failing, fixture, measured, openEngine, pixelsOf } from './support/engine.ts'
import { covered, plainSitter, repainted, sitterSide as side, turned, withDarkLenses, withLidsClosed, type Sitter } from './support/sitter.ts'

let engine: FaceEngine
let sitter: Sitter
beforeAll(async () => {
  engine = await openEngine()
  sitter = await plainSitter(engine)
})

const rgb = () => drawn(sitter.picture).removeAlpha()
/** A light that changes from 1 to `least` around a column. */
const edge = (x: number, column: number, softness: number, least: number) => 1 - (1 - least) / (1 + Math.exp(-(x - column) / softness))

/** What is done to the picture that passes, and the checks that must notice it: these and no others. */
const cases: readonly (readonly [name: string, make: () => Promise<Picture> | Picture, failing: readonly string[]])[] = [
  ['nothing', () => sitter.picture, []],
  ['tilted by 6°, which is corrected', () => turned(sitter.picture, -6), []],
  ['tilted by 12°', () => turned(sitter.picture, 12), ['roll']],
  ['mirrored', () => pixelsOf(rgb().flop()), []],
  ['smaller', () => pixelsOf(rgb().resize(650)), []],
  ['much smaller', () => pixelsOf(rgb().resize(400)), ['source-size']],
  ['the chin cropped off', () => pixelsOf(rgb().extract({ left: 0, top: 0, width: side, height: 0.75 * side })), ['cut-off', 'window']],
  ['too near the edge', () => pixelsOf(rgb().extract({ left: 250, top: 0, width: side - 250, height: side })), ['window']],
  ['lids closed', () => withLidsClosed(engine, sitter.picture), ['eyes']],
  ['dark lenses', () => withDarkLenses(engine, sitter.picture), ['dark-glasses']],
  [
    'a shadow on the wall',
    () => repainted(sitter.picture, (x, y, colour) => colour.map((value) => value * (1 - (1 - sitter.person[y * side + x]!) * (1 - edge(x, 0.65 * side, 22, 0.6))))),
    ['background'],
  ],
  [
    'light from one side',
    () => repainted(sitter.picture, (x, y, colour) => colour.map((value) => value * (1 - sitter.person[y * side + x]! * (1 - edge(x, side / 2, 30, 0.55))))),
    ['face-shadow'],
  ],
  ['far too little light', () => pixelsOf(rgb().linear(0.35, 0)), ['too-dark', 'background-light']],
  ['far too much light', () => pixelsOf(rgb().linear(1.7, 0)), ['too-bright', 'over-exposed']],
  ['out of focus', () => pixelsOf(rgb().blur(4)), ['sharpness']],
  ['enlarged from few pixels', async () => pixelsOf(sharp(await rgb().resize(210).png().toBuffer()).resize(side)), ['sharpness']],
  ['blue light', () => pixelsOf(rgb().recomb([[0.58, 0, 0], [0, 0.88, 0], [0, 0, 1.45]])), ['colour']],
  ['black and white', async () => pixelsOf(await rgb().greyscale().png().toBuffer()), []],
  ['a second person', async () => pixelsOf(await sideBySide(side, 0)), ['one-face']],
  ['a smaller second person', async () => pixelsOf(await sideBySide(480, 400)), ['one-face']],
]

/** The sitter, and mirrored a second one of `size` pixels beside. */
async function sideBySide(size: number, top: number): Promise<Buffer> {
  const [first, second] = [await rgb().png().toBuffer(), await rgb().flop().resize(size).png().toBuffer()]
  return sharp({ create: { width: side + size, height: side, channels: 3, background: { r: 206, g: 219, b: 234 } } })
    .composite([{ input: first, left: 0, top: 0 }, { input: second, left: side, top }])
    .png()
    .toBuffer()
}

describe('a picture that passes every check', () => {
  it.each(cases)('%s', async (_, make, expected) => {
    expect(failing(await measured(engine, await make()))).toEqual(expected)
  })
})

it('whoever holds an infant is seen, and the photo is of whoever sits in the oval, however small beside', async () => {
  const [holder, infant] = [await rgb().png().toBuffer(), await rgb().flop().resize(600).png().toBuffer()]
  const held = sharp({ create: { width: 1920, height: side, channels: 3, background: { r: 206, g: 219, b: 234 } } })
    .composite([{ input: holder, left: 0, top: 0 }, { input: infant, left: 660, top: 150 }])
  for (const across of [false, true]) {
    const { faces, head } = await measured(engine, await pixelsOf(sharp(await held.png().toBuffer()).flop(across)))
    expect(faces).toBe(2)
    const middle = head!.window.corner.x + (35 / 2) * head!.window.pixelsPerMm
    expect(Math.abs(middle - 960)).toBeLessThan(100)
  }
})

describe('a covered face', () => {
  const cloths = { black: [10, 10, 12], grey: [128, 128, 128], white: [225, 225, 225], 'skin-coloured': [200, 155, 135] } as const

  it.each(Object.entries(cloths))('is noticed under %s cloth: over either eye, over both, over the mouth', async (_, cloth) => {
    for (const cover of ['left eye', 'right eye', 'eyes'] as const)
      expect(failing(await measured(engine, await covered(engine, sitter.picture, cover, cloth))), cover).toContain('eyes-covered')
    expect(failing(await measured(engine, await covered(engine, sitter.picture, 'mouth', cloth))), 'mouth').toContain('mouth-covered')
  })

  it('one black eye beside a bright one is dark, whichever it is', async () => {
    for (const cover of ['left eye', 'right eye'] as const)
      expect(failing(await measured(engine, await covered(engine, sitter.picture, cover, cloths.black))), cover).toEqual(expect.arrayContaining(['dark-glasses', 'eyes-covered']))
  })
})

describe('relations that need no truth', () => {
  it('the roll of a turned head is its roll and the turn, and it can still be placed', async () => {
    const { head: upright } = await measured(engine, sitter.picture)
    for (const degrees of [-15, -8, 5, 10, 20]) {
      const { head } = await measured(engine, await turned(sitter.picture, degrees))
      expect(Math.abs(head!.geometry.roll - upright!.geometry.roll - degrees), `${degrees}°`).toBeLessThan(1.2)
      expect(Math.abs(head!.geometry.yaw - upright!.geometry.yaw), `${degrees}°`).toBeLessThan(2.6)
    }
  })

  it('a mirrored head turns and tilts the other way', async () => {
    const [plain, mirrored] = [await measured(engine, sitter.picture), await measured(engine, await pixelsOf(rgb().flop()))]
    expect(Math.abs(plain.head!.geometry.yaw + mirrored.head!.geometry.yaw)).toBeLessThan(2.6)
    expect(Math.abs(plain.head!.geometry.roll + mirrored.head!.geometry.roll)).toBeLessThan(2)
  })

  it('scale changes no proportion, and the window always places the head as it should be', async () => {
    for (const size of [350, 600, 1500]) {
      const { head } = await measured(engine, await pixelsOf(rgb().resize(size)))
      const { headMm, topMm, centreMm } = placementIn(head!.window, head!.geometry, head!.crown)
      expect([headMm, topMm, centreMm].map((value) => Math.round(value * 10) / 10)).toEqual([34, 4, 17.5])
      expect(head!.geometry.t / head!.geometry.eyeDistance).toBeCloseTo(1.77, 0)
    }
  })
})

describe('no face, or none that is fit', () => {
  it('P07 black, white, noise, a wall and a face of 20 px have none; only that is said of them', async () => {
    const size = { width: 1280, height: 960, channels: 3 as const }
    const flat = ['#000', '#fff', '#888'].map((background) => sharp({ create: { ...size, background } }))
    const noise = sharp(randomFillSync(Buffer.alloc(size.width * size.height * 3)), { raw: size })
    const tiny = await sharp({ create: { ...size, background: '#ddd' } })
      .composite([{ input: await rgb().resize(44).png().toBuffer(), left: 600, top: 400 }])
      .png()
      .toBuffer()
    for (const picture of [...flat, noise, sharp(tiny)]) expect(failing(await measured(engine, await pixelsOf(picture)))).toEqual(['one-face'])
  })

  it('says of the two portraits as they are what an office would say', async () => {
    const roomy = (name: string) => pixelsOf(sharp(fixture(name)).extend({ top: 40, extendWith: 'copy' }))
    expect(failing(await measured(engine, await roomy('astronaut.png')))).toEqual(['source-size', 'mouth', 'sharpness'])
    expect(failing(await measured(engine, await roomy('grace-hopper.jpg')))).toEqual(['source-size', 'background', 'background-light'])
  })
})

describe('skin of every tone, made up', () => {
  /** Synthetic: the skin of one face moved to the middle of each class of the individual typology angle (Chardin 1991; del Bino 2006). */
  const tones = [
    { tone: 'very light', lightness: 76 },
    { tone: 'light', lightness: 68 },
    { tone: 'intermediate', lightness: 61 },
    { tone: 'tan', lightness: 53 },
    { tone: 'brown', lightness: 43 },
    { tone: 'dark', lightness: 32 },
  ] as const

  it.each(tones)('$tone skin passes every check', async ({ lightness }) => {
    expect(failing(await measured(engine, recoloured(lightness)))).toEqual([])
  })

  /** The skin (by its colour) brought from its lightness, CIELAB 58, to another; black and white stay, and so do eyes, hair and clothes. */
  function recoloured(lightness: number): Picture {
    const gamma = Math.log(lightness / 100) / Math.log(58 / 100)
    return repainted(sitter.picture, (x, y, colour) => {
      const [red, green, blue] = colour
      const isSkin = sitter.person[y * side + x]! > 0.9 && red > 95 && red > green * 1.12 && green >= blue * 0.85 && y > 0.27 * side
      const luminance = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
      return isSkin ? colour.map((value) => value * luminance ** (gamma - 1)) : colour
    })
  }
})

describe('thresholds', () => {
  it('are a site’s own where it sets them, and every check names where its rule stands', async () => {
    const measures = await measured(engine, sitter.picture)
    const strict = checksOf(measures, { ...defaultThresholds, 'source-size': 5000 })
    expect(strict.filter(({ ok }) => !ok)).toMatchObject([{ id: 'source-size', threshold: 5000 }])
    for (const { source, value } of strict) expect(source.length > 8 && Number.isFinite(value)).toBe(true)
  })
})
