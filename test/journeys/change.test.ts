import { describe, expect, it } from 'vitest'
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

describe('the whole booth with hoppers that speak ccTalk', { timeout: 120_000 }, () => {
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
