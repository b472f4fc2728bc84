import type { Page } from 'playwright'
import { demoFormCode } from '../../../main/commands/demo/form-code.ts'
import type { LaunchedBooth } from './launch.ts'

/** What is on the screen: its name, and its step where it has one. */
export interface Shown {
  readonly screen: string
  readonly step: string
  readonly revision: number
}

/** How a resident of these tests answers; the first option where nothing is said. */
const answers: Readonly<Record<string, string>> = { printed: 'same', stay: 'none' }

/** A resident's fingers on the built application. */
export interface Touches {
  shown(): Promise<Shown>
  /** Waits until the screen (or step) of that name is drawn. */
  at(name: string): Promise<void>
  tap(testId: string): Promise<void>
  /** Does what the present screen asks for. */
  goOn(): Promise<void>
  /** Goes on until the screen (or step) of that name is drawn; `each` sees every screen on the way. */
  goTo(name: string, each?: (shown: Shown) => Promise<void>): Promise<void>
}

/** Fingers for `booth`, speaking `language`. */
export function touchesOn({ page, panelHand }: LaunchedBooth, language: string): Touches {
  const main = page.locator('main[data-screen]')
  const shown = (): Promise<Shown> =>
    main.evaluate((element) => ({ screen: element.dataset['screen'] ?? '', step: element.dataset['step'] ?? '', revision: Number(element.dataset['revision'] ?? -1) }))
  const tap = (testId: string) => page.getByTestId(testId).click()
  const named = (name: string) => `main[data-screen="${name}"], main[data-step="${name}"]`
  const at = async (name: string) => void (await page.locator(named(name)).waitFor())

  const enterBirth = async () => {
    for (const key of ['era-heisei', 'key-1', 'key-done', 'month-3', 'day-31', 'forward']) if (key !== 'key-done' || (await page.getByTestId('key-done').isVisible())) await tap(key)
  }
  const insert = async () => {
    for (const coin of [500, 100, 100, 100]) await panelHand(`coin-acceptor insert ${coin}`)
  }
  const does: Readonly<Record<string, (step: string) => Promise<void>>> = {
    attract: () => tap('begin'),
    languages: () => tap(`language-${language}`),
    consent: async () => {
      for (const box of ['privacy', 'terms', 'age']) await tap(`box-${box}`)
      await tap('forward')
    },
    question: async (step) => {
      const first = page.locator('main [data-testid^="option-"]').first()
      await (answers[step] ? page.getByTestId(`option-${answers[step]}`) : first).click()
    },
    date: enterBirth,
    payment: insert,
    scan: async () => void (await panelHand(`qr-scanner show ${demoFormCode}`)),
    photo: () => tap('shutter'),
    review: async () => {
      await tap('consent')
      await tap('forward')
    },
  }
  const moved = async (from: Shown) => {
    await page.waitForFunction(
      ([screen, step]) => {
        const element = document.querySelector<HTMLElement>('main[data-screen]')
        return element && (element.dataset['screen'] !== screen || (element.dataset['step'] ?? '') !== step)
      },
      [from.screen, from.step],
    )
  }
  const goOn = async () => {
    const from = await shown()
    await (does[from.screen] ?? (() => tap('forward')))(from.step)
    await moved(from)
  }
  return {
    shown,
    at,
    tap,
    goOn,
    async goTo(name, each = () => Promise.resolve()) {
      for (let screens = 0; screens < 60; screens += 1) {
        const now = await shown()
        await each(now)
        if (now.screen === name || now.step === name) return
        if (now.screen === 'sending' || now.screen === 'starting') await moved(now)
        else await goOn()
      }
      throw new Error(`never came to ${name}`)
    },
  }
}

/** Saves what the screen shows. */
export async function picture(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: file })
}
