/** Coins of one kind that can be paid out. */
export interface Stock<Id extends string = string> {
  readonly id: Id
  /** Of one coin, 1 or more, in the smallest unit. */
  readonly value: number
  readonly count: number
}

/** What is paid out of each stock, largest coin first; `rest` cannot be paid with the coins that are there. */
export interface Change<Id extends string = string> {
  readonly coins: readonly { readonly id: Id; readonly value: number; readonly count: number }[]
  readonly rest: number
}

const unreachable = Number.POSITIVE_INFINITY

/**
 * For each sum 0..`most` the fewest coins that make it out of `stocks`, and how many of the last stock they take; `Infinity` where no coins do. Each stock in
 * turn, with a window over the sums that differ by its coin: time grows with sums times stocks, however many coins there are.
 */
function fewest(stocks: readonly Stock[], most: number): { readonly coins: Float64Array; readonly taken: readonly Int32Array[] } {
  let coins = new Float64Array(most + 1).fill(unreachable)
  coins[0] = 0
  const taken = stocks.map(({ value, count }) => {
    const next = new Float64Array(most + 1).fill(unreachable)
    const used = new Int32Array(most + 1)
    for (let rest = 0; rest < Math.min(value, most + 1); rest += 1) {
      // Candidates in order: their cost, made comparable by counting what each further step adds, only grows towards the end.
      const waiting: number[] = []
      let first = 0
      for (let step = 0, sum = rest; sum <= most; step += 1, sum += value) {
        const cost = (at: number) => (coins[rest + at * value] ?? unreachable) - at
        while (waiting.length > first && cost(waiting[waiting.length - 1] ?? 0) >= cost(step)) waiting.pop()
        waiting.push(step)
        while ((waiting[first] ?? 0) < step - count) first += 1
        const from = waiting[first] ?? step
        next[sum] = cost(from) + step
        used[sum] = step - from
      }
    }
    coins = next
    return used
  })
  return { coins, taken }
}

/**
 * The change that leaves the least unpaid and, of those, takes the fewest coins. `amount` 0..1 000 000 in the smallest unit. Never pays more than `amount`.
 */
export function makeChange<Id extends string>(amount: number, stocks: readonly Stock<Id>[]): Change<Id> {
  const unit = [amount, ...stocks.map(({ value }) => value)].reduce(greatestCommonDivisor)
  if (amount <= 0 || unit === 0) return { coins: [], rest: amount }
  const usable = stocks.filter(({ count }) => count > 0).sort((one, other) => other.value - one.value)
  const most = Math.min(amount, usable.reduce((sum, { value, count }) => sum + value * count, 0)) / unit
  const { coins, taken } = fewest(usable.map((stock) => ({ ...stock, value: stock.value / unit })), most)
  let sum = most
  while (coins[sum] === unreachable) sum -= 1
  const rest = amount - sum * unit
  const counts = usable.map(() => 0)
  for (let index = usable.length - 1; index >= 0; index -= 1) {
    counts[index] = taken[index]?.[sum] ?? 0
    sum -= ((usable[index]?.value ?? 0) / unit) * (counts[index] ?? 0)
  }
  return { coins: usable.map(({ id, value }, index) => ({ id, value, count: counts[index] ?? 0 })).filter(({ count }) => count > 0), rest }
}

/** Whether every sum that somebody may pay too much can be paid out: all multiples of the smallest coin taken that are less than the largest. */
export function canGiveChange(taken: readonly number[], stocks: readonly Stock[]): boolean {
  if (taken.length === 0) return true
  const unit = taken.reduce(greatestCommonDivisor)
  const most = Math.max(...taken) - unit
  if (most <= 0) return true
  const usable = stocks.filter(({ count, value }) => count > 0 && value % unit === 0).map((stock) => ({ ...stock, value: stock.value / unit }))
  return fewest(usable, most / unit).coins.every((coins) => coins !== unreachable)
}

/** Whether coins of these values, at most `most` of each, can make `price` exactly. */
export function canBePaid(price: number, values: readonly number[], most = unreachable): boolean {
  return makeChange(price, [...new Set(values)].map((value) => ({ id: String(value), value, count: Math.min(most, Math.ceil(price / value)) }))).rest === 0
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other)
}
