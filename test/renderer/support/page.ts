import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { languages } from '../../../main/contract/language.ts'
import type { View } from '../../../main/contract/view.ts'
import type { Answer } from '../../../main/contract/commands.ts'
import { findChromium } from '../../electron-host/chromium.ts'
import { buildPages } from './build.ts'
import { catalogueOf } from './catalogue.ts'
import { measure, type Complaint } from './measure.ts'
import { drawnPhoto } from './photo.ts'
import { servePages } from './serve.ts'

/** Millimetres of the design: what a finger needs, and what an eye needs. */
export const leastSizes = { target: 20, gap: 4, font: 7 } as const

/** What a page said to its booth. */
export interface Said {
  readonly name: string
  readonly input: unknown
}

/** A booth that says what a test wants and notes what it hears. */
export interface FakeBooth {
  readonly page: Page
  /** Pushes a view as the next revision and waits until it is drawn; resolves with the revision. */
  show(view: View): Promise<number>
  /** Shows each view and measures it; resolves with the complaints, view by view. */
  survey(views: readonly View[]): Promise<readonly (readonly Complaint[])[]>
  /** Pushes without waiting. */
  push(view: View | null): Promise<number>
  said(name?: string): Promise<readonly Said[]>
  /** No booth again, nothing said, and every command is answered with yes. */
  reset(): Promise<void>
  /** What commands but the page's own sign of life are answered from now on. */
  answer(answer: Answer): Promise<void>
  close(): Promise<void>
}

interface Fake {
  readonly said: Said[]
  readonly drawn: number[]
  answer: Answer | Promise<Answer>
  /** Pushes as the shell does: a page that is still being loaded hears it later. Gives the revision. */
  push(view: View | null): number
}

declare global {
  interface Window {
    fake: Fake
    measure: typeof measure
  }
}

/** One Chromium and one build of the pages for a test file. */
export interface Pages {
  readonly browser: Browser
  /** Opens the page in a window of `width` × `height` CSS pixels. */
  open(size: { readonly width: number; readonly height: number }, entry?: 'index.html' | 'panel.html'): Promise<FakeBooth>
  close(): Promise<void>
}

/** Builds the pages and starts Chromium with a make-believe camera. */
export async function startPages(): Promise<Pages> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('there is no Chromium on this machine')
  const [built, browser] = await Promise.all([
    buildPages(),
    chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--force-prefers-reduced-motion', '--font-render-hinting=none'],
    }),
  ])
  const served = await servePages(built)
  return {
    browser,
    open: (size, entry = 'index.html') => openPage(browser, `${served.origin}/${entry}`, size),
    async close() {
      await browser.close()
      await served.close()
      built.remove()
    },
  }
}

async function openPage(browser: Browser, address: string, size: { readonly width: number; readonly height: number }): Promise<FakeBooth> {
  const context: BrowserContext = await browser.newContext({ viewport: size, permissions: ['camera'], reducedMotion: 'reduce', hasTouch: true })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // A decoder that is ended with its screen may have a frame in its hands.
    if (message.text().startsWith('A VideoFrame was garbage collected')) return
    if (message.type() === 'error' || /Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  const catalogues = Object.fromEntries(languages.map((language) => [language, catalogueOf(language)]))
  await page.addInitScript(installFake, { catalogues, photoJpegBase64: drawnPhoto() })
  await page.goto(address)
  const push = (view: View | null) => page.evaluate((pushed) => window.fake.push(pushed), view)
  const drawn = (revision: number) => page.waitForFunction((awaited) => window.fake.drawn.includes(awaited), revision)
  return {
    page,
    push,
    async show(view) {
      const revision = await push(view)
      await drawn(revision)
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      await page.waitForFunction(() => [...document.querySelectorAll('.photo-print')].every((print) => print.hasAttribute('data-drawn')))
      return revision
    },
    async survey(views) {
      await page.evaluate(`window.measure = ${measure.toString()}`)
      return page.evaluate(surveyInPage, { views, sizes: leastSizes })
    },
    said: (name) => page.evaluate((wanted) => window.fake.said.filter((each) => wanted === undefined || each.name === wanted), name),
    async reset() {
      await push(null)
      await page.waitForSelector('main[data-screen="starting"]')
      await page.evaluate(() => {
        window.fake.said.length = 0
        window.fake.drawn.length = 0
        window.fake.answer = { ok: true, value: {} }
      })
    },
    answer: (answer) => page.evaluate((given) => void (window.fake.answer = given), answer),
    async close() {
      await context.close()
      if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join('\n')}`)
    },
  }
}

/** Runs in the page: one view after the other, each measured as soon as it is drawn. */
async function surveyInPage({
  views,
  sizes,
}: {
  readonly views: readonly View[]
  readonly sizes: Parameters<typeof measure>[0]
}): Promise<readonly (readonly Complaint[])[]> {
  const complaints: (readonly Complaint[])[] = []
  for (const view of views) {
    const revision = window.fake.push(view)
    while (!window.fake.drawn.includes(revision)) await new Promise((frame) => requestAnimationFrame(frame))
    await document.fonts.ready
    complaints.push(window.measure(sizes))
  }
  return complaints
}

/** Runs in the page before its own scripts: the bridge as the preload makes it. */
function installFake({
  catalogues,
  photoJpegBase64: jpegBase64,
}: {
  readonly catalogues: Readonly<Record<string, unknown>>
  readonly photoJpegBase64: string
}): void {
  let revision = 0
  let current: unknown
  let listener: ((push: unknown) => void) | null = null
  const fake: Fake = {
    said: [],
    drawn: [],
    answer: { ok: true, value: {} },
    push(view) {
      revision += 1
      current = view && { revision, view }
      listener?.(current)
      return revision
    },
  }
  const answerTo = (name: string, input: unknown): Answer | Promise<Answer> => {
    if (name === 'catalogue') return { ok: true, value: catalogues[(input as { readonly language: string }).language] }
    if (name === 'picture') return { ok: true, value: { jpegBase64 } }
    if (name === 'hand') return { ok: true, value: { answer: 'ok' } }
    return name === 'drew' || name === 'touch' || name === 'camera' ? { ok: true, value: {} } : fake.answer
  }
  const cardbooth = {
    request(name: string, input: unknown): Promise<Answer> {
      if (name === 'drew') fake.drawn.push((input as { readonly revision: number }).revision)
      else fake.said.push({ name, input })
      return Promise.resolve(answerTo(name, input))
    },
    subscribe(listen: (push: unknown) => void) {
      listener = listen
      if (current !== undefined) listen(current)
      return () => {
        listener = null
      }
    },
  }
  Object.assign(window, { fake, cardbooth })
}
