import { describe, expect, it } from 'vitest'
import type { Checksum } from '../../../hardware/cctalk/frames.ts'
import { allIds, approved, credit, makeBench, write, type Bench } from './bench.ts'

const moved = (bench: Bench) => bench.events.filter((event) => event.kind === 'moved')

/** The same acceptor and the same journal after the booth's processes died: only the driver is new. */
async function restart(bench: Bench): Promise<Bench> {
  await bench.run(bench.driver.stop())
  const next = makeBench({ clock: bench.clock, journal: bench.journal, noSimulator: true, wire: () => bench.near })
  return Object.assign(next, { hand: bench.hand, state: bench.state })
}

describe.each<Checksum>(['sum-8', 'crc-16'])('coins, with %s', (checksum) => {
  const make = () => makeBench({ simulator: { checksum }, settings: { checksum } })

  it('are credited oldest first with position, identifier, value and counter', async () => {
    const bench = make()
    await bench.open()
    await bench.hand('insert 500 JP500B 100 10')
    await bench.polls()
    const coins = moved(bench).flatMap((event) => event.coins)
    expect(coins.map(({ position, id, value, currency, counter, path }) => [position, id, value, currency, counter, path])).toEqual([
      [4, 'JP500A', 500, 'JPY', 1, 1],
      [5, 'JP500B', 500, 'JPY', 2, 1],
      [3, 'JP100A', 100, 'JPY', 3, 1],
      [1, 'JP010A', 10, 'JPY', 4, 1],
    ])
    expect(bench.faults).toEqual([])
  })

  it('S11 the same buffer read a thousand times is one credit', async () => {
    const bench = make()
    await bench.open()
    await bench.hand('insert 500')
    await bench.polls(1000)
    expect(credit(bench.journal)).toBe(500)
  })

  it('F28 replies damaged, late, twice and echoed give each coin once', async () => {
    const bench = make()
    await bench.open()
    for (const trouble of ['garble 2', 'twice 3', 'late 130', 'late 0', 'echo on', 'echo off', 'late 240', 'late 0']) {
      await bench.hand(trouble)
      await bench.hand('insert 100')
      await bench.polls(8)
    }
    await bench.polls(10)
    expect(credit(bench.journal)).toBe(800)
    expect(bench.journal.alarms).toEqual([])
  })
})

it('F24 coins that fell while the booth was dead are credited once after the restart', async () => {
  const bench = makeBench({ simulator: { watchdog: false } })
  await bench.open()
  await bench.hand('insert 100')
  await bench.polls()
  // Killed: the driver says nothing more, the acceptor stays open.
  bench.recording = 'lost'
  await bench.hand('insert 500 500')
  await bench.polls()
  expect(credit(bench.journal)).toBe(100)
  const next = await restart(bench)
  await next.open()
  expect(credit(next.journal)).toBe(1100)
  expect(next.journal.alarms).toEqual([])
})

it('F24 killed between the commit and the device hearing of it: applied once', async () => {
  const bench = makeBench()
  await bench.open()
  bench.recording = 'lost'
  await bench.hand('insert 500')
  await bench.polls()
  // The journal has it; `recorded` never arrived.
  const last = moved(bench).at(-1)
  if (!last) throw new Error('nothing moved')
  write(bench.journal, last)
  const next = await restart(bench)
  await next.open()
  await next.polls(5)
  expect(credit(next.journal)).toBe(500)
})

it('F25 S06 more events than the buffer holds while the booth was dead: five credited, the loss named, staff called', async () => {
  const bench = makeBench({ simulator: { watchdog: false } })
  await bench.open()
  bench.recording = 'lost'
  await bench.hand('insert 100 100 100 100 100 100')
  const next = await restart(bench)
  await next.open()
  expect(credit(next.journal)).toBe(500)
  expect(next.journal).toMatchObject({ lost: 1, alarms: ['uncounted', 'counted'], beside: 1 })
  expect(next.faults).toContain('coins-uncounted')
})

it('six coins between two polls: five credited, one said to be lost', async () => {
  const bench = makeBench()
  await bench.open()
  await bench.hand('insert 10 10 10 10 10 500')
  await bench.polls()
  expect(credit(bench.journal)).toBe(540)
  expect(bench.journal).toMatchObject({ lost: 1, alarms: ['uncounted'] })
})

it('F26 counter wraps 255->1: no coin twice, none lost', async () => {
  const bench = makeBench()
  await bench.hand('set-counter 250')
  await bench.open()
  for (let coin = 0; coin < 20; coin += 1) {
    await bench.hand('insert 100')
    await bench.polls()
  }
  expect(credit(bench.journal)).toBe(2000)
  expect(bench.journal.alarms).toEqual([])
  expect((await bench.state()).counter).toBe(15)
})

it('F27 S07 the acceptor resets in mid-visit: credit stays, the reset is told, and it is opened again', async () => {
  const bench = makeBench()
  await bench.open()
  await bench.hand('insert 500')
  await bench.polls()
  await bench.hand('power-cycle')
  expect((await bench.state()).mask).toBe(0)
  await bench.polls(3)
  expect(bench.journal).toMatchObject({ alarms: ['reset'], lost: 0 })
  expect(bench.faults).toContain('coin-acceptor-reset')
  expect(await bench.state()).toMatchObject({ mask: 0b11111, open: true, counter: 0 })
  await bench.hand('insert 100')
  await bench.polls()
  expect(credit(bench.journal)).toBe(600)
})

it('F27 a device that leaves counter 0 by itself with a dummy event is recognised as reset all the same', async () => {
  const bench = makeBench()
  await bench.open()
  await bench.hand('insert 500 500 500')
  await bench.polls()
  await bench.hand('reset')
  const polled = bench.traces.length
  // One poll sees 0; CT2 3.27.1 allows the device to answer the next with 1 and (0,2).
  while (!bench.traces.slice(polled).some((trace) => trace.startsWith('in 1 11 2 0 0 '))) await bench.clock.advanceToNext()
  await bench.hand('event 2')
  await bench.polls(5)
  expect(bench.journal.alarms).toEqual(['reset'])
  expect(credit(bench.journal)).toBe(1500)
  await bench.hand('insert 100')
  await bench.polls()
  expect(credit(bench.journal)).toBe(1600)
})

it.each([1, 30, 90, 150, 300])('F29 coin accepted %i ms after the inhibit was acknowledged: credited', async (ms) => {
  const bench = makeBench()
  await bench.open()
  await bench.run(bench.driver.execute({ kind: 'accept', ids: [] }))
  expect(await bench.state()).toMatchObject({ mask: 0, open: false })
  await bench.clock.advance(ms)
  // It was past the gate already: the acceptor counts it although it is inhibited.
  await bench.hand('in-flight 500')
  await bench.polls(2)
  expect(credit(bench.journal)).toBe(500)
})

it('F35 a coin while inhibited goes back, and no credit comes of it', async () => {
  const bench = makeBench()
  await bench.open()
  await bench.run(bench.driver.execute({ kind: 'accept', ids: [] }))
  expect(await bench.hand('insert 500')).toMatch(/^rejected/)
  await bench.polls(2)
  expect(credit(bench.journal)).toBe(0)
  expect(bench.events.at(-1)).toMatchObject({ kind: 'notice', group: 'returned' })
})

it('lets in exactly the coins that are wanted', async () => {
  const bench = makeBench()
  await bench.open()
  await bench.run(bench.driver.execute({ kind: 'accept', ids: ['JP100A', 'JP500B', 'JP001A'] }))
  expect((await bench.state()).mask).toBe(0b10100)
  expect(await bench.hand('insert 10 100 JP500A JP500B')).toMatch(/^rejected.*accepted JP100A.*rejected.*accepted JP500B/)
})

it('a booth that is slow to record: coins wait in order, and acceptance pauses before the buffer could overflow', async () => {
  const bench = makeBench()
  await bench.open()
  bench.recording = 'lost'
  for (let coin = 0; coin < 4; coin += 1) {
    await bench.hand('insert 100')
    await bench.polls()
  }
  expect(await bench.hand('insert 100')).toMatch(/^rejected/)
  await bench.polls(2)
  const waiting = moved(bench).at(-1)
  expect(waiting?.coins.map(({ ordinal }) => ordinal)).toEqual([1])
  // The booth wakes up and records one after the other.
  bench.recording = 'answered'
  if (waiting) {
    write(bench.journal, waiting)
    await bench.driver.execute({ kind: 'recorded', cursor: waiting.to })
  }
  await bench.polls(2)
  expect(credit(bench.journal)).toBe(400)
  expect(bench.journal.alarms).toEqual([])
  expect(await bench.hand('insert 100')).toMatch(/^accepted/)
})

it('F24 the booth knows more than the driver was told: it goes on from where the journal stands', async () => {
  const bench = makeBench({ simulator: { watchdog: false } })
  await bench.open()
  const behind = bench.journal.cursor
  await bench.hand('insert 100')
  await bench.polls()
  const known = bench.journal.cursor
  if (!behind || !known) throw new Error('no cursor')
  await bench.hand('insert 500')
  await bench.polls()
  // As after a reconnect that crossed the last `recorded`: from the older cursor both coins are one movement, which this journal cannot continue.
  bench.recording = 'lost'
  await bench.run(bench.driver.execute({ kind: 'configure', cursor: behind, coins: approved }))
  await bench.polls(1)
  expect(moved(bench).at(-1)?.coins.map(({ value }) => value)).toEqual([100, 500])
  await bench.driver.execute({ kind: 'recorded', cursor: known })
  await bench.polls(1)
  expect(moved(bench).at(-1)).toMatchObject({ from: known, coins: [{ value: 500, ordinal: 2 }] })
})

it('a device never seen before: its buffer is taken as it stands, without credit', async () => {
  const bench = makeBench({ simulator: { watchdog: false } })
  await bench.open()
  await bench.hand('insert 500 500')
  const next = await restart(bench)
  next.journal.cursor = null
  await next.open()
  expect(credit(next.journal)).toBe(0)
  expect(next.journal.cursor).toMatchObject({ counter: 2 })
})

it('brings the acceptor to rest at the end', async () => {
  const bench = makeBench()
  await bench.open()
  await bench.run(bench.driver.stop())
  expect(await bench.state()).toMatchObject({ mask: 0, open: false })
  const quiet = bench.traces.length
  await bench.clock.advance(5000)
  expect(bench.traces).toHaveLength(quiet)
})

it('polls at least every 200 ms and lets the line rest between', async () => {
  const bench = makeBench()
  await bench.open()
  const before = bench.traces.length
  await bench.clock.advance(1000)
  const sent = bench.traces.slice(before).filter((trace) => trace.startsWith('out 2 0 1 229'))
  expect(sent.length).toBeGreaterThanOrEqual(5)
  expect(sent.length).toBeLessThanOrEqual(11)
  expect(approved.map(({ id }) => id)).toEqual(allIds)
})

describe('what the acceptor counted itself (headers 150 and 225)', () => {
  const counted = (bench: Bench) => bench.events.filter((event) => event.kind === 'counted')

  it('is told at a start when no coin is wanted, with the cursor that it belongs to, and each hour in which coins fell', async () => {
    const device = makeBench()
    await device.open()
    const none = { JP010A: 0, JP050A: 0, JP100A: 0, JP500A: 0, JP500B: 0 }
    expect(counted(device)).toEqual([{ kind: 'counted', serial: '12345678', ordinal: 0, counts: none }])
    await device.hand('insert 10 100 100')
    await device.polls(5)
    expect(counted(device)).toHaveLength(1)
    const bench = await restart(device)
    await bench.open()
    await bench.run(bench.driver.execute({ kind: 'accept', ids: [] }))
    await bench.polls(10)
    const first = { kind: 'counted', serial: '12345678', ordinal: 3, counts: { ...none, JP010A: 1, JP100A: 2 } }
    expect(counted(bench)).toEqual([first])
    await bench.clock.advance(3_600_000)
    expect(counted(bench)).toEqual([first])
    await bench.hand('in-flight 50')
    await bench.clock.advance(3_600_000)
    expect(counted(bench)).toEqual([first, { ...first, ordinal: 4, counts: { ...first.counts, JP050A: 1 } }])
  })

  it('is told of all kinds by an acceptor that counts no single ones, and not at all by one that counts nothing', async () => {
    for (const [deaf, counts] of [[[150], [{ all: 0 }, { all: 2 }]], [[150, 225], []]] as const) {
      const bench = makeBench({ wire: (near) => ({ ...near, write: (bytes) => (deaf.some((header) => bytes[3] === header) ? Promise.resolve(true) : near.write(bytes)) }) })
      await bench.open()
      await bench.hand('insert 10 500')
      await bench.polls(3)
      await bench.run(bench.driver.execute({ kind: 'accept', ids: [] }))
      await bench.clock.advance(3_600_000)
      expect(counted(bench).map((event) => event.kind === 'counted' && event.counts)).toEqual(counts)
      expect(bench.faults).toEqual([])
    }
  })
})
