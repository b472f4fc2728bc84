import { expect, test } from 'vitest'
import { receiptHeader } from '../../main/contract/receipt.ts'
import { receiptCheck } from '../../main/submissions/receipt-check.ts'
import { keyOf, signingKey, submissionOf, trial } from './centre-fixture.ts'

test('every mode of answering does what it says', async () => {
  const { post, centre, clock, storage, get } = trial()
  const send = (n: number) => ({
    method: 'POST',
    path: '/v1/applications',
    headers: { 'content-type': 'application/json', 'idempotency-key': keyOf(n) },
    body: new TextEncoder().encode(JSON.stringify(submissionOf(n))),
  })

  await centre.hand('answers error')
  expect((await post(submissionOf(1))).status).toBe(500)
  await centre.hand('answers html')
  expect(await post(submissionOf(1))).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
  await centre.hand('answers malformed')
  const malformed = await centre.handle(send(1))
  expect(malformed?.status).toBe(200)
  expect(() => JSON.parse(new TextDecoder().decode(malformed?.body))).toThrow()
  expect(await storage.list(10)).toEqual([])

  await centre.hand('answers not-enrolled')
  expect(await post(submissionOf(1))).toMatchObject({ status: 403, json: { problem: 'not-allowed' } })
  await centre.hand('answers busy 7')
  expect(await post(submissionOf(1))).toMatchObject({ status: 429, headers: { 'retry-after': '7' } })
  expect(await storage.list(10)).toEqual([])

  await centre.hand('answers unsigned')
  expect((await post(submissionOf(5))).headers[receiptHeader]).toBeUndefined()
  await centre.hand('answers forged')
  const isSigned = receiptCheck([signingKey.publicKey])
  const signed = async () => {
    const { status, headers, text } = await get(`/v1/applications/${keyOf(5)}`)
    return isSigned({ status, headers, body: new TextEncoder().encode(text) })
  }
  expect(await signed()).toBe(false)
  await centre.hand('answers received')
  expect(await signed()).toBe(true)

  await centre.hand('answers lost')
  expect(await centre.handle(send(2))).toBeNull()
  await centre.hand('answers none')
  let answered = false
  void centre.handle(send(3)).then(() => (answered = true))
  await clock.advance(3_600_000)
  expect(answered).toBe(false)
  await centre.hand('answers late 5000')
  const late = centre.handle(send(4)).then(() => (answered = true))
  await clock.advance(4_999)
  expect(answered).toBe(false)
  await clock.advance(1)
  await late

  await centre.hand('answers received')
  for (const n of [2, 3, 4]) expect((await get(`/v1/applications/${keyOf(n)}`)).json).toMatchObject({ status: 'received' })
})

test('health and the public page answer whatever the mode', async () => {
  const { centre, get } = trial()
  for (const mode of ['error', 'html', 'none', 'lost', 'malformed', 'refused']) {
    await centre.hand(`answers ${mode}`)
    expect((await get('/v1/health')).text).toBe('{"status":"ok"}')
    expect((await get('/')).status).toBe(200)
  }
})

test('the operator passes on and records the decision, by key or by number, in that order only', async () => {
  const { post, centre, storage } = trial()
  await post(submissionOf(1))
  const { number } = submissionOf(1).envelope
  expect(await centre.hand(`decide ${number} approved`)).toBe(`error: ${keyOf(1)} is received`)
  expect(await centre.hand(`pass-on ${number}`)).toBe(`${keyOf(1)} passed on (a demonstration: nothing leaves this centre)`)
  expect(await centre.hand(`pass-on ${keyOf(1)}`)).toBe(`error: ${keyOf(1)} is passed-on`)
  expect(await centre.hand(`decide ${keyOf(1)} perhaps`)).toMatch(/^error: /)
  expect(await centre.hand(`decide ${keyOf(1)} declined`)).toContain('decided: declined')
  expect(await storage.find(keyOf(1))).toMatchObject({ stage: 'decided', decision: 'declined' })
})

test('the list is one line and names nothing personal', async () => {
  const { post, centre } = trial()
  expect(await centre.hand('list')).toBe('nothing here')
  await post(submissionOf(1))
  await centre.hand('answers refused closed')
  await post(submissionOf(2))
  expect(await centre.hand('list')).toBe(`2026-0000-0000-0002 ${keyOf(2)} demo-1 refused (closed) · 2026-0000-0000-0001 ${keyOf(1)} demo-1 received`)
  expect(await centre.hand('list 1')).not.toContain(keyOf(1))
})

test('words that mean nothing are said to, and change nothing', async () => {
  const { post, centre } = trial()
  for (const line of [
    '',
    'answer received',
    'answers',
    'answers refused whim',
    'answers late',
    'answers late soon',
    'answers busy',
    'answers received 5',
    'pass-on',
    'pass-on nobody',
    'decide',
    'rm -rf /',
  ])
    expect(await centre.hand(line)).toMatch(/^error: /)
  expect(await centre.hand('help')).toContain('answers received | refused <malformed|too-large|wrong-office|unknown-booth|closed>')
  expect((await post(submissionOf(1))).status).toBe(201)
})
