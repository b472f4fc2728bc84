import { describe, expect, it } from 'vitest'
import { cashSets } from '../../main/config/cash-sets.ts'
import type { View } from '../../main/contract/view.ts'
import { photos } from '../world/portrait.ts'
import { startWorld } from './support/world.ts'

type Options = NonNullable<Parameters<typeof startWorld>[0]>
type World = Awaited<ReturnType<typeof startWorld>>
type Bowl = { readonly address: number; readonly coin: string; readonly filled: number }

const withHoppers = (...hoppers: readonly Bowl[]): Options => ({
  change: (file) => ({ ...file, devices: { ...file.devices, hopper: { path: '/dev/null', hoppers: [...hoppers] } } }),
  ports: (own) => ({ ...own, makePhoto: photos }),
})
const bowl = (address: number, coin: string, filled: number): Bowl => ({ address, coin, filled })
const truth = async ({ world }: World, address: number) =>
  JSON.parse(await world.hand(`hopper-${address} counters`)) as { coins: number; left: number; dispenses: number }
const money = ({ world }: World) => world.journal.totals()[0]

describe('the whole booth with hoppers that speak ccTalk', () => {
  it('pays change after the application was received, and the till adds up', async () => {
    const booth = await startWorld(withHoppers(bowl(3, 'JP100A', 20), bowl(4, 'JP050A', 20), bowl(5, 'JP010A', 20)))
    await booth.visit({ coins: [500, 500] })
    expect(booth.saw('payment')?.change).toBe(true)
    expect(booth.saw('paying-out')).toMatchObject({ amount: 200 })
    expect(booth.saw('receipt')).toMatchObject({ status: 'received', claim: null })
    expect(money(booth)).toMatchObject({ inserted: 1000, earned: 800, returned: 200, owed: 0, credit: 0, paying: 0 })
    expect(await truth(booth, 3)).toMatchObject({ coins: 18, left: 2, dispenses: 1 })
    expect(booth.world.journal.till().contradictions).toEqual([])
    expect(booth.world.journal.till().contents).toContainEqual(expect.objectContaining({ place: '1003', count: 18 }))
  })

  it('F32 pays what it has on cancelling, takes the next hopper, and owes the rest on a slip', async () => {
    const booth = await startWorld(withHoppers(bowl(3, 'JP100A', 20), bowl(4, 'JP050A', 2)))
    await booth.world.hand('hopper-3 take 19')
    await booth.visit({ coins: [500] }, (view) => view.screen === 'payment' && view.money?.inserted === 500)
    await booth.world.booth.request('resident', 'cancel', { confirm: true })
    for (let second = 0; second < 60 && booth.world.shown().view.screen !== 'claim'; second += 1) await booth.clock.advance(1000)
    expect(money(booth)).toMatchObject({ inserted: 500, returned: 200, owed: 300, paying: 0 })
    expect([(await truth(booth, 3)).left, (await truth(booth, 4)).left]).toEqual([1, 2])
    expect(booth.world.shown().view).toMatchObject({ screen: 'claim', claim: { amount: 300 } })
  })

  it.each([0, 700, 1500, 2500])('F33 the hopper loses power %i ms into a pay-out: what its count says was paid, the rest is paid by another', async (ms) => {
    const booth = await startWorld(withHoppers(bowl(3, 'JP100A', 50), bowl(4, 'JP050A', 50)))
    await booth.visit({ coins: [500, 100] }, (view) => view.screen === 'payment' && view.money?.inserted === 600)
    await booth.world.booth.request('resident', 'cancel', { confirm: true })
    expect(booth.world.shown().view.screen).toBe('paying-out')
    await booth.clock.advance(ms)
    await booth.world.hand('hopper-3 power-cycle')
    for (let second = 0; second < 90 && booth.world.shown().view.screen !== 'attract'; second += 1) await booth.clock.advance(1000)
    const [first, second] = [await truth(booth, 3), await truth(booth, 4)]
    const now = money(booth)
    expect(now).toMatchObject({ paying: 0, credit: 0 })
    expect(now?.returned).toBe(first.left * 100 + second.left * 50)
    expect((now?.returned ?? 0) + (now?.owed ?? 0) + (now?.earned ?? 0)).toBe(now?.inserted)
    expect(booth.world.journal.till().contradictions).toEqual([])
  })
})

/** A booth that takes Taiwan's money at a price of 278 dollars, with hoppers of ones and tens. */
const inTaiwan = (protocol?: 'id003' | 'cctalk'): Options => ({
  change: (file) => ({
    ...file,
    services: { 'jp-mynumber-application': { price: 278 } },
    cash: { ...file.cash, ...cashSets.taiwan, ...(protocol ? {} : { notes: [] }) },
    devices: {
      ...file.devices,
      hopper: { path: '/dev/null', hoppers: [{ address: 3, coin: 'TW010A', filled: 20 }, { address: 4, coin: 'TW001A', filled: 20 }] },
      ...(protocol ? { 'bill-validator': { path: '/notes', protocol } } : {}),
    },
  }),
  ports: (own) => ({ ...own, makePhoto: photos }),
})

/** What stands in the books of a visit that gave 300 dollars for 278. */
function balanced(booth: World, into: readonly object[]) {
  const { journal } = booth.world
  expect(booth.saw('paying-out')).toMatchObject({ currency: 'TWD' })
  expect(journal.totals()).toEqual([expect.objectContaining({ currency: 'TWD', inserted: 300, earned: 278, returned: 22, owed: 0, credit: 0, paying: 0, parked: 0 })])
  const { contents, contradictions } = journal.till()
  expect(contradictions).toEqual([])
  expect(contents).toHaveLength(2 + into.length)
  for (const place of [{ place: '1003', id: 'TW010A', count: 18 }, { place: '1004', id: 'TW001A', count: 18 }, ...into]) expect(contents).toContainEqual(expect.objectContaining({ currency: 'TWD', ...place }))
}

describe('the whole booth with the money of Taiwan', { timeout: 120_000 }, () => {
  it('coins pay 278 dollars, 22 come back as change, and the till adds up in dollars', async () => {
    const booth = await startWorld(inTaiwan())
    await booth.visit({ language: 'zh-Hant', coins: [50, 50, 50, 50, 50, 10, 10, 5, 1, 1, 50], stopAt: null }, (view) => view.money?.inserted === 277)
    expect(booth.world.shown().view).toMatchObject({ screen: 'payment', coins: [1, 5, 10, 50], change: true, money: { currency: 'TWD', price: 278, missing: 1 } })
    await booth.world.hand('coin-acceptor insert 10 10 1 1 1')
    await booth.visit({ coins: [] })
    balanced(booth, [{ place: 'box', id: 'TW050A', count: 5 }, { place: 'box', id: 'TW010A', count: 4 }, { place: 'box', id: 'TW005A', count: 1 }, { place: 'box', id: 'TW001A', count: 5 }])
  })

  it.each(['id003', 'cctalk'] as const)('notes of 100 dollars over %s: the third one waits until the resident says that it pays', async (protocol) => {
    const booth = await startWorld(inTaiwan(protocol))
    const until = async (fits: (view: View) => boolean) => {
      for (let tenth = 0; tenth < 600 && !fits(booth.world.shown().view); tenth += 1) await booth.clock.advance(100)
      expect(fits(booth.world.shown().view)).toBe(true)
    }
    const insert = async () => {
      for (let tenth = 0; tenth < 100 && !/taken in|escrow/.test(await booth.world.hand('bill-validator insert 100')); tenth += 1) await booth.clock.advance(100)
    }
    await booth.visit({ coins: [] }, (view) => view.screen === 'payment' && view.notes.length > 0)
    for (const inserted of [100, 200]) {
      await insert()
      await until((view) => view.money?.inserted === inserted)
    }
    await insert()
    await until((view) => view.screen === 'payment' && view.note?.waits === true)
    expect(booth.world.shown().view).toMatchObject({ note: { value: 100, change: 22 }, money: { inserted: 200, missing: 78 } })
    expect((await booth.world.booth.request('resident', 'pay-with-note', {})).ok).toBe(true)
    await until(({ screen }) => screen === 'scan')
    await booth.visit({ coins: [] }, ({ screen }) => screen === 'attract')
    balanced(booth, [{ place: 'notes', id: 'TW0100A', count: 3 }])
  })
})
