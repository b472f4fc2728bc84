import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createCentre } from '../../centre/centre.ts'
import { photoWords, type PhotoState } from '../../centre/photo-words.ts'
import { listen } from '../../centre/server.ts'
import { sqliteHandOvers } from '../../centre/sqlite-hand-overs.ts'
import { sqliteStorage } from '../../centre/sqlite-storage.ts'
import type { HandOverStorage } from '../../centre/hand-over-storage.ts'
import { realClock } from '../../hardware/clock.ts'
import { languages } from '../../main/contract/language.ts'
import { handOverClient } from '../../main/hand-over/hand-over-client.ts'
import { handOverLink, sealPhoto } from '../../main/hand-over/seal-photo.ts'
import { httpExchange } from '../../main/submissions/http-exchange.ts'
import { receiptCheck } from '../../main/submissions/receipt-check.ts'
import { findChromium } from '../electron-host/chromium.ts'
import { signingKey, trial } from './centre-fixture.ts'

const jpeg = readFileSync(new URL('../fixtures/photo/grace-hopper.jpg', import.meta.url))

let browser: Browser
let dir: string
let handOvers: HandOverStorage
/** Every byte that telephones said to the centre. */
let heard = ''
let port: number
let close: () => Promise<void>
/** Bytes are altered on the centre's disk. */
let isAltered = false
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-photo-page-'))
  const storage = sqliteHandOvers(join(dir, 'hand-overs.db'))
  handOvers = {
    ...storage,
    async take(...about) {
      const taken = await storage.take(...about)
      if (isAltered && taken.state === 'sealed') taken.sealed[40] = (taken.sealed[40] ?? 0) ^ 1
      return taken
    },
  }
  const operator = { name: 'Test & Co', phone: '03-0000-0000' }
  const centre = createCentre({ key: signingKey, storage: sqliteStorage(':memory:'), handOvers, clock: realClock(), operator })
  const socket = join(dir, 'centre.sock')
  const listening = await listen(centre, socket)
  // What stands before a real centre speaks https; this machine's own name is as good to a browser (Secure Contexts, 3.1).
  const door = createServer((line) => {
    const inside = connect(socket)
    line.on('data', (bytes) => (heard += bytes.toString('latin1')))
    line.pipe(inside).pipe(line)
    for (const end of [line, inside]) end.on('error', () => end.destroy())
  })
  await new Promise<void>((done) => void door.listen(0, '127.0.0.1', done))
  port = (door.address() as AddressInfo).port
  const executablePath = findChromium()
  if (!executablePath) throw new Error('there is no Chromium on this machine')
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--host-resolver-rules=MAP photo.test 127.0.0.1'] })
  close = async () => {
    await browser.close()
    await new Promise((done) => door.close(done))
    await listening.close()
    await centre.close()
    rmSync(dir, { recursive: true })
  }
})
afterAll(() => close())

/** A photo that lies at the centre, and its link. */
async function offered() {
  isAltered = false
  heard = ''
  const photo = sealPhoto(jpeg)
  const client = handOverClient({
    exchange: httpExchange(join(dir, 'centre.sock')),
    isSigned: receiptCheck([signingKey.publicKey]),
    booth: { id: 'demo-1', demo: true },
  })
  expect(await client(photo, new AbortController().signal)).toMatchObject({ ok: true })
  return { photo, link: handOverLink(`http://localhost:${port}/photo`, photo) }
}

interface Telephone {
  readonly page: Page
  readonly complaints: string[]
  readonly context: BrowserContext
}

async function telephone(locale = 'en', options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Telephone> {
  const context = await browser.newContext({ locale, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  onTestFinished(() => context.close())
  return { page, complaints, context }
}

/** Every text that is to be seen, with its state. */
const seen = (page: Page) => () =>
  page.$$eval('[data-for]', (texts) =>
    texts.filter((text) => text.checkVisibility()).map((text) => [text.getAttribute('data-for'), (text as HTMLElement).innerText.replaceAll(/\n+/g, '\n')]),
  )
/** The one text of a state. */
const text = (state: PhotoState, language: (typeof languages)[number] = 'en') => {
  const words = photoWords[language].states[state].replaceAll('{operator}', 'Test & Co').replaceAll('{phone}', '03-0000-0000')
  return [[state, words]]
}

test.each(languages)('a telephone opens the photo in %s and keeps it byte for byte; no server ever hears its secret', async (language) => {
  const { photo, link } = await offered()
  const { page, complaints } = await telephone(language)
  await page.goto(link)
  expect(await page.getAttribute('html', 'lang')).toBe(language)
  await expect.poll(seen(page)).toEqual(text('ready', language))
  await page.tap('#open')
  await expect.poll(seen(page)).toEqual(text('shown', language))
  await expect.poll(() => page.$eval('#photo', (image) => (image as HTMLImageElement).naturalWidth)).toBe(512)
  const [download] = await Promise.all([page.waitForEvent('download'), page.tap('#save')])
  expect(download.suggestedFilename()).toBe('photo.jpg')
  expect(Buffer.compare(readFileSync(await download.path()), jpeg)).toBe(0)
  expect(complaints).toEqual([])
  expect(heard).toContain(`POST /v1/hand-overs/${photo.id}/download`)
  expect(heard).not.toContain(photo.secret)
  expect(heard).not.toContain(photo.secret.slice(0, 16))
  expect(heard).not.toMatch(/^(?:cookie|referer):/im)
})

test('the second time is the last, says so before and after, and then it is gone', async () => {
  const { photo, link } = await offered()
  const { page } = await telephone()
  for (const state of ['shown', 'shown-last', 'taken'] as const) {
    await page.goto('about:blank')
    await page.goto(link)
    await page.tap('#open')
    await expect.poll(seen(page)).toEqual(text(state))
    expect(await page.isVisible('#photo')).toBe(state !== 'taken')
  }
  expect((await handOvers.waiting()).map(({ id }) => id)).not.toContain(photo.id)
})

test('another language keeps the key, and a page that is only looked at costs nothing', async () => {
  const { link } = await offered()
  const { page } = await telephone()
  await page.goto(link)
  await page.tap('nav a[hreflang=ja]')
  await page.waitForURL('**/photo?lang=ja#*')
  await expect.poll(seen(page)).toEqual(text('ready', 'ja'))
  await page.reload()
  await page.tap('#open')
  await expect.poll(seen(page)).toEqual(text('shown', 'ja'))
})

test('a link without a key, with half of one or with another opens nothing and counts nothing', async () => {
  const { link } = await offered()
  const { page } = await telephone()
  await page.goto(link.replace(/#.*/, ''))
  await expect.poll(seen(page)).toEqual(text('no-key'))
  // The same page, told another address.
  await page.goto(link.slice(0, -5))
  await expect.poll(seen(page)).toEqual(text('no-key'))
  await page.goto(link.replace(/#./, (start) => (start === '#A' ? '#B' : '#A')))
  await page.tap('#open')
  await expect.poll(seen(page)).toEqual(text('absent'))
  await page.goto(link)
  await page.tap('#open')
  await expect.poll(seen(page)).toEqual(text('shown'))
})

test('without a line it says so; a photo that was altered at the centre is not shown; one whose time is over is said to be over', async () => {
  const { photo, link } = await offered()
  isAltered = true
  const { page, context } = await telephone()
  await page.goto(link)
  await context.setOffline(true)
  await page.tap('#open')
  await expect.poll(seen(page)).toEqual(text('offline'))
  await context.setOffline(false)
  await page.tap('#open')
  await expect.poll(seen(page)).toEqual(text('altered'))
  expect(await page.isVisible('#photo')).toBe(false)
  await handOvers.end(photo.id)
  await page.tap('#open')
  await expect.poll(seen(page)).toEqual(text('expired'))
})

test('a page that does not come over https cannot open it, and one without scripts says why', async () => {
  const { link } = await offered()
  const { page } = await telephone()
  await page.goto(link.replace('localhost', 'photo.test'))
  await expect.poll(seen(page)).toEqual(text('too-old'))
  const plain = await telephone('ja', { javaScriptEnabled: false })
  await plain.page.goto(link)
  await expect.poll(seen(plain.page)).toEqual(text('start', 'ja'))
})

test('nothing runs on the page but its own script, and nothing is asked but this centre', async () => {
  const reply = await trial().get('/photo')
  const policy = reply.headers['content-security-policy'] ?? ''
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    expect.stringMatching(/^script-src 'sha256-[A-Za-z0-9+/]{43}='$/),
    expect.stringMatching(/^style-src 'sha256-[A-Za-z0-9+/]{43}='$/),
    'img-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ])
  expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
  const { link } = await offered()
  const { page, complaints } = await telephone()
  await page.goto(link)
  await page.evaluate(() => {
    const script = document.createElement('img')
    script.setAttribute('src', 'https://example.org/x.png')
    document.body.append(script)
  })
  await expect.poll(() => complaints.join()).toContain('img-src blob:')
})
