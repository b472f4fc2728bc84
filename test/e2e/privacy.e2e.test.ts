import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readlinkSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canaryOf, needlesOf } from '../privacy/support/canary.ts'
import { filesUnder, foundIn, foundInFiles, jpegText, wholeStrings, type Wanted } from '../privacy/support/search.ts'
import { heapOfPage, heapOfProcess } from './support/heaps.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { processesWith } from './support/processes.ts'
import { evaluateInWindow, talkTo } from './support/talk.ts'
import { touchesOn, type Touches } from './support/touches.ts'
import { fingersOn } from './support/glass.ts'

/*
 * Canaries through the real booth: shell, booth, devices and page, each a process of its own. Told by fingers and by the code reader, they must be nowhere
 * once the visit is over.
 */

let booth: LaunchedBooth
let touches: Touches
let temporary: string
const tmpBefore = process.env['TMPDIR']

const names = ['finished', 'booth aborted', 'page aborted'] as const
type Name = (typeof names)[number]
const canary = (name: Name) => canaryOf(`e2e ${name}`)
const wordsOf = (name: Name): Wanted => ({ what: `words of “${name}”`, needles: needlesOf(canary(name)) })
const words = names.map(wordsOf)
/** A JPEG of ours begins with the one or the other; nothing that the booth serves or keeps is one. */
const picture: Wanted = { what: 'a picture', needles: [Buffer.from('ffd8ffe0', 'hex'), Buffer.from('ffd8ffe1', 'hex'), Buffer.from('/9j/4')] }

/** What the booth may write to; the bench's folder, with slips and the film before the lens, is the world around it. */
const written = () => filesUnder([booth.data, temporary]).filter((file) => !file.startsWith(join(booth.data, 'bench')))
const processOf = (kind: 'booth' | 'devices') => processesWith(`dist/${kind}/main.js --config ${booth.data}`)[0]?.id ?? 0
const coresIn = (folder: string) => readdirSync(folder).filter((name) => /^core(?:\.\d+)?$/.test(name)).map((name) => join(folder, name))

/** Enters a date with fingers. */
async function enter(date: string): Promise<void> {
  const [year = '', month = '', day = ''] = date.split('-')
  await touches.tap('era-western', ...[...year].map((digit) => `key-${digit}`), `month-${Number(month)}`, `day-${Number(day)}`, 'forward')
}

/** Types digits on the keypad, as fast as the screen takes them. */
async function type(digits: string): Promise<void> {
  const { page } = booth
  for (const digit of digits) {
    const box = await page.getByTestId(`key-${digit}`).boundingBox()
    if (!box) throw new Error(`no key ${digit}`)
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  }
}

/** Everything that can be told is told: both dates, the number by keys, and the photo; up to the review. */
async function tellAll({ formId, birth, stayUntil }: ReturnType<typeof canaryOf>): Promise<void> {
  await touches.hurryTo('stay')
  await touches.tap('option-same')
  await touches.at('stay-until')
  await enter(stayUntil)
  await touches.at('combined-card')
  await touches.tap('back')
  await touches.at('stay-until')
  await touches.tap('forward')
  await touches.at('combined-card')
  await touches.hurryTo('scan')
  for (const wrong of ['one', 'two', 'three']) expect(await booth.panelHand(`qr-scanner show ${wrong}`)).toMatch(/^sent/)
  await touches.tap('type-id')
  for (const round of [1, 2]) {
    await touches.at('typed-id')
    await booth.page.locator('[data-testid=typed] [data-next]').first().waitFor()
    await type(formId)
    await touches.tap('forward')
    if (round === 1) await booth.page.waitForFunction(() => document.querySelector('[data-testid=typed]')?.textContent === '')
  }
  await touches.at('identifier')
  await touches.hurryTo('birth')
  await enter(birth)
  await touches.at('certificates')
  await touches.hurryTo('photo')
  await touches.goOn()
  await touches.at('photo-review')
  await touches.tap('forward')
  await touches.at('review')
}

/** The quick way there: the number by the code reader, the birth date by the bridge. */
async function tellBriefly(name: Name): Promise<void> {
  const { formId, birth } = canary(name)
  await touches.hurryTo('scan')
  await booth.panelHand(`qr-scanner show https://net.kojinbango-card.go.jp/?id=${formId}`)
  await touches.at('identifier')
  await touches.hurryTo('birth')
  await enter(birth)
  await touches.at('certificates')
  await touches.hurryTo('review')
}

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'cardbooth-e2e-tmp-'))
  process.env['TMPDIR'] = temporary
  // Whoever starts the booth lets it dump as much as it likes; that it does not must be its own doing.
  execFileSync('prlimit', ['--core=unlimited', '--pid', String(process.pid)])
  booth = await launchBooth({ switches: [`--js-flags=${wholeStrings}`] })
  touches = touchesOn(booth, 'en')
  await touches.at('attract')
})
afterAll(async () => {
  await booth.close()
  if (tmpBefore === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = tmpBefore
  rmSync(temporary, { recursive: true, force: true })
})

describe('after a visit that was finished', () => {
  test('F55 nothing of it is in the page, in the heap of page, booth and devices, in any file, or in what was logged', async () => {
    await tellAll(canary('finished'))
    expect(foundIn(await heapOfPage(booth.page), [wordsOf('finished')])).toEqual(['words of “finished”'])
    await touches.tap('consent', 'forward')
    await touches.at('receipt')
    await touches.leave()
    expect(foundIn(await booth.page.content(), words)).toEqual([])
    expect(foundIn(await heapOfPage(booth.page), [...words, picture])).toEqual([])
    expect(foundInFiles(written(), [...words, picture])).toEqual([])
    expect(foundIn(booth.said(), words)).toEqual([])
    for (const kind of ['booth', 'devices'] as const) {
      const heap = await heapOfProcess(processOf(kind))
      expect(heap?.length, kind).toBeGreaterThan(1_000_000)
      expect(foundIn(heap ?? '', [...words, jpegText]), kind).toEqual([])
    }
    const ofShell = join(temporary, 'shell.heapsnapshot')
    await booth.app.evaluate((_electron, [file, flag]) => {
      const v8 = process.getBuiltinModule('node:v8')
      v8.setFlagsFromString(flag)
      v8.writeHeapSnapshot(file)
    }, [ofShell, wholeStrings] as const)
    expect(foundIn(readFileSync(ofShell), [...words, jpegText]), 'shell').toEqual([])
    rmSync(ofShell)
  })
})

describe('F44 a code reader in keyboard mode', () => {
  test('types into the booth as fast as it can: nothing is pressed, nothing is taken, and the technician is told', async () => {
    await touches.hurryTo('scan')
    const before = await touches.view()
    const { cdp } = await fingersOn(booth.page)
    const code = `https://net.kojinbango-card.go.jp/?id=${canary('finished').formId}`
    // One key after the other, without waiting until one is taken.
    const keys = [...[...code].map((text) => ({ key: text, text })), ...['Enter', 'Tab', 'Enter'].map((key) => ({ key }))]
    await Promise.all(keys.flatMap((key) => (['keyDown', 'keyUp'] as const).map((type) => cdp.send('Input.dispatchKeyEvent', { type, ...key }))))
    await expect.poll(() => booth.said()).toContain('"fault":"scanner-mode"')
    expect(await touches.view()).toEqual(before)
    expect(foundIn(booth.said() + (await booth.page.content()), words)).toEqual([])
    await touches.leave()
  })
})

describe('F57 after an abort in mid-visit', () => {
  /** Ends a process as a bug would, and gives what it leaves in the folder that it ran in. */
  const abort = (id: number): (() => readonly string[]) => {
    const folder = readlinkSync(`/proc/${id}/cwd`)
    expect(readFileSync(`/proc/${id}/limits`, 'utf8')).toMatch(/^Max core file size\s+unlimited/m)
    const before = new Set(coresIn(folder))
    process.kill(id, 'SIGABRT')
    return () => coresIn(folder).filter((core) => !before.has(core))
  }
  /** What is found of a visit in the dumps, which are removed, and in everything else that was written. */
  const leftOf = (name: Name, cores: readonly string[]) => {
    try {
      return foundInFiles([...cores, ...written()], [wordsOf(name), picture])
    } finally {
      for (const core of cores) rmSync(core)
    }
  }

  test('of the booth process there is no dump with anything of it', async () => {
    await tellBriefly('booth aborted')
    const left = abort(processOf('booth'))
    await touches.at('held')
    expect(leftOf('booth aborted', left())).toEqual([])
    await touches.tap('return-credit')
    await touches.at('claim')
    await touches.leave()
  })

  test('of the page’s process there is no dump with anything of it, and the visit goes on', async () => {
    await tellBriefly('page aborted')
    const profile = processesWith('--type=renderer').filter(({ command }) => command.includes(temporary))
    expect(profile.length).toBeGreaterThan(0)
    const leavings = profile.map(({ id }) => abort(id))
    const again = talkTo(booth, evaluateInWindow(booth), 'en')
    await expect.poll(() => again.view().then(({ screen }) => screen, () => '')).toBe('review')
    expect(leftOf('page aborted', [...new Set(leavings.flatMap((left) => left()))])).toEqual([])
    await again.leave()
    expect(existsSync(booth.data)).toBe(true)
    expect(foundInFiles(written(), [...words, picture])).toEqual([])
    expect(foundIn(booth.said(), words)).toEqual([])
  })

  test('and a dump would tell, if there were one', () => {
    const folder = mkdtempSync(join(temporary, 'dump-'))
    const backwards = canary('finished').formId.split('').toReversed().join('')
    const script = `globalThis.told = Buffer.from('${backwards}').toReversed(); process.abort()`
    expect(() => execFileSync(process.execPath, ['-e', script], { cwd: folder, stdio: 'ignore' })).toThrow()
    const cores = coresIn(folder)
    expect(foundInFiles(cores, [wordsOf('finished')])).toHaveLength(1)
    rmSync(folder, { recursive: true })
  })
})
