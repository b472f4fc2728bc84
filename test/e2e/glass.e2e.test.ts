import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectEveryYen } from './support/every-yen.ts'
import { fingersOn, type Fingers, type Place } from './support/glass.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { letLoose } from './support/monkey.ts'
import { touchesOn, type Touches } from './support/touches.ts'

let booth: LaunchedBooth
let touches: Touches
let fingers: Fingers
/** What the page's policy refused since the start. */
const violations = () => booth.page.evaluate(() => Reflect.get(globalThis, 'violations') as unknown)

beforeAll(async () => {
  booth = await launchBooth()
  await booth.page.addInitScript(() => {
    const [seen, happened]: [string[], string[]] = [[], []]
    Object.assign(globalThis, { violations: seen, happened })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => seen.push(`${violatedDirective} ${blockedURI}`))
    for (const name of ['dragstart', 'compositionstart', 'paste', 'fullscreenchange']) document.addEventListener(name, () => happened.push(name), true)
    window.addEventListener('contextmenu', (event) => queueMicrotask(() => event.defaultPrevented || happened.push('contextmenu')), true)
  })
  await booth.page.reload()
  touches = touchesOn(booth, 'en')
  fingers = await fingersOn(booth.page)
})
afterAll(() => booth.close())
beforeEach(async () => {
  await touches.at('attract')
  await rested()
})
afterEach(() => touches.leave())

/** The moment after a screen came, in which nothing acts, is over. */
const rested = () => booth.page.locator('[data-act][aria-disabled]:not([data-off])').first().waitFor({ state: 'detached' })

/** What a gesture must not have changed. */
const untouched = () =>
  booth.page.evaluate(() => ({
    happened: (Reflect.get(globalThis, 'happened') as string[]).splice(0),
    selected: getSelection()?.toString() ?? '',
    scale: visualViewport?.scale,
    scrolled: [scrollX, scrollY],
    path: location.pathname,
    history: history.length,
  }))
const still = { happened: [], selected: '', scale: 1, scrolled: [0, 0], path: '/index.html' }
const middleOf = async (selector: string): Promise<Place> => {
  const box = await booth.page.locator(selector).first().boundingBox()
  if (!box) throw new Error(`no ${selector}`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

describe('fingers on the glass', () => {
  test('K02 a long press on words, a picture and a button selects nothing, drags nothing and opens no menu', async () => {
    await touches.hurryTo('consent')
    for (const selector of ['h1', 'main p', 'main svg', 'main button', '[data-testid=help]']) {
      await fingers.press(await middleOf(selector))
      await new Promise((done) => setTimeout(done, 700))
      const place = await middleOf(selector)
      await fingers.move({ x: place.x + 60, y: place.y + 60 })
      await fingers.lift()
      expect(await untouched(), selector).toMatchObject(still)
      expect((await touches.shown()).screen).toBe('consent')
      if ((await touches.view()).overlay) await touches.tap('help')
    }
  })

  test('K03 pinch, double taps, swipes from the edges and gestures of three to five fingers neither zoom, scroll, go back nor leave', async () => {
    const { width, height } = await booth.page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
    const [middle, across]: [Place, number] = [{ x: width / 2, y: height / 4 }, width - 2]
    const { history } = await untouched()
    await touches.hurryTo('consent')
    const spread = (count: number, from: number, to: number) =>
      fingers.draw(
        ...Array.from({ length: count }, (_, finger): readonly [Place, Place] => {
          const angle = (finger * 2 * Math.PI) / count
          const at = (radius: number) => ({ x: middle.x + radius * Math.cos(angle), y: middle.y + radius * Math.sin(angle) })
          return [at(from), at(to)]
        }),
      )
    for (const count of [2, 3, 4, 5]) {
      await spread(count, 20, 200)
      await spread(count, 200, 20)
    }
    for (const y of [height * 0.2, height * 0.5]) {
      await fingers.draw([{ x: 1, y }, { x: across, y }])
      await fingers.draw([{ x: across, y }, { x: 1, y }])
    }
    for (const edge of [1, height - 2]) await fingers.draw([{ x: middle.x, y: edge }, { x: middle.x, y: height - edge }])
    const heading = await middleOf('h1')
    for (let taps = 0; taps < 4; taps += 1) {
      await fingers.press(heading)
      await fingers.lift()
    }
    expect(await untouched()).toMatchObject({ ...still, history })
    expect((await touches.shown()).screen).toBe('consent')
    expect(booth.app.windows()).toHaveLength(1)
  })

  test('K04 a file, a link and markup dragged in, and a picture and markup pasted, change nothing', async () => {
    const drawn = () => booth.page.evaluate(() => [document.body.innerText, document.querySelectorAll('*').length, document.title])
    const before = await drawn()
    const { x, y } = await middleOf('h1')
    const link = { mimeType: 'text/uri-list', data: 'https://example.com/' }
    const markup = { mimeType: 'text/html', data: '<img src=x onerror="document.title=1">' }
    for (const data of [{ items: [], files: ['/etc/hostname'] }, { items: [link] }, { items: [markup] }])
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await fingers.cdp.send('Input.dispatchDragEvent', { type, x, y, data: { ...data, dragOperationsMask: 1 } })
    await booth.page.keyboard.press('Control+V')
    await booth.page.evaluate((html) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/html', html)
      clipboardData.items.add(new File(['x'], 'x.png', { type: 'image/png' }))
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      for (const target of [document.body, document.activeElement]) target?.dispatchEvent(event)
    }, markup.data)
    expect(await drawn()).toEqual(before)
    // The two that were made up here reach nobody.
    expect(await untouched()).toMatchObject({ ...still, happened: ['paste', 'paste'] })
    expect(booth.app.windows()).toHaveLength(1)
  })

  test('K05 K06 there is no field: text of any kind, typed, inserted or composed, reaches nothing, and no layout moves', async () => {
    await touches.hurryTo('scan')
    for (let wrong = 0; wrong < 5 && !(await booth.page.getByTestId('type-id').isVisible()); wrong += 1) await booth.panelHand(`qr-scanner show wrong-${wrong}`)
    await touches.tap('type-id')
    await touches.at('typed-id')
    await touches.tap('key-1', 'key-2')
    const drawn = () =>
      booth.page.evaluate(() => ({
        fields: document.querySelectorAll('input, textarea, select, [contenteditable]').length,
        text: document.body.innerText,
        boxes: [...document.querySelectorAll('main *')].map((element) => JSON.stringify(element.getBoundingClientRect())).join(),
      }))
    await rested()
    const before = await drawn()
    expect(before.fields).toBe(0)
    const texts = ['x'.repeat(5_000), '😀'.repeat(50), '\ud800', `a${'\u0301'.repeat(100)}`, 'مرحبا بالعالم', '\u202e12345']
    for (const target of ['body', '[data-testid=key-1]', '[data-testid=typed]']) {
      await booth.page.locator(target).focus()
      for (const text of texts) await fingers.cdp.send('Input.insertText', { text })
      await fingers.cdp.send('Input.imeSetComposition', { text: 'にほんご', selectionStart: 4, selectionEnd: 4 })
    }
    expect((await untouched()).happened).toEqual([])
    const { boxes, text, fields } = await drawn()
    expect({ text, fields, moved: boxes !== before.boxes }).toEqual({ text: before.text, fields: 0, moved: false })
    await touches.leave()
    expect(await booth.page.evaluate(() => document.documentElement.outerHTML)).not.toContain('にほんご')
  })
})

describe('the glass itself', () => {
  test('a display of another size, in mid-visit: everything is laid out anew and within it', async () => {
    await touches.hurryTo('consent')
    const size = await booth.page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
    for (const [width, height] of [[1920, 1080], [768, 1366], [1280, 800]] as const) {
      await booth.page.setViewportSize({ width, height })
      const inside = () =>
        booth.page.evaluate(() =>
          [...document.querySelectorAll('h1, main button')].every((element) => {
            const { left, top, right, bottom } = element.getBoundingClientRect()
            return left >= 0 && top >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1
          }),
        )
      await expect.poll(inside).toBe(true)
    }
    await booth.page.setViewportSize(size)
  })
})

describe('a monkey', () => {
  const starts = ['attract', 'consent', 'payment', 'scan', 'photo', 'review'] as const

  test('F52 on screen after screen: never out of the booth, no error, every yen accounted for; and the policy of the page refused nothing in all this', async () => {
    const seed = Number(process.env['CARDBOOTH_SEED'] ?? 1)
    const monkey = await letLoose(booth, seed)
    for (const start of starts) {
      await touches.hurryTo(start)
      await monkey.act(50)
      await touches.leave()
    }
    expect(monkey.complaints, `seed ${seed}`).toEqual([])
    expect([...monkey.screens]).toEqual(expect.arrayContaining([...starts]))
    await expectEveryYen(booth)
    expect(await violations()).toEqual([])
  })
})

// Last: a page whose clock was moved by hand cannot tell any more how old a camera's picture is.
describe('a minute later', () => {
  test('F50 a touch that lasts for more than a minute closes the sale with its code, until it ends', async () => {
    await booth.page.clock.install()
    await fingers.press({ x: 5, y: 5 })
    await booth.page.clock.fastForward(61_000)
    await touches.at('out-of-service')
    expect(await touches.view()).toMatchObject({ reasons: [{ code: 'touch-stuck' }] })
    await fingers.lift()
    await touches.at('attract')
    await booth.page.clock.resume()
  })
})
