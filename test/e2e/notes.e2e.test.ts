import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readJournal } from './support/journal-copy.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { processesWith } from './support/processes.ts'
import { touchesOn, type Touches } from './support/touches.ts'

let booth: LaunchedBooth
let touches: Touches

const boothProcess = () => processesWith(`dist/booth/main.js --config ${booth.data}`)[0]?.id ?? 0
const money = () => readJournal(booth.data).money
const counters = async () => JSON.parse(await booth.panelHand('bill-validator counters')) as { readonly returned: number; readonly stacked: Readonly<Record<string, number>> }
const payment = () => booth.page.locator('main[data-screen=payment]')
/** Puts a note in as soon as the slot is open, and waits for the question. */
const insert = async () => {
  await payment().getByLabel('Notes taken').waitFor()
  await expect.poll(() => booth.panelHand('bill-validator insert 1000')).toBe('taken in')
  await payment().getByTestId('forward').waitFor()
}

beforeAll(async () => {
  booth = await launchBooth({ wholeTill: true })
  touches = touchesOn(booth, 'en')
  await touches.at('attract')
})
afterAll(() => booth.close())

describe('notes over a serial line', () => {
  test('F34 kill -9 with a note in escrow: it goes back, nothing is credited, and the booth rests', async () => {
    await touches.hurryTo('payment')
    await insert()
    process.kill(boothProcess(), 'SIGKILL')
    await expect.poll(async () => (await counters()).returned).toBe(1)
    await touches.at('attract')
    expect(money()).toMatchObject({ inserted: 0, credit: 0 })
    expect(readJournal(booth.data).records.filter(({ kind }) => kind === 'recovery')).toHaveLength(2)
  })

  test('a note in escrow comes back on cancelling, and one sentence says so before and after', async () => {
    await touches.hurryTo('payment')
    await insert()
    await touches.tap('help', 'cancel')
    await booth.page.getByText('Your 1,000 yen note comes back out of the note slot.').waitFor()
    await touches.tap('confirm-cancel')
    await booth.page.getByText('Your note came back. Please take it from the note slot.').waitFor()
    expect((await counters()).returned).toBe(2)
    await touches.leave()
  })

  test('a note pays once the resident says so, and the change comes out as coins', async () => {
    await touches.hurryTo('payment')
    await insert()
    await touches.tap('forward')
    await touches.at('scan')
    await touches.goTo('leave')
    expect(money()).toMatchObject({ inserted: 1000, earned: 800, returned: 200, owed: 0, credit: 0, paying: 0 })
    expect(JSON.parse(await booth.panelHand('hopper-3 counters'))).toMatchObject({ left: 2 })
    expect((await counters()).stacked).toEqual({ 61: 1 })
    await touches.leave()
    expect(booth.complaints()).toEqual([])
  })
})
