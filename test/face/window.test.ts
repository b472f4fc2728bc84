import { expect, it } from 'vitest'
import type { HeadGeometry } from '../../face/geometry.ts'
import { bestWindow, deviationOf, largestOverhang, overhangOf, placementIn, tolerance } from '../../face/window.ts'

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
