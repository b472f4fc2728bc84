import { expect, it } from 'vitest'
import type { HeadGeometry } from '../../face/geometry.ts'
import { bestWindow, deviationOf, largestOverhang, overhangOf, placementIn, tolerance, windowAgain, windowFor } from '../../face/window.ts'

/** An upright head 340 px high, 100 px right of the picture's left edge and 60 px below its top. */
const head: HeadGeometry = {
  ...{ eyes: [{ x: 230, y: 240 }, { x: 310, y: 240 }], eyeMiddle: { x: 270, y: 240 }, eyeDistance: 80, chin: { x: 270, y: 400 }, t: 160 },
  ...{ roll: 0, yaw: 0, pitch: 5, eyeOpenings: [0.3, 0.3], lidGap: 0.06, mouthGap: 0, outline: [] },
}
const crown = { x: 270, y: 60, seen: true }

it('places the head within 2 mm of the figure with room for what measuring is not sure of, however little room the picture leaves', () => {
  const fitting = { left: 0, right: 0, top: 0, bottom: 0 }
  for (const side of ['left', 'right', 'top', 'bottom'] as const)
    for (let cropped = 0; cropped < 120; cropped += 1) {
      const [right, below] = [side === 'left' ? -cropped : 0, side === 'top' ? -cropped : 0]
      const by = <P extends { readonly x: number; readonly y: number }>(point: P): P => ({ ...point, x: point.x + right, y: point.y + below })
      const moved = { ...head, eyeMiddle: by(head.eyeMiddle), chin: by(head.chin) }
      const [width, height] = [540 + right - (side === 'right' ? cropped : 0), 520 + below - (side === 'bottom' ? cropped : 0)]
      const window = bestWindow(moved, by(crown), width, height)
      if (largestOverhang(overhangOf(window, width, height)) > 0) continue
      fitting[side] += 1
      const placement = placementIn(window, moved, by(crown))
      expect(deviationOf(placement), `${side} ${cropped}`).toBeLessThanOrEqual(tolerance - 0.5)
      expect(Math.abs(placement.centreMm - 17)).toBeLessThanOrEqual(tolerance)
    }
  expect(Object.values(fitting).every((count) => count > 20 && count < 120)).toBe(true)
})

it('leaves 5 to 9 mm below the chin: a larger head that is also lower is too low', () => {
  expect(deviationOf({ headMm: 35.5, topMm: 4, centreMm: 17 })).toBeCloseTo(1.5)
  expect(deviationOf({ headMm: 35.5, topMm: 5.5, centreMm: 17 })).toBeCloseTo(3)
  expect(deviationOf({ headMm: 35.5, topMm: 2.5, centreMm: 17 })).toBeCloseTo(1.5)
})

it('a window that is turned keeps from the edges, so that no pixel of the photo is empty', () => {
  const [width, height] = [1000, 1000]
  const touching = { corner: { x: 0.5, y: 100 }, turn: -3, pixelsPerMm: 10 }
  expect(largestOverhang(overhangOf({ ...touching, turn: 0 }, width, height))).toBe(0)
  expect(largestOverhang(overhangOf(touching, width, height))).toBeGreaterThan(0)
  expect(largestOverhang(overhangOf({ ...touching, corner: { x: 1.5, y: 100 } }, width, height))).toBe(0)
})

it.each([0, 7])('a head that is found elsewhere in the photo, cut at %d°, is cut again to where it belongs', (turn) => {
  const far = { width: 2000, height: 2000 }
  const aside = { ...head, eyeMiddle: { x: 1020, y: 980 }, chin: { x: 1000, y: 1140 } }
  const first = windowFor(aside, { x: 1040, y: 800 }, { headMm: 33, topMm: 5, centreMm: 16 }, turn)
  // What the photo shows: a head 36 mm high, 2 mm below the edge, 2° aslant.
  const seen = { eyeMiddle: { x: 18.6, y: 21 }, chin: { x: 18, y: 38 }, roll: 2 }
  const again = windowAgain(first, seen, { x: 19.2, y: 2 }, far.width, far.height)
  const inPicture = ({ x, y }: { readonly x: number; readonly y: number }) => {
    const angle = (turn * Math.PI) / 180
    const scale = first.pixelsPerMm
    return { x: first.corner.x + scale * (x * Math.cos(angle) - y * Math.sin(angle)), y: first.corner.y + scale * (x * Math.sin(angle) + y * Math.cos(angle)) }
  }
  const placement = placementIn(again, { eyeMiddle: inPicture(seen.eyeMiddle), chin: inPicture(seen.chin), roll: turn + 2 }, inPicture({ x: 19.2, y: 2 }))
  expect(placement.headMm).toBeCloseTo(34)
  expect(placement.topMm).toBeCloseTo(4)
  expect(placement.centreMm).toBeCloseTo(17.5)
  expect(again.turn).toBeCloseTo(turn + 2)
})
