import { describe, expect, it } from 'vitest'
import { firstCursor, holds } from '../../../hardware/bill-validator/moves.ts'
import { readEvents } from '../../../hardware/bill-validator/cctalk/read-events.ts'
import type { Advance } from '../../../hardware/cctalk/event-buffer.ts'
import { credit, inside, makeBench, outcomes, type Bench, type BenchOptions } from './bench.ts'

const cctalk = (options: BenchOptions = {}) => makeBench({ ...options, settings: { protocol: 'cctalk', ...options.settings } })
const notices = (bench: Bench) => bench.kinds('notice').map((event) => (event.kind === 'notice' ? [event.code, event.group] : []))

describe('F30 bill events of CT3 table 7', () => {
  it('no event with result A = 0 is ever a credit, and each that matters comes once with its words', async () => {
    const bench = cctalk()
    await bench.open()
    const codes = Array.from({ length: 256 }, (_, index) => index)
    for (const code of codes) {
      await bench.hand(`event ${code}`)
      await bench.polls(1)
    }
    expect(credit(bench.journal)).toBe(0)
    expect(notices(bench).map(([code]) => code)).toEqual(codes.filter((code) => ![0, 10, 20].includes(code)))
  })

  it.each([
    ['jam', 'note-jam'],
    ['jam stacker', 'bill-validator-failed'],
    ['fault 44', null],
    ['pull-stacker', 'note-stacker-open'],
    ['stacker-full', 'note-stacker-full'],
    ['event 13', 'bill-validator-failed'],
  ] as const)('"%s" closes the slot and is %s until it is over', async (hand, fault) => {
    const bench = cctalk()
    await bench.open()
    await bench.hand(hand)
    // What an event hints at is believed while the self-check says so.
    if (hand === 'event 13') await bench.hand('fault 38')
    await bench.polls(3)
    if (fault) expect(bench.everFaults).toContain(fault)
    else expect(bench.faults).toEqual([])
    expect(await bench.hand('insert 1000')).toBe('refused at the slit')
    for (const mend of ['clear', 'fault 0', 'push-stacker', 'stacker-ok']) await bench.hand(mend)
    await bench.polls(20)
    expect(bench.faults).toEqual([])
    await bench.insert()
    expect(credit(bench.journal)).toBe(1000)
  })

  it.each([8, 9, 17, 18])('fraud (event %i): no credit, and nothing is let in for ten seconds', async (code) => {
    const bench = cctalk()
    bench.decide = 'wait'
    await bench.open()
    await bench.hand('insert 1000')
    await bench.polls(8)
    await bench.hand(`cheat ${code}`)
    await bench.polls(5)
    expect(outcomes(bench.journal)).toEqual(['pulled'])
    expect(bench.faults).toContain('note-fraud')
    expect(await bench.hand('insert 1000')).toBe('refused at the slit')
    await bench.polls(110)
    expect(await bench.hand('insert 1000')).toBe('taken in')
  })
})

describe('what must not be taken', () => {
  it('S08 a note that the approved table does not have goes back, and the technician is told', async () => {
    const bench = cctalk({ simulator: { notes: ['JP1000A', 'JP1000B', 'JP5000A'] } })
    await bench.open()
    await bench.hand('event 2')
    await bench.polls(2)
    expect(await bench.hand('insert JP5000A')).toBe('taken in, to be refused')
    await bench.polls(10)
    await bench.hand('ticket')
    await bench.polls(30)
    const truth = await bench.state()
    expect(inside(truth)).toBe(0)
    expect(bench.faults).toEqual(['note-unknown'])
    expect(credit(bench.journal)).toBe(0)
  })

  it.each([
    ['another identifier', 'table 2 JP2000A'],
    ['another value', 'scale JP 10 0'],
    ['a country that it does not know', 'table 2 .......'],
  ])('F38 S09 a table that changed over night (%s): nothing is taken', async (_what, hand) => {
    const bench = cctalk()
    await bench.hand(hand)
    await bench.open()
    expect(bench.faults).toEqual(['note-table-mismatch'])
    expect(await bench.hand('insert 1000')).toBe('refused at the slit')
  })

  it('an unknown note that was stacked (event 21) is an alarm and no credit', async () => {
    const bench = cctalk()
    await bench.open()
    await bench.hand('event 21')
    await bench.polls(3)
    expect(bench.journal).toMatchObject({ uncounted: 1, alarms: ['uncounted'] })
    expect(bench.faults).toContain('notes-uncounted')
  })

  it('S17 the serial number changes while running: closed, nothing credited, the driver gives the device up', async () => {
    const bench = cctalk()
    await bench.open()
    await bench.hand('serial 4711')
    await bench.clock.advance(6000)
    expect(await bench.state()).toMatchObject({ inhibited: true, mask: 0 })
    expect(bench.faults).toContain('bill-validator-exchanged')
    expect(await bench.run(bench.driver.heartbeat())).toBe(false)
  })
})

describe('the counter', () => {
  it('S07 goes to 0 with a note in escrow: it went back; with one on its way into the stacker: an alarm, never a guess', async () => {
    const escrow = cctalk()
    escrow.decide = 'wait'
    await escrow.open()
    await escrow.hand('insert 1000')
    await escrow.polls(8)
    await escrow.hand('power-cycle')
    await escrow.polls(20)
    expect(outcomes(escrow.journal)).toEqual(['returned'])
    expect(escrow.journal.alarms).toEqual(['reset'])
    const stacking = cctalk()
    await stacking.open()
    await stacking.hand('insert 1000')
    await stacking.polls(7)
    await stacking.hand('power-cycle')
    await stacking.polls(20)
    expect(outcomes(stacking.journal)).toEqual(['unknown'])
    expect(stacking.faults).toContain('notes-uncounted')
  })

  it('S06 six events in a buffer of five: those that are there, and an alarm', async () => {
    const bench = cctalk()
    await bench.open()
    await bench.hand('silent on')
    for (let event = 0; event < 6; event += 1) await bench.hand('event 2')
    await bench.hand('silent off')
    await bench.polls(5)
    expect(bench.journal).toMatchObject({ lost: 1, alarms: ['uncounted'] })
  })

  it('a validator that closes itself after 5 s without a poll (event 0,0) is opened again', async () => {
    const bench = cctalk()
    await bench.open()
    await bench.hand('silent on')
    await bench.clock.advance(6000)
    await bench.hand('silent off')
    await bench.polls(10)
    await bench.insert()
    expect(credit(bench.journal)).toBe(1000)
  })

  it('S11 the same buffer read a thousand times is one credit', async () => {
    const bench = cctalk()
    await bench.open()
    await bench.insert()
    await bench.polls(1000)
    expect(credit(bench.journal)).toBe(1000)
  })

  it('a note that is stacked without having been held is a credit of its own; one that takes the place of a held one ends it', () => {
    const note = (position: number) => ({ position, id: 'JP1000A', value: 1000, currency: 'JPY' })
    const wishes = { noteAt: (position: number) => (position < 3 ? note(position) : undefined), takes: () => true }
    const cursor = holds(firstCursor('1', { counter: 1, results: [] }), note(1), 'stacking')
    const events = [
      { counter: 2, ordinal: 1, a: 2, b: 0 },
      { counter: 3, ordinal: 2, a: 9, b: 0 },
    ]
    const advance: Advance = { to: { serial: '1', counter: 3, results: [], ordinal: 2 }, events, lost: 0, alarm: null }
    const { moved } = readEvents(cursor, advance, wishes)
    expect(moved.ended.map(({ position, outcome }) => [position, outcome])).toEqual([
      [1, 'unknown'],
      [2, 'stacked'],
    ])
    expect(moved).toMatchObject({ uncounted: 1, alarm: 'uncounted', to: { held: null, ordinal: 3 } })
  })
})
