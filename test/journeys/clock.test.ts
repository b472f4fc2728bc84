import { describe, expect, test, vi } from 'vitest'
import { realClock } from '../../hardware/clock.ts'
import type { View } from '../../main/contract/view.ts'
import { photos } from '../world/portrait.ts'
import { startWorld } from './support/world.ts'

type World = Awaited<ReturnType<typeof startWorld>>

const at = (name: string) => (view: View) => view.screen === name || ('step' in view && view.step === name)
const ready: Parameters<typeof startWorld>[0] = { ports: (own) => ({ ...own, makePhoto: photos }) }
const shown = ({ world }: World) => world.shown().view
const say = ({ world }: World, name: string, input: unknown) => world.booth.request('resident', name, input)
const earned = ({ world }: World) => world.journal.totals()[0]?.earned ?? 0
const minute = 60_000
const day = 86_400_000

describe('F70 the wall clock is set while somebody is there', () => {
  const jumps = [
    ['ten minutes on', (now: number) => now + 10 * minute],
    ['an hour back', (now: number) => now - 60 * minute],
    ['to 1970', () => 0],
    ['to 2038', () => Date.UTC(2038, 0, 19, 3, 14, 8)],
  ] as const

  test.each(jumps)('F70 %s, at the questions, at the payment, at the photo and while it is sent: no wait is shorter or longer, and the visit ends as it should', async (_, jump) => {
    const booth = await startWorld(ready)
    const { clock } = booth
    const offset = clock.now() - clock.monotonic()
    /** Sets the clock, waits for the warning, which must come in its time, and sets it right again. */
    const jumpsAt = async (place: string, waitMs: number, coins: readonly number[] = []) => {
      await booth.visit({ coins }, place === 'pay' ? (view) => view.screen === 'payment' && view.money?.inserted === 500 : at(place))
      clock.setWall(jump(clock.now()))
      await clock.advance(waitMs - 200)
      expect([place, shown(booth).overlay]).toEqual([place, null])
      await clock.advance(400)
      expect([place, shown(booth).overlay]).toEqual([place, expect.objectContaining({ kind: 'still-there' })])
      await say(booth, 'still-here', {})
      clock.setWall(offset + clock.monotonic())
    }
    await jumpsAt('cause', minute)
    await jumpsAt('pay', 2 * minute, [500])
    await jumpsAt('photo', minute, [100, 100, 100])
    await booth.visit({ coins: [] }, at('review'))
    clock.setWall(jump(clock.now()))
    await booth.visit({ coins: [] }, at('receipt'))
    expect([booth.saw('receipt')?.status, earned(booth)]).toEqual(['received', 800])
    clock.setWall(offset + clock.monotonic())
    await booth.visit({}, at('goodbye'))
    await booth.visit({}, at('attract'))
    await booth.visit({})
    expect(earned(booth)).toBe(1_600)
    const slices = Array.from({ length: 20 }, () => booth.world.journal.verifySlice(10_000))
    expect(slices.every(({ ok }) => ok) && slices.some((slice) => slice.ok && slice.done)).toBe(true)
  })
})

test('B8 whoever reads which line is open sees it open and close, by itself and on the minute', async () => {
  const { visit, clock, world } = await startWorld({ change: (file) => ({ ...file, services: { ...file.services, 'phone-lines': {} } }) })
  clock.setWall(Date.parse('2026-11-20T09:28:50+09:00'))
  await visit({ service: 'phone-lines', language: 'ja', answers: { topic: 'card', tongue: 'ja' } }, at('advice'))
  const lines = () => {
    const { view } = world.shown()
    return view.screen === 'advice' ? view.blocks.flatMap((block) => (block.kind === 'line' ? [block.line] : [])) : []
  }
  expect(lines()).toMatchObject([{ number: '0120-95-0178', open: false, until: '09:30' }])
  await clock.advance(Date.parse('2026-11-20T09:30:00+09:00') - clock.now() - 1)
  expect(lines()).toMatchObject([{ open: false }])
  await clock.advance(1)
  expect(lines()).toMatchObject([{ open: true, until: '20:00' }])
  await world.booth.request('resident', 'still-here', {})
  clock.setWall(Date.parse('2026-11-20T19:59:30+09:00'))
  await clock.advance(30_000)
  expect(lines()).toMatchObject([{ open: false }])
})

describe('F76 thirty days without a restart', () => {
  test('F76 visits over the days, the last ones beyond 2^31 ms: every wait is as long as on the first day, and nothing is lost', async () => {
    const booth = await startWorld(ready)
    const { clock } = booth
    for (let visits = 1; visits <= 6; visits += 1) {
      await booth.visit({})
      expect([visits, earned(booth)]).toEqual([visits, 800 * visits])
      await booth.visit({}, at('languages'))
      await clock.advance(minute - 200)
      expect([visits, shown(booth).overlay]).toEqual([visits, null])
      await clock.advance(400)
      expect(shown(booth).overlay).toMatchObject({ kind: 'still-there' })
      await clock.advance(20_000)
      expect(shown(booth).screen).toBe('attract')
      for (let leaps = 0; leaps < 12; leaps += 1) {
        clock.leap(day / 2)
        await clock.advance(5_000)
      }
      // Devices that slept as well are found again.
      await clock.advance(20_000)
    }
    expect(clock.monotonic()).toBeGreaterThan(30 * day)
    expect(30 * day).toBeGreaterThan(2 ** 31)
    expect(shown(booth)).toMatchObject({ screen: 'attract', services: [{ available: true }] })
    expect(booth.world.journal.waiting()).toEqual([])
  })

  test('F76 counters beyond 2^31 and 2^32: the coins of an acceptor that has seen so many are credited, once', async () => {
    for (const ordinal of [2 ** 31 - 2, 2 ** 32 - 2]) {
      const results = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
      const booth = await startWorld({
        ports(own) {
          if (own.journal.ok) own.journal.journal.append([{ kind: 'cursor-moved', visit: null, body: { cursor: { serial: '12345678', counter: 0, results, ordinal }, lost: 0, unknown: 0, alarm: null } }])
          return own
        },
      })
      await booth.visit({ stopAt: 'scan' })
      expect(booth.world.journal.totals()).toMatchObject([{ inserted: 800, owed: 800 }])
      expect(booth.world.journal.recover().cursors).toMatchObject([{ ordinal: ordinal + 4 }])
    }
  })

  test('F76 a wait of more than 2^31 ms on the machine’s own timers neither fires at once nor is forgotten', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const fired: string[] = []
      const clock = realClock()
      clock.after(2 ** 31 + 5_000, () => fired.push('long'))
      const cancel = clock.after(2 ** 32, () => fired.push('taken back'))
      vi.advanceTimersByTime(2 ** 31)
      expect(fired).toEqual([])
      cancel()
      vi.advanceTimersByTime(5_000)
      expect(fired).toEqual(['long'])
      vi.advanceTimersByTime(2 ** 32)
      expect(fired).toEqual(['long'])
    } finally {
      vi.useRealTimers()
    }
  })
})
