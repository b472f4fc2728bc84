import { sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCentre } from '../../../centre/centre.ts'
import { makeSigningKey } from '../../../centre/signing-key.ts'
import { sqliteStorage } from '../../../centre/sqlite-storage.ts'
import { demoKey } from '../../../hardware/card-reader/virtual-card/demo-key.ts'
import { newCardState } from '../../../hardware/card-reader/virtual-card/make-card.ts'
import { jpkiCertificate, testAuthoritiesPem, testRevocationList } from '../../../hardware/card-reader/virtual-card/test-certificates.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import type { CentreReply } from '../../../main/contract/centre-wire.ts'
import { cardClient } from '../../../main/submissions/card-client.ts'
import { directExchange } from '../../../main/submissions/direct-exchange.ts'
import { receiptCheck } from '../../../main/submissions/receipt-check.ts'
import type { Reply } from '../../../main/services/service.ts'

const now = Date.parse('2026-11-22T10:00:00+09:00')
const unreachable: Reply = { ok: false, code: 'unreachable' }
const list = Buffer.from(testRevocationList('authentication', [], now - 3_600_000)).toString('base64').replaceAll(/(.{64})/g, '$1\n')
const revocations = `-----BEGIN X509 CRL-----\n${list}\n-----END X509 CRL-----\n`
const certificateBase64 = Buffer.from(jpkiCertificate('authentication', newCardState('my-number', now))).toString('base64')

/** A booth's client before a centre that believes test cards; `change` alters what comes back. */
function trial(change: (reply: CentreReply) => CentreReply = (reply) => reply, believes = true) {
  const clock = virtualClock(now)
  const key = makeSigningKey()
  const cards = { authorities: testAuthoritiesPem, revocations: () => revocations }
  const centre = createCentre({ key, storage: sqliteStorage(':memory:'), ...(believes ? { cards } : {}), clock, operator: { name: 'x', phone: '1' } })
  const wire = directExchange(centre.handle)
  let numbers = 0
  const ask = cardClient({
    exchange: async (request, signal) => {
      const exchanged = await wire(request, signal)
      return exchanged.ok ? { ok: true, reply: change(exchanged.reply) } : exchanged
    },
    clock,
    isSigned: receiptCheck([key.publicKey]),
    booth: 'demo-1',
    number: () => String((numbers += 1)).padStart(32, '0'),
  })
  const challenge = () => ask({ subject: 'card', operation: 'challenge', fields: {} })
  /** What the card makes of a challenge, as the booth sends it; null: none reached it. */
  const prove = (asked: Reply, content?: string) => {
    if (!asked.ok) return null
    const { id = '', hex = '' } = asked.facts
    const signatureBase64 = sign('sha256', Buffer.from(content ?? hex, 'hex'), demoKey('authentication')).toString('base64')
    return ask({ subject: 'card', operation: 'sign-in', fields: { challenge: id, certificateBase64, signatureBase64 } })
  }
  return { centre, clock, challenge, prove }
}
const altered = (reply: CentreReply): CentreReply => ({ ...reply, body: Buffer.from(Buffer.from(reply.body).toString().replace(/"(challengeHex|session)":"[0-9a-f]{64}"/, `"$1":"${'ab'.repeat(32)}"`)) })

describe('signing a card in at the centre', () => {
  it('brings what the card is to sign, and a session for its proof; a wrong proof is refused', async () => {
    const { challenge, prove } = trial()
    expect(await prove(await challenge())).toEqual({ ok: true, facts: { session: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    expect(await prove(await challenge(), '00')).toEqual({ ok: false, code: 'refused' })
  })

  it('a centre that believes no card authority says under its signature that it signs nobody in', async () => {
    const none = trial(undefined, false)
    expect(await none.challenge()).toEqual({ ok: false, code: 'not-offered' })
    expect(await none.prove(await trial().challenge())).toEqual({ ok: false, code: 'not-offered' })
    await none.centre.hand('answers unsigned')
    expect(await none.challenge()).toEqual(unreachable)
  })

  it.each(['unsigned', 'forged', 'error', 'malformed', 'html', 'busy 5', 'not-enrolled', 'lost'])('an answer that is %s brings no challenge to the card, signs nobody in and refuses nobody', async (mode) => {
    const { centre, challenge, prove } = trial()
    const [good, wrong] = [await challenge(), await challenge()]
    await centre.hand(`answers ${mode}`)
    expect(await challenge()).toEqual(unreachable)
    expect(await prove(good)).toEqual(unreachable)
    expect(await prove(wrong, '00')).toEqual(unreachable)
  })

  it('a challenge or a session that somebody changed under the centre’s signature is none', async () => {
    let isChanged = true
    const { challenge, prove } = trial((reply) => (isChanged ? altered(reply) : reply))
    expect(await challenge()).toEqual(unreachable)
    isChanged = false
    const good = await challenge()
    isChanged = true
    expect(await prove(good)).toEqual(unreachable)
  })

  it('believes no older answer of the centre, though it is signed: no challenge, no session, no refusal', async () => {
    const heard: CentreReply[] = []
    let replayed: number | null = null
    const { challenge, prove } = trial((reply) => {
      heard.push(reply)
      return (replayed === null ? reply : heard[replayed]) ?? reply
    })
    await prove(await challenge())
    await prove(await challenge(), '00')
    const [good, wrong] = [await challenge(), await challenge()]
    expect(heard.map(({ status }) => status)).toEqual([201, 201, 201, 422, 201, 201])
    replayed = 0
    expect(await challenge()).toEqual(unreachable)
    replayed = 1
    expect(await prove(wrong, '00')).toEqual(unreachable)
    replayed = 3
    expect(await prove(good)).toEqual(unreachable)
  })

  it('is given up when nobody answers in time', async () => {
    const { centre, clock, challenge } = trial()
    await centre.hand('answers none')
    const reply = challenge()
    await clock.advance(8_000)
    expect(await reply).toEqual(unreachable)
  })
})
