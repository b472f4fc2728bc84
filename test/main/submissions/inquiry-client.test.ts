import { describe, expect, it } from 'vitest'
import { createCentre } from '../../../centre/centre.ts'
import { makeSigningKey } from '../../../centre/signing-key.ts'
import { sqliteStorage } from '../../../centre/sqlite-storage.ts'
import type { Authorities } from '../../../centre/authorities/authority.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import type { CentreReply, CentreRequest } from '../../../main/contract/centre-wire.ts'
import { directExchange } from '../../../main/submissions/direct-exchange.ts'
import type { Exchange } from '../../../main/submissions/exchange.ts'
import { inquiryClient } from '../../../main/submissions/inquiry-client.ts'
import { receiptCheck } from '../../../main/submissions/receipt-check.ts'

const question = { subject: 'tw-resident-certificate', operation: 'order-status', fields: { number: 'A800000014' } } as const
const authorities: Authorities = {
  'tw-resident-certificate': { answer: (operation, { number }) => Promise.resolve(number === 'A800000014' ? { ok: true, facts: { state: 'PAID', operation } } : { ok: false, code: 'not-found' }) },
  'jp-linking': { answer: () => Promise.reject(new Error('down')) },
}

/** A booth's client before a centre with these authorities; `change` alters what comes back. */
function trial(change: (reply: CentreReply) => CentreReply = (reply) => reply) {
  const clock = virtualClock(0)
  const key = makeSigningKey()
  const centre = createCentre({ key, storage: sqliteStorage(':memory:'), clock, operator: { name: 'x', phone: '1' }, authorities })
  const seen: CentreRequest[] = []
  const wire = directExchange(centre.handle)
  const exchange: Exchange = async (request, signal) => {
    seen.push({ ...request, body: request.body && Uint8Array.from(request.body) })
    const exchanged = await wire(request, signal)
    return exchanged.ok ? { ok: true, reply: change(exchanged.reply) } : exchanged
  }
  let numbers = 0
  const ask = inquiryClient({
    exchange,
    clock,
    isSigned: receiptCheck([key.publicKey]),
    booth: 'demo-1',
    patienceMs: 10_000,
    subjects: ['tw-resident-certificate', 'jp-linking', 'jp-card-application'],
    number: () => String((numbers += 1)).padStart(32, '0'),
  })
  return { centre, clock, seen, ask, wire }
}

describe('a question to an authority', () => {
  it('comes back with what its system said', async () => {
    const { ask } = trial()
    expect(await ask(question)).toEqual({ ok: true, facts: { state: 'PAID', operation: 'order-status' } })
    expect(await ask({ ...question, fields: { number: 'B1' } })).toEqual({ ok: false, code: 'not-found' })
    expect(await ask({ subject: 'jp-card-application', operation: 'status', fields: {} })).toEqual({ ok: false, code: 'not-offered' })
    expect(await ask({ subject: 'jp-linking', operation: 'licence', fields: {} })).toEqual({ ok: false, code: 'unreachable' })
  })

  it('does not leave the booth where the operator has no interface, or where it is none', async () => {
    const { ask, seen } = trial()
    expect(await ask({ ...question, subject: 'tw-citizen-certificate' })).toEqual({ ok: false, code: 'not-offered' })
    expect(await ask({ ...question, operation: 'Order; DROP' })).toEqual({ ok: false, code: 'refused' })
    expect(await ask({ ...question, fields: { number: 'x'.repeat(129) } })).toEqual({ ok: false, code: 'refused' })
    expect(seen).toEqual([])
  })

  it.each(['unsigned', 'forged', 'error', 'malformed', 'html', 'busy 5', 'not-enrolled', 'lost'])('is unreachable when the centre answers %s', async (mode) => {
    const { ask, centre } = trial()
    await centre.hand(`answers ${mode}`)
    expect(await ask(question)).toEqual({ ok: false, code: 'unreachable' })
  })

  it('is given up when nobody answers in time', async () => {
    const { ask, centre, clock } = trial()
    await centre.hand('answers none')
    const reply = ask(question)
    await clock.advance(10_000)
    expect(await reply).toEqual({ ok: false, code: 'unreachable' })
  })

  it('believes no older answer of the centre, though it is signed', async () => {
    let first: CentreReply | null = null
    const { ask } = trial((reply) => (first ??= reply))
    expect(await ask(question)).toMatchObject({ ok: true })
    expect(await ask(question)).toEqual({ ok: false, code: 'unreachable' })
  })

  it('is not answered any more when a booth asks like one who tries numbers', async () => {
    const { ask, clock } = trial()
    for (let asked = 0; asked < 40; asked += 1) expect(await ask(question)).toMatchObject({ ok: true })
    expect(await ask(question)).toEqual({ ok: false, code: 'unreachable' })
    await clock.advance(600_000)
    expect(await ask(question)).toMatchObject({ ok: true })
  })

  it('leaves its number neither in the body that was sent nor in the answer', async () => {
    const { centre } = trial()
    const body = new TextEncoder().encode(JSON.stringify({ id: '0'.repeat(32), booth: 'demo-1', ...question }))
    const reply = await centre.handle({ method: 'POST', path: '/v1/inquiries', headers: { 'content-type': 'application/json' }, body })
    expect(new TextDecoder().decode(reply?.body)).not.toContain('A800000014')
  })
})

describe('bad questions to the centre', () => {
  const good = { id: '0'.repeat(32), booth: 'demo-1', ...question }
  const json = { 'content-type': 'application/json' }
  it.each<[string, number, unknown, Record<string, string>]>([
    ['no body', 400, '', json],
    ['no JSON', 400, '{', json],
    ['another type', 415, good, { 'content-type': 'text/plain' }],
    ['too much', 413, { ...good, fields: { number: 'x'.repeat(20_000) } }, json],
    ['a field too many', 400, { ...good, more: 1 }, json],
    ['no field', 400, { ...good, fields: undefined }, json],
    ['nine fields', 400, { ...good, fields: Object.fromEntries([...'abcdefghi'].map((name) => [name, ''])) }, json],
    ['a strange name', 400, { ...good, fields: { '../x': '1' } }, json],
    ['a value that is none', 400, { ...good, fields: { number: 1 } }, json],
    ['a subject that is none', 400, { ...good, subject: 'constructor' }, json],
    ['an operation that is none', 400, { ...good, operation: '<script>' }, json],
    ['a number that is none', 400, { ...good, id: 'x' }, json],
    ['a name twice', 400, JSON.stringify(good).replace('{', '{"booth":"demo-2",'), json],
  ])('%s: %i', async (_what, status, content, headers) => {
    const { centre } = trial()
    const body = new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content))
    expect((await centre.handle({ method: 'POST', path: '/v1/inquiries', headers, body }))?.status).toBe(status)
  })
})
