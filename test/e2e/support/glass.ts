import type { CDPSession, Page } from 'playwright'

/** A place on the glass, in CSS pixels. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** Many fingers on the page, as the screen's own driver reports them. */
export interface Fingers {
  press(...places: readonly Place[]): Promise<void>
  move(...places: readonly Place[]): Promise<void>
  lift(): Promise<void>
  /** Puts fingers down at each path's first place and draws them to its last. */
  draw(...paths: readonly (readonly [from: Place, to: Place])[]): Promise<void>
  readonly cdp: CDPSession
}

const steps = 8

export async function fingersOn(page: Page): Promise<Fingers> {
  const cdp = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', places: readonly Place[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: places.map(({ x, y }, id) => ({ x: Math.round(x), y: Math.round(y), id })) })
  const press = async (...places: readonly Place[]) => void (await touch('touchStart', places))
  const move = async (...places: readonly Place[]) => void (await touch('touchMove', places))
  const lift = async () => void (await touch('touchEnd', []))
  return {
    cdp,
    press,
    move,
    lift,
    async draw(...paths) {
      await press(...paths.map(([from]) => from))
      for (let step = 1; step <= steps; step += 1)
        await move(...paths.map(([from, to]) => ({ x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps })))
      await lift()
    },
  }
}
