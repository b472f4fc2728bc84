import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { touchesOn } from './support/touches.ts'

const service = 'tw-resident-certificate'
const number = 'A800000014'
const keysOf = (typed: string) => [...typed].map((key) => `key-${key}`)

let booth: LaunchedBooth
beforeAll(async () => {
  booth = await launchBooth({ everything: true })
})
afterAll(() => booth.close())

test('a foreign resident of Taiwan is told of a wrong digit at the field, prints what to take along, and asks where the order stands: the number is nowhere', async () => {
  const { page, panelHand, data } = booth
  const { at, tap, notice } = touchesOn(booth, 'en')
  const words = catalogueOf('en')
  await at('attract')
  await tap('begin', 'language-en', `service-${service}`, 'forward', 'option-apply')
  await at('birth')
  await tap('era-roc', ...keysOf('89'), 'key-done', 'month-1', 'day-1', 'forward', 'option-chip')
  await at('document-until')
  await tap('era-western', ...keysOf('2099'), 'month-1', 'day-1', 'forward')
  expect(await notice()).toBe(words['date.too-late'])
  await tap('back', 'option-none', 'option-self')
  await at('number')
  await tap(...keysOf('A800000015'), 'forward')
  await page.getByTestId('notice').first().waitFor()
  expect(await notice()).toBe(words[`${service}.number.problem.check-digit`])
  await tap('key-erase', 'key-4', 'forward')
  await at('can-apply')
  expect(await page.locator('h1').innerText()).toBe(words[`${service}.can-apply.document`])
  await tap('print')
  await page.locator('[data-print=printed]').waitFor()

  await panelHand(`centre authority ${service} ${number} apply`)
  await tap('something-else')
  await at('menu')
  await tap(`service-${service}`, 'forward', 'option-status')
  await at('order-number')
  await tap(...keysOf(number))
  expect(await page.content()).not.toContain(number)
  await tap('forward')
  await at('status')
  expect(await page.locator('h1').innerText()).toBe(words[`${service}.state.APPLIED_UNPAID`])
  expect(await page.content()).not.toContain(number)
  expect(JSON.stringify(readJournal(data).records)).not.toContain(number)
  expect(booth.complaints()).toEqual([])
})
