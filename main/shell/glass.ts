import type { Clock } from '../../hardware/clock.ts'
import type { ViewPush } from '../contract/wire.ts'
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
  /** The page is lost, and its camera with it. */
  pageLost(): void
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
export function keepGlass({ clock, load, kill, pageLost, log }: GlassPorts): Glass {
  const died = countDeaths(clock)
  let trouble: Trouble | null = null
  let opened = false
  let since = 0
  /** The newest revision, and the newest that was drawn. */
  let latest: number | null = null
  let drawn = -1
  const silence = watchSilence(clock, () => {
    log('the resident page does not draw; ending it')
    kill()
  })
  const show = (next: Trouble | null) => {
    trouble = next
    opened = true
    since = clock.monotonic()
    drawn = -1
    if (next === null) silence.expect(longestLoadMs)
    else silence.end()
    load(next === null ? pages.resident : troublePage(next))
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
      if (trouble !== null || typeof revision !== 'number' || latest === null || revision > latest) return
      // A page that only repeats an old view is stuck too.
      if (revision <= drawn && revision !== latest) return
      drawn = revision
      silence.expect(longestSilenceMs)
    },
    gone(reason) {
      log(`the resident page is gone (${reason}); loading it again`)
      pageLost()
      if (trouble !== null) return load(troublePage(trouble))
      const { loop, pauseMs } = died(clock.monotonic() - since)
      if (!loop) return show(null)
      show('screen-not-starting')
      clock.after(pauseMs, () => {
        if (trouble === 'screen-not-starting') show(null)
      })
    },
    trouble(next) {
      if (trouble !== next) show(next)
    },
  }
}
