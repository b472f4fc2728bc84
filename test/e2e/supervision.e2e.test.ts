import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostForTests } from '../../build/electron.ts'
import { root } from '../../build/sources.ts'
import { languages } from '../../main/contract/language.ts'
import { faultWords } from '../../main/i18n/fault-words.ts'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { processesWith } from './support/processes.ts'
import { evaluateInWindow, talkTo } from './support/talk.ts'
import { touchesOn, type Touches } from './support/touches.ts'

let booth: LaunchedBooth
let touches: Touches

const processOf = (kind: 'booth' | 'devices') => processesWith(`dist/${kind}/main.js --config ${booth.data}`)[0]?.id ?? 0
/** Waits until another process of that kind runs. */
const replaced = async (kind: 'booth' | 'devices', old: number) => void (await expect.poll(() => processOf(kind) !== old && processOf(kind) !== 0).toBe(true))
const browserProcesses = (type: string) =>
  processesWith(`cardbooth-profile-${booth.app.process().pid}-`).filter(({ command }) => command.includes(`--type=${type}`))

beforeAll(async () => {
  booth = await launchBooth()
  touches = touchesOn(booth, 'en')
  await touches.at('attract')
})
afterAll(() => booth.close())

describe('processes that hang', () => {
  test('F08 booth and device process stopped in mid-payment: both started again, the coin that fell meanwhile counts once', async () => {
    await touches.hurryTo('payment')
    await touches.pay(100)
    const [stuckBooth, stuckDevices] = [processOf('booth'), processOf('devices')]
    process.kill(stuckDevices, 'SIGSTOP')
    process.kill(stuckBooth, 'SIGSTOP')
    expect(await booth.panelHand('coin-acceptor insert 500')).toMatch(/^accepted/)
    await replaced('booth', stuckBooth)
    await replaced('devices', stuckDevices)
    await touches.at('held')
    await expect.poll(() => readJournal(booth.data).money).toMatchObject({ inserted: 600, credit: 600 })
    expect(processesWith('dist/').filter(({ id }) => id === stuckBooth || id === stuckDevices)).toEqual([])
    await touches.leave()
  })
})

describe('memory', () => {
  test('F10 a booth process that gets no more of it dies alone, is started again, and its journal is whole', async () => {
    await touches.hurryTo('payment')
    await touches.pay(500)
    const [first, shell] = [processOf('booth'), booth.app.process().pid]
    expect(readFileSync(`/proc/${first}/cmdline`, 'utf8')).toContain('--max-old-space-size=')
    // As little as it has now: the next that it asks for is refused.
    execFileSync('prlimit', ['--pid', String(first), '--as=1048576'])
    for (let asked = 0; processOf('booth') === first && asked < 200; asked += 1) {
      await booth.page.evaluate((text) => void (Reflect.get(globalThis, 'cardbooth') as { request(name: string, input: object): unknown }).request('photo', { text }), 'x'.repeat(1_000_000))
      await new Promise((done) => setTimeout(done, 100))
    }
    await replaced('booth', first)
    await touches.at('held')
    expect(booth.app.process().pid).toBe(shell)
    expect(readJournal(booth.data).money).toMatchObject({ credit: 500 })
    await touches.leave()
  })
})

describe('a second copy', () => {
  test('F13 ends at once and names the reason; the first goes on', async () => {
    const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--config', join(booth.data, 'bench', 'booth-under-test.json'), '--data', booth.data]
    const second = spawn(hostForTests().program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    second.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
    expect(await new Promise((done) => second.once('exit', done))).toBe(73)
    expect(said).toContain('another copy has the data folder')
    await touches.at('attract')
  })
})

// From here on the test driver has given the page up: the window itself is asked.
describe('the screen', () => {
  const textOf = (selector: string) => evaluateInWindow(booth)((of) => document.querySelector(of)?.textContent ?? '', selector).catch(() => '')

  test('the graphics process killed five times: the screen is drawn and answers all the same', async () => {
    for (let time = 0; time < 5; time += 1) {
      const [graphics] = browserProcesses('gpu-process')
      process.kill(graphics?.id ?? 0, 'SIGKILL')
      await expect.poll(() => browserProcesses('gpu-process').some(({ id }) => id !== graphics?.id)).toBe(true)
    }
    await touches.tap('begin')
    await touches.at('languages')
    expect((await booth.page.screenshot()).length).toBeGreaterThan(10_000)
    await touches.leave()
  })

  test('F07 a page that hangs in mid-payment is loaded again, and coins count meanwhile', async () => {
    await touches.hurryTo('payment')
    await touches.pay(100)
    void booth.page.evaluate(() => setTimeout(() => { for (;;); })).catch(() => {})
    expect(await booth.panelHand('coin-acceptor insert 500')).toMatch(/^accepted/)
    await expect.poll(() => readJournal(booth.data).money.credit).toBe(600)
    await expect.poll(() => booth.said()).toContain('the resident page does not draw')
    await expect.poll(() => textOf('main[data-screen=payment] [data-part=inserted]')).toContain('600')
    await talkTo(booth, evaluateInWindow(booth), 'en').leave()
  })

  test('I7 a page that dies as often as it is started: words without scripts, coins shut, and log and journal name the fault', async () => {
    const page = () => textOf('main.trouble')
    for (;;) {
      await expect.poll(() => textOf('main')).not.toBe('')
      if (await page()) break
      await booth.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().endsWith('/index.html'))?.webContents.forcefullyCrashRenderer())
    }
    expect(await page()).toContain('screen-not-starting')
    const { technician } = faultWords('screen-not-starting', 'en')
    expect(booth.said()).toContain(technician)
    await expect.poll(() => readJournal(booth.data).records).toContainEqual({ kind: 'fault-raised', body: { fault: 'screen-not-starting' } })
    expect(JSON.parse(await booth.panelHand('coin-acceptor counters'))).toMatchObject({ mask: 0 })
  })

  test('F11 a booth process that dies at every start: after five restarts out of service, with a code and words in every language, coins shut', async () => {
    const page = () => textOf('main.trouble')
    for (let last = 0; !(await page()).includes('booth-not-starting'); ) {
      const next = processOf('booth')
      if (next !== 0 && next !== last) process.kill(next, 'SIGKILL')
      last = next
      await new Promise((done) => setTimeout(done, 50))
    }
    for (const language of languages) expect(await page()).toContain(faultWords('booth-not-starting', language).resident)
    expect(processOf('booth')).toBe(0)
    expect(JSON.parse(await booth.panelHand('coin-acceptor counters'))).toMatchObject({ mask: 0 })
  })
})
