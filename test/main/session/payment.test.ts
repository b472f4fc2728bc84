import { describe, expect, test } from 'vitest'
import { configured, received, service } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'

const moneyOf = (session: Session) => session.money.get(session.visit.visit)
const kinds = (session: Session, from: number) => session.records.slice(from).map(({ kind }) => kind)

describe('coins', () => {
  test('R041 the price in any coins opens the way to the code, and the slot closes', () => {
    for (const coins of [
      [500, 100, 100, 100],
      [100, 100, 100, 100, 100, 100, 100, 100],
      [...Array.from({ length: 79 }, () => 10), 10],
      [50, 50, 500, 100, 100],
    ]) {
      const session = readySession()
        .toPayment()
        .insert(...coins)
      expect(session.screen).toBe('scan')
      expect(session.accepting).toEqual([])
      expect(session.visit.credit).toBe(800)
    }
  })

  test('every coin is on the screen, and in the journal with its cursor in one transaction, before the acceptor may forget it', () => {
    const session = readySession().toPayment()
    const before = session.records.length
    session.insert(500)
    expect(session.view).toMatchObject({ screen: 'payment', money: { inserted: 500, missing: 300 } })
    expect(kinds(session, before)).toEqual(['cursor-moved', 'coin-credited'])
    expect(session.effectsOf('device').at(-1)?.command).toEqual({ device: 'coin-acceptor', command: { kind: 'recorded', cursor: session.cursor } })
  })

  test('several coins in one poll are credited oldest first', () => {
    const session = readySession().toPayment()
    session.moved([10, 50, 100])
    expect(session.recordsOf('coin-credited').map(({ body }) => [body.ordinal, body.value])).toEqual([
      [41, 10],
      [42, 50],
      [43, 100],
    ])
    expect(session.visit.credit).toBe(160)
  })

  test('F36 too much is change: earned is the price, the rest is owed by a signed claim on the receipt', () => {
    const session = readySession().toPayment().insert(500, 100, 100, 50, 500)
    expect(session.screen).toBe('scan')
    session.fromScanToSealed().centreSays(received)
    expect(session.view).toMatchObject({
      screen: 'receipt',
      claim: { amount: 450, currency: 'JPY', number: expect.stringMatching(/^C-\d{5}-\d{5}$/) },
    })
    expect(session.recordsOf('claim-issued')[0]?.body.claim).toMatchObject({ amount: 450, reason: 'change' })
    expect(JSON.stringify(session.effectsOf('print')[0]?.slip)).toContain('slip.claim.why.change')
    expect(moneyOf(session)).toMatchObject({ inserted: 1250, earned: 800, owed: 450, credit: 0, parked: 0 })
  })

  test('F36 exactly the price leaves no claim', () => {
    const session = readySession().toReceived()
    expect(session.view).toMatchObject({ claim: null })
    expect(moneyOf(session)).toMatchObject({ inserted: 800, earned: 800, owed: 0 })
  })

  test('F36 the slot closes at the price, so that nobody leaves more than the highest credit and one coin behind', () => {
    const tight = configured((file) => ({ ...file, cash: { ...file.cash, maximumCredit: 800 } }))
    const session = readySession({ configuration: tight }).toPayment().insert(500, 100, 100)
    expect(session.accepting).not.toEqual([])
    session.insert(500)
    expect(session.accepting).toEqual([])
    expect(session.visit).toMatchObject({ inserted: 1200, credit: 1200 })
    expect(session.screen).toBe('scan')
  })

  test('a coin is a sign of life: the time-out begins anew and the question whether anybody is there goes', () => {
    const session = readySession().toPayment()
    for (let coin = 0; coin < 10; coin += 1) session.pass(100_000).insert(10)
    expect(session.view).toMatchObject({ screen: 'payment', overlay: null, money: { inserted: 100 } })
    session.pass(120_000)
    expect(session.view.overlay?.kind).toBe('still-there')
    session.pass(15_000).insert(500)
    expect(session.view.overlay).toBeNull()
    session.pass(100_000)
    expect(session.view).toMatchObject({ screen: 'payment', overlay: null, money: { inserted: 600 } })
  })

  test('F30 a notice of the acceptor is put into words', () => {
    const session = readySession().toPayment()
    for (const group of ['returned', 'slower', 'lever', 'jam', 'fraud', 'hardware', 'swallowed'] as const) {
      session.dispatch({ kind: 'device', message: { kind: 'event', device: 'coin-acceptor', event: { kind: 'notice', code: 1, name: 'x', group } } })
      expect(session.notice).toBe(`coin.${group}`)
      session.insert(10)
      expect(session.notice).toBeNull()
    }
  })
})

describe('the race', () => {
  test('F29 F35 a coin that falls after the resident stopped is owed by a claim of its own, never ignored', () => {
    const session = readySession().toPayment().insert(100, 100).do('cancel', { confirm: true })
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 200 } })
    session.insert(500)
    session.do('continue', { step: 'claim' })
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 500 }, money: null })
    expect(session.effectsOf('print').map(({ slip }) => slip.kind)).toEqual(['claim', 'claim'])
    session.do('continue', { step: 'claim' })
    expect(session.screen).toBe('leave')
    expect(new Set(session.recordsOf('claim-issued').map(({ body }) => body.claim.number)).size).toBe(2)
  })

  test('F29 so is one that falls while the claim’s screen goes by itself', () => {
    const session = readySession().toPayment().insert(100).do('cancel', { confirm: true }).insert(10)
    session.pass(600_000)
    expect(session.screen).toBe('attract')
    expect([...session.money.values()]).toMatchObject([{ inserted: 110, owed: 110, credit: 0 }])
  })

  test.each([
    ['leave', (session: Session) => session.toReceived().do('continue', { step: 'receipt' })],
    ['goodbye', (session: Session) => session.toReceived().do('continue', { step: 'receipt' }).do('continue', { step: 'leave' })],
  ])('F35 a coin that falls at %s begins a visit of its own, so that nothing that was sent is touched', (_screen, reach) => {
    const session = reach(readySession())
    const first = session.visit
    session.do('choose-language', { language: 'en' }).insert(500, 500)
    expect(session.view).toMatchObject({ screen: 'held', credit: 1000, canContinue: true, language: 'en' })
    expect(session.visit.visit).not.toBe(first.visit)
    session
      .do('use-credit', {})
      .do('choose-language', { language: 'en' })
      .do('choose-service', { service })
      .do('accept', { step: 'privacy', boxes: ['privacy', 'terms', 'age'] })
    session
      .do('continue', { step: 'number' })
      .answer('applicant', 'adult')
      .answer('cause', 'first')
      .answer('form', 'with-code')
      .answer('printed', 'same')
      .answer('stay', 'none')
    expect(session.screen).toBe('scan')
    session.fromScanToSealed().centreSays(received)
    expect(session.recordsOf('queued').map(({ body }) => body.key)).toEqual([`${first.visit}-1`, `${session.visit.visit}-1`])
  })

  test('F35 a coin in a booth at rest is held, shown and recorded, and becomes a claim when nobody comes', () => {
    const session = readySession().insert(100)
    expect(session.view).toMatchObject({ screen: 'held', credit: 100, currency: 'JPY', money: { inserted: 100 } })
    session.insert(50)
    expect(session.view).toMatchObject({ screen: 'held', credit: 150 })
    session.pass(60_000)
    expect(session.view.overlay).toMatchObject({ kind: 'still-there', credit: 150 })
    session.pass(600_000)
    expect(session.screen).toBe('attract')
    expect(session.recordsOf('claim-issued').map(({ body }) => body.claim)).toMatchObject([{ amount: 150, reason: 'abandoned' }])
    expect(session.effectsOf('print')[0]).toMatchObject({ slip: { kind: 'claim' }, copy: false })
  })

  test('F35 in a booth that is out of service the coin is held too, and can only be taken back', () => {
    const session = readySession().health('camera', 'lost').insert(500)
    expect(session.view).toMatchObject({ screen: 'held', canContinue: false })
    expect(session.say('use-credit', {})).toBe('not-now')
    session.do('return-credit', {})
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 500 } })
  })

  test.each([
    ['at the languages', (session: Session) => session.do('begin', {}), 'held'],
    ['at the offer', (session: Session) => session.toOffer(), 'held'],
    ['at a question', (session: Session) => session.toQuestions(), 'question:applicant'],
    ['at the code test', (session: Session) => session.toOffer().do('test-code', {}), 'scan'],
    ['at a stop', (session: Session) => session.toQuestions().answer('applicant', 'infant'), 'stop'],
    ['at the scan', (session: Session) => session.toScan(), 'scan'],
    ['while the photo is made', (session: Session) => session.toPhoto().do('photo', { attempt: 1, imageBase64: '' }), 'photo'],
    ['while sending', (session: Session) => session.toSending().sealed(), 'sending'],
    ['at the receipt', (session: Session) => session.toReceived(), 'receipt'],
  ])('F35 a coin %s is shown, and settled whatever happens', (_title, reach, screen) => {
    const session = reach(readySession())
    session.insert(50)
    expect(session.screen).toBe(screen)
    expect(session.view.money?.inserted).toBeGreaterThanOrEqual(50)
    session.pass(3_600_000)
    expect(session.screen).toBe('attract')
    const [money] = session.money.values()
    expect(money).toMatchObject({ credit: 0 })
    expect((money?.owed ?? 0) % 100).toBe(50)
  })

  test('F28 a report of the buffer that comes twice, late or echoed is acknowledged and credits nothing', () => {
    const session = readySession().toPayment()
    const first = session.moved([100])
    const second = session.moved([100, 100])
    const before = session.records.length
    for (const report of [second, first, second, first, first]) session.dispatch(report)
    expect(session.visit.credit).toBe(300)
    expect(session.records.length).toBe(before)
    expect(session.effectsOf('device').at(-1)?.command).toMatchObject({ command: { kind: 'recorded', cursor: { ordinal: 43 } } })
    session.insert(500)
    expect(session.visit.credit).toBe(800)
  })

  test('F26 the counter wraps 255→1: no coin is counted twice or lost', () => {
    const session = readySession({ cursor: { serial: '4711', counter: 253, results: [], ordinal: 9 } }).toPayment()
    session.insert(100, 100, 100, 100)
    expect(session.recordsOf('coin-credited').map(({ body }) => body.counter)).toEqual([254, 255, 1, 2])
    expect(session.visit.credit).toBe(400)
  })

  test('F27 the acceptor resets in mid-payment: the credit stays, and its inhibits are lifted again', () => {
    const session = readySession().toPayment().insert(100)
    const from = session.cursor
    const to = { ...from, counter: 0, results: from.results.map(() => 0) }
    session.dispatch({
      kind: 'device',
      message: { kind: 'event', device: 'coin-acceptor', event: { kind: 'moved', from, to, coins: [], lost: 0, unknown: 0, alarm: 'reset' } },
    })
    session.identified().health('coin-acceptor', 'ready')
    const told = session
      .effectsOf('device')
      .slice(-3)
      .map(({ command }) => command.command.kind)
    expect(told).toEqual(['recorded', 'configure', 'accept'])
    expect(session.effectsOf('device').at(-2)?.command).toMatchObject({ command: { cursor: { counter: 0 } } })
    expect(session.visit.credit).toBe(100)
    expect(session.accepting).not.toEqual([])
  })

  test('F25 more coins fell than the buffer holds: a fault that stays, nothing more is sold, and the doubt has its own line', () => {
    const session = readySession().toPayment()
    session.moved([100, 100], { lost: 1 })
    expect(session.visit.credit).toBe(200)
    expect(session.recordsOf('cursor-moved').at(-1)?.body).toMatchObject({ lost: 1, alarm: 'uncounted' })
    expect(session.recordsOf('fault-raised').map(({ body }) => body.fault)).toContain('coins-uncounted')
    expect(session.accepting).toEqual([])
    expect(session.view).toMatchObject({ screen: 'payment', open: false })
    session.pass(3_600_000)
    expect(session.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'coins-uncounted' }] })
    expect(session.say('begin', {})).toBe('not-now')
    expect([...session.money.values()]).toMatchObject([{ inserted: 200, owed: 200 }])
  })

  test('F24 coins that fell while the booth was down are counted once, in the visit that was open', () => {
    const before = readySession().toPayment().insert(500)
    const { visit } = before.visit
    const recovered = {
      cursors: Object.values(before.state.cursors),
      notes: [],
      payouts: [],
      hoppers: [],
      tillWrong: false,
      visit: { visit, service, language: 'ja' as const, credit: 500, item: 1, returned: 0, payouts: 0, queued: null, claims: [], printed: [] },
      waiting: 0,
      oldestWaitingAt: null,
    }
    const session = readySession({ recovered, cursor: before.cursor, seed: 'second', money: before.money })
    expect(session.effectsOf('device')[0]?.command).toMatchObject({ command: { kind: 'configure', cursor: { ordinal: 41 } } })
    session.moved([100, 100])
    expect(session.view).toMatchObject({ screen: 'held', credit: 700 })
    expect(session.visit.visit).toBe(visit)
  })
})
