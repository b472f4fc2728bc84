import { placeIn, sampleSquare, unit, type Picture, type Point, type Square } from './picture.ts'
import type { Model } from './runtime.ts'

/** Where in a square of the picture a person is seen. */
export interface PersonMask {
  readonly square: Square
  /** Fields each way. */
  readonly size: number
  /** How sure it is that a field shows a person, 0 to 1, row after row. */
  readonly values: Float32Array
}

const size = 256

/** Tells the person in a square of the picture from what is behind. */
export async function findPerson(model: Model, picture: Picture, square: Square): Promise<PersonMask> {
  sampleSquare(picture, square, size, unit, model.input(0))
  const [values = new Float32Array()] = await model.run()
  return { square, size, values }
}

/** How sure it is that a point of the picture shows the person; 0 outside of the square. */
export function personAt({ square, size, values }: PersonMask, point: Point): number {
  const { x, y } = placeIn(square, point)
  const [column, row] = [Math.floor(x * size), Math.floor(y * size)]
  return column < 0 || row < 0 || column >= size || row >= size ? 0 : values[row * size + column]!
}
