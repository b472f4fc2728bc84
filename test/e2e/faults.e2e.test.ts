import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { catalogueOf } from '../../main/i18n/catalogue.ts'
import { cameraPlug, type CameraPlug } from './support/camera-plug.ts'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { processesWith } from './support/processes.ts'
import { evaluateInWindow, talkTo } from './support/talk.ts'
import { photoDrawn, touchesOn, type Touches } from './support/touches.ts'

const english = catalogueOf('en')
const patience = { timeout: 60_000 }

let booth: LaunchedBooth
let camera: CameraPlug
let touches: Touches

/** The money since this test began, the applications that the centre has got in it, and those that wait to be sent. */
let before = { inserted: 0, earned: 0, owed: 0, applications: 0 }
const applications = async () => (await booth.panelHand('centre list 1000')).split(' · ').filter((line) => line.includes('demo-booth-1')).length
const count = async () => {
  const { money, waiting, records } = readJournal(booth.data)
  const { inserted, credit, parked, earned, owed } = money
  return { inserted: inserted - before.inserted, credit, parked, earned: earned - before.earned, owed: owed - before.owed, waiting, applications: (await applications()) - before.applications, records }
}
const settled = async () => {
  const { records: _records, ...counted } = await count()
  return counted
}
const nothing = { inserted: 0, credit: 0, parked: 0, earned: 0, owed: 0, waiting: 0, applications: 0 }

const processOf = (kind: 'booth' | 'devices') => {
  const [found] = processesWith(`dist/${kind}/main.js --config ${booth.data}`)
  if (!found) throw new Error(`no ${kind} process`)
  return found.id
}
const hand = async (line: string) => {
  const answer = await booth.panelHand(line)
  expect(answer).not.toMatch(/^error/)
  return answer
}
/** kill -9, and “one moment” on the glass. */
const killBooth = async () => {
  process.kill(processOf('booth'), 'SIGKILL')
  await touches.at('starting')
}
const expectHeld = async (amount: number) => {
  await touches.at('held')
  expect(await booth.page.locator('h1').textContent()).toContain(String(amount))
  expect(await touches.view()).toMatchObject({ screen: 'held', credit: amount })
}

describe('what breaks while somebody is at the booth', () => {
  beforeAll(async () => {
    booth = await launchBooth({ config: (demo) => ({ ...demo, times: { sendMs: 4_000 } }) })
    touches = touchesOn(booth, 'en')
    camera = await cameraPlug(booth)
    await touches.at('attract')
  })
  afterAll(() => booth.close())
  const begin = async () => {
    await touches.at('attract')
    const { inserted, earned, owed } = readJournal(booth.data).money
    before = { inserted, earned, owed, applications: await applications() }
  }

  describe('the booth process', () => {
    test('F02 killed after each coin and at the code: one moment, the credit is there, and it goes on to one received application', async () => {
      await begin()
      await touches.hurryTo('payment')
      await touches.pay(500)
      await killBooth()
      await expectHeld(500)
      await touches.tap('use-credit')
      await touches.at('payment')
      await touches.pay(100)
      await killBooth()
      await expectHeld(600)
      await touches.tap('use-credit')
      await touches.at('payment')
      await touches.pay(100, 100)
      await touches.hurryTo('identifier')
      await killBooth()
      await expectHeld(800)
      expect(await settled()).toEqual({ ...nothing, inserted: 800, credit: 800 })
      await touches.tap('use-credit')
      await touches.at('scan')
      await touches.goTo('receipt')
      expect(await touches.view()).toMatchObject({ screen: 'receipt', status: 'received' })
      expect(await settled()).toEqual({ ...nothing, inserted: 800, earned: 800, applications: 1 })
      await touches.leave()
    })
  })
})
