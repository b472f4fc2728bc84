import { labOf, percentile } from './light.ts'
import type { PersonMask } from './person.ts'
import { placeIn, pointIn, sampleSquare, type Picture } from './picture.ts'
import { cornersOf, type PhotoWindow } from './window.ts'
import type { HeadGeometry } from './geometry.ts'

/** What is behind the person, in the part of the picture that becomes the photo and above the chin. */
export interface Background {
  /** Mean lightness, CIELAB, 0 to 100. */
  readonly lightness: number
  /** The distance in CIELAB from the mean colour that a twentieth of the background exceeds. */
  readonly spread: number
}

/** How sure the mask may be at most that a field shows the person, for it to count as background. */
const surelyBehind = 0.1

/** Fewer fields of the mask show nothing that could be judged. */
const leastFields = 16

/** Judges the background; where none is seen it is as light and even as can be. */
export function backgroundOf(picture: Picture, mask: PersonMask, window: PhotoWindow, { chin }: HeadGeometry): Background {
  const { square, size, values } = mask
  const colours = new Float32Array(size * size * 3)
  sampleSquare(picture, square, size, { scale: 1, offset: 0 }, colours)
  const corners = cornersOf(window).map((corner) => placeIn(square, corner))
  const rows = [Math.max(0, Math.min(...corners.map(({ y }) => y))) * size, Math.min(1, placeIn(square, chin).y) * size] as const
  const columns = [Math.max(0, Math.min(...corners.map(({ x }) => x))) * size, Math.min(1, Math.max(...corners.map(({ x }) => x))) * size] as const
  const fields: number[] = []
  for (let row = Math.ceil(rows[0]); row < rows[1]; row += 1)
    for (let column = Math.ceil(columns[0]); column < columns[1]; column += 1) {
      const { x, y } = pointIn(square, (column + 0.5) / size, (row + 0.5) / size)
      if (x < 1 || y < 1 || x > picture.width - 1 || y > picture.height - 1) continue
      if (values[row * size + column]! < surelyBehind) fields.push(row * size + column)
    }
  if (fields.length < leastFields) return { lightness: 100, spread: 0 }
  // A quarter of the fields says as much about colour as all of them.
  const labs = fields
    .filter((field) => (field & 1) === 0 && (Math.floor(field / size) & 1) === 0)
    .map((field) => labOf(colours[field * 3]!, colours[field * 3 + 1]!, colours[field * 3 + 2]!))
  const mean = [0, 1, 2].map((part) => labs.reduce((sum, lab) => sum + lab[part]!, 0) / labs.length)
  const distances = Float32Array.from(labs, ([lightness, a, b]) => Math.hypot(lightness - mean[0]!, a - mean[1]!, b - mean[2]!)).sort()
  const background = {
    lightness: mean[0]!,
    spread: percentile(distances, 0.95),
  }
  colours.fill(0)
  return background
}
