import type { Clock } from '../../hardware/clock.ts'
import type { ViewPush } from '../contract/wire.ts'
import { faultWords } from '../i18n/fault-words.ts'
import type { BoothTrouble } from './children.ts'
import { countDeaths } from './restarts.ts'
import { pages, troublePage } from './security.ts'
import { watchSilence } from './silence.ts'

/** The page draws every view, and says again every four seconds that it still does; one that is silent for so long is started again (F07). */
const longestSilenceMs = 10_000
const longestLoadMs = 30_000

/** Why the resident reads a page without scripts instead of the booth's own. */
export type Trouble = BoothTrouble | 'screen-not-starting'

/** What the glass does to its window, and tells the booth. */
export interface GlassPorts {
  readonly clock: Clock
  load(address: string): void
  /** Ends the page's process at once, stuck or not; `gone` follows. */
  kill(): void
  /** The page is lost, and its camera with it. Of one that never drew nothing is said: it had none. */
  pageLost(): void
  /** The page ends again and again; said again as often as that shows, because the booth may be another one by then. False once a page has drawn. */
  screenFault(held: boolean): void
  /** A page without scripts stands on the glass. */
  onTrouble(): void
  log(line: string): void
}

/** What stands on the resident's glass: the booth's page while it lives and draws, else one without scripts that says what is wrong. */
export interface Glass {
  open(): void
  /** The page has been read; it gets the last view now. */
  loaded(): void
  pushed(push: ViewPush | null): void
  /** The page says that it drew a revision. */
  drew(input: unknown): void
  /** The page's process ended. */
  gone(reason: string): void
  /** The booth does not come up. */
  trouble(trouble: BoothTrouble): void
}

/** Watches over the resident's glass. */
export function keepGlass({ clock, load, kill, pageLost, screenFault, onTrouble, log }: GlassPorts): Glass {
  const died = countDeaths(clock)
  let trouble: Trouble | null = null
  let opened = false
  let since = 0
  /** The newest revision, and the newest that was drawn. */
  let latest: number | null = null
  let drawn = -1
  /** The page on the glass has drawn something. */
  let alive = false
  /** Pages end again and again, and none has drawn since. */
  let failing = false
  let takeBackRetry: (() => void) | null = null
  const silence = watchSilence(clock, () => {
    log('the resident page does not draw; ending it')
    kill()
  })
  const say = (code: Trouble) => {
    const { technician, action } = faultWords(code, 'en')
    log(`${code}: ${technician} ${action}`)
  }
  const show = (next: Trouble | null) => {
    takeBackRetry?.()
    takeBackRetry = null
    trouble = next
    opened = true
    since = clock.monotonic()
    drawn = -1
    alive = false
    if (next === null) silence.expect(longestLoadMs)
    else silence.end()
    load(next === null ? pages.resident : troublePage(next))
    if (next !== null) onTrouble()
  }
  /** The page ended again and again. One without scripts says so; when that ends as well there is nothing left to show, and no page is loaded more than once a minute. */
  const slowDown = (pauseMs: number) => {
    if (trouble === null) {
      if (!failing) say('screen-not-starting')
      failing = true
      screenFault(true)
      show('screen-not-starting')
    }
    takeBackRetry ??= clock.after(pauseMs, () => show(trouble === 'screen-not-starting' ? null : trouble))
  }
  return {
    open: () => show(null),
    loaded() {
      if (trouble === null && latest !== null) silence.expect(longestSilenceMs)
    },
    pushed(push) {
      latest = push?.revision ?? null
      if (latest === null) {
        drawn = -1
        silence.end()
      } else if (trouble === 'booth-not-starting' || trouble === 'configuration-refused') show(null)
      else if (trouble === null && opened && !silence.waiting()) silence.expect(longestSilenceMs)
    },
    drew(input) {
      const revision: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'revision') : null
      if (trouble !== null || typeof revision !== 'number' || !Number.isInteger(revision) || latest === null || revision > latest) return
      // A page that only repeats an old view is stuck too.
      if (revision <= drawn && revision !== latest) return
      drawn = revision
      alive = true
      if (failing) screenFault(false)
      failing = false
      silence.expect(longestSilenceMs)
    },
    gone(reason) {
      log(`the resident page is gone (${reason})`)
      if (alive) pageLost()
      const { loop, pauseMs } = died(clock.monotonic() - since)
      if (loop) slowDown(pauseMs)
      else show(trouble)
    },
    trouble(next) {
      if (trouble === next) return
      say(next)
      show(next)
    },
  }
}
