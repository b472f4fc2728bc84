import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { languages, type Language } from '../../main/contract/language.ts'
import { complaintsAt, inWay, type Size, type Way } from './support/complaints.ts'
import { openedPages } from './support/opened-pages.ts'
import { sizes } from './support/sizes.ts'
import { cases } from './support/views.ts'

const { booth, pages } = await openedPages()

const complaints = (size: Size, way: Way, tags: readonly Language[]) => complaintsAt(booth, size, way, tags)

describe('every screen', () => {
  it.each(languages)('in %s fits a panel on end: nothing cut, targets of 20 mm with 4 mm between, text of 7 mm, every key known', async (language) => {
    expect(await complaints(sizes.portrait, 'normal', [language])).toEqual([])
  })

  it('fits a window that lies', async () => {
    expect(await complaints(sizes.landscape, 'normal', ['en'])).toEqual([])
  })

  it('fits with low controls, in the language with the longest words, and in the one with the tallest lists', async () => {
    expect(await complaints(sizes.portrait, 'low', ['en'])).toEqual([])
    expect(await complaints(sizes.landscape, 'low', ['zh-Hant'])).toEqual([])
  })

  it('fits in high contrast, where lines are thicker', async () => {
    expect(await complaints(sizes.portrait, 'contrast', ['en'])).toEqual([])
  })

  it('fits a small panel and a small window by smaller millimetres, never by a cut screen', async () => {
    expect(await complaints({ width: 720, height: 1280 }, 'normal', ['en'])).toEqual([])
    expect(await complaints({ width: 1024, height: 600 }, 'normal', ['en'])).toEqual([])
  })

  it('fits the smallest glass before anything is known of it', async () => {
    const starting = await pages.open({ width: 1024, height: 600 })
    const [view] = cases.flatMap((each) => (each.view.screen === 'starting' ? [each.view] : []))
    expect(await starting.survey(view ? [view] : [])).toEqual([[]])
    await starting.close()
  })
})

describe('axe', () => {
  /** A few screens of different make; the measuring above looks at the contrast of all. */
  const looked = ['consent', 'date-birth', 'over-help']

  it.each(['normal', 'contrast'] as const)(
    'finds nothing in the %s colours',
    async (way) => {
      await booth.page.setViewportSize(sizes.portrait)
      const one = cases.filter(({ name }) => looked.includes(name))
      expect(one).toHaveLength(looked.length)
      const broken: string[] = []
      for (const { name, view } of one) {
        await booth.show(inWay(view, 'en', way))
        const { violations } = await new AxeBuilder({ page: booth.page })
          .options({
            runOnly: [
              'color-contrast-enhanced',
              'button-name',
              'aria-valid-attr-value',
              'aria-allowed-attr',
              'aria-required-children',
              'html-has-lang',
              'scrollable-region-focusable',
              'duplicate-id-aria',
            ],
          })
          .exclude('canvas')
          .exclude('video')
          .analyze()
        broken.push(
          ...violations.flatMap(({ id, nodes }) => nodes.map(({ target, any }) => `${name}: ${id} ${target.join(' ')} ${any[0]?.message ?? ''}`)),
        )
      }
      expect(broken).toEqual([])
    },
  )
})

describe('colours', () => {
  it.each(['normal', 'contrast'] as const)('stand far enough from each other, text 7:1 and shapes 3:1, in the %s set', async (way) => {
    const attract = cases.find(({ name }) => name === 'attract')
    if (!attract) throw new Error('no attract')
    await booth.show(inWay(attract.view, 'en', way))
    const ratios = await booth.page.evaluate(contrasts)
    expect(Object.entries(ratios.text).filter(([, ratio]) => ratio < 7)).toEqual([])
    expect(Object.entries(ratios.shapes).filter(([, ratio]) => ratio < 3)).toEqual([])
  })
})

/** Runs in the page: contrast ratios of the token pairs in use (WCAG 2.2, relative luminance). */
function contrasts(): { readonly text: Record<string, number>; readonly shapes: Record<string, number> } {
  const style = getComputedStyle(document.documentElement)
  const luminance = (token: string) => {
    const hex = style.getPropertyValue(`--${token}`).trim().replace('#', '')
    const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
      const part = Number.parseInt(full.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const ratio = (one: string, other: string) => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
    return Math.round(((light + 0.05) / (dark + 0.05)) * 100) / 100
  }
  const table = (pairs: readonly (readonly [string, string])[]) =>
    Object.fromEntries(pairs.map(([one, other]) => [`${one} on ${other}`, ratio(one, other)]))
  return {
    text: table([
      ...['ink', 'quiet', 'go', 'attention', 'done'].flatMap(
        (colour) =>
          [
            [colour, 'paper'],
            [colour, 'surface'],
          ] as const,
      ),
      ...['go-tint', 'attention-tint', 'done-tint', 'hint-tint', 'pressed'].map((ground) => ['ink', ground] as const),
      ['on-go', 'go'],
      ['on-go', 'go-pressed'],
      ['on-attention', 'attention'],
    ]),
    shapes: table([
      ['edge', 'paper'],
      ['edge', 'surface'],
      ['hint', 'hint-tint'],
      ['go', 'go-tint'],
      ['attention', 'attention-tint'],
      ['done', 'done-tint'],
    ]),
  }
}
