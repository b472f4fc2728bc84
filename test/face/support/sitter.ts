import sharp from 'sharp'
import type { FaceEngine } from '../../../face/engine.ts'
import { personAt } from '../../../face/person.ts'
import { pointIn, sampleSquare, type Picture, type Point } from '../../../face/picture.ts'
import { drawn, fixture, pixelsOf } from './engine.ts'

/**
 * Grace Hopper's portrait before a plain, light blue wall (her cap is white), made through the mask of the person: a picture that passes every check, which neither portrait does as it
 * is (one smiles with her teeth, one sits before flags). Square and upright.
 */
export async function plainSitter(engine: FaceEngine, wall: readonly [number, number, number] = [206, 219, 234]): Promise<Sitter> {
  const source = await pixelsOf(sharp(fixture('grace-hopper.jpg')).extend({ top: 40, extendWith: 'copy' }).resize(1536))
  const { head } = await engine.look(source)
  if (!head) throw new Error('no face in the fixture')
  const { square } = head.person
  const size = sitterSide
  const colours = new Float32Array(size * size * 3)
  sampleSquare(source, square, size, { scale: 1, offset: 0 }, colours)
  const data = new Uint8ClampedArray(size * size * 4)
  const person = new Float32Array(size * size)
  for (let at = 0; at < size * size; at += 1) {
    const point = pointIn(square, ((at % size) + 0.5) / size, (Math.floor(at / size) + 0.5) / size)
    // Surer than the mask: whatever it half believes would shine through.
    person[at] = Math.min(1, Math.max(0, (personAt(head.person, point) - 0.4) * 5))
    for (let channel = 0; channel < 3; channel += 1)
      data[at * 4 + channel] = person[at]! * colours[at * 3 + channel]! + (1 - person[at]!) * wall[channel]!
    data[at * 4 + 3] = 255
  }
  return { picture: { data, width: size, height: size }, person }
}

/** Pixels each way. */
export const sitterSide = 900

export interface Sitter {
  readonly picture: Picture
  /** How much of each pixel is the person, 0 to 1. */
  readonly person: Float32Array
}

/** A picture whose pixels are changed one by one: `change` gets a pixel's place and colour. */
export function repainted(picture: Picture, change: (x: number, y: number, colour: readonly [number, number, number]) => readonly number[]): Picture {
  const data = new Uint8ClampedArray(picture.data)
  for (let at = 0; at < data.length; at += 4) {
    const pixel = at / 4
    const colour = change(pixel % picture.width, Math.floor(pixel / picture.width), [data[at]!, data[at + 1]!, data[at + 2]!])
    data.set(colour.slice(0, 3), at)
  }
  return { ...picture, data }
}

/** Turned clockwise by `degrees` around the middle, corners filled with the wall. */
export const turned = (picture: Picture, degrees: number): Promise<Picture> =>
  pixelsOf(drawn(picture).rotate(degrees, { background: { r: 206, g: 219, b: 234, alpha: 1 } }))

/** The lids closed: the skin below the eye mirrored over it along the lower lid, down to a line of lashes, as far as `part` of the way. */
export async function withLidsClosed(engine: FaceEngine, picture: Picture, part = 1): Promise<Picture> {
  const points = await pointsOf(engine, picture)
  const eyes = [
    { upper: [33, 246, 161, 160, 159, 158, 157, 173, 133], lower: [33, 7, 163, 144, 145, 153, 154, 155, 133] },
    { upper: [263, 466, 388, 387, 386, 385, 384, 398, 362], lower: [263, 249, 390, 373, 374, 380, 381, 382, 362] },
  ]
  const data = new Uint8ClampedArray(picture.data)
  for (const { upper, lower } of eyes) {
    const columns = upper.map((index) => points[index]!.x)
    const [first, last] = [Math.min(...columns), Math.max(...columns)]
    const lashes = (last - first) / 24
    const [lid, bottom] = [heightAt(upper.map((index) => points[index]!)), heightAt(lower.map((index) => points[index]!))]
    for (let x = Math.ceil(first); x < last; x += 1) {
      const end = lid(x) + part * (bottom(x) - lid(x))
      for (let y = Math.floor(lid(x) - 2 * lashes); y < end + lashes; y += 1) {
        const from = 4 * (Math.round(bottom(x) + 2 * lashes + 0.8 * (end + lashes - y)) * picture.width + x)
        const light = y > end - lashes ? 0.35 : 1
        for (let channel = 0; channel < 3; channel += 1) data[4 * (y * picture.width + x) + channel] = light * picture.data[from + channel]!
      }
    }
  }
  return { ...picture, data }
}

/** Round dark lenses over both eyes. */
export async function withDarkLenses(engine: FaceEngine, picture: Picture): Promise<Picture> {
  const points = await pointsOf(engine, picture)
  const [left, right] = [points[468]!, points[473]!]
  const radius = 0.38 * Math.hypot(right.x - left.x, right.y - left.y)
  return repainted(picture, (x, y, colour) => {
    const inside = [left, right].some((eye) => Math.hypot(x - eye.x, (y - eye.y) * 1.15) < radius)
    return inside ? colour.map((value) => 0.12 * value + 10) : colour
  })
}

/** What may lie over a face: a patch on one eye, a bar over both, a mask from the nose to the chin. */
export type Cover = 'left eye' | 'right eye' | 'eyes' | 'mouth'

/** Cloth of one colour, with folds that one sees, over a part of the face. */
export async function covered(engine: FaceEngine, picture: Picture, cover: Cover, cloth: readonly [number, number, number]): Promise<Picture> {
  const points = await pointsOf(engine, picture)
  const at = (index: number) => points[index]!
  const eyeDistance = Math.hypot(at(473).x - at(468).x, at(473).y - at(468).y)
  const near = (eye: Point) => (x: number, y: number) => Math.hypot(x - eye.x, y - eye.y) < 0.35 * eyeDistance
  const isCovered = {
    'left eye': near(at(468)),
    'right eye': near(at(473)),
    eyes: (x: number, y: number) => Math.abs(y - at(168).y) < 0.3 * eyeDistance && x > at(127).x && x < at(356).x,
    mouth: (x: number, y: number) => y > at(195).y && y < at(152).y && x > at(132).x && x < at(361).x,
  }[cover]
  return repainted(picture, (x, y, colour) => (isCovered(x, y) ? cloth.map((value) => value + 3 * Math.sin(y / 9)) : colour))
}

async function pointsOf(engine: FaceEngine, picture: Picture): Promise<readonly Point[]> {
  const { head } = await engine.look(picture)
  if (!head) throw new Error('no face to change')
  return head.mesh.points
}

/** The height of a line of points over each column. */
function heightAt(points: readonly Point[]): (x: number) => number {
  const sorted = [...points].sort((a, b) => a.x - b.x)
  return (x) => {
    const next = sorted.findIndex((point) => point.x >= x)
    if (next <= 0) return next === 0 ? sorted[0]!.y : sorted[sorted.length - 1]!.y
    const [from, to] = [sorted[next - 1]!, sorted[next]!]
    return from.y + ((x - from.x) / Math.max(1e-6, to.x - from.x)) * (to.y - from.y)
  }
}
