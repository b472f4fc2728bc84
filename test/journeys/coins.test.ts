import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { residentActs } from '../../main/commands/demo/resident.ts'
import type { CommandInput, CommandName } from '../../main/contract/commands.ts'
import type { View } from '../../main/contract/view.ts'
import { photos } from '../world/portrait.ts'
import { startWorld } from './support/world.ts'

type World = Awaited<ReturnType<typeof startWorld>>

const at = (name: string) => (view: View) => view.screen === name || ('step' in view && view.step === name)
const totals = ({ world }: World) => {
  const { inserted = 0, credit = 0, parked = 0, earned = 0, owed = 0 } = world.journal.totals()[0] ?? {}
  return { inserted, credit, parked, earned, owed }
}
const shown = ({ world }: World) => world.shown().view
const say = <Name extends CommandName>({ world }: World, name: Name, input: CommandInput<Name>) => world.booth.request('resident', name, input)
const insert = ({ world }: World, coins: string) => world.hand(`coin-acceptor insert ${coins}`)
const inFlight = ({ world }: World, coins: string) => world.hand(`coin-acceptor in-flight ${coins}`)
/** Waits until the acceptor has acknowledged that it lets nothing in. */
const inhibited = async ({ world, clock }: World) => {
  const mask = async () => (JSON.parse(await world.hand('coin-acceptor counters')) as { mask: number }).mask
  for (let ms = 0; ms < 1_000 && (await mask()) !== 0; ms += 1) await clock.advance(1)
  expect(await mask()).toBe(0)
}
const gone = async (booth: World) => {
  for (let passed = 0; passed < 400 && !['attract', 'out-of-service'].includes(shown(booth).screen); passed += 1) await booth.clock.advance(1_000)
}
const ready: Parameters<typeof startWorld>[0] = { ports: (own) => ({ ...own, makePhoto: photos }) }

describe('F29 a coin that was past the gate when the inhibit came', () => {
  const dear: Parameters<typeof startWorld>[0] = {
    change: (file) => ({ ...file, services: { 'jp-mynumber-application': { price: 10_000 } }, cash: { ...file.cash, maximumCredit: 20_000 } }),
  }

  /** Before, at and after each of the polls that come every 100 ms, and between them. */
  const offsets = [...Array.from({ length: 20 }, (_, index) => 1 + index * 15), ...[2, 3, 49, 50, 51, 99, 100, 101, 102, 199, 200, 201, 298, 299, 300]]

  test('F29 falls 1 to 300 ms after it was acknowledged: credited each time, once, and all of it is owed in the end', async () => {
    const booth = await startWorld(dear)
    await booth.visit({ coins: [] }, at('payment'))
    for (const [index, ms] of offsets.entries()) {
      await say(booth, 'cancel', { confirm: false })
      await inhibited(booth)
      await booth.clock.advance(ms)
      await inFlight(booth, '10')
      await booth.clock.advance(110)
      const inside = 10 * (index + 1)
      expect([ms, totals(booth).inserted, shown(booth).money?.inserted]).toEqual([ms, inside, inside])
      await say(booth, 'keep-going', {})
      await booth.clock.advance(50)
    }
    await say(booth, 'cancel', { confirm: true })
    await gone(booth)
    const owed = 10 * offsets.length
    expect(totals(booth)).toEqual({ inserted: owed, credit: 0, parked: 0, earned: 0, owed })
  })

  test.each([100])('F29 falls %i ms after the price was paid: it is change', async (ms) => {
    const booth = await startWorld(ready)
    await booth.visit({ coins: [500, 100, 100] }, (view) => view.money?.inserted === 700)
    expect(await insert(booth, '100')).toMatch(/^accepted/)
    while (shown(booth).screen === 'payment') await booth.clock.advance(1)
    await inhibited(booth)
    await booth.clock.advance(ms)
    await inFlight(booth, '50')
    await booth.visit({ coins: [] })
    expect(totals(booth)).toEqual({ inserted: 850, credit: 0, parked: 0, earned: 800, owed: 50 })
  })
})

describe('F35 coins that nobody asked for', () => {
  /** A coin in the ordinary way comes out again; one that falls all the same is credited and to be seen. */
  const drop = async (booth: World) => {
    const before = totals(booth).inserted
    expect([shown(booth).screen, await insert(booth, '10')]).toEqual([shown(booth).screen, expect.stringMatching(/^rejected/)])
    await booth.clock.advance(600)
    await inFlight(booth, '10')
    await booth.clock.advance(600)
    expect(totals(booth).inserted).toBe(before + 10)
    const view = shown(booth)
    if (view.screen === 'held') expect(view.credit).toBeGreaterThanOrEqual(10)
    return view
  }

  test('F35 on every screen of a visit, before and after it: inhibited, and one that still comes is held, shown and accounted for', async () => {
    const booth = await startWorld(ready)
    await booth.world.hand('centre answers late 5000')
    const resident = { language: 'en', coins: [500, 100, 100, 100], code: demoFormCode, answers: {}, portrait: demoPortrait, stopAt: null } as const
    const act = residentActs(resident)
    const met = new Set<string>()
    let paid = 0
    for (let looks = 0; looks < 600 && !(met.has('claim') && shown(booth).screen === 'attract'); looks += 1) {
      await booth.clock.advance(200)
      const view = shown(booth)
      if (view.screen !== 'payment' && view.screen !== 'starting' && !met.has(view.screen)) {
        met.add(view.screen)
        await drop(booth)
        continue
      }
      if (view.screen === 'held' && !met.has('receipt')) await say(booth, 'use-credit', {})
      else {
        const doing = act(view)
        if (doing.kind === 'say') await say(booth, doing.name, doing.input)
        else if (doing.kind === 'hand') await booth.world.hand(`${doing.device} ${doing.line}`)
        if (doing.kind === 'hand' && doing.device === 'coin-acceptor') paid += Number(doing.line.split(' ')[1])
      }
    }
    expect([...met].toSorted()).toEqual(
      [
        ...['attract', 'languages', 'offer', 'consent', 'info', 'question', 'date', 'scan', 'identifier', 'photo', 'photo-review', 'review'],
        ...['sending', 'receipt', 'leave', 'goodbye', 'held', 'claim'],
      ].toSorted(),
    )
    const inserted = paid + 10 * met.size
    expect(totals(booth)).toEqual({ inserted, credit: 0, parked: 0, earned: 800, owed: inserted - 800 })
  })

  test('out of service', async () => {
    const booth = await startWorld()
    await say(booth, 'camera', { state: 'lost' })
    await booth.clock.advance(1_000)
    expect(shown(booth).screen).toBe('out-of-service')
    expect((await drop(booth)).screen).toBe('held')
    await gone(booth)
    expect(totals(booth)).toEqual({ inserted: 10, credit: 0, parked: 0, earned: 0, owed: 10 })
  })

  test.each(['stop', 'code-test', 'typed-id'])('at the %s', async (where) => {
    const booth = await startWorld(ready)
    const near = { stay: 'same', 'stay-until': { era: 'western', year: 2026, month: 12, day: 21 } } as const
    if (where === 'stop') await booth.visit({ answers: near }, at('stop'))
    else await booth.visit({}, at(where === 'code-test' ? 'offer' : 'scan'))
    if (where === 'code-test') await say(booth, 'test-code', {})
    if (where === 'typed-id') {
      await booth.clock.advance(21_000)
      await say(booth, 'type-id', {})
    }
    const { inserted } = totals(booth)
    await drop(booth)
    await gone(booth)
    expect(totals(booth)).toEqual({ inserted: inserted + 10, credit: 0, parked: 0, earned: 0, owed: inserted + 10 })
  })
})

test('F36 whatever coins, by whatever handfuls: it takes them until the price is there, and all of it is earned or owed in the end', { timeout: 180_000 }, async () => {
  const booth = await startWorld(ready)
  const price = 800
  const handful = fc.array(fc.constantFrom(10, 50, 100, 500), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.array(handful, { maxLength: 14 }), fc.boolean(), async (handfuls, sends) => {
      const before = totals(booth)
      await booth.visit({ coins: [] }, at('payment'))
      let inside = 0
      for (const coins of handfuls) {
        const fates = (await insert(booth, coins.join(' '))).split(/, (?=accepted|rejected)/)
        expect(fates.every((fate) => fate.startsWith(inside < price ? 'accepted' : 'rejected'))).toBe(true)
        if (inside < price) inside += coins.reduce((sum, coin) => sum + coin, 0)
        await booth.clock.advance(400)
        expect(totals(booth).inserted - before.inserted).toBe(inside)
        expect(shown(booth)).toMatchObject({ money: { inserted: inside, missing: Math.max(0, price - inside) } })
      }
      expect(shown(booth).screen).toBe(inside < price ? 'payment' : 'scan')
      const earned = sends && inside >= price ? price : 0
      if (earned === 0) await say(booth, 'cancel', { confirm: true })
      if (earned > 0) await booth.visit({ coins: [] })
      else await gone(booth)
      const after = totals(booth)
      expect({ earned: after.earned - before.earned, owed: after.owed - before.owed, credit: after.credit }).toEqual({ earned, owed: inside - earned, credit: 0 })
    }),
    { numRuns: 5, seed: 20261121 },
  )
})
