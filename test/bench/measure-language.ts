import type { Page } from 'playwright'
import { languages } from '../../main/contract/language.ts'
import { fingerOn } from '../e2e/support/finger.ts'
import { launchBooth } from '../e2e/support/launch.ts'
import { touchesOn } from '../e2e/support/touches.ts'

const rounds = 8
/** A card number, which fills the longest field. */
const typed = 'AB12345678901234'

/** Begins to wait for the touch on a language, and for the frame in which the page speaks it; what is answered is kept in the page. */
function waitForLanguage(page: Page, language: string): Promise<void> {
  return page.evaluate((wanted) => {
    const changed = new Promise<number>((done) => {
      let began = 0
      window.addEventListener('click', (event) => void (began = event.timeStamp), { capture: true, once: true })
      const watch = new MutationObserver(() => {
        if (document.documentElement.lang !== wanted) return
        watch.disconnect()
        // The frame that shows it is drawn when the task after its callback runs.
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
      })
      watch.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] })
    })
    Object.assign(window, { changed })
  }, language)
}

/** From the finger that lets go of a language to the frame that speaks it, in milliseconds: on the screen with the most words, and on the longest field with everything typed. */
export async function languageSwitches(): Promise<readonly number[]> {
  const booth = await launchBooth({ everything: true })
  try {
    const { page } = booth
    const finger = await fingerOn(page)
    const touches = touchesOn(booth, 'en', finger)
    const times: number[] = []
    const change = async () => {
      for (let round = 0; round < rounds * languages.length; round += 1) {
        const language = languages[round % languages.length] ?? 'en'
        await touches.tap('language')
        await waitForLanguage(page, language)
        await touches.tap(`language-${language}`)
        const taken = await page.evaluate(() => (window as unknown as { readonly changed: Promise<number> }).changed)
        // Words that are met for the first time are fetched and formatted once.
        if (round >= languages.length) times.push(taken)
      }
    }
    await touches.at('attract')
    await touches.hurryTo('consent')
    await change()
    await touches.leave()
    await touches.tap('begin', 'language-en', 'service-tw-citizen-certificate', 'forward', 'option-status', ...[...typed].map((key) => `key-${key}`))
    await change()
    return times
  } finally {
    await booth.close()
  }
}
