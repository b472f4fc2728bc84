import type { Locator, Page } from 'playwright'

/** How long a finger rests on the glass. */
const restMs = 40

/** A finger on the page: touches the middle of a place, once it can be touched, as the screen's own driver reports it. */
export async function fingerOn(page: Page): Promise<(place: Locator) => Promise<void>> {
  const cdp = await page.context().newCDPSession(page)
  return async (place) => {
    await place.click({ trial: true })
    const box = await place.boundingBox()
    if (!box) throw new Error('what was to be touched is gone')
    const touchPoints = [{ x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }]
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await new Promise((done) => setTimeout(done, restMs))
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
}
