import type { Page } from 'playwright'

/**
 * Taps the place of a button ten times, a tenth of a second apart, whatever lies there by then (F53), once what the screen shows can be touched. The page's own
 * clock sets the pace, so that a busy machine does not make slow fingers of quick ones.
 */
export async function hurriedTaps(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[data-act][aria-disabled]:not([data-off])') === null)
  const box = await page.getByTestId(name).boundingBox()
  if (!box) throw new Error(`no ${name}`)
  await page.evaluate(
    async ({ x, y }) => {
      for (let tap = 0; tap < 10; tap += 1) {
        const under = document.elementFromPoint(x, y)
        under?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
        under?.closest('button')?.click()
        await new Promise((next) => setTimeout(next, 100))
      }
    },
    { x: box.x + box.width / 2, y: box.y + box.height / 2 },
  )
}
