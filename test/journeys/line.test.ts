import { rmSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { virtualClock } from '../../hardware/clock.ts'
import { startBooth } from '../../main/commands/demo/in-process-booth.ts'
import { makeSurroundings } from '../../main/commands/demo/surroundings.ts'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import { play } from '../../main/commands/demo/play.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { residentActs } from '../../main/commands/demo/resident.ts'
import type { CentreRequest } from '../../main/contract/centre-wire.ts'
import type { View } from '../../main/contract/view.ts'
import type { Exchanged } from '../../main/submissions/exchange.ts'
import { memoryFolder } from '../support/memory-folder.ts'
import { weekWithoutLine } from './support/week.ts'
import { settled } from '../world/settled.ts'
import { startWorld } from './support/world.ts'

const reasons = (view: View) => (view.screen === 'out-of-service' ? view.reasons.map(({ code }) => code) : view.screen)
const nothing = { inserted: 0, credit: 0, parked: 0, earned: 0, owed: 0 }
const totals = ({ world }: Awaited<ReturnType<typeof startWorld>>) => {
  const { inserted = 0, credit = 0, parked = 0, earned = 0, owed = 0 } = world.journal.totals()[0] ?? {}
  return { inserted, credit, parked, earned, owed }
}

const left: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const leave of left.splice(0)) await leave()
})

describe('a week without a line', () => {
  test('F59 sells within its caps, says "not yet sent" and has it agreed to; afterwards all leave in their order, each once, and the next resident does not wait', async () => {
    const week = await weekWithoutLine({ visits: 10, everyHours: 16.8 })
    left.push(week.end)
    expect(week.toldBefore).toBe(10)
    expect(week.receipts).toEqual(Array.from({ length: 10 }, () => 'not-confirmed'))
    expect(week.waiting()).toHaveLength(10)
    expect(await week.lineComesBack()).toMatchObject({ newcomer: 'received', newcomerMs: expect.toSatisfy((ms: number) => ms <= 20_000) as number })
    expect(week.drainMs()).toBeLessThanOrEqual(15 * 60_000)
    expect(await week.arrived()).toEqual(week.sold)
    expect(week.waiting()).toEqual([])
  })

  test('F59 the cap on their number, and the cap on their age: the booth sells no more, and sells again once they are sent', async () => {
    const many = await weekWithoutLine({ visits: 9, everyHours: 1, maximumWaiting: 3 })
    left.push(many.end)
    expect([many.receipts.length, many.shown()]).toEqual([4, ['outbox-full']])
    await many.lineComesBack({ newcomer: false })
    expect([await many.arrived(), many.shown()]).toEqual([many.sold, 'attract'])

    const old = await weekWithoutLine({ visits: 9, everyHours: 10, maximumWaitingHours: 24 })
    left.push(old.end)
    expect([old.receipts.length, old.shown()]).toEqual([3, ['outbox-full']])
  })

  test('F59 without the operator’s word nothing is sold while the line is down', async () => {
    const none = await weekWithoutLine({ visits: 3, everyHours: 24, sell: false })
    left.push(none.end)
    expect([none.receipts, none.shown()]).toEqual([[], ['centre-unreachable']])
  })
})

describe('the sending screen', () => {
  test('F62 never waits longer than 20 s for a centre that says nothing', async () => {
    const booth = await startWorld()
    await booth.world.hand('centre answers none')
    await booth.visit({}, (view) => view.screen === 'sending')
    const since = booth.clock.monotonic()
    await booth.visit({}, (view) => view.screen === 'receipt')
    expect(booth.saw('receipt')).toMatchObject({ status: 'not-confirmed' })
    expect(booth.clock.monotonic() - since).toBeLessThanOrEqual(20_040)
  })
})

describe('somebody in the centre’s place', () => {
  test.each(['forged', 'refused closed'] as const)('H04 answers %s without the centre’s signature: nothing is earned, nothing is owed, and the booth sells no more until the centre answers', async (answers) => {
    const booth = await startWorld({ change: (file) => ({ ...file, times: { sendMs: 1_000 }, centre: { ...file.centre, receiptKeys: answers === 'forged' ? file.centre.receiptKeys : otherKeys(file.centre.receiptKeys) } }) })
    await booth.world.hand(`centre answers ${answers}`)
    await booth.visit({}, (view) => view.screen === 'goodbye')
    expect(booth.saw('receipt')).toMatchObject({ status: 'not-confirmed', claim: null })
    await booth.clock.advance(60_000)
    expect(totals(booth)).toEqual({ ...nothing, inserted: 800, parked: 800 })
    expect(reasons(booth.world.shown().view)).toEqual(['centre-answer-forged'])
    expect(booth.world.logged).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'centre-answer-forged' }))
    if (answers !== 'forged') return
    await booth.world.hand('centre answers received')
    for (let turn = 0; turn < 60 && booth.world.journal.waiting().length > 0; turn += 1) await booth.clock.advance(60_000)
    expect([totals(booth), reasons(booth.world.shown().view)]).toEqual([{ ...nothing, inserted: 800, earned: 800 }, 'attract'])
  })

  test('H06 a centre that does not take this booth’s word: nothing is sold, the queue is kept', async () => {
    const booth = await startWorld({ change: (file) => ({ ...file, times: { sendMs: 1_000 }, centre: { ...file.centre, sellWhileUnreachable: true } }) })
    await booth.world.hand('centre answers not-enrolled')
    await booth.visit({}, (view) => view.screen === 'goodbye')
    await booth.clock.advance(60_000)
    expect(reasons(booth.world.shown().view)).toEqual(['centre-refused-booth'])
    expect([booth.world.journal.waiting().length, totals(booth)]).toEqual([1, { ...nothing, inserted: 800, parked: 800 }])
  })
})

/** Keys of the same names that are not the centre's. */
function otherKeys<Key extends { readonly jwk: { readonly x: string; readonly y: string } }>(keys: readonly Key[]): Key[] {
  return keys.map((key) => ({ ...key, jwk: { ...key.jwk, x: key.jwk.y, y: key.jwk.x } }))
}

describe('a line that no word of the operator opens', () => {
  const morning = Date.parse('2026-11-21T10:00:00+09:00')
  async function boothOn(answer: (question: CentreRequest) => Exchanged | null) {
    const dir = memoryFolder('answer')
    const clock = virtualClock(morning, settled)
    const around = await makeSurroundings({ clock, dir, change: (file) => ({ ...file, centre: { ...file.centre, sellWhileUnreachable: true } }) })
    const booth = await startBooth(around, clock, dir, (ports) => ({
      ...ports,
      exchange: (question, signal) => Promise.resolve(answer(question)).then((answered) => answered ?? ports.exchange(question, signal)),
    }))
    left.push(async () => {
      await booth.stop()
      await around.stop()
      rmSync(dir, { recursive: true, force: true })
    })
    await clock.advance(60_000)
    return { ...booth, clock, ...around }
  }

  test('F66 not trusted: nothing is sold, also where the operator allows selling without a line, and nothing is said to the other side', async () => {
    const booth = await boothOn(() => ({ ok: false, reason: 'not-trusted' }))
    expect(reasons(booth.shown().view)).toEqual(['centre-not-trusted'])
    expect(booth.logged).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'centre-not-trusted' }))
    expect(await booth.hand('coin-acceptor insert 500')).toMatch(/^rejected/)
  })

  test('F64 a refusal that nobody can read: the resident has a slip, staff are told, the booth sells on', async () => {
    const booth = await boothOn(({ method }) => (method === 'POST' ? { ok: true, reply: { status: 410, headers: {}, body: new Uint8Array() } } : null))
    const act = residentActs({ language: 'en', coins: [500, 100, 100, 100], code: demoFormCode, answers: {}, portrait: demoPortrait, stopAt: null })
    expect(await play({ ...booth, office: booth.office }, booth.clock, act, (view) => view.screen === 'receipt', 600_000, 0)).toBe(true)
    expect(booth.shown().view).toMatchObject({ screen: 'receipt', status: 'parked' })
    expect(booth.journal.parked()).toMatchObject([{ price: 800, status: 'parked' }])
    expect(booth.journal.totals()).toMatchObject([{ inserted: 800, parked: 800, earned: 0, owed: 0 }])
    await booth.clock.advance(300_000)
    expect(booth.logged).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'application-parked' }))
    expect(reasons(booth.shown().view)).toBe('attract')
  })
})

describe('a clock that has lost its time', () => {
  const morning = Date.parse('2026-11-21T10:00:00+09:00')

  test('F72 shows a day before the program was made: nothing dated is sold, no coin is taken, and it ends when the clock is set', async () => {
    const clock = virtualClock(Date.UTC(2000, 0, 1), settled)
    const booth = await startWorld({ clock })
    await clock.advance(60_000)
    expect(reasons(booth.world.shown().view)).toEqual(['clock-unsure'])
    expect(await booth.world.hand('coin-acceptor insert 500')).toMatch(/^rejected/)
    expect(await booth.world.booth.request('resident', 'begin', {})).toEqual({ ok: false, error: { code: 'not-now' } })
    expect(booth.world.logged).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'clock-unsure' }))
    clock.setWall(morning)
    await clock.advance(31_000)
    expect(reasons(booth.world.shown().view)).toBe('attract')
    expect(booth.world.logged).toContainEqual({ event: 'fault-cleared', fault: 'clock-unsure' })
  })

  test('F72 shows a time before the journal’s last record: the same, until time has caught up', async () => {
    const dir = memoryFolder('clock')
    const clock = virtualClock(morning, settled)
    const around = await makeSurroundings({ clock, dir })
    left.push(async () => {
      await around.stop()
      rmSync(dir, { recursive: true, force: true })
    })
    const first = await startBooth(around, clock, dir)
    await clock.advance(60_000)
    expect(reasons(first.shown().view)).toBe('attract')
    await first.stop()
    clock.setWall(morning - 600_000)
    const second = await startBooth(around, clock, dir)
    left.unshift(() => second.stop())
    await clock.advance(60_000)
    expect(reasons(second.shown().view)).toEqual(['clock-unsure'])
    await clock.advance(11 * 60_000)
    expect(reasons(second.shown().view)).toBe('attract')
  })
})
