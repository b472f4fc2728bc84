/** A grey picture: one byte a pixel, 0 black to 255 white, rows without padding. */
export interface Luminance {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** The grey of colour pixels with `channels` (3 or 4) bytes each, by the weights that zxing-wasm uses itself. */
export function luminanceOf(pixels: Uint8Array | Uint8ClampedArray, width: number, height: number, channels: 3 | 4): Luminance {
  const data = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < data.length; at += 1, from += channels)
    data[at] = (306 * pixels[from]! + 601 * pixels[from + 1]! + 117 * pixels[from + 2]! + 512) >> 10
  return { data, width, height }
}
