import { pointIn, sampleSquare, signed, type Picture, type Point, type Square } from './picture.ts'
import type { Model } from './runtime.ts'

/** A face as the detector sees it: its box, and six points of it. */
export interface DetectedFace {
  /** 0 to 1. */
  readonly score: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** The eye on the left of the picture, the one on the right, tip of the nose, middle of the mouth, left ear, right ear. */
  readonly points: readonly Point[]
}

const inputSide = 128
/** The least score of a face (MediaPipe's own value), and how much of the smaller of two boxes may lie in the other before they are one face. */
const leastScore = 0.5
const mostOverlap = 0.5

/** Middles of the 896 anchors, 0 to 1: two for each field of 16 × 16, then six for each of 8 × 8 (MediaPipe, `SsdAnchorsCalculator`). */
const anchors: readonly Point[] = [
  { fields: 16, each: 2 },
  { fields: 8, each: 6 },
].flatMap(({ fields, each }) =>
  Array.from({ length: fields * fields * each }, (_, index) => {
    const field = Math.floor(index / each)
    return { x: ((field % fields) + 0.5) / fields, y: (Math.floor(field / fields) + 0.5) / fields }
  }),
)

/** Finds the faces in a square of a picture that are at least about a fifth as wide as it, the surest first. */
export async function detectFaces(model: Model, picture: Picture, square: Square): Promise<readonly DetectedFace[]> {
  sampleSquare(picture, square, inputSide, signed, model.input(0))
  const [regressors = new Float32Array(), scores = new Float32Array()] = await model.run()
  const found: DetectedFace[] = []
  for (const [index, anchor] of anchors.entries()) {
    const score = 1 / (1 + Math.exp(-scores[index]!))
    if (score < leastScore) continue
    const value = (field: number) => regressors[index * 16 + field]! / inputSide
    const place = (field: number) => ({ x: anchor.x + value(field), y: anchor.y + value(field + 1) })
    const middle = place(0)
    const corner = (side: number) => pointIn(square, middle.x + (side * value(2)) / 2, middle.y + (side * value(3)) / 2)
    const points = [4, 6, 8, 10, 12, 14].map(place).map(({ x, y }) => pointIn(square, x, y))
    found.push({ score, left: corner(-1).x, top: corner(-1).y, right: corner(1).x, bottom: corner(1).y, points })
  }
  return oneOfEach(found)
}

/** One face of all that overlap: their mean, weighted by score. */
export function oneOfEach(found: readonly DetectedFace[]): readonly DetectedFace[] {
  const left = [...found].sort((a, b) => b.score - a.score)
  const faces: DetectedFace[] = []
  while (left.length > 0) {
    const best = left[0]!
    const same = left.filter((face) => face === best || isSameFace(face, best))
    for (const face of same) left.splice(left.indexOf(face), 1)
    const sum = same.reduce((total, { score }) => total + score, 0)
    const mean = (value: (face: DetectedFace) => number) => same.reduce((total, face) => total + (value(face) * face.score) / sum, 0)
    faces.push({
      score: best.score,
      left: mean((face) => face.left),
      top: mean((face) => face.top),
      right: mean((face) => face.right),
      bottom: mean((face) => face.bottom),
      points: best.points.map((_, index) => ({ x: mean(({ points }) => points[index]!.x), y: mean(({ points }) => points[index]!.y) })),
    })
  }
  return faces
}

/** The area of a face's box, square pixels. */
export const areaOf = ({ left, top, right, bottom }: DetectedFace): number => Math.max(0, right - left) * Math.max(0, bottom - top)

/** A face smaller than this part of the largest is in the background, and no second person. */
const leastSecondFace = 0.1

/** Whether a face counts as a person beside the largest one. */
export const countsBeside = (face: DetectedFace, largest: DetectedFace): boolean => areaOf(face) >= leastSecondFace * areaOf(largest)

/** Whether two boxes are of one face, by what they share of the smaller one. */
export function isSameFace(a: DetectedFace, b: DetectedFace): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return Math.max(0, width) * Math.max(0, height) > mostOverlap * Math.max(1, Math.min(areaOf(a), areaOf(b)))
}

/** The square in which the mesh looks for a detected face: upright by the eyes, half as large again as the box. */
export function squareOfFace({ left, top, right, bottom, points: [leftEye, rightEye] }: DetectedFace): Square {
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    side: 1.5 * Math.max(right - left, bottom - top),
    turn: Math.atan2(rightEye!.y - leftEye!.y, rightEye!.x - leftEye!.x),
  }
}
