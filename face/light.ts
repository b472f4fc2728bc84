import type { HeadGeometry } from './geometry.ts'
import type { FaceMesh } from './mesh.ts'
import { leftEyePoints, lipPoints, rightEyePoints } from './mesh-points.ts'
import { placeIn, sampleSquare, type Picture, type Point, type Square } from './picture.ts'

/** What light, lens and camera made of a face. Luminances are parts of 255, by the weights of ITU-R BT.709 on the sRGB bytes. */
export interface FaceLight {
  /** Mean of the face's luminance. */
  readonly mean: number
  /** Luminance that the brightest hundredth of the face reaches: eye whites, reflections, teeth. It hardly depends on the skin. */
  readonly brightest: number
  /** Part of the face at 247 to 255, of 255. */
  readonly overExposed: number
  /** Entropy of the face's luminance, bits. */
  readonly entropy: number
  /** The darker cheek's mean luminance through the brighter one's. */
  readonly cheekBalance: number
  /** Luminance that the brightest tenth around an eye reaches, through the median of its cheek: the darker eye's. */
  readonly eyeZone: number
  /**
   * Contrast of the plainer eye, and of the mouth: what lies between the darkest and the brightest twentieth, through the mean. What covers them is plain.
   */
  readonly eyeContrast: number
  readonly mouthContrast: number
  /** How far the cheeks' colour is from that of skin: distance in CIELAB to a* 5 to 25, b* 5 to 35 (after ISO/IEC 29794-5, natural colour). */
  readonly colourDistance: number
  /** Variance of the Laplacian around eyes, nose and mouth at an eye distance of 128 px, their mean luminance brought to 128: no light or skin changes it. */
  readonly sharpness: number
}

/** A square around the face, brought to a known size before it is judged: eye distance in pixels, side in eye distances, its middle below the eyes in T. */
interface Frame {
  readonly eyeDistancePx: number
  readonly side: number
  readonly below: number
}

/** All of the face, for light and colour; eyes, nose and mouth, finer, for sharpness. */
const wholeFace: Frame = { eyeDistancePx: 64, side: 3.4, below: 0.18 }
const features: Frame = { eyeDistancePx: 128, side: 2, below: 0.35 }

const leftCheek = [117, 118, 101, 36, 205, 187, 123]
const rightCheek = [346, 347, 330, 266, 425, 411, 352]
/** The part of the outline that is judged: its rim is hair and background. */
const innerPart = 0.9

/** Judges the light on a face. */
export function faceLight(picture: Picture, mesh: FaceMesh, head: HeadGeometry): FaceLight {
  const { eyeMiddle, chin } = head
  const { colours, luminance, size, place } = framed(picture, head, wholeFace)
  const middle = { x: (eyeMiddle.x + chin.x) / 2, y: (eyeMiddle.y + chin.y) / 2 }
  const inner = head.outline.map(({ x, y }) => place({ x: middle.x + innerPart * (x - middle.x), y: middle.y + innerPart * (y - middle.y) }))
  const region = (points: readonly number[]) => pixelsInside(points.map((index) => place(mesh.points[index]!)), size)
  const face = pixelsInside(inner, size)
  const cheeks = [region(leftCheek), region(rightCheek)]
  const valuesOf = (pixels: readonly number[]) => {
    const values = new Float32Array(pixels.length)
    for (let at = 0; at < values.length; at += 1) values[at] = luminance[pixels[at]!]!
    return values.sort()
  }
  const [ofFace, ofLeft, ofRight] = [valuesOf(face), valuesOf(cheeks[0]!), valuesOf(cheeks[1]!)]
  // The second ring around the lids.
  const zone = (points: readonly number[]) => pixelsInside(hull(points.slice(16, 32).map((index) => place(mesh.points[index]!))), size)
  const [leftEye, rightEye] = [valuesOf(zone(leftEyePoints)), valuesOf(zone(rightEyePoints))]
  const ofMouth = valuesOf(pixelsInside(aroundLips(mesh).map(place), size))

  const mean = meanOf(ofFace)
  const [left, right] = [meanOf(ofLeft), meanOf(ofRight)]
  const light = {
    mean: mean / 255,
    brightest: percentile(ofFace, 0.99) / 255,
    overExposed: partOf(ofFace, (value) => Math.round(value) >= 247),
    entropy: entropyOf(ofFace),
    cheekBalance: Math.min(left, right) / Math.max(left, right, 1),
    eyeZone: Math.min(brightness(leftEye, ofLeft), brightness(rightEye, ofRight)),
    eyeContrast: Math.min(contrastOf(leftEye, mean / 6), contrastOf(rightEye, mean / 6)),
    mouthContrast: contrastOf(ofMouth, mean / 2),
    colourDistance: colourDistance(colours, cheeks.flat()),
    sharpness: sharpnessOf(picture, head),
  }
  for (const pixels of [colours, luminance, ofFace, ofLeft, ofRight, leftEye, rightEye, ofMouth]) pixels.fill(0)
  return light
}

/** How bright an eye is beside its cheek. */
const brightness = (eye: Float32Array, cheek: Float32Array) => percentile(eye, 0.9) / Math.max(1, percentile(cheek, 0.5))

/** Through the mean: no skin or light changes it. What is darker than `least` is cloth or a lens, whose noise is no contrast. */
const contrastOf = (values: Float32Array, least: number) =>
  (percentile(values, 0.95) - percentile(values, 0.05)) / Math.max(1, meanOf(values), least)

/** The lips' outer edge, half as large again: lips and the skin around them. */
function aroundLips({ points }: FaceMesh): readonly Point[] {
  const edge = hull(lipPoints.slice(0, 20).map((index) => points[index]!))
  const middle = { x: (points[13]!.x + points[14]!.x) / 2, y: (points[13]!.y + points[14]!.y) / 2 }
  return edge.map(({ x, y }) => ({ x: middle.x + 1.5 * (x - middle.x), y: middle.y + 1.5 * (y - middle.y) }))
}

export const luminanceOf = (red: number, green: number, blue: number): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue

function meanOf(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / Math.max(1, values.length)
}

function varianceOf(values: Float32Array): number {
  const mean = meanOf(values)
  let sum = 0
  for (const value of values) sum += (value - mean) ** 2
  return sum / Math.max(1, values.length)
}

/** The value that `part` of all values, in order, do not exceed; 0 where there are none. */
export const percentile = (sorted: Float32Array, part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0

function partOf(values: Float32Array, holds: (value: number) => boolean): number {
  let count = 0
  for (const value of values) if (holds(value)) count += 1
  return count / Math.max(1, values.length)
}

function histogramOf(values: Float32Array): Float64Array {
  const histogram = new Float64Array(256)
  for (const value of values) histogram[Math.min(255, Math.round(value))]! += 1 / values.length
  return histogram
}

const entropyOf = (values: Float32Array) => histogramOf(values).reduce((sum, part) => (part > 0 ? sum - part * Math.log2(part) : sum), 0)

function colourDistance(colours: Float32Array, pixels: readonly number[]): number {
  const mean = [0, 1, 2].map((channel) => pixels.reduce((sum, pixel) => sum + colours[pixel * 3 + channel]!, 0) / Math.max(1, pixels.length))
  const [, a, b] = labOf(mean[0]!, mean[1]!, mean[2]!)
  const outside = (value: number, least: number, most: number) => Math.max(least - value, 0, value - most)
  return Math.hypot(outside(a, 5, 25), outside(b, 5, 35))
}

/** CIELAB (D65) of sRGB bytes (IEC 61966-2-1, CIE 15). */
export function labOf(red: number, green: number, blue: number): readonly [lightness: number, a: number, b: number] {
  const linear = (byte: number) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4)
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const curve = (part: number) => (part > 216 / 24389 ? Math.cbrt(part) : (24389 / 27 / 116) * part + 16 / 116)
  const x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = curve(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = curve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** The face in a frame: colours, luminances, and where a point of the picture is in it. */
function framed(picture: Picture, { eyeMiddle, eyeDistance, roll, t }: HeadGeometry, { eyeDistancePx, side, below }: Frame) {
  const turn = (roll * Math.PI) / 180
  const middle = { x: eyeMiddle.x - Math.sin(turn) * below * t, y: eyeMiddle.y + Math.cos(turn) * below * t }
  const square: Square = { ...middle, side: side * eyeDistance, turn }
  const size = Math.round(side * eyeDistancePx)
  const colours = new Float32Array(size * size * 3)
  sampleSquare(picture, square, size, { scale: 1, offset: 0 }, colours)
  const luminance = new Float32Array(size * size)
  for (let at = 0; at < luminance.length; at += 1) luminance[at] = luminanceOf(colours[at * 3]!, colours[at * 3 + 1]!, colours[at * 3 + 2]!)
  const place = (point: Point): Point => {
    const { x, y } = placeIn(square, point)
    return { x: x * size, y: y * size }
  }
  return { colours, luminance, size, place }
}

/** Variance of the four-neighbour Laplacian, the mean luminance brought to 128. */
function sharpnessOf(picture: Picture, head: HeadGeometry): number {
  const { colours, luminance, size } = framed(picture, head, features)
  const mean = meanOf(luminance)
  const edges = new Float32Array((size - 2) * (size - 2))
  for (let row = 1, to = 0; row < size - 1; row += 1)
    for (let column = 1; column < size - 1; column += 1, to += 1) {
      const at = row * size + column
      edges[to] = luminance[at - 1]! + luminance[at + 1]! + luminance[at - size]! + luminance[at + size]! - 4 * luminance[at]!
    }
  const variance = varianceOf(edges)
  for (const pixels of [colours, luminance, edges]) pixels.fill(0)
  return variance * (128 / Math.max(1, mean)) ** 2
}

/** Numbers of the pixels of a square whose middles lie inside of a polygon. */
function pixelsInside(polygon: readonly Point[], size: number): readonly number[] {
  const pixels: number[] = []
  for (let row = 0; row < size; row += 1) {
    const y = row + 0.5
    const crossings: number[] = []
    for (const [index, from] of polygon.entries()) {
      const to = polygon[(index + 1) % polygon.length]!
      if (from.y <= y !== to.y <= y) crossings.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x))
    }
    crossings.sort((a, b) => a - b)
    for (let pair = 0; pair + 1 < crossings.length; pair += 2)
      for (let column = Math.max(0, Math.ceil(crossings[pair]! - 0.5)); column < Math.min(size, crossings[pair + 1]! - 0.5); column += 1)
        pixels.push(row * size + column)
  }
  return pixels
}

/** The convex hull of points, clockwise (Andrew's monotone chain). */
function hull(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y)
  const half = (list: readonly Point[]) => {
    const chain: Point[] = []
    for (const next of list) {
      const turnsLeft = () => {
        const [a, b] = [chain[chain.length - 2]!, chain[chain.length - 1]!]
        return (b.x - a.x) * (next.y - a.y) - (b.y - a.y) * (next.x - a.x) <= 0
      }
      while (chain.length > 1 && turnsLeft()) chain.pop()
      chain.push(next)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}
