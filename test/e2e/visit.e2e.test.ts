import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { launchBooth, type LaunchedBooth, type LaunchOptions } from './support/launch.ts'
import { picture, touchesOn } from './support/touches.ts'

/** Where pictures of every screen go, when somebody asks for them. */
const pictures = process.env['CARDBOOTH_PICTURES']

let booth: LaunchedBooth | null = null
const launch = async (options: LaunchOptions = {}) => {
  booth = await launchBooth(options)
  return booth
}
afterEach(async () => {
  await booth?.close()
  booth = null
})

describe('the built application', () => {
  test.each(['ja', 'en', 'zh-Hant'])('R040–R043 in %s: from the first touch over coins, code, camera and centre to the slip, and back to the attract screen', async (language) => {
    const { page, ...rest } = await launch()
    const touches = touchesOn({ page, ...rest }, language)
    let count = 0
    const seen: string[] = []
    await touches.at('attract')
    await touches.goTo('goodbye', async ({ screen, step }) => {
      seen.push(screen)
      if (!pictures) return
      mkdirSync(join(pictures, language), { recursive: true })
      count += 1
      await picture(page, join(pictures, language, `${String(count).padStart(2, '0')}-${screen}${step ? `-${step}` : ''}.png`))
    })
    expect(seen).toEqual(expect.arrayContaining(['payment', 'scan', 'photo', 'photo-review', 'review', 'receipt', 'leave']))
    await touches.goOn()
    await touches.at('attract')
  })
})
