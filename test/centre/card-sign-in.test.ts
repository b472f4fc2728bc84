import { readFileSync } from 'node:fs'
import { sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createCardSignIns } from '../../centre/card-sign-in.ts'
import { readDer, readSequence } from '../../centre/der.ts'
import { readRevocationLists } from '../../centre/revocation-list.ts'
import { newCardState } from '../../hardware/card-reader/virtual-card/make-card.ts'
import { demoKey } from '../../hardware/card-reader/virtual-card/demo-key.ts'
import { jpkiCertificate, testAuthoritiesPem, testAuthorityCertificate, testRevocationList } from '../../hardware/card-reader/virtual-card/test-certificates.ts'
import type { CertificateKind } from '../../hardware/card-reader/virtual-card/card-state.ts'
import { virtualClock } from '../../hardware/clock.ts'
import type { CardChallenge, CardSignedIn } from '../../main/contract/card-sign-in.ts'
import type { CentreReply, CentreRequest } from '../../main/contract/centre-wire.ts'

const now = Date.parse('2026-11-22T10:00:00+09:00')
const pem = (label: string, der: Uint8Array) => `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END ${label}-----\n`
const listOf = (serials: readonly string[], from = now - 3_600_000, authority: Parameters<typeof testRevocationList>[0] = 'authentication') =>
  pem('X509 CRL', testRevocationList(authority, serials, from))
const post = (content: unknown): CentreRequest => ({
  method: 'POST',
  path: '/v1/cards/sign-ins',
  headers: { 'content-type': 'application/json' },
  body: content instanceof Uint8Array ? content : new TextEncoder().encode(JSON.stringify(content)),
})
const content = <Value>(reply: CentreReply) => JSON.parse(Buffer.from(reply.body).toString()) as Value

/** A centre's part for cards, and a card of that kind that answers its challenges. */
function bench({ kind = 'valid', revocations = listOf([]), authorities = testAuthoritiesPem() }: { readonly kind?: CertificateKind; readonly revocations?: string; readonly authorities?: string } = {}) {
  const clock = virtualClock(now)
  const cards = createCardSignIns({ trusted: { authorities: () => authorities, revocations: () => revocations }, clock, accepts: { booths: ['booth-1'], offices: null } })
  const state = newCardState('my-number', now)
  const certificate = jpkiCertificate('authentication', { ...state, certificates: { ...state.certificates, authentication: kind } })
  let asked = 0
  const challenge = () => content<CardChallenge>(cards.challenge(post({ id: numberOf((asked += 1)), booth: 'booth-1' })))
  const answer = ({ id, challengeHex }: CardChallenge, der = certificate) =>
    cards.signIn(
      post({
        challenge: id,
        certificateBase64: Buffer.from(der).toString('base64'),
        signatureBase64: sign('sha256', Buffer.from(challengeHex, 'hex'), demoKey('authentication')).toString('base64'),
      }),
    )
  return { clock, cards, certificate, challenge, answer }
}
const numberOf = (n: number) => n.toString(16).padStart(32, '0')
const problemOf = (reply: CentreReply) => content<{ readonly problem?: string }>(reply).problem ?? 'none'
const serial = `0a${newCardState('my-number', now).serial.slice(-12)}`

describe('signing in with a card', () => {
  test('whoever answers the challenge with a card of a configured authority has a session, for a while', () => {
    const { clock, cards, challenge, answer } = bench()
    const reply = answer(challenge())
    expect(reply.status).toBe(201)
    const { id, session } = content<CardSignedIn>(reply)
    expect(id).toBe(numberOf(1))
    expect(cards.isSignedIn(session)).toBe(true)
    expect(cards.isSignedIn('0'.repeat(64))).toBe(false)
    clock.setWall(0)
    expect(cards.isSignedIn(session)).toBe(true)
  })

  test.each([
    ['expired', 'expired'],
    ['not-yet-valid', 'not-yet-valid'],
    ['other-authority', 'untrusted'],
    ['own-signed', 'untrusted'],
    ['garbage', 'certificate'],
  ] as const)('A09 a certificate that is %s signs nobody in: %s', (kind, reason) => {
    const { challenge, answer } = bench({ kind })
    expect(problemOf(answer(challenge()))).toBe(reason)
  })

  test.each([
    ['its number stands in the list', listOf([serial]), 'revoked'],
    ['it stood in a list that is too old', listOf([serial], now - 30 * 86_400_000), 'revoked'],
    ['there is no list', '', 'revocation-unknown'],
    ['the list is too old', listOf([], now - 30 * 86_400_000), 'revocation-unknown'],
    ['the list is from tomorrow', listOf([], now + 86_400_000), 'revocation-unknown'],
    ['the list is another authority’s', listOf([], now - 1, 'signature'), 'revocation-unknown'],
    ['the list is no list', pem('X509 CRL', Uint8Array.of(0x30, 3, 1, 1, 0)), 'revocation-unknown'],
  ])('a card is refused when %s', (_case, revocations, reason) => {
    const { challenge, answer } = bench({ revocations })
    expect(problemOf(answer(challenge()))).toBe(reason)
  })

  test('a list with one altered number is nobody’s', () => {
    const list = testRevocationList('authentication', [serial], now - 1)
    const at = Buffer.from(list).indexOf(Buffer.from(serial, 'hex'))
    list[at + 3] = (list[at + 3] ?? 0) ^ 1
    const { challenge, answer } = bench({ revocations: pem('X509 CRL', list) })
    expect(problemOf(answer(challenge()))).toBe('revocation-unknown')
  })

  test('a challenge counts once, for five minutes, and for its own signature only', async () => {
    const { clock, challenge, answer } = bench()
    const used = challenge()
    expect(answer(used).status).toBe(201)
    expect(problemOf(answer(used))).toBe('challenge')
    expect(problemOf(answer({ ...challenge(), id: 'f'.repeat(32) }))).toBe('challenge')
    expect(problemOf(answer({ ...challenge(), challengeHex: '00'.repeat(32) }))).toBe('signature')
    const late = challenge()
    await clock.advance(300_000)
    expect(problemOf(answer(late))).toBe('challenge')
  })

  test('an authority itself is no card, and one that is configured but not an authority is not believed', () => {
    const { challenge, answer, certificate } = bench()
    expect(problemOf(answer(challenge(), testAuthorityCertificate('authentication')))).toBe('certificate')
    const other = bench({ authorities: pem('CERTIFICATE', certificate) })
    expect(problemOf(other.answer(other.challenge()))).toBe('untrusted')
  })

  test('bodies that are none are refused by name', () => {
    const { cards } = bench()
    expect(content(cards.challenge(post({ id: numberOf(1), booth: 'booth-2' })))).toEqual({ id: numberOf(1), problem: 'not-allowed' })
    expect(problemOf(cards.challenge(post({ booth: 'booth-1' })))).toBe('malformed')
    expect(problemOf(cards.challenge(post({})))).toBe('malformed')
    expect(problemOf(cards.signIn(post({ challenge: 'x' })))).toBe('malformed')
    expect(problemOf(cards.signIn(post(new TextEncoder().encode('{"challenge":1,"challenge":2}'))))).toBe('malformed')
    expect(problemOf(cards.signIn(post(new Uint8Array(40_000))))).toBe('too-large')
    expect(problemOf(cards.signIn({ ...post({}), headers: {} }))).toBe('unsupported')
  })

  test('a list that openssl made is read as openssl reads it', () => {
    const [list] = readRevocationLists(readFileSync(new URL('../fixtures/tls/revoked.crl', import.meta.url), 'utf8')) ?? []
    expect(list?.serials.size).toBeGreaterThan(0)
    expect((list?.until ?? 0) - (list?.from ?? 0)).toBeGreaterThan(0)
  })

  test('a list that is cut, or that counts for some cards only, is none, and nobody is let in by the others', () => {
    const whole = listOf([])
    expect(readRevocationLists(whole)).toHaveLength(1)
    expect(readRevocationLists(`${whole}${whole.slice(0, -30)}`)).toBeNull()
    expect(readRevocationLists(`${whole}${whole.replace('\n', '\n?')}`.replace('?', '-'))).toBeNull()
    const der = (tag: number, ...parts: readonly Uint8Array[]) => {
      const inside = Buffer.concat(parts)
      return Buffer.concat([Buffer.from([tag, 0x82, inside.length >> 8, inside.length & 0xff]), inside])
    }
    const [content, ...signed] = readSequence(readDer(testRevocationList('authentication', [serial], now))?.[0]) ?? []
    const fields = (readSequence(content) ?? []).filter(({ tag }) => tag !== 0xa0)
    const withExtension = (isCritical: boolean) => {
      const critical = isCritical ? [Buffer.from([0x01, 0x01, 0xff])] : []
      // A list of changes: delta CRL indicator (RFC 5280, 5.2.4).
      const extension = der(0x30, Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x1b]), ...critical, Buffer.from([0x04, 0x03, 0x02, 0x01, 0x01]))
      const list = der(0x30, ...fields.map(({ bytes }) => bytes), der(0xa0, der(0x30, extension)))
      return readRevocationLists(pem('X509 CRL', der(0x30, list, ...signed.map(({ bytes }) => bytes))))
    }
    expect(withExtension(false)?.[0]?.serials.size).toBe(1)
    expect(withExtension(true)).toBeNull()
  })

  test('10,000 random and cut lists are none, or lists, and never an exception', () => {
    const whole = testRevocationList('authentication', [serial], now)
    let seed = 7
    const random = () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff)
    for (let round = 0; round < 10_000; round += 1) {
      const bytes = Uint8Array.from(whole.subarray(0, random() % (whole.length + 1)))
      for (let hit = random() % 4; hit > 0 && bytes.length > 0; hit -= 1) bytes[random() % bytes.length] = random() & 0xff
      const lists = readRevocationLists(pem('X509 CRL', bytes))
      expect(lists === null || lists.length <= 1).toBe(true)
    }
  })
})
