import { describe, expect, it } from 'vitest'
import { CardBench, noPad } from '../../support/card-bench.ts'
import { myNumber } from '../../support/card-facts.ts'

describe('signing in', () => {
  const atSignIn = (pad = noPad) => new CardBench('jp-linking').answer('topic', 'licence').answer('with-card', 'yes').put().checked(myNumber(), pad).answer('request', 'yes')
  const reply = (bench: CardBench, facts: Readonly<Record<string, string>> | null) =>
    bench.dispatch({ kind: 'replied', visit: bench.visit.visit, asked: bench.visit.asked, reply: facts ? { ok: true, facts } : { ok: false, code: 'refused' } })
  const hex = 'ab'.repeat(32)

  it('the centre says what it wants signed, the card signs it, the centre judges, and the request goes with the session', () => {
    const bench = atSignIn()
    expect(bench.asked).toEqual([{ subject: 'card', operation: 'challenge', fields: {} }])
    expect(bench.view).toMatchObject({ screen: 'pin', act: 'sign-in', ready: false })
    expect(bench.say('sign-in', { step: 'sign-in', pin: '1234', lastTry: false })).toBe('not-now')
    reply(bench, { id: 'c1', hex })
    expect(bench.view).toMatchObject({ ready: true })
    bench.do('sign-in', { step: 'sign-in', pin: '1234', lastTry: false })
    expect(bench.told.at(-1)).toEqual({ kind: 'sign-in', card: 1, challengeHex: hex, pin: '1234', lastTry: false })
    bench.reader({ kind: 'signed-in', card: 1, certificateBase64: 'Y2VydA==', signatureBase64: 'c2ln' })
    expect(bench.asked.at(-1)).toEqual({ subject: 'card', operation: 'sign-in', fields: { challenge: 'c1', certificateBase64: 'Y2VydA==', signatureBase64: 'c2ln' } })
    reply(bench, { session: 's1' })
    expect(bench.asked.at(-1)).toEqual({ subject: 'jp-linking', operation: 'licence', fields: { session: 's1' } })
    reply(bench, { number: 'L-1' })
    expect(bench.screen).toBe('advice:result')
    expect(JSON.stringify([bench.views, bench.records])).not.toMatch(/"1234"|Y2VydA|"s1"/)
  })

  it('a centre that does not answer, or refuses, leaves the advice with the other ways; no request is made', () => {
    const silent = atSignIn().pass(30_000)
    expect(silent.screen).toBe('advice:result')
    const refused = atSignIn()
    reply(refused, { id: 'c1', hex })
    refused.do('sign-in', { step: 'sign-in', pin: '1234', lastTry: false }).reader({ kind: 'signed-in', card: 1, certificateBase64: 'Y2VydA==', signatureBase64: 'c2ln' })
    reply(refused, null)
    expect(refused.screen).toBe('advice:result')
    expect(refused.asked.map(({ operation }) => operation)).toEqual(['challenge', 'sign-in'])
  })

  it('at the reader’s own keys no PIN passes the booth; a reader without them takes none that way', () => {
    const bench = atSignIn({ signIn: true, changePin: false })
    reply(bench, { id: 'c1', hex })
    expect(bench.view).toMatchObject({ pad: true })
    bench.do('sign-in', { step: 'sign-in', pin: null, lastTry: false })
    expect(bench.told.at(-1)).toMatchObject({ kind: 'sign-in', pin: null })
    bench.failed('sign-in', 'pin-cancelled')
    expect([bench.screen, bench.notice]).toEqual(['pin:sign-in', 'card.pin-cancelled'])
    const none = atSignIn()
    reply(none, { id: 'c1', hex })
    expect(none.say('sign-in', { step: 'sign-in', pin: null, lastTry: false })).toBe('not-now')
  })

  it('a wrong or locked PIN, and a card whose certificate does not count', () => {
    const ready = () => {
      const bench = atSignIn()
      reply(bench, { id: 'c1', hex })
      return bench.do('sign-in', { step: 'sign-in', pin: '1234', lastTry: false })
    }
    expect(ready().failed('sign-in', 'pin-wrong', 2).view).toMatchObject({ screen: 'pin', tries: 2 })
    expect(ready().failed('sign-in', 'pin-blocked', 0).screen).toBe('advice:result')
    expect(ready().failed('sign-in', 'certificate-refused').screen).toBe('advice:result')
  })
})
