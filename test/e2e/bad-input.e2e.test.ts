import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../build/sources.ts'
import { makeSigningKey } from '../../centre/signing-key.ts'
import { demoConfiguration } from '../../main/commands/demo/configuration.ts'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { everythingOnDisk } from '../support/on-disk.ts'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { processesWith } from './support/processes.ts'
import { touchesOn, type Touches } from './support/touches.ts'

const english = catalogueOf('en')

/** Everything that the booth itself has written: journal, keys, sealed files; not the simulators'. */
function writtenBy({ data }: LaunchedBooth): string {
  return everythingOnDisk(data, (file) => file.startsWith(join(data, 'bench')))
}

let booth: LaunchedBooth
let touches: Touches
beforeAll(async () => {
  booth = await launchBooth({ config: (demo) => ({ ...demo, times: { payIdleMs: 10_000 } }) })
  touches = touchesOn(booth, 'en')
  await touches.at('attract')
})
afterAll(() => booth.close())

describe('what residents show and type', () => {
  afterEach(() => touches.leave())

  const show = (code: string) => booth.panelHand(`qr-scanner show ${code}`)
  const numbersRefused = () => readJournal(booth.data).records.filter(({ kind }) => kind === 'number-refused').length
  const expectNoTraceOf = async (...payloads: readonly string[]) => {
    const page = await booth.page.evaluate(() => document.documentElement.outerHTML)
    const written = writtenBy(booth)
    for (const payload of payloads) {
      expect(page).not.toContain(payload)
      expect(written).not.toContain(payload)
      expect(booth.said()).not.toContain(payload)
    }
  }
  /** As fast as the test driver can: the keys are the same ones all the time. */
  const type = async (digits: string) => {
    const keys = new Map<string, { readonly x: number; readonly y: number }>()
    for (const digit of new Set(digits)) {
      const box = await booth.page.getByTestId(`key-${digit}`).boundingBox()
      if (box) keys.set(digit, { x: box.x + box.width / 2, y: box.y + box.height / 2 })
    }
    for (const digit of digits) {
      const { x, y } = keys.get(digit) ?? { x: 0, y: 0 }
      await booth.page.mouse.click(x, y)
    }
  }

  const wrongCodes = [
    ['Q08 of another host', 'https://net.kojinbango-card.go.jp.evil.example/?id=20261121000000000012345', 'not-application'],
    ['Q02 of 22 digits', '2026112100000000001234', 'not-application'],
    ['Q03 of 24 digits', '202611210000000000123456', 'not-application'],
    ['Q12 of a script', 'javascript:alert(document.domain)', 'not-application'],
    ['Q13 of markup', '<img src=x onerror=alert(1)>', 'not-application'],
    ['Q14 of a statement', "'; DROP TABLE visit;--", 'not-application'],
    ['Q18 of 2900 bytes', 'a'.repeat(2900), 'too-long'],
    ['Q25 of 12 digits, an Individual Number', '548836529885', 'individual-number'],
    ['Q25 of 12 digits with blanks', '5488 3652 9885', 'individual-number'],
  ] as const

  test(`${wrongCodes.map(([name]) => name).join(', ')}: each is refused in words, and nothing of it is shown, written or said`, async () => {
    const refused = numbersRefused()
    await touches.hurryTo('offer')
    await touches.tap('test-code')
    for (const [name, payload, reason] of wrongCodes) {
      await touches.at('scan')
      expect(await show(payload), name).not.toMatch(/^error/)
      await booth.page.getByTestId('again').waitFor()
      expect(await touches.notice(), name).toBe(english[`scan.${reason}`])
      await expectNoTraceOf(payload)
      await touches.tap('again')
      await booth.page.getByTestId('again').waitFor({ state: 'detached' })
    }
    expect(numbersRefused()).toBe(refused + 2)
    expect(readJournal(booth.data).money.inserted).toBe(0)
    await show(demoFormCode)
    await booth.page.getByText(String(english['ui.scan.readable']), { exact: true }).waitFor()
    await expectNoTraceOf(demoFormCode)
  })

  test('R047 Q25 a reader that reads only wrong codes: the ID is typed, twice the same; 12 digits are wiped, and nothing stays', async () => {
    const id = '98765432109876543210987'
    const refused = numbersRefused()
    await touches.hurryTo('scan')
    await booth.panelHand('qr-scanner garbage 10000')
    await expect.poll(() => touches.notice()).toBe(english['scan.too-long'])
    for (const code of ['still noise', 'one', 'two', 'three']) await show(code)
    await touches.tap('type-id')
    await touches.at('typed-id')
    await type('548836529885')
    await booth.page.getByTestId('forward').click({ force: true })
    await expect.poll(() => touches.notice()).toBe(english['scan.individual-number'])
    expect(await booth.page.getByTestId('typed').textContent()).toBe('')
    const enter = async (round: 1 | 2, digits: string) => {
      const title = String(english[round === 1 ? 'ui.typed-id.title' : 'ui.typed-id.again']).replace('{total}', '23')
      await booth.page.getByText(title, { exact: true }).waitFor()
      await type(digits)
      await touches.tap('forward')
    }
    await enter(1, id)
    await enter(2, `${id.slice(1)}0`)
    await expect.poll(() => touches.notice()).toBe(english['typing.different'])
    await enter(1, id)
    await enter(2, id)
    await touches.at('identifier')
    expect(await booth.page.locator('main').textContent()).toContain(id.slice(-4))
    await expectNoTraceOf(id, id.slice(0, 12), '548836529885')
    expect(numbersRefused()).toBe(refused + 1)
  })

  test('no such day: 31 February, 29 February of a common year, year 0, 131 years ago, a future one; and 平成33 is explained', async () => {
    const { page } = booth
    const refused = async (key: string) => {
      await touches.tap('forward')
      await expect.poll(() => touches.notice()).toBe(english[key])
      expect((await touches.shown()).step).toBe('birth')
    }
    const year = async (era: string, digits: string) => {
      await touches.tap('part-era', `era-${era}`)
      await type(digits)
      if (await page.getByTestId('key-done').isVisible()) await touches.tap('key-done')
    }
    await touches.hurryTo('birth')
    await year('heisei', '1')
    await touches.tap('month-1', 'day-31', 'part-month', 'month-2')
    for (const day of ['day-30', 'day-31']) expect(await page.getByTestId(day).count()).toBe(0)
    expect(await page.getByTestId('forward').getAttribute('aria-disabled')).toBe('true')
    await touches.tap('day-29')
    await refused('date.not-a-day')
    await year('showa', '0')
    await touches.tap('month-3', 'day-1')
    await refused('date.not-a-year')
    await year('western', '1895')
    await touches.tap('month-3', 'day-1')
    await refused('date.too-old')
    await year('reiwa', '99')
    await touches.tap('month-3', 'day-1')
    await refused('date.in-the-future')
    await year('heisei', '33')
    await touches.tap('month-3', 'day-1', 'forward')
    await touches.at('certificates')
    expect(await touches.notice()).toContain('2021')
  })
})

// Side by side: the first one mostly waits.
describe('who goes away, and what is not there', () => {
  test.concurrent('nobody touches the glass in mid-payment: asked, counted down, and the money is owed by a slip', async ({ expect }) => {
    const { owed } = readJournal(booth.data).money
    await touches.hurryTo('payment')
    await touches.pay(100)
    const question = booth.page.locator('[data-overlay=still-there]')
    await question.waitFor()
    expect(await question.textContent()).toContain('100')
    const seconds = async () => Number(/\d+/.exec((await booth.page.getByTestId('seconds').textContent()) ?? '')?.[0])
    const from = await seconds()
    await expect.poll(seconds).toBeLessThan(from)
    await touches.at('claim')
    await booth.page.locator('[data-print=printed]').waitFor()
    expect(readJournal(booth.data).money).toMatchObject({ credit: 0, owed: owed + 100 })
    await touches.leave()
  })

  test.concurrent('F39 without a camera nothing is sold, and the booth says why and whom to call', async () => {
    const blind = await launchBooth({ camera: null })
    try {
      const glass = blind.page.locator('main[data-screen=out-of-service]')
      const words = [catalogueOf('ja')['fault.camera-missing.resident'], 'camera-missing', '03-0000-0000']
      for (const said of words) expect(await glass.textContent()).toContain(said)
      expect(await blind.page.getByTestId('begin').count()).toBe(0)
    } finally {
      await blind.close()
    }
  })

  test.concurrent('C03 a configuration with a wrong key and a wrong value: both named with their exact place, nothing left running', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cardbooth-bad-'))
    try {
      const at = (name: string) => join(folder, name)
      const file = demoConfiguration({
        coinAcceptor: at('coin'),
        qrScanner: at('qr'),
        printer: at('printer'),
        centre: at('centre.sock'),
        office: { id: 'DEMO', jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } },
        receiptKey: makeSigningKey().publicKey,
      })
      const coins = file.cash.coins.map((coin, index) => (index === 2 ? { ...coin, value: '100' } : coin))
      writeFileSync(at('booth.json'), JSON.stringify({ ...file, cash: { ...file.cash, coins }, screen: { colour: 'red' } }))
      writeFileSync(at('pack.json'), readFileSync(join(root, 'main/commands/demo/pack.json')))
      const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
      const args = [join(root, 'build/start.ts'), '--config', at('booth.json'), '--data', at('data')]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], env })
      let said = ''
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
      const code = await new Promise<number | null>((done) => child.once('exit', done))
      const lines = said.split('\n').filter((line) => line.includes('configuration-refused'))
      const problems = lines.map((line) => JSON.parse(line) as { file: string; path: string; reason: string })
      expect(problems.map(({ file: named, path }) => [named, path])).toEqual([
        [at('booth.json'), 'cash.coins[2].value'],
        [at('booth.json'), 'screen'],
      ])
      expect(problems[0]?.reason).toMatch(/number/)
      expect(problems[1]?.reason).toContain('colour')
      expect(code).toBe(78)
      expect(processesWith(folder)).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
