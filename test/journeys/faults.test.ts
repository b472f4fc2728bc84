import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { View } from '../../main/contract/view.ts'
import { hour, startWorld } from './support/world.ts'

type World = Awaited<ReturnType<typeof startWorld>>

const at = (name: string) => (view: View) => view.screen === name || ('step' in view && view.step === name)
const totals = ({ world }: World) => {
  const { inserted = 0, credit = 0, parked = 0, earned = 0, owed = 0 } = world.journal.totals()[0] ?? {}
  return { inserted, credit, parked, earned, owed }
}
const nothing = { inserted: 0, credit: 0, parked: 0, earned: 0, owed: 0 }
const applications = async ({ world }: World) => (await world.hand('centre list')).split(' · ').filter((line) => line.includes('demo-booth-1'))
const slips = ({ dir }: World) => (existsSync(join(dir, 'slips')) ? readdirSync(join(dir, 'slips')).length : 0)
const reasons = (view: View) => (view.screen === 'out-of-service' ? view.reasons.map(({ code }) => code) : view.screen)
/** A booth that waits no longer for the centre than it must. */
const impatient: Parameters<typeof startWorld>[0] = { change: (file) => ({ ...file, times: { sendMs: 1_000 } }) }
/** Lets the booth's clock go on, in steps that leave the work between them its time. */
const pass = async ({ clock }: World, ms: number) => {
  for (let passed = 0; passed < ms; passed += 1_000) await clock.advance(Math.min(1_000, ms - passed))
}
const drained = async (booth: World) => {
  for (let hours = 0; hours < 4 && booth.world.journal.waiting().length > 0; hours += 1) await booth.clock.advance(hour)
}

describe('a centre that does not answer as it should', () => {
  test.each(['error', 'malformed', 'html'])('answers %s: no success, nothing sold meanwhile, later one application', async (answers) => {
    const booth = await startWorld(impatient)
    await booth.world.hand(`centre answers ${answers}`)
    await booth.visit({}, at('goodbye'))
    expect(booth.saw('receipt')).toMatchObject({ status: 'not-confirmed', claim: null, print: 'printed' })
    expect([await applications(booth), totals(booth)]).toEqual([[], { ...nothing, inserted: 800, parked: 800 }])
    await booth.clock.advance(20_000)
    expect(reasons(booth.world.shown().view)).toEqual(['centre-unreachable'])
    await booth.world.hand('centre answers received')
    await drained(booth)
    expect(reasons(booth.world.shown().view)).toBe('attract')
    expect([await applications(booth), totals(booth)]).toEqual([[expect.stringContaining('received')], { ...nothing, inserted: 800, earned: 800 }])
  })

  test.each([
    [8_000, 'received'],
    [25_000, 'not-confirmed'],
  ] as const)('answers after %i ms: the screen says %s, and there is one application', async (late, status) => {
    const booth = await startWorld()
    await booth.world.hand(`centre answers late ${late}`)
    await booth.visit({}, at('goodbye'))
    expect(booth.saw('receipt')).toMatchObject({ status })
    await drained(booth)
    expect([(await applications(booth)).length, totals(booth)]).toEqual([1, { ...nothing, inserted: 800, earned: 800 }])
  })

  test('F61 takes it and cuts the line, again and again: one application, and what was parked is earned once', async () => {
    const booth = await startWorld(impatient)
    await booth.world.hand('centre answers lost')
    await booth.visit({}, at('goodbye'))
    expect(booth.saw('receipt')).toMatchObject({ status: 'not-confirmed' })
    await booth.clock.advance(60_000)
    expect([(await applications(booth)).length, totals(booth)]).toEqual([1, { ...nothing, inserted: 800, parked: 800 }])
    await booth.world.hand('centre answers received')
    await drained(booth)
    expect([(await applications(booth)).length, totals(booth)]).toEqual([1, { ...nothing, inserted: 800, earned: 800 }])
  })
})

describe('nobody is there any more', () => {
  const steps = ['languages', 'privacy', 'cause', 'pay', 'scan', 'birth', 'photo', 'review'] as const
  test.each(steps)('at %s: asked first, then everything is erased and all the money is owed by a slip', async (step) => {
    const booth = await startWorld()
    if (step === 'pay') await booth.visit({ coins: [100, 50] }, (view) => view.screen === 'payment' && view.money?.inserted === 150)
    else await booth.visit({}, at(step))
    const { credit } = totals(booth)
    await pass(booth, step === 'pay' ? 121_000 : 61_000)
    expect(booth.world.shown().view.overlay).toMatchObject({ kind: 'still-there', seconds: 20, credit })
    await pass(booth, 21_000)
    expect(booth.world.shown().view.screen).toBe(credit > 0 ? 'claim' : step === 'languages' ? 'attract' : 'leave')
    await pass(booth, 200_000)
    expect(booth.world.shown().view.screen).toBe('attract')
    expect([totals(booth), slips(booth)]).toEqual([{ ...nothing, inserted: credit, owed: credit }, credit > 0 ? 1 : 0])
    expect(['pay', 'scan', 'birth', 'photo', 'review'].includes(step)).toBe(credit > 0)
  })
})

describe('the coin acceptor', () => {
  test('S06 F25 six coins between two polls: nothing is guessed, the booth takes no more and says so, and what it counted comes back', async () => {
    const booth = await startWorld()
    await booth.visit({ coins: [100] }, (view) => view.screen === 'payment' && view.money?.inserted === 100)
    await booth.world.hand('coin-acceptor in-flight 100 100 100 100 100 100')
    await booth.clock.advance(2_000)
    expect(booth.world.shown().view).toMatchObject({ screen: 'payment', open: false })
    const { credit } = totals(booth)
    expect(credit).toBeLessThanOrEqual(600)
    await booth.world.booth.request('resident', 'cancel', { confirm: true })
    await booth.clock.advance(200_000)
    expect(totals(booth)).toEqual({ ...nothing, inserted: credit, owed: credit })
    expect(reasons(booth.world.shown().view)).toEqual(['coins-uncounted'])
  })

  test('F26 the event counter wraps 255→1 in mid-payment: each coin counts once', async () => {
    const booth = await startWorld()
    await booth.visit({ coins: [] }, at('payment'))
    for (let turn = 0; turn < 60; turn += 1) {
      await booth.world.hand('coin-acceptor reject')
      await booth.world.hand('coin-acceptor reject')
      await booth.world.hand('coin-acceptor reject')
      await booth.world.hand('coin-acceptor reject')
      await booth.clock.advance(300)
    }
    await booth.clock.advance(60_000)
    expect(booth.world.shown().view.screen).toBe('payment')
    for (let coin = 0; coin < 8; coin += 1) {
      for (let noise = 0; noise < 2; noise += 1) await booth.world.hand('coin-acceptor reject')
      await booth.clock.advance(300)
      expect(await booth.world.hand('coin-acceptor insert 100')).toMatch(/^accepted/)
      await booth.clock.advance(300)
    }
    const { counter } = JSON.parse(await booth.world.hand('coin-acceptor counters')) as { counter: number }
    expect(counter).toBeLessThan(30)
    expect([totals(booth), booth.world.shown().view.screen]).toEqual([{ ...nothing, inserted: 800, credit: 800 }, 'scan'])
  })

  test('a coin while nothing is sold goes back and is not counted', async () => {
    const booth = await startWorld()
    await booth.clock.advance(5_000)
    expect(await booth.world.hand('coin-acceptor insert 500')).toMatch(/^rejected/)
    await booth.clock.advance(2_000)
    expect([totals(booth), booth.world.shown().view.screen]).toEqual([nothing, 'attract'])
  })

  const ills = ['silent on', 'garble 1000000', 'busy', 'unplug'] as const
  test.each(ills)('%s in mid-payment: closed, the credit stays, and it goes on when it is well', async (ill) => {
    const booth = await startWorld()
    await booth.visit({ coins: [500] }, (view) => view.screen === 'payment' && view.money?.inserted === 500)
    await booth.world.hand(`coin-acceptor ${ill}`)
    await booth.clock.advance(5_000)
    expect(booth.world.shown().view).toMatchObject({ screen: 'payment', open: false, money: { inserted: 500 } })
    for (const well of ['silent off', 'garble 0', 'normal', 'plug']) await booth.world.hand(`coin-acceptor ${well}`)
    await booth.clock.advance(20_000)
    expect(booth.world.shown().view).toMatchObject({ screen: 'payment', open: true, money: { inserted: 500 } })
    for (let coin = 0; coin < 3; coin += 1) {
      expect(await booth.world.hand('coin-acceptor insert 100')).toMatch(/^accepted/)
      await booth.clock.advance(1_000)
    }
    expect([totals(booth), booth.world.shown().view.screen]).toEqual([{ ...nothing, inserted: 800, credit: 800 }, 'scan'])
  })
})

describe('the printer', () => {
  const ills = ['open-cover', 'jam', 'unplug'] as const
  test.each(ills)('%s at the receipt: number and code are shown, the copy comes when it is well, nothing is sent twice', async (ill) => {
    const booth = await startWorld()
    await booth.visit({}, at('review'))
    await booth.world.hand(`printer ${ill}`)
    await booth.visit({}, (view) => view.screen === 'receipt' && view.print === 'not-printed')
    expect(booth.saw('receipt')).toMatchObject({ status: 'received', number: expect.stringMatching(/^\d{4}-/) as string })
    for (const well of ['close-cover', 'clear', 'plug']) await booth.world.hand(`printer ${well}`)
    await booth.clock.advance(25_000)
    expect(booth.world.shown().view).toMatchObject({ screen: 'receipt', print: 'printed' })
    expect([(await applications(booth)).length, totals(booth)]).toEqual([1, { ...nothing, inserted: 800, earned: 800 }])
  })
})
