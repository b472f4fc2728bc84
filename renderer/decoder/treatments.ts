import type { Luminance } from './luminance.ts'

/** A second look at a picture in which nothing was found. */
export type Treatment = (picture: Luminance) => Luminance

/** Half as wide and high; each pixel the mean of four. Takes noise and moiré away. */
export function halve({ data, width, height }: Luminance): Luminance {
  const [halfWidth, halfHeight] = [width >> 1, height >> 1]
  const half = new Uint8Array(halfWidth * halfHeight)
  for (let y = 0, to = 0; y < halfHeight; y += 1)
    for (let x = 0, from = 2 * y * width; x < halfWidth; x += 1, to += 1, from += 2)
      half[to] = (data[from]! + data[from + 1]! + data[from + width]! + data[from + width + 1]! + 2) >> 2
  return { data: half, width: halfWidth, height: halfHeight }
}

/** Twice as wide and high, bilinear: modules of two or three pixels get room. */
export function enlarge({ data, width, height }: Luminance): Luminance {
  const large = new Uint8Array(4 * width * height)
  for (let y = 0, at = 0; y < 2 * height; y += 1) {
    const near = (y >> 1) * width
    const far = Math.min(height - 1, Math.max(0, (y >> 1) + (y & 1 ? 1 : -1))) * width
    for (let x = 0; x < 2 * width; x += 1, at += 1) {
      const column = x >> 1
      const beside = Math.min(width - 1, Math.max(0, column + (x & 1 ? 1 : -1)))
      large[at] = (9 * data[near + column]! + 3 * (data[near + beside]! + data[far + column]!) + data[far + beside]! + 8) >> 4
    }
  }
  return { data: large, width: 2 * width, height: 2 * height }
}

/** A slight blur: grain of bad light goes, modules stay. */
export function smooth({ data, width, height }: Luminance): Luminance {
  return picture(mean(mean(data, width, height, 1), width, height, 1), width, height)
}

/** Brings every part to the same brightness and contrast, measured within `radius` pixels: shadow, reflection and pale print go. */
export function evenOut({ data, width, height }: Luminance, radius: number): Luminance {
  const around = mean(data, width, height, radius)
  const squares = new Float32Array(data.length)
  for (let at = 0; at < squares.length; at += 1) squares[at] = data[at]! * data[at]!
  const aroundSquares = mean(squares, width, height, radius)
  const even = new Float32Array(data.length)
  for (let at = 0; at < even.length; at += 1) {
    const spread = Math.sqrt(Math.max(16, aroundSquares[at]! - around[at]! * around[at]!))
    even[at] = 128 + (64 * (data[at]! - around[at]!)) / spread
  }
  return picture(even, width, height)
}

/** Takes back a blur of about `radius` pixels by asking `rounds` times what picture would blur to this one (Van Cittert). */
export function deblur({ data, width, height }: Luminance, radius: number, rounds: number): Luminance {
  const guess = new Float32Array(data)
  for (let round = 0; round < rounds; round += 1) {
    const blurred = mean(mean(guess, width, height, radius), width, height, radius)
    for (let at = 0; at < guess.length; at += 1) guess[at] = Math.min(255, Math.max(0, guess[at]! + data[at]! - blurred[at]!))
  }
  return picture(guess, width, height)
}

function picture(values: Float32Array, width: number, height: number): Luminance {
  return { data: new Uint8Array(new Uint8ClampedArray(values).buffer), width, height }
}

/** The mean within `radius` pixels each way; beyond the edge the edge goes on. The cost does not grow with the radius. */
function mean(values: Uint8Array | Float32Array, width: number, height: number, radius: number): Float32Array {
  const means = new Float32Array(values.length)
  // The sums of the columns within reach of a row, with the edges repeated on both sides.
  const sums = new Float64Array(width + 2 * radius + 1)
  const rowAt = (y: number) => Math.min(height - 1, Math.max(0, y)) * width
  for (let y = -radius; y <= radius; y += 1)
    for (let x = 0, row = rowAt(y); x < width; x += 1) sums[radius + x] = sums[radius + x]! + values[row + x]!
  const part = 1 / (2 * radius + 1) ** 2
  for (let y = 0, at = 0; y < height; y += 1) {
    sums.fill(sums[radius]!, 0, radius)
    sums.fill(sums[radius + width - 1]!, radius + width)
    let sum = 0
    for (let x = 0; x <= 2 * radius; x += 1) sum += sums[x]!
    for (let x = 0; x < width; x += 1, at += 1) {
      means[at] = sum * part
      sum += sums[x + 2 * radius + 1]! - sums[x]!
    }
    const [enters, leaves] = [rowAt(y + radius + 1), rowAt(y - radius)]
    for (let x = 0; x < width; x += 1) sums[radius + x] = sums[radius + x]! + values[enters + x]! - values[leaves + x]!
  }
  return means
}
