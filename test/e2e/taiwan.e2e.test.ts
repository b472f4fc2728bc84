import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { readPdf } from '../support/sheet-press.ts'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { touchesOn } from './support/touches.ts'

const service = 'tw-citizen-certificate'
const card = 'AB12345678901234'

let booth: LaunchedBooth
beforeAll(async () => {
  booth = await launchBooth({ everything: true })
})
afterAll(() => booth.close())

test('a citizen of Taiwan takes the letter for a delegate along on paper, then looks the certificate up: the number is nowhere', async () => {
  const { page, panelHand, data } = booth
  const { at, tap } = touchesOn(booth, 'zh-Hant')
  const words = catalogueOf('zh-Hant')
  await at('attract')
  await tap('begin', 'language-zh-Hant', `service-${service}`, 'forward', 'option-acts', 'option-extend')
  await at('delegation')
  await tap('sheet-authorisation')
  await page.locator('[data-print=printed]').waitFor()
  const [file = ''] = (await panelHand('sheet-printer pages')).split(' ')
  const { sizeMm, tagged, fonts, title } = readPdf(readFileSync(file))
  expect([sizeMm.map(Math.round), tagged, title]).toEqual([[210, 297], true, words[`${service}.sheet.authorisation`]])
  expect(fonts.every(({ embedded }) => embedded)).toBe(true)

  await tap('something-else')
  await at('menu')
  await tap(`service-${service}`, 'forward', 'option-status')
  await at('card-number')
  await tap(...[...card].map((key) => `key-${key}`))
  expect(await page.content()).not.toContain(card)
  await tap('forward')
  await at('status')
  expect(await page.locator('h1').innerText()).toBe(words[`${service}.status.not-found`])
  await tap('forward')
  expect(await page.content()).not.toContain(card)
  expect(JSON.stringify(readJournal(data).records)).not.toContain(card)
  expect(booth.said()).not.toContain(card)
  expect(booth.complaints()).toEqual([])
})
