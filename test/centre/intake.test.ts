import { expect, test } from 'vitest'
import { centreAnswer, centreProblem } from '../../main/contract/submission.ts'
import { keyOf, sealedText, submissionOf, trial } from './centre-fixture.ts'

test('a new application is received, kept sealed, and answered with the time in Japan', async () => {
  const { post, storage } = trial()
  const sent = submissionOf(1)
  const told = await post(sent)
  expect(told.status).toBe(201)
  expect(centreAnswer.parse(told.json)).toEqual({
    status: 'received',
    key: keyOf(1),
    sha256: sent.envelope.sha256,
    receivedAt: '2026-11-21T10:00:00.000+09:00',
  })
  expect(await storage.sealed(keyOf(1))).toBe(sent.sealed)
})

test('F61 the same again is the same application and the same answer, however often and however late', async () => {
  const { post, get, storage, clock } = trial()
  const first = await post(submissionOf(1))
  await clock.advance(3_600_000)
  const again = await Promise.all(Array.from({ length: 10 }, () => post(submissionOf(1))))
  for (const told of again) expect(told).toMatchObject({ status: 200, json: first.json })
  expect((await get(`/v1/applications/${keyOf(1)}`)).json).toEqual(first.json)
  expect(await storage.list(10)).toHaveLength(1)
})

test('the same key with another content is a conflict, and the first stays', async () => {
  const { post, storage } = trial()
  const first = submissionOf(1)
  await post(first)
  const told = await post(submissionOf(1, {}, sealedText('something else')))
  expect(told).toMatchObject({ status: 409, json: { problem: 'conflict', key: keyOf(1) } })
  expect(await storage.sealed(keyOf(1))).toBe(first.sealed)
})

test('what the centre never got, it says it never got', async () => {
  const told = await trial().get(`/v1/applications/${keyOf(7)}`)
  expect(told.status).toBe(404)
  expect(centreProblem.parse(told.json)).toEqual({ problem: 'not-found', key: keyOf(7) })
})

test('a refusal for the form is final, kept without the content, and the same whenever it is asked for', async () => {
  const { post, get, storage, centre } = trial()
  expect(await centre.hand('answers refused closed')).toBe('answers refused closed')
  const told = await post(submissionOf(1))
  expect(told).toMatchObject({ status: 422, json: { status: 'refused', key: keyOf(1), reason: 'closed' } })
  await centre.hand('answers received')
  expect(await post(submissionOf(1))).toMatchObject({ status: 422, json: told.json })
  expect((await get(`/v1/applications/${keyOf(1)}`)).json).toEqual(told.json)
  expect(await storage.sealed(keyOf(1))).toBeNull()
})

test('only booths and offices that it knows are taken, and only what is sealed to the office on the envelope', async () => {
  const { post } = trial({ accepts: { booths: ['demo-1'], offices: ['DEMO-office'] } })
  expect((await post(submissionOf(1, { booth: 'stranger' }))).json).toMatchObject({ status: 'refused', reason: 'unknown-booth' })
  expect((await post(submissionOf(2, { office: 'other' }))).json).toMatchObject({ status: 'refused', reason: 'wrong-office' })
  expect((await post(submissionOf(3, {}, sealedText('x', { kid: 'other' })))).json).toMatchObject({ status: 'refused', reason: 'wrong-office' })
  expect((await post(submissionOf(4, {}, sealedText('x', { alg: 'dir' })))).json).toMatchObject({ status: 'refused', reason: 'malformed' })
  expect((await post(submissionOf(5, {}, 'not sealed at all'))).json).toMatchObject({ status: 'refused', reason: 'malformed' })
  expect((await post(submissionOf(6))).json).toMatchObject({ status: 'received' })
})

test('what is not the schema is not kept', async () => {
  const { post, storage } = trial()
  const good = submissionOf(1)
  const bytes = (text: string) => new TextEncoder().encode(text)
  const key = { 'idempotency-key': keyOf(1) }
  const malformed: readonly [unknown, Record<string, string>][] = [
    [good, { 'idempotency-key': keyOf(2) }],
    [good, { 'idempotency-key': '' }],
    [{ ...good, envelope: { ...good.envelope, individualNumber: '123456789018' } }, {}],
    [{ ...good, envelope: { ...good.envelope, name: 'Taro' } }, {}],
    [{ ...good, envelope: { ...good.envelope, sha256: 'f'.repeat(64) } }, {}],
    [{ ...good, envelope: { ...good.envelope, key: 'x' } }, key],
    [bytes(JSON.stringify(good).replace('"demo":true', '"demo":true,"demo":false')), key],
    [bytes(JSON.stringify(good).replace('{', '{"__proto__":{"demo":false},')), key],
    [bytes(JSON.stringify(good).slice(0, -20)), key],
    [bytes(`\uFEFF${JSON.stringify(good)}`), key],
    [new Uint8Array(), key],
    [Buffer.from(JSON.stringify(good), 'utf16le'), key],
  ]
  for (const [body, headers] of malformed) expect(await post(body, headers)).toMatchObject({ status: 400, json: { problem: 'malformed' } })
  expect(await post(good, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
  expect(await storage.list(10)).toEqual([])
})

test('an application at the limit is taken, one above it is not', async () => {
  const { post } = trial()
  const head = sealedText('')
  const atLimit = head.replace(/\.\.(\w+)$/, (_, tag: string) => `.${'A'.repeat(16_000_000 - head.length)}.${tag}`)
  expect(atLimit.length).toBe(16_000_000)
  expect((await post(submissionOf(1, {}, atLimit))).status).toBe(201)
  expect((await post(submissionOf(2, {}, `${atLimit}A`))).status).toBe(400)
  expect(await post(new Uint8Array(16_100_001), { 'idempotency-key': keyOf(3) })).toMatchObject({ status: 413, json: { problem: 'too-large' } })
})

test('a storage that cannot work is "not now", and nothing is promised', async () => {
  const { post, storage } = trial()
  await storage.close()
  expect(await post(submissionOf(1))).toMatchObject({ status: 503, json: { problem: 'busy' } })
})
