import { leftEyePoints, lipPoints, rightEyePoints } from './mesh-points.ts'
import { pointIn, sampleSquare, unit, type Picture, type Point, type Square } from './picture.ts'
import type { Model } from './runtime.ts'

/** A point of the face in space: pixels of the picture, `z` of the same size and smaller towards the camera. */
export interface MeshPoint extends Point {
  readonly z: number
}

export interface FaceMesh {
  /** How sure it is that this is a face, 0 to 1. */
  readonly score: number
  /** 478 points in MediaPipe's order; 468 and 473 are the middles of the irises. */
  readonly points: readonly MeshPoint[]
}

const inputSide = 192
const mapSide = 48
const channels = 32
const cropSide = 16

/** Parts of the face that are looked at again: their points, the line that is made level, and by how much the crop is larger than their box. */
const regions = [
  { points: lipPoints, level: [61, 291] },
  { points: leftEyePoints, level: [33, 133] },
  { points: rightEyePoints, level: [362, 263] },
] as const
const regionScale = 1.5

/** Finds the 478 points of the face in a square of the picture. */
export async function findMesh(trunk: Model, heads: Model, picture: Picture, square: Square): Promise<FaceMesh> {
  sampleSquare(picture, square, inputSide, unit, trunk.input(0))
  const [coarse = new Float32Array(), features = new Float32Array(), flag = new Float32Array()] = await trunk.run()
  const crops = regions.map(({ points, level }) => cropOf(coarse, points, level))
  for (const [index, crop] of crops.entries()) sampleFeatures(features, crop, heads.input(index))
  const [lips, leftEye, leftIris, rightEye, rightIris] = await heads.run()

  const flat: { x: number; y: number; z: number }[] = Array.from({ length: 478 }, (_, index) => {
    return index < 468 ? { x: coarse[index * 3]!, y: coarse[index * 3 + 1]!, z: coarse[index * 3 + 2]! } : { x: 0, y: 0, z: 0 }
  })
  const refine = (values: Float32Array | undefined, crop: Crop, points: readonly number[]) => {
    for (const [index, point] of points.entries()) {
      const [x, y] = [values![index * 2]!, values![index * 2 + 1]!]
      Object.assign(flat[point]!, { x: crop.m00 * x + crop.m01 * y + 4 * crop.m02, y: crop.m10 * x + crop.m11 * y + 4 * crop.m12 })
    }
  }
  const [lipsCrop, leftCrop, rightCrop] = crops
  refine(lips, lipsCrop!, lipPoints)
  refine(leftEye, leftCrop!, leftEyePoints)
  refine(rightEye, rightCrop!, rightEyePoints)
  refine(leftIris, leftCrop!, [468, 469, 470, 471, 472])
  refine(rightIris, rightCrop!, [473, 474, 475, 476, 477])

  const scale = square.side / inputSide
  return {
    score: 1 / (1 + Math.exp(-flag[0]!)),
    points: flat.map(({ x, y, z }) => ({ ...pointIn(square, x / inputSide, y / inputSide), z: z * scale })),
  }
}

/** An upright crop of the map of features: places of its 16 × 16 fields to places of the map. */
interface Crop {
  readonly m00: number
  readonly m01: number
  readonly m02: number
  readonly m10: number
  readonly m11: number
  readonly m12: number
}

/** The crop around points of the coarse mesh, the line between two of them made level (MediaPipe's operator Landmarks2TransformMatrix, version 2). */
function cropOf(coarse: Float32Array, points: readonly number[], [from, to]: readonly [number, number]): Crop {
  const ofMap = mapSide / inputSide
  const at = (index: number) => ({ x: coarse[index * 3]! * ofMap, y: coarse[index * 3 + 1]! * ofMap })
  const [start, end] = [at(from), at(to)]
  const length = Math.hypot(end.x - start.x, end.y - start.y)
  const [cosine, sine] = [(end.x - start.x) / length, (end.y - start.y) / length]
  const along = points.map((index) => at(index).x * cosine + at(index).y * sine)
  const down = points.map((index) => at(index).y * cosine - at(index).x * sine)
  const [left, right, top, bottom] = [Math.min(...along), Math.max(...along), Math.min(...down), Math.max(...down)]
  const [scaleX, scaleY] = [((right - left) * regionScale) / cropSide, ((bottom - top) * regionScale) / cropSide]
  // Where the crop's corner lies in the turned frame, and then in the map.
  const [cornerX, cornerY] = [(left + right) / 2 - (scaleX * cropSide) / 2, (top + bottom) / 2 - (scaleY * cropSide) / 2]
  return {
    m00: scaleX * cosine,
    m01: -scaleY * sine,
    m02: cornerX * cosine - cornerY * sine,
    m10: scaleX * sine,
    m11: scaleY * cosine,
    m12: cornerX * sine + cornerY * cosine,
  }
}

/** Fills `into` with a crop of the features, interpolated between four; beyond the edge there are none (TransformTensorBilinear, version 2). */
function sampleFeatures(features: Float32Array, crop: Crop, into: Float32Array): void {
  into.fill(0)
  for (let row = 0; row < cropSide; row += 1)
    for (let column = 0; column < cropSide; column += 1) {
      const x = crop.m00 * (column + 0.5) + crop.m01 * (row + 0.5) + crop.m02 - 0.5
      const y = crop.m10 * (column + 0.5) + crop.m11 * (row + 0.5) + crop.m12 - 0.5
      const [left, top] = [Math.floor(x), Math.floor(y)]
      const to = (row * cropSide + column) * channels
      for (let corner = 0; corner < 4; corner += 1) {
        const [cornerX, cornerY] = [left + (corner & 1), top + (corner >> 1)]
        if (cornerX < 0 || cornerY < 0 || cornerX >= mapSide || cornerY >= mapSide) continue
        const part = (corner & 1 ? x - left : 1 - x + left) * (corner >> 1 ? y - top : 1 - y + top)
        const from = (cornerY * mapSide + cornerX) * channels
        for (let channel = 0; channel < channels; channel += 1) into[to + channel]! += part * features[from + channel]!
      }
    }
}

/** The square in which the mesh looks again for a face that it has found: upright, half as large again as its points. */
export function squareOfMesh({ points }: FaceMesh): Square {
  const [left, right] = [points[33]!, points[263]!]
  const turn = Math.atan2(right.y - left.y, right.x - left.x)
  const along = points.map(({ x, y }) => x * Math.cos(turn) + y * Math.sin(turn))
  const down = points.map(({ x, y }) => y * Math.cos(turn) - x * Math.sin(turn))
  const [least, most] = [(values: readonly number[]) => Math.min(...values), (values: readonly number[]) => Math.max(...values)]
  const [middleX, middleY] = [(least(along) + most(along)) / 2, (least(down) + most(down)) / 2]
  return {
    x: middleX * Math.cos(turn) - middleY * Math.sin(turn),
    y: middleX * Math.sin(turn) + middleY * Math.cos(turn),
    side: 1.5 * Math.max(most(along) - least(along), most(down) - least(down)),
    turn,
  }
}
