import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CentreReply } from '../../../main/contract/centre-wire.ts'
import { httpExchange } from '../../../main/submissions/http-exchange.ts'
import { keyOf, signingKey, submissionOf, trial } from '../../centre/centre-fixture.ts'
import { receiptHeader } from '../../../main/contract/receipt.ts'
import { finals, harness, hour, minute, numberOf } from './outbox-fixture.ts'
import { until } from '../../support/until.ts'

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
const line = (faults: readonly string[]) => faults.filter((one) => one.includes('centre'))

test.each(['forged', 'unsigned'])('H04 answers that are %s: not success, not refusal, an alarm of its own; once the centre signs again each is received once', async (mode) => {
  const there = trial()
  const on = harness(there)
  on.outbox.start()
  await on.clock.advance(0)
  await there.centre.hand(`answers ${mode}`)
  for (const n of [1, 2]) {
    on.queue(n)
    on.outbox.submitNow(keyOf(n))
  }
  await on.clock.advance(2 * hour)
  expect(on.results.length).toBeGreaterThan(4)
  expect(on.results.every(({ result }) => result.status === 'unknown' && result.reason === 'forged')).toBe(true)
  // The centre is there and well, and that ends nothing.
  expect(on.said.filter((one) => one === 'health').length).toBeGreaterThan(10)
  expect(line(on.faults).slice(1)).toEqual(['+centre-answer-forged not-signed'])
  await there.centre.hand('answers received')
  await on.clock.advance(2 * hour)
  expect(finals(on).map(({ key, result }) => [numberOf(key), result.status]).toSorted()).toEqual([[1, 'received'], [2, 'received']])
  expect(await there.storage.list(10)).toHaveLength(2)
  expect(on.faults.at(-1)).toBe('-centre-answer-forged heard')
})

test('H04 a refusal, or "I have none", that the centre did not sign is not believed either', async () => {
  const there = trial()
  const on = harness(there)
  on.outbox.start()
  await on.clock.advance(0)
  const unsigned = (reply: CentreReply): CentreReply => ({ ...reply, headers: { ...reply.headers, [receiptHeader]: '' } })
  const { envelope } = submissionOf(1)
  on.line = async (request, toCentre) => {
    if (request.path === '/v1/health') return toCentre(request)
    return request.method === 'POST'
      ? unsigned({
          status: 422,
          headers: { 'content-type': 'application/json' },
          body: new TextEncoder().encode(JSON.stringify({ status: 'refused', key: envelope.key, sha256: envelope.sha256, reason: 'closed' })),
        })
      : unsigned({
          status: 404,
          headers: { 'content-type': 'application/json' },
          body: new TextEncoder().encode(JSON.stringify({ problem: 'not-found', key: envelope.key })),
        })
  }
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(2 * hour)
  expect(finals(on)).toEqual([])
  expect(on.sends(1)).toBe(1)
  expect(on.faults.at(-1)).toBe('+centre-answer-forged not-signed')
})

test('H03 an answer that the centre did sign, but for another application, is rejected with an alarm', async () => {
  const there = trial()
  const on = harness(there)
  on.outbox.start()
  await there.post(submissionOf(2))
  on.line = (request, toCentre) =>
    toCentre(request.path === '/v1/health' ? request : { ...request, method: 'GET', path: `/v1/applications/${keyOf(2)}` })
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(10 * minute)
  expect(finals(on)).toEqual([])
  expect(on.faults.at(-1)).toBe('+centre-answer-forged another-key')
  expect(await there.storage.find(keyOf(1))).toBeNull()
})

test.each([401, 403])('H06 %i: sending stops, the queue is kept, the centre is asked a few times an hour, and all leave in order once the booth is enrolled', async (status) => {
  const there = trial()
  const on = harness(there)
  on.outbox.start()
  await on.clock.advance(0)
  on.line = async (request, toCentre) =>
    request.path === '/v1/health'
      ? toCentre(request)
      : { status, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode('{"problem":"not-allowed","key":null}') }
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(0)
  expect(on.results).toMatchObject([{ result: { status: 'unknown', reason: 'refused-booth' } }])
  for (const n of numbers(2, 10)) {
    on.queue(n)
    on.outbox.submitNow(keyOf(n))
    await on.clock.advance(hour)
  }
  const sendsAndAsks = on.said.filter((one) => one !== 'health')
  expect(on.said.filter((one) => one.startsWith('send'))).toEqual(['send 1'])
  expect(sendsAndAsks.length).toBeGreaterThan(9)
  expect(sendsAndAsks.length).toBeLessThan(9 * 4)
  expect(line(on.faults).slice(1)).toEqual(['+centre-refused-booth not-allowed'])
  expect(on.waiting).toHaveLength(10)
  on.line = (request, toCentre) => toCentre(request)
  await on.clock.advance(hour)
  expect(finals(on).map(({ key, result }) => [numberOf(key), result.status])).toEqual(numbers(1, 10).map((n) => [n, 'received']))
  expect(on.faults.at(-1)).toBe('-centre-refused-booth heard')
})

test('H06 a centre that refuses the booth its health too is named so, and a restart asks at once', async () => {
  const there = trial()
  const refusing = harness(there)
  refusing.line = async () => ({ status: 401, headers: {}, body: new Uint8Array() })
  refusing.outbox.start()
  await refusing.clock.advance(hour)
  expect(refusing.faults).toEqual(['-centre-unreachable not-allowed', '+centre-refused-booth not-allowed'])
  refusing.outbox.stop()
  const again = harness(there, { queued: [1] })
  again.outbox.start()
  await again.clock.advance(10_000)
  expect(finals(again)).toMatchObject([{ result: { status: 'received' } }])
})

test('F63 H08 429 with its wish: kept to, with the queue in order and nobody sent twice', async () => {
  const there = trial()
  const on = harness(there, { queued: [1, 2, 3] })
  await there.centre.hand('answers busy 120')
  on.outbox.start()
  await on.clock.advance(hour)
  const tries = on.results.map(({ at }) => at)
  for (const [index, at] of tries.slice(1).entries()) expect(at - (tries[index] ?? 0)).toBeGreaterThanOrEqual(120_000)
  expect(finals(on)).toEqual([])
  await there.centre.hand('answers received')
  await on.clock.advance(2 * hour)
  expect(finals(on).map(({ key }) => numberOf(key))).toEqual([1, 2, 3])
  expect(numbers(1, 3).map((n) => on.sends(n))).toEqual([1, 1, 1])
})

test('F64 a final refusal that nobody can read: parked, said to staff, never dropped, never tried again', async () => {
  const on = harness()
  on.line = (request, toCentre) =>
    request.path === '/v1/health' ? toCentre(request) : Promise.resolve({ status: 418, headers: { 'content-type': 'text/plain' }, body: new Uint8Array() })
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(minute)
  expect(finals(on)).toMatchObject([{ result: { status: 'parked', reason: 'http-418' } }])
  await on.clock.advance(7 * 24 * hour)
  expect(on.faults).toContain('+application-parked 1 parked')
  expect(on.faults).not.toContain('-application-parked 0 parked')
  expect([on.sends(1), finals(on).length]).toEqual([1, 1])
})

test('a trouble that only an application could end is over with the centre’s health once none is left', async () => {
  const on = harness(trial({ answers: { mode: 'error' } }))
  on.outbox.start()
  on.queue(1)
  on.outbox.submitNow(keyOf(1))
  await on.clock.advance(10 * minute)
  expect(on.faults.at(-1)).toBe('+centre-unreachable http-500')
  on.waiting.splice(0)
  await on.clock.advance(minute)
  expect(on.faults.at(-1)).toBe('-centre-unreachable heard')
})

test('F62 a black hole and a byte a second on a real socket: each try ends after 30 s and closes its line, whatever comes', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-slow-'))
  const path = join(dir, 'line.sock')
  const open = new Set<Socket>()
  let mode: 'nothing' | 'drip' = 'nothing'
  let connections = 0
  const body = '{"status":"received"}'
  const drips: (() => void)[] = []
  const server = createServer((socket) => {
    connections += 1
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => {})
    socket.resume()
    if (mode === 'nothing') return
    const bytes = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length + 5000}\r\n\r\n${body}`
    let sent = 0
    drips.push(() => void (sent < bytes.length && socket.writable && socket.write(bytes.slice(sent, (sent += 1)))))
  })
  await new Promise<void>((done) => server.listen(path, done))
  try {
    for (const [n, kind] of [[1, 'nothing'], [2, 'drip']] as const) {
      mode = kind
      const on = harness(trial(), { exchange: httpExchange(path) })
      on.outbox.start()
      on.queue(n)
      on.outbox.submitNow(keyOf(n))
      await until(() => expect(open.size).toBe(2))
      for (let second = 0; second < 30; second += 1) {
        expect(on.results).toEqual([])
        for (const drip of drips) drip()
        await on.clock.advance(1000)
      }
      await until(() => expect(on.results).toMatchObject([{ result: { status: 'unknown', reason: 'timeout' } }]))
      expect(on.clock.monotonic()).toBe(30_000)
      on.outbox.stop()
      await until(() => expect(open.size).toBe(0))
    }
    expect(connections).toBeGreaterThanOrEqual(4)
  } finally {
    for (const socket of open) socket.destroy()
    await new Promise((done) => server.close(done))
    rmSync(dir, { recursive: true })
  }
})

test('I4 two booths that hold the same application under the same key: the centre keeps it once and answers both alike', async () => {
  const there = trial()
  const both = [harness(there, { queued: [1] }), harness(there, { queued: [1] })]
  for (const on of both) on.outbox.start()
  await there.clock.advance(minute)
  expect(both.map((on) => finals(on).map(({ result }) => result))).toMatchObject([[{ status: 'received' }], [{ status: 'received' }]])
  expect(finals(both[0] ?? harness())[0]?.result).toEqual(finals(both[1] ?? harness())[0]?.result)
  expect(await there.storage.list(10)).toHaveLength(1)
  expect(signingKey.publicKey.id).toMatch(/^DEMO-centre-/)
})
