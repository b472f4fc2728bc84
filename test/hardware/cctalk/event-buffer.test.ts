import { describe, expect, it } from 'vitest'
import { newEvents, readOn, type EventCursor, type Reading } from '../../../hardware/cctalk/event-buffer.ts'

/** A buffer of events, newest first, filled up with empty ones. */
const results = (...events: readonly (readonly [number, number])[]) => [...events.flat(), ...new Array<number>(10).fill(0)].slice(0, 10)
const cursor = (counter: number, own: readonly number[], ordinal = 1000): EventCursor => ({ serial: '7', counter, results: own, ordinal })
const reading = (counter: number, own: readonly number[]): Reading => ({ counter, results: own })
const coin = (position: number) => [position, 1] as const

describe('the number of new events (CT1 18, CT2 3.27)', () => {
  it.each([
    [23, 23, 0],
    [102, 104, 2],
    [255, 1, 1],
    [253, 3, 5],
    [48, 54, 6],
    [0, 0, 0],
    [0, 4, 4],
  ])('from %i to %i: %i', (last, now, expected) => expect(newEvents(last, now)).toBe(expected))
})

describe('reading on', () => {
  it('gives new events oldest first, with the counter and the ordinal of each', () => {
    const advance = readOn(cursor(102, results(coin(1))), reading(104, results(coin(3), coin(4), coin(1))))
    expect(advance?.events).toEqual([
      { counter: 103, ordinal: 1001, a: 4, b: 1 },
      { counter: 104, ordinal: 1002, a: 3, b: 1 },
    ])
    expect(advance).toMatchObject({ lost: 0, alarm: null, to: { counter: 104, ordinal: 1002 } })
  })

  it('F26 the counter wraps 255 -> 1 without loss and without repetition', () => {
    const full = results(coin(1), coin(2), coin(3), coin(4), coin(5))
    const advance = readOn(cursor(253, full), reading(3, results(coin(5), coin(4), coin(3), coin(2), coin(1))))
    expect(advance?.events.map(({ counter, a }) => [counter, a])).toEqual([
      [254, 1],
      [255, 2],
      [1, 3],
      [2, 4],
      [3, 5],
    ])
    expect(advance?.to.ordinal).toBe(1005)
  })

  it('S06 F25 six new events in a buffer of five: five are read, one is lost and said so', () => {
    const advance = readOn(cursor(48, results(coin(1))), reading(54, results(coin(2), coin(2), coin(2), coin(2), coin(2))))
    expect(advance).toMatchObject({ lost: 1, alarm: 'uncounted', to: { counter: 54, ordinal: 1006 } })
    expect(advance?.events.map(({ ordinal }) => ordinal)).toEqual([1002, 1003, 1004, 1005, 1006])
  })

  it('S07 F27 counter 0 is a reset: nothing is credited, and what follows counts from there', () => {
    const advance = readOn(cursor(67, results(coin(1))), reading(0, results()))
    expect(advance).toMatchObject({ events: [], lost: 0, alarm: 'reset', to: { counter: 0, ordinal: 1000 } })
    expect(readOn(advance?.to ?? cursor(1, []), reading(1, results(coin(4))))?.events).toEqual([{ counter: 1, ordinal: 1001, a: 4, b: 1 }])
  })

  it('S07 a counter one back credits nothing', () => {
    const before = results(coin(3), coin(2), coin(1))
    expect(readOn(cursor(100, before), reading(99, results(coin(2), coin(1))))).toMatchObject({ events: [], alarm: 'mismatch' })
  })

  it('old events that do not reappear are another device or an unseen restart: no blind credit', () => {
    const advance = readOn(cursor(100, results(coin(1), coin(2))), reading(101, results(coin(4), coin(3), coin(2))))
    expect(advance).toMatchObject({ events: [], lost: 0, alarm: 'mismatch', to: { counter: 101, ordinal: 1000 } })
    expect(readOn(cursor(100, results(coin(1))), reading(100, results(coin(2))))).toMatchObject({ events: [], alarm: 'mismatch' })
  })

  it('S11 the same reading again gives nothing', () => {
    expect(readOn(cursor(0, results()), reading(0, results()))).toBeNull()
    expect(readOn(cursor(9, results(coin(4))), reading(9, results(coin(4))))).toBeNull()
  })
})
