import type { Page } from 'playwright'
import { demoFormCode } from '../../../main/commands/demo/form-code.ts'
import { demoPortrait } from '../../../main/commands/demo/portrait.ts'
import { residentActs } from '../../../main/commands/demo/resident.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { View } from '../../../main/contract/view.ts'
import type { Bridge, ViewPush } from '../../../main/contract/wire.ts'
import type { LaunchedBooth } from './launch.ts'

/** What is on the screen: its name, and its step where it has one. */
export interface Shown {
  readonly screen: string
  readonly step: string
}

/** A resident's fingers on the built application. */
export interface Touches {
  shown(): Promise<Shown>
  /** What the booth says is shown, as the page heard it. */
  view(): Promise<View>
  /** Waits until the screen (or step) of that name is drawn. */
  at(name: string): Promise<void>
  tap(testId: string): Promise<void>
  /** Touches the same place ten times in a second, whatever lies there meanwhile. */
  tapTenTimes(testId: string): Promise<void>
  /** Does what the present screen asks for. */
  goOn(): Promise<void>
  /** Goes on until the screen (or step) of that name is drawn; `each` sees every screen on the way. */
  goTo(name: string, each?: (shown: Shown) => Promise<void>): Promise<void>
  /** As `goTo`, but says to the booth what touching would have said: the quick way to where a test begins. */
  hurryTo(name: string): Promise<void>
  /** Inserts these coins, each once the one before is counted; one that comes back is inserted again. */
  pay(...coins: readonly number[]): Promise<void>
  /** Leaves the visit by whatever way out there is, until the booth rests. */
  leave(): Promise<void>
}

/** How a resident of these tests answers; the first option where nothing is said. */
const answers: Readonly<Record<string, string>> = { printed: 'same', stay: 'none' }

/** A booth that shows nothing new for so long is stuck. */
const stuckMs = 40_000
const coins = [500, 100, 50, 10] as const

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Fingers for `booth`, speaking `language`. */
export function touchesOn({ page, panelHand }: Pick<LaunchedBooth, 'page' | 'panelHand'>, language: Language): Touches {
  const main = page.locator('main[data-screen]')
  const shown = (): Promise<Shown> => main.evaluate(({ dataset }) => ({ screen: dataset['screen'] ?? '', step: dataset['step'] ?? '' }))
  const tap = (testId: string) => page.getByTestId(testId).click()
  const at = async (name: string) => void (await page.locator(`main[data-screen="${name}"], main[data-step="${name}"]`).waitFor())
  const hand = async (line: string) => {
    const answer = await panelHand(line)
    if (answer.startsWith('error')) throw new Error(answer)
    return answer
  }
  const say = (name: string, input: unknown) =>
    page.evaluate(([command, value]) => (globalThis as unknown as { cardbooth: Bridge }).cardbooth.request(command, value), [name, input] as const)

  /** The first view with another number than `revision`; a booth that starts again counts anew. */
  const nextView = (revision: number): Promise<ViewPush> =>
    page.evaluate(
      ([known, longest]) =>
        new Promise<ViewPush>((done, failed) => {
          const { cardbooth } = globalThis as unknown as { cardbooth: Bridge }
          const late = setTimeout(() => failed(new Error(`stuck at ${document.querySelector('main')?.dataset['screen']}`)), longest)
          const end = cardbooth.subscribe((push) => {
            if (!push || push.revision === known) return
            clearTimeout(late)
            queueMicrotask(() => end())
            done(push)
          })
        }),
      [revision, stuckMs] as const,
    )
  /** Shows `act` the present view and each later one until it says that it is done. */
  const follow = async (act: (view: View) => Promise<boolean> | boolean) => {
    for (let revision = -1; ; ) {
      const push = await nextView(revision)
      revision = push.revision
      if (await act(push.view)) return
    }
  }
  const view = async () => (await nextView(-1)).view
  const creditOf = (seen: View) => seen.money?.inserted ?? 0

  const pay = async (...inserted: readonly number[]) => {
    for (const coin of inserted) {
      const before = creditOf(await view())
      // The gate opens a moment after the screen says so.
      while (!(await hand(`coin-acceptor insert ${coin}`)).startsWith('accepted')) await pause(200)
      await follow((seen) => creditOf(seen) > before)
    }
  }
  const payAll = async () => {
    for (;;) {
      const missing = (await view()).money?.missing ?? 0
      const coin = coins.find((value) => value <= missing)
      if (coin === undefined) return
      await pay(coin)
    }
  }
  const showCode = () => hand(`qr-scanner show ${demoFormCode}`)

  const enterBirth = async () => {
    for (const key of ['era-heisei', 'key-1', 'key-done', 'month-3', 'day-31', 'forward']) await tap(key)
  }
  const does: Readonly<Record<string, (step: string) => Promise<unknown>>> = {
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
    payment: payAll,
    scan: showCode,
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
    view,
    at,
    tap,
    goOn,
    pay,
    async tapTenTimes(testId) {
      const button = page.getByTestId(testId)
      await button.click({ trial: true })
      const box = await button.boundingBox()
      if (!box) throw new Error(`${testId} is nowhere`)
      const touchPoints = [{ x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }]
      const cdp = await page.context().newCDPSession(page)
      for (let taps = 0; taps < 10; taps += 1) {
        await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
        await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
        await pause(80)
      }
      await cdp.detach()
    },
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
    async hurryTo(name) {
      const act = residentActs({ language, coins: [], code: demoFormCode, answers: {}, portrait: demoPortrait, stopAt: null })
      await follow(async (seen) => {
        if (seen.screen === name || ('step' in seen && seen.step === name)) return true
        if (seen.screen === 'payment') await payAll()
        else {
          const doing = act(seen)
          if (doing.kind === 'hand') await hand(`${doing.device} ${doing.line}`)
          else if (doing.kind === 'say') await say(doing.name, doing.input)
        }
        return false
      })
      await at(name)
    },
    async leave() {
      await follow(async (seen) => {
        if (seen.screen === 'attract') return true
        if (seen.overlay?.kind === 'still-there') await say('still-here', {})
        else if (seen.can.cancel) await say('cancel', { confirm: true })
        else if (seen.screen === 'held') await say('return-credit', {})
        else if (['stop', 'receipt', 'claim', 'leave', 'goodbye'].includes(seen.screen)) await say('continue', { step: seen.screen })
        return false
      })
      await at('attract')
    },
  }
}

/** Saves what the screen shows. */
export async function picture(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: file })
}
