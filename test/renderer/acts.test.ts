import { beforeEach, describe, expect, it } from 'vitest'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import { languages } from '../../main/contract/language.ts'
import type { Answer } from '../../main/contract/commands.ts'
import type { View } from '../../main/contract/view.ts'
import { hurriedTaps } from '../support/hurried-taps.ts'
import { openedPages } from './support/opened-pages.ts'
import { sizes } from './support/sizes.ts'
import { cases } from './support/views.ts'

const { pages, booth } = await openedPages()
beforeEach(() => booth.reset())

function viewOf(name: string): View {
  const found = cases.find((each) => each.name === name)
  if (!found) throw new Error(`no case ${name}`)
  return found.view
}

/** The commands that a resident's acts made. */
async function acts(): Promise<readonly string[]> {
  return (await booth.said()).map(({ name }) => name).filter((name) => !['catalogue', 'touch', 'camera', 'picture'].includes(name))
}

const button = (name: string) => booth.page.getByTestId(name)

/** The moment after a screen came, in which nothing acts, is over. */
const settled = () => booth.page.waitForFunction(() => document.querySelector('[data-act][aria-disabled]:not([data-off])') === null)

/** Ten hurried taps, and a view that comes right after the first. */
async function tapsThen(name: string, view: View): Promise<void> {
  await booth.page.evaluate((next) => addEventListener('click', () => window.fake.push(next), { once: true }), view)
  await hurriedTaps(booth.page, name)
}

describe('F53 ten taps a second have one effect', () => {
  it('F53 on back, though the screen before has its back at the same place', async () => {
    await booth.show(viewOf('question-printed'))
    await tapsThen('back', viewOf('question-form'))
    expect(await acts()).toEqual(['back'])
  })

  it('F53 on send, while the booth is slow to answer', async () => {
    await booth.show(viewOf('review'))
    await button('consent').tap()
    await hurriedTaps(booth.page, 'forward')
    expect((await booth.said('send')).map(({ input }) => input)).toEqual([{ consent: true }])
  })

  it('F53 on the free test and on an answer that goes on to another question', async () => {
    await booth.show(viewOf('question-cause'))
    await tapsThen('option-lost', viewOf('question-printed'))
    expect(await acts()).toEqual(['answer'])
  })

  it('F53 on language', async () => {
    await booth.show(viewOf('question-cause'))
    await button('language').tap()
    await tapsThen('language-zh-Hant', { ...viewOf('question-cause'), language: 'zh-Hant' })
    expect((await booth.said('choose-language')).map(({ input }) => input)).toEqual([{ language: 'zh-Hant' }])
  })

  it('F53 a refusal sets the button free again, and the next act counts', async () => {
    await booth.show(viewOf('info-number'))
    await booth.answer({ ok: false, error: { code: 'not-now' } })
    await button('forward').click()
    await button('forward').click()
    expect(await acts()).toEqual(['continue', 'continue'])
  })

  it('F53 a screen that changes by itself does not take the tap that was meant for the one before', async () => {
    await booth.show(viewOf('payment-part'))
    const tapped = await booth.page.evaluate(
      (view) =>
        new Promise<string | undefined>((done) => {
          const place = document.querySelector('[data-testid="help"]')?.getBoundingClientRect()
          // The moment that the other screen is there, however late a busy machine draws it.
          new MutationObserver((_, observer) => {
            observer.disconnect()
            const under = document.elementFromPoint((place?.x ?? 0) + 10, (place?.y ?? 0) + 10)?.closest('button')
            under?.click()
            done(under?.dataset['testid'])
          }).observe(document.querySelector('main')!, { attributeFilter: ['data-screen'] })
          window.fake.push(view)
        }),
      viewOf('scan'),
    )
    expect(tapped).toBe('help')
    expect(await acts()).toEqual([])
    await button('help').click()
    expect(await acts()).toEqual(['help'])
  })
})

describe('a booth that takes long', () => {
  it('F21 a touch is answered on the glass within 200 ms, however long it takes to be written down', async () => {
    const answered: number[] = []
    for (let round = 0; round < 5; round += 1) {
      await booth.show(viewOf('question-cause'))
      await settled()
      answered.push(
        await booth.page.evaluate(async () => {
          let written: (answer: Answer) => void = () => {}
          window.fake.answer = new Promise((done) => (written = done))
          const touched = performance.now()
          document.querySelector<HTMLElement>('[data-testid="option-lost"]')?.click()
          while (!document.querySelector('[data-testid="option-lost"][data-sent]')) await new Promise((frame) => requestAnimationFrame(frame))
          await new Promise((frame) => requestAnimationFrame(frame))
          const seen = performance.now() - touched
          written({ ok: false, error: { code: 'not-now' } })
          return seen
        }),
      )
      await booth.page.waitForSelector('[data-testid="option-lost"]:not([data-sent])')
    }
    // How long the page takes, not the other programs of this machine.
    expect(Math.min(...answered)).toBeLessThan(200)
  })
})

describe('what the page says of itself', () => {
  it('says which revision it drew, once each', async () => {
    const first = await booth.show(viewOf('attract'))
    const second = await booth.show(viewOf('languages'))
    expect(await booth.page.evaluate(() => window.fake.drawn)).toEqual([first, second])
    expect(await booth.page.locator('main').getAttribute('data-revision')).toBe(String(second))
  })

  it('says that it is touched at most every two seconds', async () => {
    await booth.show(viewOf('typed-id'))
    for (const digit of ['1', '2', '3', '4', '5']) await button(`key-${digit}`).tap()
    expect(await booth.said('touch')).toHaveLength(1)
  })

  it('asks each catalogue once, the one in use first', async () => {
    const other = await pages.open(sizes.portrait)
    await other.show(viewOf('attract'))
    await other.show({ ...viewOf('attract'), language: 'ja' })
    await other.page.waitForFunction(() => window.fake.said.filter(({ name }) => name === 'catalogue').length === 3)
    expect((await other.said('catalogue')).map(({ input }) => (input as { readonly language: string }).language)).toEqual(['en', 'ja', 'zh-Hant'])
    await other.close()
  })

  it('says one moment in every language until there is a booth, and again while it is gone', async () => {
    const screen = () => booth.page.locator('main').getAttribute('data-screen')
    expect(await screen()).toBe('starting')
    for (const words of ['少々お待ちください', 'One moment', '請稍候']) expect(await booth.page.getByText(words).isVisible()).toBe(true)
    await booth.show(viewOf('typed-id'))
    await button('key-7').tap()
    await booth.push(null)
    await booth.page.waitForSelector('main[data-screen="starting"]')
    await booth.show(viewOf('typed-id'))
    expect(await button('typed').innerText()).not.toContain('7')
  })

  it('carries the language of its words', async () => {
    await booth.show({ ...viewOf('attract'), language: 'zh-Hant' })
    expect(await booth.page.locator('html').getAttribute('lang')).toBe('zh-Hant')
  })

  it('draws its own words without a whole face; a rare character of an operator brings one', async () => {
    const other = await pages.open(sizes.portrait)
    const faces = () => other.page.evaluate(async () => [...new Set([...(await document.fonts.ready)].filter(({ status }) => status === 'loaded').map(({ family }) => family))])
    for (const language of languages) await other.show({ ...viewOf('attract'), language })
    expect(await faces()).toEqual(['Booth Latin', 'Booth ASCII', 'Booth JP', 'Booth TC'])
    await other.show({ ...viewOf('attract'), language: 'ja', operator: { name: '株式会社鱻', phone: '03-0000-0000' } })
    await expect.poll(faces).toContain('Whole JP')
    await other.close()
  })

  it('shows a key that no catalogue knows, so that nobody overlooks it', async () => {
    await booth.show({ ...viewOf('info-number'), notice: { tone: 'hint', text: { key: 'no.such.key' } } })
    expect(await button('notice').innerText()).toContain('⟦no.such.key⟧')
  })
})

describe('entering', () => {
  it('a number of the other kind leaves the glass each time that it is refused', async () => {
    const field = viewOf('field-letters')
    const typed = () => button('entered').innerText()
    await booth.show({ ...field, entered: '' } as View)
    for (let round = 0; round < 2; round += 1) {
      for (const key of '123456') await button(`key-${key}`).tap()
      await settled()
      await button('forward').click()
      await expect.poll(async () => (await booth.said('enter')).length).toBe(round + 1)
      await booth.show({ ...field, entered: '', notice: { tone: 'attention', text: { key: 'field.individual-number' } } } as View)
      await expect.poll(typed).toBe('')
    }
  })

  it('a day by era is sent as it was entered, and no month offers a day that it never has', async () => {
    await booth.show(viewOf('date-birth'))
    await button('era-heisei').tap()
    await button('key-8').tap()
    await button('key-done').tap()
    await button('month-2').tap()
    expect(await booth.page.locator('[data-testid^="day-"]').count()).toBe(29)
    await button('part-month').tap()
    await button('month-12').tap()
    await button('day-21').tap()
    await button('forward').click()
    expect((await booth.said('date')).map(({ input }) => input)).toEqual([{ step: 'birth', era: 'heisei', year: 8, month: 12, day: 21 }])
  })

  it('a Western day needs no key to go on after four digits', async () => {
    await booth.show(viewOf('date-birth'))
    await button('era-western').tap()
    for (const digit of '1996') await button(`key-${digit}`).tap()
    await button('month-1').tap()
    await button('day-5').tap()
    await button('forward').click()
    expect((await booth.said('date')).map(({ input }) => input)).toEqual([{ step: 'birth', era: 'western', year: 1996, month: 1, day: 5 }])
  })

  it('a day that was chosen before comes back in the way that this screen counts', async () => {
    const view = viewOf('date-birth')
    if (view.screen !== 'date') throw new Error('no date')
    await booth.show({ ...view, chosen: '1996-12-21', language: 'ja' })
    expect((await Promise.all(['era', 'year', 'month', 'day'].map((part) => button(`part-${part}`).locator('.value').innerText()))).join('')).toBe(
      '平成8年12月21日',
    )
  })

  it('I5 a change of language in mid-typing loses no digit; leaving the screen loses all of them', async () => {
    await booth.show(viewOf('typed-id'))
    for (const digit of '9071') await button(`key-${digit}`).tap()
    await booth.show({ ...viewOf('typed-id'), language: 'ja' })
    expect((await button('typed').innerText()).replaceAll(/\s/g, '')).toBe('9071')
    await booth.show(viewOf('scan'))
    await booth.show(viewOf('typed-id'))
    expect((await button('typed').innerText()).trim()).toBe('')
  })

  it('typing moves nothing', async () => {
    await booth.show(viewOf('typed-id'))
    const places = async () => Promise.all(['key-5', 'typed', 'forward'].map((name) => button(name).boundingBox()))
    const before = await places()
    await booth.page.keyboard.type('20261234567890123456789')
    expect(await places()).toEqual(before)
  })

  it('all 23 digits are sent, and the second round begins empty', async () => {
    await booth.show(viewOf('typed-id'))
    const digits = '20261234567890123456789'
    await booth.page.keyboard.type(digits)
    await button('forward').click()
    expect((await booth.said('typed')).map(({ input }) => input)).toEqual([{ round: 1, digits }])
    await booth.show(viewOf('typed-id-again'))
    expect((await button('typed').innerText()).trim()).toBe('')
  })

  it('B9 twelve digits are handed to the booth to be refused, and forgotten by the page', async () => {
    await booth.show(viewOf('typed-id'))
    await booth.page.keyboard.type('123456789018')
    await settled()
    await button('forward').click({ force: true })
    expect((await button('typed').innerText()).trim()).toBe('')
  })

  it('boxes that are not ticked ask for themselves; ticked, they are all sent', async () => {
    await booth.show(viewOf('consent'))
    await settled()
    await button('forward').click({ force: true })
    expect(await acts()).toEqual([])
    expect(await booth.page.locator('.tick[data-asked]').count()).toBe(3)
    for (const box of ['privacy', 'terms', 'age']) await button(`box-${box}`).tap()
    await button('forward').click()
    expect((await booth.said('accept')).map(({ input }) => input)).toEqual([{ step: 'privacy', boxes: ['privacy', 'terms', 'age'] }])
  })

  it('a long text turns page by page to its end', async () => {
    await booth.show(viewOf('consent'))
    const end = button('scroll-down')
    const turned = async () => {
      // At the end it is off, and a finger does not wait until it is on again.
      await end.tap({ force: true })
      return end.getAttribute('data-off')
    }
    await expect.poll(turned).not.toBeNull()
    expect(await button('scroll-region').evaluate((region) => region.scrollHeight - region.clientHeight - region.scrollTop)).toBeLessThanOrEqual(1)
  })
})

describe('showing', () => {
  it('the languages close when something else is touched, or another screen comes', async () => {
    await booth.show(viewOf('question-cause'))
    const sheet = button('language-ja')
    await button('language').click()
    await booth.page.locator('h1').click()
    expect(await sheet.count()).toBe(0)
    await button('language').click()
    await booth.show(viewOf('question-form'))
    expect(await sheet.count()).toBe(0)
  })

  it('the photo is drawn and wiped with the screen', async () => {
    await booth.show(viewOf('photo-review'))
    const canvas = await button('application-photo').elementHandle()
    const size = () => canvas?.evaluate((element) => (element instanceof HTMLCanvasElement ? [element.width, element.height] : []))
    expect(await size()).toEqual([827, 1063])
    await booth.show(viewOf('attract'))
    expect(await size()).toEqual([0, 0])
  })

  it('what lies under an overlay cannot be touched, the strip can', async () => {
    await booth.show(viewOf('over-cancel'))
    expect(await booth.page.locator('main').getAttribute('inert')).not.toBeNull()
    await button('contrast').click()
    expect((await booth.said('display')).map(({ input }) => input)).toEqual([{ low: false, contrast: true }])
  })

  it('the wait before the end is counted down honestly', async () => {
    await booth.show(viewOf('over-still-there'))
    await booth.page.getByTestId('seconds').filter({ hasText: '19 seconds' }).waitFor()
    await button('still-here').click()
    expect(await acts()).toEqual(['still-here'])
  })

  it('a screen is as roomy when its notice moves into place as when nothing moves', async () => {
    const roomOf = async (view: View) => {
      await booth.show(viewOf('languages'))
      await booth.show(view)
      return booth.page.locator('.stage').getAttribute('data-fit')
    }
    const told = new Map(cases.filter(({ view }) => view.notice !== null || 'print' in view).map(({ view }) => [view.screen, view]))
    expect([...told.keys()]).toContain('receipt')
    for (const [name, view] of told) {
      const still = await roomOf(view)
      await booth.page.emulateMedia({ reducedMotion: 'no-preference' })
      expect(await roomOf(view), name).toBe(still)
      await booth.page.emulateMedia({ reducedMotion: 'reduce' })
    }
  })

  it('every screen names who runs the booth and, in a demonstration, says that it is one', async () => {
    for (const { view } of cases.filter((each) => each.view.screen !== 'starting').slice(0, 12)) {
      await booth.show(view)
      const bar = await booth.page.locator('header').innerText()
      expect(bar).toContain(view.operator.name)
      expect(bar).toContain('DEMO')
    }
    await booth.show({ ...viewOf('attract'), demo: false })
    expect(await booth.page.locator('header').innerText()).not.toContain('DEMO')
  })
})

describe('the panel of hands', () => {
  it('says the line of each hand and shows the answer', async () => {
    const panel = await pages.open({ width: 1000, height: 900 }, 'panel.html')
    await panel.page.locator('[data-line="coin-acceptor insert 500"]').click()
    await panel.page.locator('input[name="line"]').fill('printer pull-paper')
    await panel.page.keyboard.press('Enter')
    await panel.page.locator('.answers li').nth(1).waitFor()
    expect((await panel.said('hand')).map(({ input }) => input)).toEqual([{ line: 'coin-acceptor insert 500' }, { line: 'printer pull-paper' }])
    expect(await panel.page.locator('body').innerText()).not.toContain('⟦')
    expect(await panel.page.locator(`[data-line="qr-scanner show ${demoFormCode}"]`).count()).toBe(1)
    await panel.close()
  })
})
