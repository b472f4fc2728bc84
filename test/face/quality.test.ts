import { beforeAll, describe, expect, it } from 'vitest'
import type { FaceEngine } from '../../face/engine.ts'
import { measure } from '../../face/measure.ts'
import type { Picture } from '../../face/picture.ts'
import { measuredComponents, qualityComponents, qualityOf, qualityValue, type MeasuredComponent, type QualityComponent } from '../../face/quality.ts'
import { drawn, fixture, measured, openEngine, pixelsOf } from './support/engine.ts'
import { plainSitter, turned, withLidsClosed } from './support/sitter.ts'

it('maps native scores to the values of ISO/IEC 29794-5 exactly as its reference implementation: 28 components of 28 pictures', () => {
  const [head = [], ...rows] = fixture('ofiq-expected-results.csv').toString('utf8').trim().split(/\r?\n/).map((line) => line.split(';'))
  const components = Object.keys(qualityComponents) as readonly QualityComponent[]
  const column = (row: readonly string[], name: string) => Number(row[head.indexOf(name)])
  const values = rows.flatMap((row) => components.map((component) => [component, qualityValue(component, column(row, component)), column(row, `${component}.scalar`)]))
  expect(values).toHaveLength(784)
  expect(values.filter(([, ours, theirs]) => ours !== theirs)).toEqual([])
})

describe('the values of a picture', () => {
  let engine: FaceEngine
  let sitter: Picture
  let upright: Readonly<Record<MeasuredComponent, number>>
  beforeAll(async () => {
    engine = await openEngine()
    ;({ picture: sitter } = await plainSitter(engine))
    upright = await valuesOf(sitter)
  })
  const valuesOf = async (picture: Picture) => qualityOf(await measured(engine, picture))!
  /** The components whose values are not those of the sitter, by more than measuring again changes. */
  const changed = (values: Readonly<Record<MeasuredComponent, number>>) => measuredComponents.filter((component) => Math.abs(values[component] - upright[component]) > 5)

  it('are whole numbers from 0 to 100, high where nothing is amiss', () => {
    expect(Object.keys(upright)).toEqual([...measuredComponents])
    for (const [component, value] of Object.entries(upright)) {
      expect(Number.isInteger(value) && value >= 0 && value <= 100, component).toBe(true)
    }
    // In the sitter's picture the head is smaller than the standard wants it, and 1.7 T are below the eyes, of 1.8.
    const { HeadSize: _, MarginBelowOfTheFaceImage: below, ...others } = upright
    expect(below).toBeLessThan(50)
    for (const [component, value] of Object.entries(others)) expect(value, component).toBeGreaterThanOrEqual(80)
  })

  it('fall for closed eyes, a turned head, a second face and few pixels, each its own', async () => {
    const closed = await valuesOf(await withLidsClosed(engine, sitter))
    expect(changed(closed)).toEqual(['EyesOpen'])
    // In the reference's own table a closed eye reads 58: it hardly says so.
    expect(closed.EyesOpen).toBeLessThan(90)

    const leaning = await valuesOf(await turned(sitter, 30))
    expect(leaning.HeadPoseRoll).toBeGreaterThanOrEqual(72)
    expect(leaning.HeadPoseRoll).toBeLessThanOrEqual(78)

    const { width, height, faces, head, secondFace } = await measured(engine, await withGuest(sitter))
    expect(faces).toBe(2)
    expect(qualityOf({ width, height, faces, secondFace, sourceScale: 1, head })?.SingleFacePresent).toBe(Math.round(100 * (1 - secondFace)))
    expect(secondFace).toBeGreaterThan(0.2)

    const small = await pixelsOf(drawn(sitter).resize(300))
    expect(changed(await valuesOf(small))).toEqual(['InterEyeDistance'])
    // What counts is the camera's picture, not the one that was measured.
    expect(changed(qualityOf(measure(small, await engine.look(small), 3))!)).toEqual([])
  })

  it('follow the picture’s edges: cut close above, below or beside the face, the value of that edge falls', async () => {
    const { head, width, height } = await measured(engine, sitter)
    const { eyes, eyeMiddle, eyeDistance, t } = head!.geometry
    const [left, right, above, below] = [eyes[0].x - 0.6 * eyeDistance, eyes[1].x + 0.6 * eyeDistance, eyeMiddle.y - 0.9 * t, eyeMiddle.y + 1.3 * t].map(Math.round) as [number, number, number, number]
    const cuts = {
      LeftwardCropOfTheFaceImage: { left, top: 0, width: width - left, height },
      RightwardCropOfTheFaceImage: { left: 0, top: 0, width: right, height },
      MarginAboveOfTheFaceImage: { left: 0, top: above, width, height: height - above },
      MarginBelowOfTheFaceImage: { left: 0, top: 0, width, height: below },
    }
    for (const [component, part] of Object.entries(cuts)) {
      const values = await valuesOf(await pixelsOf(drawn(sitter).extract(part)))
      expect(changed(values).filter((name) => name !== 'HeadSize'), component).toEqual([component])
      expect(values[component as keyof typeof cuts], component).toBeLessThan(50)
    }
  })

  it('are none where there is no face', async () => {
    const wall = { data: new Uint8ClampedArray(400 * 400 * 4).fill(220), width: 400, height: 400 }
    expect(qualityOf(await measured(engine, wall))).toBeNull()
  })
})

/** Somebody smaller beside the sitter. */
async function withGuest(sitter: Picture): Promise<Picture> {
  const guest = await drawn(sitter).resize(Math.round(sitter.width * 0.6)).png().toBuffer()
  return pixelsOf(drawn(sitter).extend({ right: sitter.width, background: { r: 206, g: 219, b: 234, alpha: 1 } }).composite([{ input: guest, left: sitter.width + 40, top: 200 }]))
}
