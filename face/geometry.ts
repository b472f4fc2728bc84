import type { FaceMesh, MeshPoint } from './mesh.ts'
import { outline, point } from './mesh-points.ts'
import { personAt, type PersonMask } from './person.ts'
import type { Point, Square } from './picture.ts'

/** Where the parts of one head are, in pixels of its picture, and how it is held, in degrees. */
export interface HeadGeometry {
  /** Middle of the iris of the eye on the left of the picture, and on the right. */
  readonly eyes: readonly [Point, Point]
  /** Between the irises. */
  readonly eyeMiddle: Point
  readonly eyeDistance: number
  readonly chin: Point
  /** From between the eyes to the chin: the T of ISO/IEC 29794-5. */
  readonly t: number
  /** Clockwise in the picture. */
  readonly roll: number
  /** Towards the right of the picture. */
  readonly yaw: number
  /** Chin towards the chest. Heads that look straight ahead read 0 to 11: the mesh counts the slope of the face as pitch. */
  readonly pitch: number
  /** Gap of the lids through width of the eye, left and right of the picture. */
  readonly eyeOpenings: readonly [number, number]
  /** The smaller gap of the lids through T. */
  readonly lidGap: number
  /** Gap between the inner edges of the lips through T. */
  readonly mouthGap: number
  readonly outline: readonly Point[]
}

const degrees = 180 / Math.PI

/** Reads the head's geometry off its mesh. */
export function headGeometry({ points }: FaceMesh): HeadGeometry {
  const at = (index: number) => points[index]!
  const eyes = [at(point.leftIris), at(point.rightIris)] as const
  const chin = at(point.chin)
  const eyeMiddle = middle(eyes[0], eyes[1])
  const t = distance(eyeMiddle, chin)
  const turn = Math.atan2(eyes[1].y - eyes[0].y, eyes[1].x - eyes[0].x)
  /** The angle out of the picture's plane of a line between two points, seen along the given direction. */
  const slope = (from: MeshPoint, to: MeshPoint, alongX: number, alongY: number) =>
    Math.atan2(to.z - from.z, (to.x - from.x) * alongX + (to.y - from.y) * alongY) * degrees
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)]
  const yaw = (slope(at(33), at(263), cosine, sine) + slope(at(point.leftSide), at(point.rightSide), cosine, sine)) / 2
  const gaps = (pairs: readonly (readonly [number, number])[]) =>
    pairs.reduce((sum, [upper, lower]) => sum + distance(at(upper), at(lower)), 0) / pairs.length
  const lids = [gaps([[160, 144], [159, 145], [158, 153]]), gaps([[387, 373], [386, 374], [385, 380]])] as const
  return {
    eyes,
    eyeMiddle,
    eyeDistance: distance(...eyes),
    chin,
    t,
    roll: turn * degrees,
    yaw,
    pitch: slope(at(point.forehead), chin, -sine, cosine),
    eyeOpenings: [lids[0] / distance(at(33), at(133)), lids[1] / distance(at(362), at(263))],
    lidGap: Math.min(...lids) / t,
    mouthGap: distance(at(13), at(14)) / t,
    outline: outline.map(at),
  }
}

export const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y)

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })

/** The square in which the person is looked for: upright, all of the head and the shoulders' beginning. */
export function squareOfHead({ eyeMiddle, t, roll }: HeadGeometry): Square {
  return { ...eyeMiddle, side: 3.4 * t, turn: roll / degrees }
}

/** The crown: where the person ends above the eyes, hair and whatever is worn included. */
export interface Crown extends Point {
  /** Whether it was seen; else it stands where most crowns are. */
  readonly seen: boolean
}

/** The crown of most heads above the eyes, and the limits beyond which the mask is wrong: parts of T. */
const usualCrown = 1.12
const crownLimits = [0.75, 1.45] as const
/** A part of T that may be missing in the mask on the way up: a hair band, a reflection. */
const largestHole = 0.16
/** The least columns of the mask that show the person in a row that still belongs to the head. */
const leastColumns = 3

/** Finds the crown above the eyes of the head that `mask` was made for, in the direction in which the head is held. */
export function crownOf({ eyeMiddle, eyeDistance, t, roll }: HeadGeometry, mask: PersonMask): Crown {
  const up = { x: Math.sin(roll / degrees), y: -Math.cos(roll / degrees) }
  const above = (parts: number): Point => ({ x: eyeMiddle.x + up.x * parts * t, y: eyeMiddle.y + up.y * parts * t })
  const step = mask.square.side / mask.size
  const columns = Math.floor(eyeDistance / step)
  const isPerson = (parts: number) => {
    const start = above(parts)
    let seen = 0
    for (let column = -columns / 2; column <= columns / 2; column += 1)
      if (personAt(mask, { x: start.x - up.y * column * step, y: start.y + up.x * column * step }) > 0.5) seen += 1
    return seen >= leastColumns
  }
  let highest = 0
  for (let parts = 0; parts <= 1.7 && parts - highest <= largestHole; parts += step / t) if (isPerson(parts)) highest = parts
  const seen = highest >= crownLimits[0] && highest <= crownLimits[1]
  return { ...above(seen ? highest : usualCrown), seen }
}

