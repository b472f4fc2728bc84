import type { Check } from './checks.ts'
import { offMiddle, type LiveCheck } from './live.ts'
import type { Measures } from './measure.ts'
import { checkIds, type CheckId, type LiveId } from './thresholds.ts'

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
const keyOf: Readonly<Record<CheckId | LiveId, GuideKey | null>> = {
  'one-face': null,
  'cut-off': null,
  window: null,
  'source-size': 'closer',
  'head-size': 'closer',
  aside: null,
  // Hair that cannot be told from what is behind it.
  crown: 'background',
  roll: 'straight',
  yaw: 'look',
  pitch: 'chin',
  'dark-glasses': 'glasses',
  'eyes-covered': 'uncover',
  'mouth-covered': 'uncover',
  eyes: 'eyes',
  'own-eyes': 'eyes',
  mouth: 'mouth',
  'too-dark': 'light',
  'too-bright': 'light',
  'over-exposed': 'light',
  'face-shadow': 'light',
  colour: 'light',
  shades: 'light',
  background: 'background',
  'background-light': 'background',
  sharpness: 'still',
}

/** What to do about a check that is not passed, as far as its name tells. */
export function guideKeyOf(id: CheckId): GuideKey {
  return id === 'one-face' ? 'one-person' : (keyOf[id] ?? 'further')
}

/** All that somebody before the camera is asked for, in the order in which it is said. */
const order: readonly (CheckId | LiveId)[] = checkIds.flatMap((id) => (id === 'window' ? ['head-size', 'aside', id] : id === 'eyes' ? [id, 'own-eyes'] : [id]))

/** The one thing to say: the first of the photo's checks and the `live` ones that is not passed, as something to do; null when all are passed. */
export function guideOf(measures: Measures, checks: readonly Pick<Check, 'id' | 'ok'>[], live: readonly LiveCheck[] = []): GuideKey | null {
  const missed: ReadonlySet<CheckId | LiveId> = new Set([...checks, ...live].filter(({ ok }) => !ok).map(({ id }) => id))
  const first = order.find((id) => missed.has(id))
  if (!first) return null
  if (first === 'one-face') return measures.faces === 0 ? 'nobody' : 'one-person'
  if (first === 'aside') return offMiddle(measures) < 0 ? 'left' : 'right'
  return keyOf[first] ?? sideOf(measures)
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
