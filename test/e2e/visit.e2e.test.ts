import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import type { Language } from '../../main/contract/language.ts'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { hurriedTaps } from '../support/hurried-taps.ts'
import { cameraPlug, type CameraPlug } from './support/camera-plug.ts'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { photoDrawn, picture, touchesOn, type Shown } from './support/touches.ts'

/** Where pictures of every screen go, when somebody asks for them. */
const pictures = process.env['CARDBOOTH_PICTURES']

let booth: LaunchedBooth
let camera: CameraPlug

beforeAll(async () => {
  booth = await launchBooth({ everything: true })
  camera = await cameraPlug(booth)
  await touchesOn(booth, 'ja').at('attract')
})
afterAll(() => booth.close())
afterEach(() => touchesOn(booth, 'ja').leave())

const applications = async () => (await booth.panelHand('centre list')).split(' · ').filter((line) => line.includes('demo-booth-1'))

/** What every screen must say, whatever it is about. */
async function expectFrame(language: Language): Promise<void> {
  const frame = await booth.page.evaluate(() => ({
    language: document.documentElement.lang,
    demo: document.querySelector('[data-testid=demo]')?.textContent,
    operator: document.querySelector('.operator')?.textContent,
    title: document.querySelector('h1')?.textContent,
    message: /\b(?:ui|jp-mynumber-application|fault|scan|date)\.[a-z.-]+/.exec(document.body.innerText)?.[0],
  }))
  const words = catalogueOf(language)
  expect(frame).toMatchObject({ language, demo: words['ui.demo'], operator: expect.stringContaining('Demo Booths') as string })
  expect(frame.title).toBeTruthy()
  expect(frame.message, 'a message without words').toBeUndefined()
}

describe('a resident at the booth', () => {
  test.each([
    ['ja', 'the serial reader'],
    ['zh-Hant', 'the camera, because the reader’s cable is torn (F43)'],
  ] as const)('R040–R043 R046 in %s, the code read by %s: from the first touch over coins and photo to the slip', async (language, reader) => {
    const { page, panelHand } = booth
    const touches = touchesOn(booth, language)
    const before = (await applications()).length
    const slips = readJournal(booth.data).records.filter(({ kind }) => kind === 'slip-printed').length
    const byCamera = reader !== 'the serial reader'
    const seen: string[] = []
    const look = async ({ screen, step }: Shown) => {
      seen.push(screen)
      if (screen !== 'starting') await expectFrame(screen === 'attract' || screen === 'languages' ? 'ja' : language)
      if (!pictures) return
      mkdirSync(join(pictures, language), { recursive: true })
      await picture(page, join(pictures, language, `${String(seen.length).padStart(2, '0')}-${screen}${step ? `-${step}` : ''}.png`))
    }
    if (byCamera) {
      camera.show('form')
      expect(await panelHand('qr-scanner tear')).toBe('ok')
      await touches.goTo('scan', look)
      await touches.at('identifier')
      camera.show('portrait')
      expect(await panelHand('qr-scanner mend')).toBe('ok')
    } else await touches.goTo('identifier', look)
    expect(await page.locator('main').textContent()).toContain(demoFormCode.slice(-4))
    await touches.goTo('receipt', look)
    expect(await touches.view()).toMatchObject({ screen: 'receipt', status: 'received', claim: null, language })
    const number = await page.getByTestId('slip-number').textContent()
    const listed = await applications()
    expect([listed.length, listed.some((line) => line.startsWith(String(number)))]).toEqual([before + 1, true])
    await page.locator('[data-print=printed]').waitFor()
    await touches.goTo('goodbye', look)
    await touches.goOn()
    await touches.at('attract')
    expect(seen).toEqual(expect.arrayContaining(['payment', 'scan', 'photo', 'photo-review', 'review', 'receipt', 'leave']))
    const { money, records, waiting } = readJournal(booth.data)
    expect({ ...money, waiting }).toEqual({ inserted: 800 * listed.length, credit: 0, parked: 0, earned: 800 * listed.length, owed: 0, paying: 0, returned: 0, waiting: 0 })
    expect(records.filter(({ kind }) => kind === 'slip-printed').length).toBe(slips + 1)
    expect(booth.complaints()).toEqual([])
  })

  test('F54 R046 the language changed in mid-payment and at the review: nothing starts again, nothing is lost', async () => {
    const { page } = booth
    const touches = touchesOn(booth, 'ja')
    const speak = async (language: Language) => {
      await touches.tap('language')
      await touches.tap(`language-${language}`)
      await page.locator(`html[lang="${language}"]`).waitFor()
      await expectFrame(language)
    }
    await touches.hurryTo('payment')
    await touches.pay(500)
    await speak('en')
    expect(await touches.view()).toMatchObject({ screen: 'payment', open: true, money: { inserted: 500, missing: 300 } })
    expect(await page.locator('[data-part=inserted]').textContent()).toContain('500')
    await touches.pay(100, 100, 100)
    await touches.hurryTo('review')
    const review = await touches.view()
    const photo = () => page.evaluate(photoDrawn)
    await expect.poll(photo).toEqual([827, 1063, true])
    await touches.tap('consent')
    for (const language of ['zh-Hant', 'ja', 'en'] as const) {
      await speak(language)
      expect(await touches.view()).toMatchObject({ ...review, language })
      expect([await photo(), await page.getByTestId('consent').getAttribute('aria-checked')]).toEqual([[827, 1063, true], 'true'])
    }
    const before = await applications()
    await touches.tap('forward')
    await touches.at('receipt')
    expect((await applications()).length).toBe(before.length + 1)
  })

  test('somebody looks for a telephone line: from the menu over two questions to the advice, its slip and the goodbye; whoever comes next finds nothing of it', async () => {
    const { page, data } = booth
    const touches = touchesOn(booth, 'en')
    const slips = () => readJournal(data).records.filter(({ kind }) => kind === 'slip-printed').length
    const before = slips()
    const begin = async () => {
      await touches.tap('begin', 'language-en', 'service-phone-lines', 'forward')
      await touches.at('topic')
    }
    await begin()
    await touches.tap('option-suspend', 'option-th')
    await touches.at('line')
    await expect.poll(() => page.locator('.sentence [lang=ja]').first().textContent()).toContain('マイナンバーカードをなくしました')
    await touches.tap('print')
    await page.locator('[data-print=printed]').waitFor()
    expect(slips()).toBe(before + 1)
    await touches.goTo('goodbye')
    await touches.goTo('attract')
    await begin()
    expect(await touches.view()).toMatchObject({ screen: 'question', step: 'topic', chosen: null })
    expect(await page.locator('main').textContent()).not.toContain('0120')
  })

  test('F45 F46 a card is put in, its PIN changed on the glass and proved; nothing of a PIN is drawn, and nobody leaves without the card', async () => {
    const { page, panelHand } = booth
    const touches = touchesOn(booth, 'en')
    const type = async (pin: string) => touches.tap(...[...pin].map((key) => `key-${key}`), 'forward')
    const dots = () => page.getByTestId('pin').locator('li span').count()
    await touches.tap('begin', 'language-en', 'service-jp-pin-change')
    await touches.at('offer')
    await touches.tap('forward')
    await touches.at('which')
    await touches.tap('option-authentication')
    await touches.at('card')
    await panelHand('card-reader forget')
    expect(await panelHand('card-reader insert my-number')).toContain('inserted')
    await touches.at('pin')
    await page.evaluate(() => document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData: new DataTransfer() })))
    expect(await dots()).toBe(0)
    await touches.tap('key-1', 'key-2', 'key-3', 'key-4', 'key-5')
    await expect.poll(dots).toBe(4)
    expect(await page.locator('main .say').textContent()).not.toMatch(/12345?/)
    await touches.tap('forward')
    await type('5678')
    await type('5679')
    await expect.poll(() => touches.notice()).toContain('different')
    await type('5678')
    await type('5678')
    await touches.at('result')
    expect(await page.locator('h1').textContent()).toContain('The 4-digit PIN is changed')
    await expect.poll(async () => JSON.parse(await panelHand('card-reader summary')) as unknown).toMatchObject({ denied: [], spent: {}, end: 'reset' })
    await touches.tap('forward')
    await touches.at('leave')
    await page.locator('h1', { hasText: 'Take it out' }).waitFor()
    await panelHand('card-reader remove')
    await page.locator('h1', { hasText: 'Take your form' }).waitFor()
    expect(booth.complaints()).toEqual([])
  })

  test('F53 ten taps a second on begin, on a language, on back and on send have one effect each', async () => {
    const touches = touchesOn(booth, 'en')
    const opened = () => readJournal(booth.data).records.filter(({ kind }) => kind === 'visit-opened').length
    const visits = opened()
    await hurriedTaps(booth.page, 'begin')
    await touches.at('languages')
    expect([(await touches.shown()).screen, opened()]).toEqual(['languages', visits + 1])
    await hurriedTaps(booth.page, 'language-en')
    await touches.at('menu')
    expect((await touches.shown()).screen).toBe('menu')
    await touches.hurryTo('form')
    await hurriedTaps(booth.page, 'back')
    await touches.at('cause')
    expect((await touches.shown()).step).toBe('cause')
    await touches.hurryTo('review')
    await touches.tap('consent')
    const before = (await applications()).length
    const { earned } = readJournal(booth.data).money
    await hurriedTaps(booth.page, 'forward')
    await touches.at('receipt')
    expect((await applications()).length).toBe(before + 1)
    expect(readJournal(booth.data).money.earned).toBe(earned + 800)
  })
})
