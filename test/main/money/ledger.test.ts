import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSettled, type MoneyMove, moveMoney, noMoney, type VisitMoney } from '../../../main/money/ledger.ts'

const amount = fc.oneof(fc.constantFrom(10, 50, 100, 500, 800), fc.integer({ min: -5, max: 2000 }), fc.double({ noNaN: false }))
const currency = fc.constantFrom('JPY', 'JPY', 'JPY', 'TWD')
// Few keys and mostly one price, so that long ways through the ledger come up by chance and not only short refusals.
const key = fc.constantFrom('a-1', 'a-2')
const price = fc.constantFrom(500, 500, 500, 0, 800)
const anyMove: fc.Arbitrary<MoneyMove> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ move: fc.constant('insert' as const), amount, currency }) },
  { weight: 3, arbitrary: fc.record({ move: fc.constant('set-aside' as const), key, price }) },
  { weight: 3, arbitrary: fc.record({ move: fc.constant('queue' as const), key, price }) },
  fc.record({ move: fc.constant('release' as const), key }),
  fc.record({ move: fc.constant('release-unqueued' as const) }),
  {
    weight: 3,
    arbitrary: fc.record({
      move: fc.constant('answer' as const),
      key,
      status: fc.constantFrom('received' as const, 'refused' as const, 'parked' as const),
    }),
  },
  fc.record({ move: fc.constant('owe' as const), amount, currency }),
  fc.record({ move: fc.constant('end' as const) }),
)

/** Long ways: most of them reach an answer. */
const moves = fc.array(anyMove, { maxLength: 60, size: 'max' })

function sum(money: VisitMoney, ...statuses: readonly string[]): number {
  return [...money.items.values()].filter((item) => statuses.includes(item.status)).reduce((total, item) => total + item.price, 0)
}

/** Carries out moves that must all be possible. */
function after(...way: readonly MoneyMove[]): VisitMoney {
  return way.reduce<VisitMoney>((money, move) => {
    const done = moveMoney(money, move)
    if (!done.ok) throw new Error(`${move.move}: ${done.fault}`)
    return done.money
  }, noMoney)
}

const paid: readonly MoneyMove[] = [
  { move: 'insert', amount: 500, currency: 'JPY' },
  { move: 'insert', amount: 500, currency: 'JPY' },
]

test('I2 whatever happens in whatever order, every coin lies in exactly one place and none is negative', () => {
  fc.assert(
    fc.property(moves, (way) => {
      let money = noMoney
      let fallen = 0
      for (const move of way) {
        const done = moveMoney(money, move)
        if (!done.ok) continue
        if (move.move === 'insert') fallen += move.amount
        money = done.money
        expect(money.inserted).toBe(fallen)
        expect(money.inserted - money.credit - money.parked - money.earned - money.owed).toBe(0)
        expect(Math.min(money.credit, money.parked, money.earned, money.owed)).toBeGreaterThanOrEqual(0)
        expect(money.parked).toBe(sum(money, 'confirmed', 'waiting', 'parked'))
        expect(money.earned).toBe(sum(money, 'received'))
      }
    }),
    { numRuns: 500 },
  )
})

test('I2 what was earned or is owed never becomes less, whatever happens after it', () => {
  fc.assert(
    fc.property(moves, (way) => {
      let money = noMoney
      for (const move of way) {
        const done = moveMoney(money, move)
        if (!done.ok) continue
        expect(done.money.earned).toBeGreaterThanOrEqual(money.earned)
        expect(done.money.owed).toBeGreaterThanOrEqual(money.owed)
        money = done.money
      }
    }),
  )
})

test('I2 any visit can be brought to an end in which every coin is earned, owed or parked', () => {
  fc.assert(
    fc.property(moves, (way) => {
      let money = noMoney
      for (const move of way) {
        const done = moveMoney(money, move)
        if (done.ok) money = done.money
      }
      const freed = moveMoney(money, { move: 'release-unqueued' })
      if (freed.ok) money = freed.money
      if (money.credit > 0 && money.currency !== null) {
        const owed = moveMoney(money, { move: 'owe', amount: money.credit, currency: money.currency })
        expect(owed.ok).toBe(true)
        if (owed.ok) money = owed.money
      }
      if (!money.ended) {
        const ended = moveMoney(money, { move: 'end' })
        if (ended.ok) money = ended.money
      }
      expect(isSettled(money)).toBe(true)
      expect(money.inserted).toBe(money.earned + money.owed + money.parked)
    }),
  )
})

test('a received application earns its price and the change is owed', () => {
  const money = after(
    ...paid,
    { move: 'set-aside', key: 'a-1', price: 800 },
    { move: 'queue', key: 'a-1', price: 800 },
    { move: 'answer', key: 'a-1', status: 'received' },
    { move: 'owe', amount: 200, currency: 'JPY' },
    { move: 'end' },
  )
  expect(money).toMatchObject({ inserted: 1000, credit: 0, parked: 0, earned: 800, owed: 200 })
  expect(isSettled(money)).toBe(true)
})

test('a refused application earns nothing: all of it is owed', () => {
  const money = after(
    ...paid,
    { move: 'set-aside', key: 'a-1', price: 800 },
    { move: 'queue', key: 'a-1', price: 800 },
    { move: 'answer', key: 'a-1', status: 'refused' },
    { move: 'owe', amount: 1000, currency: 'JPY' },
    { move: 'end' },
  )
  expect(money).toMatchObject({ earned: 0, owed: 1000, parked: 0, credit: 0 })
})

test('a family settles each application for itself: one earned, one parked, one never queued and owed', () => {
  const money = after(
    ...paid,
    ...paid,
    ...paid,
    { move: 'set-aside', key: 'a-1', price: 800 },
    { move: 'queue', key: 'a-1', price: 800 },
    { move: 'answer', key: 'a-1', status: 'received' },
    { move: 'set-aside', key: 'a-2', price: 800 },
    { move: 'queue', key: 'a-2', price: 800 },
    { move: 'set-aside', key: 'a-3', price: 800 },
    { move: 'release', key: 'a-3' },
    { move: 'owe', amount: 1400, currency: 'JPY' },
    { move: 'end' },
    { move: 'answer', key: 'a-2', status: 'parked' },
  )
  expect(money).toMatchObject({ inserted: 3000, credit: 0, parked: 800, earned: 800, owed: 1400 })
})

test('what cannot be is refused by name', () => {
  const refusal = (money: VisitMoney, move: MoneyMove) => {
    const done = moveMoney(money, move)
    return done.ok ? 'done' : done.fault
  }
  const ended = after({ move: 'end' })
  const sold = after(...paid, { move: 'set-aside', key: 'a-1', price: 800 })
  expect(refusal(after(...paid), { move: 'set-aside', key: 'a-1', price: 1001 })).toBe('not-enough-credit')
  expect(refusal(sold, { move: 'set-aside', key: 'a-1', price: 100 })).toBe('bad-order')
  expect(refusal(sold, { move: 'queue', key: 'a-1', price: 100 })).toBe('bad-amount')
  expect(refusal(sold, { move: 'answer', key: 'a-1', status: 'received' })).toBe('bad-order')
  expect(refusal(sold, { move: 'owe', amount: 201, currency: 'JPY' })).toBe('not-enough-credit')
  expect(refusal(sold, { move: 'owe', amount: 100, currency: 'TWD' })).toBe('bad-currency')
  expect(refusal(sold, { move: 'insert', amount: 100, currency: 'TWD' })).toBe('bad-currency')
  expect(refusal(noMoney, { move: 'insert', amount: 0.5, currency: 'JPY' })).toBe('bad-amount')
  expect(refusal(noMoney, { move: 'insert', amount: -10, currency: 'JPY' })).toBe('bad-amount')
  expect(refusal(ended, { move: 'set-aside', key: 'a-1', price: 0 })).toBe('visit-ended')
  expect(refusal(ended, { move: 'end' })).toBe('visit-ended')
})

test('a visit cannot stay ended with credit or with an application half on its way', () => {
  expect(isSettled(after(...paid, { move: 'end' }))).toBe(false)
  expect(isSettled(after(...paid, { move: 'set-aside', key: 'a-1', price: 1000 }, { move: 'end' }))).toBe(false)
  expect(isSettled(after(...paid))).toBe(true)
})
