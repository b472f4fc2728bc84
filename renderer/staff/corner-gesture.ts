/** A finger that has left the glass: where it came down, in millimetres from the upper left, and from when to when, in milliseconds. */
export interface Press {
  readonly x: number
  readonly y: number
  readonly from: number
  readonly to: number
}

/** A corner is a square of this side, in millimetres; the bar above every screen covers it, where a touch does nothing else. */
const cornerMm = 16
/** A finger rests so long in each corner; one that stays longer than the most is none. */
const [leastMs, mostMs] = [1_500, 6_000]
/** The second corner comes so soon after the first. */
const betweenMs = 3_000

/**
 * The way in for staff, which no sign shows: one finger held in the upper left corner, then in the upper right one. One finger after the other, because not every glass
 * tells two at once apart.
 * @param last the last two presses, anywhere
 * @param widthMm of the glass
 */
export function isCornerGesture(last: readonly Press[], widthMm: number): boolean {
  const [left, right] = last.slice(-2)
  if (!left || !right) return false
  const isHeld = ({ y, from, to }: Press) => y <= cornerMm && to - from >= leastMs && to - from <= mostMs
  const pause = right.from - left.to
  return isHeld(left) && isHeld(right) && left.x <= cornerMm && right.x >= widthMm - cornerMm && pause >= 0 && pause <= betweenMs
}
