import { expect, test } from 'vitest'
import { receiptHeader } from '../../../main/contract/receipt.ts'
import type { Exchanged } from '../../../main/submissions/exchange.ts'
import { readAsked, readRetryAfter, readSent } from '../../../main/submissions/read-answer.ts'
import type { ReceiptCheck } from '../../../main/submissions/receipt-check.ts'

const about = { key: `${'a'.repeat(32)}-1`, sha256: 'b'.repeat(64) }
const received = { status: 'received', ...about, receivedAt: '2026-11-21T10:00:05+09:00' }
const now = Date.UTC(2026, 10, 21, 1)

function came(status: number, body: unknown, headers: Record<string, string> = {}): Exchanged {
  const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
  return { ok: true, reply: { status, headers: { 'content-type': 'application/json', [receiptHeader]: 'by the centre', ...headers }, body: bytes } }
}
const isSigned: ReceiptCheck = ({ headers }) => headers[receiptHeader] === 'by the centre'
const sent = (exchanged: Exchanged) => readSent(exchanged, about, { isSigned, now })
const asked = (exchanged: Exchanged) => readAsked(exchanged, about, { isSigned, now })
const notUnderstood = { verdict: 'unknown', reason: 'not-understood' }

test('the centre’s own answer is believed', () => {
  expect(sent(came(201, received))).toEqual({ verdict: 'answer', answer: received })
  expect(sent(came(200, received, { 'content-type': 'application/json; charset=UTF-8' }))).toMatchObject({ verdict: 'answer' })
  const refused = { status: 'refused', ...about, reason: 'closed' }
  expect(sent(came(422, refused))).toEqual({ verdict: 'answer', answer: refused })
})

test('F65 H01 a page with status 200 is not success', () => {
  expect(sent(came(200, '<!doctype html><p>Please log in', { 'content-type': 'text/html' }))).toMatchObject(notUnderstood)
  expect(sent(came(200, '<!doctype html><p>Please log in'))).toMatchObject(notUnderstood)
  expect(sent(came(200, received, { 'content-type': 'text/html' }))).toMatchObject(notUnderstood)
  expect(asked(came(200, '<!doctype html>', { 'content-type': 'text/html' }))).toMatchObject(notUnderstood)
})

test('H02 JSON without what makes it a receipt is not success', () => {
  for (const body of [
    {},
    [],
    null,
    'received',
    { status: 'received' },
    { ...received, key: undefined },
    { ...received, receivedAt: undefined },
    { ...received, receivedAt: 'yesterday' },
    { ...received, status: 'accepted' },
  ])
    expect(sent(came(200, JSON.stringify(body)))).toMatchObject(notUnderstood)
})

test('H03 an answer about another application, or about other bytes, is rejected and named', () => {
  expect(sent(came(200, { ...received, key: `${'c'.repeat(32)}-1` }))).toMatchObject({ verdict: 'unknown', reason: 'forged', trouble: 'another-key' })
  expect(sent(came(200, { ...received, sha256: 'c'.repeat(64) }))).toMatchObject({ verdict: 'unknown', reason: 'forged', trouble: 'another-content' })
})

test('H04 an answer, a refusal or an absence without the centre’s signature is none of them', () => {
  const unsigned = { [receiptHeader]: 'by a stranger' }
  const refused = { status: 'refused', ...about, reason: 'closed' }
  for (const exchanged of [came(201, received, unsigned), came(200, received, unsigned), came(409, received, unsigned), came(422, refused, unsigned)]) {
    expect(sent(exchanged)).toMatchObject({ verdict: 'unknown', reason: 'forged', trouble: 'not-signed' })
    expect(asked(exchanged)).toMatchObject({ verdict: 'unknown', reason: 'forged', trouble: 'not-signed' })
  }
  expect(asked(came(404, { problem: 'not-found', key: about.key }, unsigned))).toMatchObject({ verdict: 'unknown', reason: 'forged' })
})

test('H05 a redirect is not success', () => {
  for (const status of [301, 302, 303, 307, 308])
    expect(sent(came(status, received, { location: 'https://elsewhere.example/' }))).toMatchObject({ ...notUnderstood, trouble: 'redirect' })
})

test('401 and 403 settle nothing: the application stays in the queue', () => {
  for (const status of [401, 403]) expect(sent(came(status, received))).toMatchObject({ verdict: 'unknown', reason: 'refused-booth', trouble: 'not-allowed' })
})

test('H07 a final refusal is parked for a person; with the same content it is as good as received', () => {
  for (const status of [400, 404, 405, 409, 410, 413, 418, 422]) {
    expect(sent(came(status, { problem: 'conflict', key: about.key }))).toEqual({ verdict: 'parked', reason: `http-${status}` })
    expect(sent(came(status, '<p>no', { 'content-type': 'text/html' }))).toEqual({ verdict: 'parked', reason: `http-${status}` })
  }
  expect(sent(came(409, received))).toMatchObject({ verdict: 'answer', answer: { status: 'received' } })
  expect(sent(came(409, { ...received, sha256: 'c'.repeat(64) }))).toEqual({ verdict: 'parked', reason: 'http-409' })
})

test('F63 H08 "not now" keeps the application and takes the wish to wait within 1 s and 1 h', () => {
  for (const status of [408, 425, 429, 500, 502, 503, 504])
    expect(sent(came(status, ''))).toMatchObject({ verdict: 'unknown', reason: 'server-error', trouble: `http-${status}` })
  expect(sent(came(503, '', { 'retry-after': '120' }))).toMatchObject({ retryAfterMs: 120_000 })
  const wishes: readonly [string, number | null][] = [
    ['-1', 1000],
    ['0', 1000],
    ['5', 5000],
    ['999999999', 3_600_000],
    ['soon', null],
    ['', null],
    ['Sat, 21 Nov 2026 00:59:00 GMT', 1000],
    ['Sat, 21 Nov 2026 01:00:30 GMT', 30_000],
    ['Fri, 31 Dec 2099 23:59:59 GMT', 3_600_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 1000],
  ]
  for (const [header, expected] of wishes) expect(readRetryAfter(header, now)).toBe(expected)
  expect(readRetryAfter(undefined, now)).toBeNull()
})

test('H11 JSON that is cut off is not success', () => {
  const whole = JSON.stringify(received)
  for (let length = 0; length < whole.length; length += 1) expect(sent(came(200, whole.slice(0, length)))).toMatchObject(notUnderstood)
})

test('H13 names twice, foreign names and numbers that are none are refused', () => {
  const whole = JSON.stringify(received)
  for (const body of [
    whole.replace('{', '{"__proto__":{"status":"received"},'),
    whole.replace('{', '{"constructor":1,'),
    whole.replace('{', '{"status":"refused",'),
    whole.replace('}', ',"key":"x"}'),
    whole.replace('{', '{"st\\u0061tus":"refused",'),
    whole.replace('{', '{"amount":1e309,'),
    whole.replace('{', '{"amount":9007199254740993,'),
    whole.replace('{', '{"amount":NaN,'),
    `[${whole}]`,
    `${whole}${whole}`,
    '['.repeat(500_000),
    `${'['.repeat(500_000)}${']'.repeat(500_000)}`,
  ])
    expect(sent(came(200, body))).toMatchObject(notUnderstood)
})

test('H14 anything but UTF-8 without a mark is refused', () => {
  const text = JSON.stringify(received)
  expect(sent(came(200, new Uint8Array(Buffer.from(text, 'utf16le'))))).toMatchObject(notUnderstood)
  expect(sent(came(200, `\uFEFF${text}`))).toMatchObject(notUnderstood)
  expect(sent(came(200, new Uint8Array([...Buffer.from(text.slice(0, -1)), 0x8e, 0x6e, 0x7d])))).toMatchObject(notUnderstood)
  for (const charset of ['shift_jis', 'utf-16', 'iso-8859-1'])
    expect(sent(came(200, text, { 'content-type': `application/json; charset=${charset}` }))).toMatchObject(notUnderstood)
})

test('H15 H16 cookies, dates and advice in the head change nothing', () => {
  const headers = {
    'set-cookie': 'a=b',
    'clear-site-data': '"*"',
    link: '<https://x.example>; rel=canonical',
    refresh: '0; url=https://x.example',
    date: 'Thu, 01 Jan 1970 00:00:00 GMT',
  }
  expect(sent(came(201, received, headers))).toEqual({ verdict: 'answer', answer: received })
})

test('only the centre’s own word that it has nothing makes a second sending possible', () => {
  const absent = { problem: 'not-found', key: about.key }
  expect(asked(came(404, absent))).toEqual({ verdict: 'absent' })
  for (const [status, body] of [
    [404, '<p>not found'],
    [404, { ...absent, key: `${'c'.repeat(32)}-1` }],
    [404, { ...absent, key: null }],
    [404, { ...absent, problem: 'busy' }],
    [410, absent],
    [200, absent],
  ] as const)
    expect(asked(came(status, body))).toMatchObject({ verdict: 'unknown' })
  expect(sent(came(404, absent))).toEqual({ verdict: 'parked', reason: 'http-404' })
})

test('asking never parks: only sending is answered finally by a status', () => {
  for (const status of [400, 405, 409, 413, 422]) expect(asked(came(status, ''))).toMatchObject(notUnderstood)
})

test('a line that brought nothing says nothing about the application', () => {
  expect(sent({ ok: false, reason: 'unreachable' })).toMatchObject({ verdict: 'unknown', reason: 'unreachable' })
  expect(sent({ ok: false, reason: 'not-trusted' })).toMatchObject({ verdict: 'unknown', reason: 'not-trusted', trouble: 'not-trusted' })
  expect(sent({ ok: false, reason: 'stopped' })).toMatchObject({ verdict: 'unknown', reason: 'timeout' })
  expect(sent({ ok: false, reason: 'too-large' })).toMatchObject({ ...notUnderstood, trouble: 'too-large' })
})
