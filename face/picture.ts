/** A colour picture: red, green, blue and one byte of no meaning a pixel, rows without padding. Points are in pixels from its top left corner. */
export interface Picture {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** A square part of a picture, turned clockwise by `turn` radians; it may lie partly outside. */
export interface Square {
  readonly x: number
  readonly y: number
  readonly side: number
  readonly turn: number
}

/** The point of the picture at (u, v) of a square, each from 0 to 1. */
export function pointIn({ x, y, side, turn }: Square, u: number, v: number): Point {
  const [along, down] = [(u - 0.5) * side, (v - 0.5) * side]
  return { x: x + along * Math.cos(turn) - down * Math.sin(turn), y: y + along * Math.sin(turn) + down * Math.cos(turn) }
}

/** Where in a square, (0, 0) to (1, 1), a point of the picture lies. */
export function placeIn({ x, y, side, turn }: Square, point: Point): Point {
  const [right, below] = [point.x - x, point.y - y]
  return {
    x: 0.5 + (right * Math.cos(turn) + below * Math.sin(turn)) / side,
    y: 0.5 + (below * Math.cos(turn) - right * Math.sin(turn)) / side,
  }
}

/** How a byte of a pixel becomes a number of a model's input: `byte * scale + offset`. */
export interface Levels {
  readonly scale: number
  readonly offset: number
}

/** 0 to 1, and -1 to 1. */
export const unit: Levels = { scale: 1 / 255, offset: 0 }
export const signed: Levels = { scale: 1 / 127.5, offset: -1 }

/** Fills `into` with `size` times `size` pixels of a square, three numbers each, interpolated between four; outside of the picture it is black. */
export function sampleSquare(picture: Picture, square: Square, size: number, { scale, offset }: Levels, into: Float32Array): void {
  const { data, width, height } = picture
  const step = square.side / size
  const cosine = Math.cos(square.turn) * step
  const sine = Math.sin(square.turn) * step
  const start = pointIn(square, 0.5 / size, 0.5 / size)
  const stride = width * 4
  let at = 0
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1, at += 3) {
      // The middle of a pixel is at half.
      const x = start.x + column * cosine - row * sine - 0.5
      const y = start.y + column * sine + row * cosine - 0.5
      let red = 0
      let green = 0
      let blue = 0
      if (x >= 0 && y >= 0 && x < width - 1 && y < height - 1) {
        // Nearly all pixels: all four are there, and nothing is asked of each.
        const left = x | 0
        const top = y | 0
        const fromRight = x - left
        const fromBelow = y - top
        const from = top * stride + left * 4
        const below = from + stride
        const d = fromRight * fromBelow
        const c = fromBelow - d
        const b = fromRight - d
        const a = 1 - b - fromBelow
        red = a * data[from]! + b * data[from + 4]! + c * data[below]! + d * data[below + 4]!
        green = a * data[from + 1]! + b * data[from + 5]! + c * data[below + 1]! + d * data[below + 5]!
        blue = a * data[from + 2]! + b * data[from + 6]! + c * data[below + 2]! + d * data[below + 6]!
      } else {
        const left = Math.floor(x)
        const top = Math.floor(y)
        const fromRight = x - left
        const fromBelow = y - top
        for (let corner = 0; corner < 4; corner += 1) {
          const cornerX = left + (corner & 1)
          const cornerY = top + (corner >> 1)
          if (cornerX < 0 || cornerY < 0 || cornerX >= width || cornerY >= height) continue
          const part = (corner & 1 ? fromRight : 1 - fromRight) * (corner >> 1 ? fromBelow : 1 - fromBelow)
          const place = cornerY * stride + cornerX * 4
          red += part * data[place]!
          green += part * data[place + 1]!
          blue += part * data[place + 2]!
        }
      }
      into[at] = red * scale + offset
      into[at + 1] = green * scale + offset
      into[at + 2] = blue * scale + offset
    }
}
