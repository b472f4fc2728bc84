import type { Check } from './checks.ts'
import type { Measures } from './measure.ts'
import type { CheckId } from './thresholds.ts'

/** What somebody before the camera can do, one thing at a time; left and right are those of the picture as in a mirror, which are their own. */
export const guideKeys = [
  'nobody',
  'one-person',
  'closer',
  'further',
  'left',
  'right',
  'down',
  'up',
  'straight',
  'look',
  'chin',
  'glasses',
  'uncover',
  'eyes',
  'mouth',
  'light',
  'background',
  'still',
] as const
export type GuideKey = (typeof guideKeys)[number]

/** What to do about a check that is not passed; where that depends on the side, null. */
const keyOf: Readonly<Record<CheckId, GuideKey | null>> = {
  'one-face': null,
  'cut-off': null,
  window: null,
  'source-size': 'closer',
  // Hair that cannot be told from what is behind it.
  crown: 'background',
  roll: 'straight',
  yaw: 'look',
  pitch: 'chin',
  'dark-glasses': 'glasses',
  'eyes-covered': 'uncover',
  'mouth-covered': 'uncover',
  eyes: 'eyes',
  mouth: 'mouth',
  'too-dark': 'light',
  'too-bright': 'light',
  'over-exposed': 'light',
  'face-shadow': 'light',
  colour: 'light',
  background: 'background',
  'background-light': 'background',
  sharpness: 'still',
}

/** What to do about a check that is not passed, as far as its name tells. */
export function guideKeyOf(id: CheckId): GuideKey {
  return id === 'one-face' ? 'one-person' : (keyOf[id] ?? 'further')
}

/** The one thing to say: the first check that is not passed, as something to do; null when all are passed. */
export function guideOf(measures: Measures, checks: readonly Check[]): GuideKey | null {
  const first = checks.find(({ ok }) => !ok)
  if (!first) return null
  if (first.id === 'one-face') return measures.faces === 0 ? 'nobody' : 'one-person'
  return keyOf[first.id] ?? sideOf(measures)
}

/** Where to move when the photo's window leaves the picture. */
function sideOf({ head }: Measures): GuideKey {
  const { left = 0, right = 0, top = 0, bottom = 0 } = head?.overhang ?? {}
  if ((left > 0 && right > 0) || (top > 0 && bottom > 0)) return 'further'
  // Whoever is too far left in the camera's picture is too far right in the mirror.
  if (left >= Math.max(right, top, bottom)) return 'left'
  if (right >= Math.max(top, bottom)) return 'right'
  return top >= bottom ? 'down' : 'up'
}
