import { expect, test } from 'vitest'
import type { CentreReply } from '../../../main/contract/centre-wire.ts'
import { seededRandom } from '../../../main/commands/demo/random.ts'
import { keyOf, type Trial, trial } from '../../centre/centre-fixture.ts'
import { dead, finals, type Harness, harness, hour, minute, numberOf } from './outbox-fixture.ts'

const seeds = [1, 2, 3, 4, 5]
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
const well: Harness['line'] = (request, toCentre) => toCentre(request)
const replying =
  (status: number, headers: Record<string, string> = {}, body = '<p>Welcome'): Harness['line'] =>
  async () => ({ status, headers: { 'content-type': 'text/html', ...headers }, body: new TextEncoder().encode(body) })
const never = () => new Promise<CentreReply | null>(() => {})
const random = (seed: number) => {
  const chance = seededRandom(seed)
  return () => chance.next()
}
/** What arrived at the centre, in the order in which it did. */
const arrived = async ({ storage }: Trial) => (await storage.list(1000)).map(({ envelope }) => numberOf(envelope.key)).toReversed()

test.each(['busy 3600', 'busy 20', 'error', 'html', 'malformed', 'none', 'lost', 'unsigned', 'not-enrolled'])(
  'the centre answers "%s" for half an hour while its health is well: nobody overtakes anybody, and each arrives once',
  async (mode) => {
    for (const seed of seeds) {
      const there = trial()
      const on = harness(there, { queued: numbers(1, 5), random: random(seed) })
      await there.centre.hand(`answers ${mode}`)
      on.outbox.start()
      await on.clock.advance(hour / 2)
      await there.centre.hand('answers received')
      await on.clock.advance(3 * hour)
      expect(await arrived(there)).toEqual(numbers(1, 5))
      expect(finals(on)).toHaveLength(5)
    }
  },
)

test.each<[string, Harness['line']]>([
  ['no line', dead],
  ['a black hole', never],
  ['408', replying(408)],
  ['425', replying(425)],
  ['429 without a wish', replying(429)],
  ['429 with a wish', replying(429, { 'retry-after': '600' })],
  ['500', replying(500)],
  ['503', replying(503)],
  ['503 with a wish', replying(503, { 'retry-after': '600' })],
  ['a redirect', replying(302, { location: 'https://portal.example/' })],
  ['a page', replying(200)],
])('every answer is "%s" for half an hour: afterwards nobody overtakes anybody, and each arrives once', async (_, ill) => {
  for (const seed of seeds) {
    const there = trial()
    const on = harness(there, { queued: numbers(1, 5), random: random(seed) })
    on.line = ill
    on.outbox.start()
    await on.clock.advance(hour / 2)
    on.line = well
    await on.clock.advance(3 * hour)
    expect(await arrived(there)).toEqual(numbers(1, 5))
    expect(finals(on)).toHaveLength(5)
  }
})

test('a line that changes between all kinds of trouble every few minutes: nobody overtakes anybody', async () => {
  const ills = [dead, replying(429, { 'retry-after': '90' }), replying(500), replying(200), replying(302), replying(503, { 'retry-after': '30' })]
  for (const seed of numbers(1, 20)) {
    const there = trial()
    const chance = random(seed)
    const on = harness(there, { queued: numbers(1, 20), random: chance })
    on.outbox.start()
    for (let turn = 0; turn < 30; turn += 1) {
      const ill = ills[Math.floor(chance() * ills.length)] ?? dead
      const withHealth = chance() < 0.5
      on.line = (request, toCentre) => (withHealth || request.path !== '/v1/health' ? ill(request, toCentre) : toCentre(request))
      await on.clock.advance(chance() * 5 * minute)
    }
    on.line = well
    await on.clock.advance(3 * hour)
    expect(await arrived(there)).toEqual(numbers(1, 20))
  }
})

test.each<[string, Harness['line']]>([
  ['500', replying(500)],
  ['503', replying(503)],
  ['a page', replying(200)],
  ['no answer in time', never],
])('applications to which the centre always says "%s" are set aside: those behind them arrive in order, and the next resident is told at once', async (_, ill) => {
  for (const seed of seeds) {
    const there = trial()
    const on = harness(there, { queued: numbers(1, 8), random: random(seed) })
    const isIll = (text: string) => [1, 2, 5].some((n) => text.includes(keyOf(n)))
    on.line = (request, toCentre) => (isIll(`${request.headers['idempotency-key']} ${request.path}`) ? ill(request, toCentre) : toCentre(request))
    on.outbox.start()
    await on.clock.advance(hour)
    expect(await arrived(there)).toEqual([3, 4, 6, 7, 8])
    // What only they meet is no trouble of the line.
    expect(on.faults.at(-1)).toBe('-centre-unreachable heard')
    await on.clock.advance(hour)
    expect(on.faults.at(-1)).toBe('-centre-unreachable heard')
    on.queue(9)
    on.outbox.submitNow(keyOf(9))
    await on.clock.advance(10)
    expect(finals(on).at(-1)).toMatchObject({ key: keyOf(9), result: { status: 'received' } })
    expect(on.waiting.map(({ key }) => numberOf(key))).toEqual([1, 2, 5])
    // They are asked for seldom, and taken as soon as the centre can.
    const before = on.said.length
    await on.clock.advance(hour)
    expect(on.said.slice(before).filter((one) => one !== 'health').length).toBeLessThan(12)
    on.line = well
    await on.clock.advance(2 * hour)
    expect(on.waiting).toEqual([])
  }
})

test('in the stead of one that failed again and again the oldest of those that came later is tried first, and the next one only when that failed too', async () => {
  for (const alone of [3, 10, 40, 200].map((minutes) => minutes * minute)) {
    const on = harness(trial(), { queued: [1] })
    on.line = async (request, toCentre) => (request.path === '/v1/health' ? toCentre(request) : replying(500)(request, toCentre))
    on.outbox.start()
    await on.clock.advance(alone)
    const before = on.said.length
    for (const n of [2, 3, 4]) on.queue(n)
    await on.clock.advance(6 * hour)
    const others = on.said.slice(before).filter((one) => one.startsWith('send') && one !== 'send 1')
    expect(others.slice(0, 3)).toEqual(['send 2', 'send 3', 'send 4'])
  }
})

test('F63 a centre that wishes to be left alone for an hour is: no question for its health, no application, not even of the resident who stands there', async () => {
  for (const ill of [replying(429, { 'retry-after': '3600' }), replying(503, { 'retry-after': '3600' })]) {
    const there = trial()
    const on = harness(there)
    on.line = ill
    on.outbox.start()
    await on.clock.advance(0)
    for (const n of numbers(1, 10)) {
      on.queue(n)
      on.outbox.submitNow(keyOf(n))
      await on.clock.advance(minute)
    }
    await on.clock.advance(hour - 10 * minute - 1)
    expect(on.said).toEqual(['health'])
    expect(on.waiting).toHaveLength(10)
    on.line = well
    await on.clock.advance(hour)
    expect(await arrived(there)).toEqual(numbers(1, 10))
    expect(on.said.filter((one) => one.startsWith('send'))).toEqual(numbers(1, 10).map((n) => `send ${n}`))
    expect(on.faults.at(-1)).toBe('-centre-unreachable heard')
  }
})

test('F63 a wish that comes with an application holds the others and the question for health as well; once it is over the next resident is served at once', async () => {
  const there = trial()
  const on = harness(there)
  on.outbox.start()
  await there.centre.hand('answers busy 600')
  await on.clock.advance(0)
  for (const n of [1, 2]) {
    on.queue(n)
    on.outbox.submitNow(keyOf(n))
    await on.clock.advance(minute)
  }
  await there.centre.hand('answers received')
  await on.clock.advance(8 * minute - 1)
  expect(on.said).toEqual(['health', 'send 1'])
  await on.clock.advance(1)
  expect(await arrived(there)).toEqual([1, 2])
  on.queue(3)
  on.outbox.submitNow(keyOf(3))
  await on.clock.advance(0)
  expect(finals(on).at(-1)).toMatchObject({ key: keyOf(3), result: { status: 'received' } })
})

test('F63 an application that its resident left behind while the centre wished to be left alone leaves as soon as that is over', async () => {
  const there = trial()
  const on = harness(there)
  on.line = replying(503, { 'retry-after': '10' })
  on.outbox.start()
  await on.clock.advance(0)
  on.line = well
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(9_999)
  expect(on.said).toEqual(['health'])
  await on.clock.advance(1)
  expect(await arrived(there)).toEqual([1])
})
