import { expect, test } from 'vitest'
import { backOffMs } from '../../../main/submissions/back-off.ts'
import { envelopeOf, slipCodeHash } from '../../../main/submissions/envelope.ts'
import { keyOf, sha256, slip, trial } from '../../centre/centre-fixture.ts'
import { dead, finals, harness, hour, minute, numberOf } from './outbox-fixture.ts'

test('an application is sent at once when its resident stands there, and the answer comes back', async () => {
  const there = trial()
  const on = harness(there)
  on.outbox.start()
  await on.clock.advance(0)
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(0)
  expect(on.results).toMatchObject([{ key: keyOf(1), result: { status: 'received' } }])
  expect(on.said).toEqual(['health', 'send 1'])
  await on.clock.advance(hour)
  expect(on.sends(1)).toBe(1)
  const kept = await there.storage.find(keyOf(1))
  expect(kept?.envelope).toMatchObject({ booth: 'demo-1', demo: true, codeHash: sha256(`2026-0000-0000-0001:${slip.code}`) })
})

test('what the centre refuses comes back as refused, and once', async () => {
  const on = harness(trial({ answers: { mode: 'refused', reason: 'closed' } }))
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(hour)
  expect(on.results).toMatchObject([{ result: { status: 'refused', reason: 'closed' } }])
})

test('F61 the centre keeps it and the reply is lost: the booth asks before it sends again, and there is one application', async () => {
  const there = trial()
  const on = harness(there)
  on.outbox.start()
  await there.centre.hand('answers lost')
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(0)
  expect(on.results).toMatchObject([{ result: { status: 'unknown', reason: 'unreachable' } }])
  await there.centre.hand('answers received')
  await on.clock.advance(minute)
  expect(finals(on)).toMatchObject([{ result: { status: 'received' } }])
  expect(on.said.filter((one) => one !== 'health')).toEqual(['send 1', 'ask 1'])
  expect(await there.storage.list(10)).toHaveLength(1)
})

test('F61 the request is lost: the centre says that it has nothing, and the same key is sent again', async () => {
  const there = trial()
  const on = harness(there)
  on.outbox.start()
  await on.clock.advance(0)
  on.line = dead
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(0)
  on.line = (request, toCentre) => toCentre(request)
  await on.clock.advance(minute)
  expect(finals(on)).toHaveLength(1)
  expect(on.said.filter((one) => one !== 'health')).toEqual(['send 1', 'ask 1', 'send 1'])
  expect(await there.storage.list(10)).toHaveLength(1)
})

test('F61 what is found waiting at start may have been sent by a booth that died: it is asked for first', async () => {
  const there = trial()
  const before = harness(there, { queued: [] })
  before.outbox.start()
  before.queue(1)
  before.outbox.submitNow(keyOf(1))
  await before.clock.advance(0)
  before.outbox.stop()

  const on = harness(there, { queued: [1, 2] })
  on.outbox.start()
  await on.clock.advance(minute)
  expect(on.said.filter((one) => one !== 'health')).toEqual(['ask 1', 'ask 2', 'send 2'])
  expect(finals(on)).toHaveLength(2)
  expect(await there.storage.list(10)).toHaveLength(2)
})

test('a black hole: the try ends after 30 s, and the next asks first', async () => {
  const there = trial({ answers: { mode: 'none' } })
  const on = harness(there)
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(29_999)
  expect(on.results).toEqual([])
  await on.clock.advance(1)
  expect(on.results).toMatchObject([{ result: { status: 'unknown', reason: 'timeout' } }])
  await there.centre.hand('answers received')
  await on.clock.advance(minute)
  expect(finals(on)).toMatchObject([{ result: { status: 'received' } }])
  expect(on.sends(1)).toBe(1)
})

test('F63 5xx for two days: tries from seconds up to an hour apart, never closer than 1 s, never given up, sent once', async () => {
  const there = trial({ answers: { mode: 'error' } })
  const on = harness(there, { random: () => 0.9 })
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(48 * hour)
  const gaps = on.results.slice(1).map(({ at }, index) => at - (on.results[index]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(hour)
  expect(gaps.slice(0, 4).every((gap, index) => index === 0 || gap > (gaps[index - 1] ?? 0))).toBe(true)
  expect(gaps.length).toBeGreaterThan(48)
  expect(gaps.length).toBeLessThan(80)
  expect(on.results.every(({ result }) => result.status === 'unknown')).toBe(true)
  await there.centre.hand('answers received')
  await on.clock.advance(hour)
  expect(finals(on)).toHaveLength(1)
  expect(await there.storage.list(10)).toHaveLength(1)
})

test('F63 Retry-After is honoured within its bounds', async () => {
  for (const [header, soonest, latest] of [
    ['120', 120_000, 121_000],
    ['999999999', hour, hour + 1000],
    ['0', 1000, 3000],
    ['-1', 1000, 3000],
    ['soon', 1000, 3000],
  ] as const) {
    const on = harness()
    on.line = async () => ({ status: 503, headers: { 'retry-after': header, 'content-type': 'text/plain' }, body: new Uint8Array() })
    on.outbox.start()
    on.queue(1)
    on.outbox.submitNow(keyOf(1))
    await on.clock.advance(2 * hour)
    const [first, second] = on.results
    const gap = (second?.at ?? 0) - (first?.at ?? 0)
    expect(gap).toBeGreaterThanOrEqual(soonest)
    expect(gap).toBeLessThanOrEqual(latest)
  }
})

test('H08 the wait stays within 1 s and 1 h for every number of failures and all chance', () => {
  for (const failures of [1, 2, 5, 11, 12, 40, 10_000])
    for (const chance of [0, 0.25, 0.999999])
      for (const wish of [null, 1000, 3_600_000]) {
        const wait = backOffMs(failures, chance, wish)
        expect(wait).toBeGreaterThanOrEqual(Math.max(1000, wish ?? 0))
        expect(wait).toBeLessThanOrEqual(hour)
      }
  expect(backOffMs(3, 0.2, null)).not.toBe(backOffMs(3, 0.8, null))
})

test('F65 a captive portal: nothing counts as sent, and once it is gone everything is sent once', async () => {
  const there = trial({ answers: { mode: 'html' } })
  const on = harness(there)
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(10 * minute)
  expect(finals(on)).toEqual([])
  expect(on.results.length).toBeGreaterThan(3)
  expect(await there.storage.list(10)).toEqual([])
  await there.centre.hand('answers received')
  await on.clock.advance(hour)
  expect(finals(on)).toMatchObject([{ result: { status: 'received' } }])
  expect(await there.storage.list(10)).toHaveLength(1)
})

test('F65 a captive portal that answers the question for health too is not the centre', async () => {
  const on = harness()
  on.line = async () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: new TextEncoder().encode('<p>Welcome') })
  on.outbox.start()
  await on.clock.advance(10 * minute)
  expect(on.faults).toEqual(['+centre-unreachable not-the-centre'])
})

test('F59 a week without a network: afterwards 210 applications leave in their order, each once', async () => {
  const there = trial()
  const on = harness(there, { limits: { maximumWaiting: 500, maximumWaitingHours: 720 } })
  on.line = dead
  on.outbox.start()
  for (let n = 1; n <= 210; n += 1) {
    on.queue(n)
    on.outbox.submitNow(keyOf(n))
    await on.clock.advance((7 * 24 * hour) / 210)
  }
  expect(finals(on)).toEqual([])
  on.line = (request, toCentre) => toCentre(request)
  await on.clock.advance(10 * minute)
  expect(finals(on).map(({ key }) => numberOf(key))).toEqual(Array.from({ length: 210 }, (_, index) => index + 1))
  const kept = await there.storage.list(1000)
  expect(kept.map(({ envelope }) => numberOf(envelope.key)).toReversed()).toEqual(Array.from({ length: 210 }, (_, index) => index + 1))
  expect(on.waiting).toEqual([])
})

test('F60 ten seconds up, ten seconds down for an hour: nothing twice, nothing left, and the line is not stormed', async () => {
  const there = trial()
  const on = harness(there)
  on.line = (request, toCentre) => (Math.floor(on.clock.monotonic() / 10_000) % 2 === 0 ? toCentre(request) : dead())
  on.outbox.start()
  for (let n = 1; n <= 60; n += 1) {
    on.queue(n)
    on.outbox.submitNow(keyOf(n))
    await on.clock.advance(minute)
  }
  await on.clock.advance(10 * minute)
  expect(finals(on)).toHaveLength(60)
  expect(await there.storage.list(1000)).toHaveLength(60)
  for (let n = 1; n <= 60; n += 1) expect(on.sends(n)).toBeLessThanOrEqual(2)
  expect(on.said.length).toBeLessThan(60 * 10)
})

test('a final refusal is parked: told once, never sent again, and the others go on', async () => {
  for (const status of [400, 409, 413, 422]) {
    const on = harness()
    on.line = (request, toCentre) =>
      request.headers['idempotency-key'] === keyOf(1)
        ? Promise.resolve({ status, headers: { 'content-type': 'text/plain' }, body: new Uint8Array() })
        : toCentre(request)
    on.outbox.start()
    for (const n of [1, 2]) {
      on.queue(n)
      on.outbox.submitNow(keyOf(n))
    }
    await on.clock.advance(3 * hour)
    expect(finals(on)).toMatchObject([{ result: { status: 'parked', reason: `http-${status}` } }, { result: { status: 'received' } }])
    expect(on.sends(1)).toBe(1)
  }
})

test('an application that the centre always chokes on does not hold back the others', async () => {
  const on = harness()
  on.line = (request, toCentre) =>
    request.headers['idempotency-key'] === keyOf(1)
      ? Promise.resolve({ status: 500, headers: { 'content-type': 'text/plain' }, body: new Uint8Array() })
      : toCentre(request)
  on.outbox.start()
  for (const n of [1, 2, 3, 4, 5]) on.queue(n)
  await on.clock.advance(5 * minute)
  expect(finals(on).map(({ key }) => numberOf(key))).toEqual([2, 3, 4, 5])
  expect(on.waiting.map(({ key }) => numberOf(key))).toEqual([1])
})

test('H03 an answer for another application is not taken for this one', async () => {
  const on = harness()
  on.line = async (request, toCentre) => {
    const reply = await toCentre(request)
    return reply && { ...reply, body: new TextEncoder().encode(new TextDecoder().decode(reply.body).replaceAll(keyOf(1), keyOf(2))) }
  }
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(10 * minute)
  expect(finals(on)).toEqual([])
  expect(on.faults.at(-1)).toBe('+centre-answer-forged not-signed')
})

test('whether the centre can be reached is told once that is known, and whenever it changes', async () => {
  const on = harness()
  on.outbox.start()
  expect(on.faults).toEqual([])
  await on.clock.advance(0)
  expect(on.faults).toEqual(['-centre-unreachable heard'])
  on.line = dead
  await on.clock.advance(minute)
  expect(on.faults.slice(1)).toEqual(['+centre-unreachable unreachable'])
  on.line = (request, toCentre) => toCentre(request)
  await on.clock.advance(minute)
  expect(on.faults.slice(2)).toEqual(['-centre-unreachable heard'])
  const silent = harness()
  silent.line = dead
  silent.outbox.start()
  await silent.clock.advance(0)
  expect(silent.faults).toEqual(['+centre-unreachable unreachable'])
})

test('a centre that is there and takes nothing stays a fault until it takes something', async () => {
  const there = trial({ answers: { mode: 'error' } })
  const on = harness(there)
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(10 * minute)
  expect(on.faults.at(-1)).toBe('+centre-unreachable http-500')
  await there.centre.hand('answers received')
  await on.clock.advance(hour)
  expect(on.faults.at(-1)).toBe('-centre-unreachable heard')
})

test('a queue that is full, or whose oldest is too old, is said, and said to be over', async () => {
  const on = harness(trial(), { limits: { maximumWaiting: 2, maximumWaitingHours: 24 } })
  on.line = dead
  on.outbox.start()
  for (const n of [1, 2]) on.queue(n)
  await on.clock.advance(minute)
  expect(on.faults.filter((one) => one.includes('outbox'))).toEqual([])
  on.queue(3)
  await on.clock.advance(minute)
  expect(on.faults.filter((one) => one.includes('outbox'))).toEqual(['+outbox-full 3 waiting, the oldest for 0 h'])
  on.line = (request, toCentre) => toCentre(request)
  await on.clock.advance(5 * minute)
  expect(on.faults.filter((one) => one.includes('outbox')).at(-1)).toMatch(/^-outbox-full/)

  const old = harness(trial(), { limits: { maximumWaiting: 200, maximumWaitingHours: 24 } })
  old.line = dead
  old.outbox.start()
  old.queue(1)
  await old.clock.advance(25 * hour)
  expect(old.faults.filter((one) => one.includes('outbox'))).toEqual(['+outbox-full 1 waiting, the oldest for 24 h'])
})

test('a sealed file that is gone or altered parks its application without a word to the centre', async () => {
  const on = harness(trial(), { lostFiles: [1] })
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(hour)
  expect(on.results).toMatchObject([{ result: { status: 'parked', reason: 'sealed-file-missing' } }])
  expect(on.said.filter((one) => one !== 'health')).toEqual([])
})

test('asking twice for the same application at once sends it once', async () => {
  const on = harness(trial({ answers: { mode: 'late', ms: 2000 } }))
  on.outbox.start()
  on.queue(1)
  for (let turn = 0; turn < 5; turn += 1) on.outbox.submitNow(keyOf(1))
  await on.clock.advance(minute)
  expect(on.sends(1)).toBe(1)
  expect(finals(on)).toHaveLength(1)
})

test('stopping ends what is under way at once, and tells nothing afterwards', async () => {
  const on = harness(trial({ answers: { mode: 'none' } }))
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(100)
  on.outbox.stop()
  await on.clock.advance(hour)
  expect(on.results).toEqual([])
  expect(on.sends(1)).toBe(1)
})

test('the envelope names nothing personal and holds the code only as a hash', () => {
  const on = harness()
  const item = on.queue(1)
  const envelope = envelopeOf(item, { id: 'demo-1', demo: true })
  expect(Object.keys(envelope).sort()).toEqual(['booth', 'codeHash', 'confirmedAt', 'demo', 'key', 'number', 'office', 'service', 'sha256'])
  expect(JSON.stringify(envelope)).not.toContain(item.code)
  expect(envelope.codeHash).toBe(slipCodeHash(item.number, item.code))
})
