import type { Locator, Page } from 'playwright'
import { demoFormCode } from '../../../main/commands/demo/form-code.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { LaunchedBooth } from './launch.ts'
import { talkTo, type Evaluate, type Talk } from './talk.ts'

/** What is on the screen: its name, and its step where it has one. */
export interface Shown {
  readonly screen: string
  readonly step: string
}

/** A resident's fingers on the built application. */
export interface Touches extends Omit<Talk, 'payAll'> {
  shown(): Promise<Shown>
  /** Waits until the screen (or step) of that name is drawn. */
  at(name: string): Promise<void>
  tap(...testIds: readonly string[]): Promise<void>
  /** Does what the present screen asks for. */
  goOn(): Promise<void>
  /** Goes on until the screen (or step) of that name is drawn; `each` sees every screen on the way. */
  goTo(name: string, each?: (shown: Shown) => Promise<void>): Promise<void>
  /** The sentence about what just happened. */
  notice(): Promise<string>
}

/** Screens that nobody touches: the booth is at work, and another one comes. */
const busy: ReadonlySet<string> = new Set(['starting', 'sending', 'paying-out'])

/** How a resident of these tests answers; the first option where nothing is said. */
const answers: Readonly<Record<string, string>> = { printed: 'same', stay: 'none' }

/** Fingers for `booth`, speaking `language`; `press` is how they touch. */
export function touchesOn(
  booth: Pick<LaunchedBooth, 'page' | 'panelHand' | 'said'>,
  language: Language,
  press: (place: Locator) => Promise<void> = (place) => place.click(),
): Touches {
  const { page, panelHand } = booth
  const talk = talkTo(booth, ((script, argument) => page.evaluate(script as never, argument as never)) as Evaluate, language)
  const main = page.locator('main[data-screen]')
  const shown = (): Promise<Shown> => main.evaluate(({ dataset }) => ({ screen: dataset['screen'] ?? '', step: dataset['step'] ?? '' }))
  const stays = async (error: unknown): Promise<never> => {
    throw new Error(`it stays at ${JSON.stringify({ ...(await shown()), view: await talk.view() })}`, { cause: error })
  }
  // A booth that is still being switched on offers more in a moment.
  const at = async (name: string) => {
    const drawn = page.locator(`main[data-screen="${name}"]:not(:has([data-coming])), main[data-step="${name}"]`)
    await drawn.first().waitFor().catch(stays)
  }
  const tap = async (...testIds: readonly string[]) => {
    for (const testId of testIds) await press(page.getByTestId(testId))
  }

  const does: Readonly<Record<string, (step: string) => Promise<unknown>>> = {
    attract: () => tap('begin'),
    languages: () => tap(`language-${language}`),
    menu: () => tap('service-jp-mynumber-application'),
    consent: () => tap('box-privacy', 'box-terms', 'box-age', 'forward'),
    question: async (step) => {
      const first = page.locator('main [data-testid^="option-"]').first()
      await press(answers[step] ? page.getByTestId(`option-${answers[step]}`) : first)
    },
    date: () => tap('era-heisei', 'key-1', 'key-done', 'month-3', 'day-31', 'forward'),
    payment: talk.payAll,
    scan: () => panelHand(`qr-scanner show ${demoFormCode}`),
    // The booth shoots by itself as soon as all is right: whoever is first.
    photo: (step) => Promise.race([tap('shutter'), moved({ screen: 'photo', step })]),
    review: () => tap('consent', 'forward'),
  }
  const moved = async (from: Shown) => {
    await page.waitForFunction(
      ([screen, step]) => {
        const element = document.querySelector<HTMLElement>('main[data-screen]')
        return element && (element.dataset['screen'] !== screen || (element.dataset['step'] ?? '') !== step)
      },
      [from.screen, from.step],
    ).catch(stays)
  }
  const goOn = async () => {
    const from = await shown()
    await (does[from.screen] ?? (() => tap('forward')))(from.step)
    await moved(from)
  }

  return {
    ...talk,
    shown,
    at,
    tap,
    goOn,
    async hurryTo(name, code) {
      await talk.hurryTo(name, code)
      await at(name)
    },
    async leave() {
      await talk.leave()
      await at('attract')
    },
    async goTo(name, each = () => Promise.resolve()) {
      for (let screens = 0; screens < 60; screens += 1) {
        const now = await shown()
        await each(now)
        if (now.screen === name || now.step === name) return
        if (busy.has(now.screen)) await moved(now)
        else await goOn()
      }
      throw new Error(`never came to ${name}`)
    },
    notice: async () => (await page.getByTestId('notice').first().textContent()) ?? '',
  }
}

/** What the page draws of the photo as it will be sent: its pixels, and whether there is anything in its middle. To be run in the page. */
export function photoDrawn(): readonly (number | boolean | undefined)[] {
  const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=application-photo]')
  const middle = canvas && canvas.width > 0 ? canvas.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data : undefined
  return [canvas?.width, canvas?.height, middle?.[3] === 255]
}

/** Saves what the screen shows. */
export async function picture(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: file })
}
