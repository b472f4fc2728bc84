/** The smallest glass, in millimetres, that every screen is laid out for; a smaller window gets smaller millimetres, never a cut screen. */
const smallest = { portrait: { width: 240, height: 420 }, landscape: { width: 376, height: 234 } } as const

/**
 * CSS pixels that one millimetre gets in a window of `width` × `height` CSS pixels.
 * @param pxPerMm what a millimetre of this glass is, from the configuration
 */
export function millimetre(width: number, height: number, pxPerMm: number): number {
  const least = width >= height ? smallest.landscape : smallest.portrait
  return Math.min(pxPerMm, width / least.width, height / least.height)
}
