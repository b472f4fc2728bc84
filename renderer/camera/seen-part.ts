/** A part of a camera's picture, in its pixels. */
export interface PicturePart {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** All that a frame shows. */
export const wholePart = (frame: VideoFrame): PicturePart => frame.visibleRect ?? { x: 0, y: 0, width: frame.codedWidth, height: frame.codedHeight }

/**
 * What the resident sees of the camera's picture, and all that is looked at and taken: its middle, 35 to 45. Whoever stands beside is not in it. Even numbers,
 * because cameras give colour for two by two pixels.
 */
export function seenPart(frame: VideoFrame): PicturePart {
  const { x, y, width, height } = wholePart(frame)
  const even = (length: number) => 2 * Math.floor(length / 2)
  const seen = { width: even(Math.min(width, (height * 35) / 45)), height: even(Math.min(height, (width * 45) / 35)) }
  return { x: x + even((width - seen.width) / 2), y: y + even((height - seen.height) / 2), ...seen }
}
