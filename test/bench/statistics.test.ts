import { describe, expect, it } from 'vitest'
import { failures } from './gates.ts'
import { measurement } from './measurement.ts'
import { interactionDurations, percentile } from './statistics.ts'

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('percentile', () => {
  it('is one of the values: the smallest that so many do not exceed', () => {
    expect([0.5, 0.95, 0.98, 1].map((part) => percentile(upTo(100), part))).toEqual([50, 95, 98, 100])
    expect([0.5, 0.95, 0.98].map((part) => percentile(upTo(30), part))).toEqual([15, 29, 30])
    expect(percentile([7], 0.01)).toBe(7)
  })

  it('takes the values in any order, by size and not by their digits', () => {
    const values = [100, 9, 20]
    expect([percentile(values, 0.5), percentile(values, 1)]).toEqual([20, 100])
    expect(values).toEqual([100, 9, 20])
  })

  it('of nothing is nothing', () => {
    expect(() => percentile([], 0.5)).toThrow('nothing was measured')
  })
})

describe('touches', () => {
  it('last as long as the longest of their events', () => {
    const events = [
      { interaction: 11, duration: 24 },
      { interaction: 18, duration: 16 },
      { interaction: 11, duration: 72 },
      { interaction: 11, duration: 40 },
    ]
    expect(interactionDurations(events, 2, 16)).toEqual([72, 16])
  })

  it('do not count what belongs to no touch', () => {
    expect(interactionDurations([{ interaction: 0, duration: 500 }], 0, 16)).toEqual([])
  })

  it('that were too quick to be reported count as quick, not as none', () => {
    expect(interactionDurations([{ interaction: 5, duration: 80 }], 3, 16)).toEqual([80, 16, 16])
  })
})

describe('gates', () => {
  const line = (ratio: number) => measurement('coin', 'drawn', [10, 20], { peer: 'one number', ratio })

  it('hold up to their limit', () => {
    expect(failures('coin', [line(1.5)])).toEqual([])
    expect(failures('coin', [line(1.51)])).toEqual(['coin drawn: ratio is 1.51, and must be at most 1.5'])
  })

  it('do not hold when their line is not there', () => {
    expect(failures('coin', [])).toHaveLength(1)
  })
})
