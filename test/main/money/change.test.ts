import { assert, array, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canBePaid, canGiveChange, makeChange, type Stock } from '../../../main/money/change.ts'

const stocks = (...list: readonly (readonly [value: number, count: number])[]): Stock[] => list.map(([value, count]) => ({ id: String(value), value, count }))
const paid = (change: ReturnType<typeof makeChange>) => change.coins.map(({ value, count }) => [value, count])

describe('change', () => {
  it.each([
    [280, stocks([100, 10], [50, 10], [10, 10]), [[100, 2], [50, 1], [10, 3]], 0],
    [280, stocks([100, 10], [10, 100]), [[100, 2], [10, 8]], 0],
    [60, stocks([50, 1], [20, 3]), [[20, 3]], 0],
    [80, stocks([50, 1], [20, 4], [10, 0]), [[20, 4]], 0],
    [280, stocks([100, 1], [50, 1], [10, 1]), [[100, 1], [50, 1], [10, 1]], 120],
    [40, stocks([50, 9]), [], 40],
    [0, stocks([50, 9]), [], 0],
    [30, [], [], 30],
    [6, stocks([1, 2], [4, 1], [3, 2]), [[3, 2]], 0],
  ])('%i', (amount, list, coins, rest) => {
    const change = makeChange(amount, list)
    expect(paid(change)).toEqual(coins)
    expect(change.rest).toBe(rest)
  })

  it('leaves the least unpaid with the fewest coins, beside trying everything', () => {
    const everything = (amount: number, [first, ...others]: readonly Stock[]): readonly [rest: number, coins: number] => {
      if (!first) return [amount, 0]
      let best: readonly [number, number] = [Number.POSITIVE_INFINITY, 0]
      for (let count = 0; count <= first.count && count * first.value <= amount; count += 1) {
        const [rest, coins] = everything(amount - count * first.value, others)
        if (rest < best[0] || (rest === best[0] && coins + count < best[1])) best = [rest, coins + count]
      }
      return best
    }
    const stock = record({ id: constantFrom('a', 'b', 'c', 'd'), value: constantFrom(1, 5, 10, 20, 25, 50, 100, 500), count: integer({ min: 0, max: 4 }) })
    assert(
      property(integer({ min: 0, max: 700 }), array(stock, { maxLength: 4 }), (amount, list) => {
        const change = makeChange(amount, list)
        const count = change.coins.reduce((sum, coin) => sum + coin.count, 0)
        const total = change.coins.reduce((sum, coin) => sum + coin.count * coin.value, 0)
        expect(total + change.rest).toBe(amount)
        expect([change.rest, count]).toEqual([...everything(amount, list)])
      }),
      { numRuns: 500, seed: 20_261_122 },
    )
  })

  it('a million with full hoppers is no work', () => {
    const begun = performance.now()
    expect(makeChange(1_000_000, stocks([500, 900], [100, 900], [50, 900], [10, 900], [1, 900])).rest).toBeGreaterThan(0)
    expect(performance.now() - begun).toBeLessThan(3000)
  })
})

describe('exact change only', () => {
  const yen = [10, 50, 100, 500]
  it('every overpayment with the coins taken can be paid out', () => expect(canGiveChange(yen, stocks([100, 4], [50, 1], [10, 4]))).toBe(true))
  it.each([[stocks([100, 4], [50, 1], [10, 3])], [stocks([100, 3], [50, 1], [10, 4])], [stocks([500, 9])], [[]]])('not with %j', (list) => {
    expect(canGiveChange(yen, list)).toBe(false)
  })
  it('a booth that takes one kind of coin never needs change', () => expect(canGiveChange([100], [])).toBe(true))
})

it.each([
  [800, [10, 50, 100, 500], true],
  [278, [5, 10, 50], false],
  [278, [1, 5, 10, 50], true],
  [70, [50, 20], true],
  [60, [50, 40], false],
  [0, [500], true],
  [2000, [100, 100], true],
  [2000, [100, 100], false, 19],
  [2000, [100, 500], true, 10],
])('a price of %i with coins of %j: %s', (price, values, possible, most?: number) => expect(canBePaid(price, values, most)).toBe(possible))
