import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { touchesOn } from './support/touches.ts'

const id = /\d{23}/.exec(demoFormCode)?.[0] ?? ''
const keysOf = (typed: string) => [...typed].map((key) => `key-${key}`)

let booth: LaunchedBooth
beforeAll(async () => {
  booth = await launchBooth({ everything: true })
})
afterAll(() => booth.close())

test('somebody new in Japan finds the way that fits, has the days of a change for the calendar, and looks up an application by its code: the ID is nowhere', async () => {
  const { page, panelHand, data } = booth
  const { at, tap, notice } = touchesOn(booth, 'en')
  const words = catalogueOf('en')
  const title = async () => page.locator('h1').innerText()
  await at('attract')
  await tap('begin', 'language-en', 'service-jp-guide', 'forward', 'option-route', 'option-adult', 'option-renewal-letter', 'option-no', 'option-with-code', 'option-no')
  await at('route')
  expect(await title()).toBe(words['jp-guide.route.title.booth'])

  await tap('something-else')
  await at('menu')
  await tap('service-jp-card-care', 'forward', 'option-changed')
  await at('changed')
  await tap('era-western', ...keysOf('2099'), 'month-1', 'day-1', 'forward')
  expect(await notice()).toBe(words['date.too-late'])
  await tap('back', 'option-stay-renewed')
  await at('card-until')
  await tap('era-western', ...keysOf('2020'), 'month-1', 'day-1', 'forward')
  await at('stay')
  expect((await title()).replaceAll('\u2060', '')).toBe('This card ended on 2020-01-01')
  await tap('print')
  await page.locator('[data-print=printed]').waitFor()

  await panelHand(`centre authority jp-card-application ${id} apply`)
  await tap('something-else')
  await at('menu')
  await tap('service-jp-card-status', 'forward')
  await at('scan')
  await panelHand(`qr-scanner show ${demoFormCode}`)
  await at('identifier')
  await tap('forward')
  await at('status')
  expect(await title()).toBe(words['jp-card-status.state.submitted.title'])
  expect(await page.content()).not.toContain(id)
  expect(JSON.stringify(readJournal(data).records)).not.toContain(id)
  expect(booth.complaints()).toEqual([])
})
