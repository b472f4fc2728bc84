import { demoFormCode } from '../../../main/commands/demo/form-code.ts'
import { seededRandom } from '../../../main/commands/demo/random.ts'
import { combinations, systemCombinations } from '../../main/shell/key-combinations.ts'
import { fingersOn, type Place } from './glass.ts'
import type { LaunchedBooth } from './launch.ts'

/** A monkey on the glass. */
export interface Monkey {
  /** Does so many things, one after the other, and looks in between whether the booth is still all there. */
  act(times: number): Promise<void>
  /** What it has met so far. */
  readonly screens: ReadonlySet<string>
  /** What went wrong while it was there. */
  readonly complaints: readonly string[]
}

const keys = ['Tab', 'Enter', ' ', 'ArrowDown', 'ArrowUp', 'a', '7', 'Backspace', ...[...combinations, ...systemCombinations].map(({ name }) => name)]
const coins = [10, 50, 100, 500]

/** How many things it does between two looks. */
const looksEvery = 10

/** Lets a monkey loose on the glass; the same seed wants the same things. */
export async function letLoose({ page, app, panelHand }: Pick<LaunchedBooth, 'page' | 'app' | 'panelHand'>, seed: number): Promise<Monkey> {
  const { next: random } = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const one = <Item>(items: readonly Item[]): Item | undefined => items[below(items.length)]
  const complaints: string[] = []
  const screens = new Set<string>()
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const fingers = await fingersOn(page)
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
  const anywhere = (): Place => ({ x: below(width), y: below(height) })

  const tap = async (place: Place) => {
    await fingers.press(place)
    await fingers.lift()
  }
  const tapButton = async () => {
    const places = await page.evaluate(() =>
      [...document.querySelectorAll('main button:not([aria-disabled]), [role=dialog] button:not([aria-disabled])')].map((button) => {
        const { left, top, width: across, height: down } = button.getBoundingClientRect()
        return { x: left + across / 2, y: top + down / 2 }
      }),
    )
    const place = one(places)
    if (place && place.x >= 0 && place.y >= 0 && place.x < width && place.y < height) await tap(place)
  }
  const acts: readonly (readonly [weight: number, act: () => Promise<unknown>])[] = [
    [8, () => tap(anywhere())],
    [10, tapButton],
    [2, () => fingers.draw([anywhere(), anywhere()])],
    [1, () => fingers.draw([anywhere(), anywhere()], [anywhere(), anywhere()], [anywhere(), anywhere()])],
    [3, () => page.keyboard.press(one(keys) ?? 'Tab')],
    [2, () => panelHand(`coin-acceptor insert ${one(coins)}`)],
    [1, () => panelHand(`qr-scanner show ${one([demoFormCode, '123456789012', 'https://example.org/', '<b>x</b>'])}`)],
  ]
  const total = acts.reduce((sum, [weight]) => sum + weight, 0)
  const choose = () => {
    let left = below(total)
    for (const [weight, act] of acts) if ((left -= weight) < 0) return act
    return tapButton
  }
  const look = async () => {
    const seen = await page.evaluate(() => ({ path: location.pathname, screen: document.querySelector<HTMLElement>('main[data-screen]')?.dataset['screen'] }))
    if (seen.path !== '/index.html' || !seen.screen) complaints.push(`not in the booth: ${JSON.stringify(seen)}`)
    const windows = app.windows().filter((window) => !window.url().endsWith('/sheet.html'))
    if (windows.length !== 1) complaints.push(`${windows.length} windows`)
    screens.add(seen.screen ?? '')
  }

  return {
    screens,
    complaints,
    async act(times) {
      for (let done = 0; done < times && complaints.length === 0; done += 1) {
        if (done % looksEvery === 0) await look()
        await choose()()
      }
      await look()
    },
  }
}
