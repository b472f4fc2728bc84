import type { Page } from 'playwright'

/** The machine's own clock (CLOCK_MONOTONIC) in milliseconds: the same one in every process. */
export const machineNow = (): number => Number(process.hrtime.bigint()) / 1e6

/**
 * Turns a page's `performance.now()` into the machine's clock. Chromium runs on that clock too and tells when its page began by it, so nothing is
 * estimated: it is accurate to the 0.1 ms to which pages may know the time.
 */
export async function pageClock(page: Page): Promise<(pageNow: number) => number> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const { metrics } = await cdp.send('Performance.getMetrics')
  await cdp.detach()
  const start = metrics.find(({ name }) => name === 'NavigationStart')
  const toMachine = (pageNow: number) => (start?.value ?? Number.NaN) * 1000 + pageNow
  const before = machineNow()
  const now = toMachine(await page.evaluate(() => performance.now()))
  if (!(now > before - 1 && now < machineNow() + 1)) throw new Error('the page does not run on the clock of this machine')
  return toMachine
}
