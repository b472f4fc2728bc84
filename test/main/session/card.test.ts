import { describe, expect, it, test } from 'vitest'
import type { PadActs } from '../../../hardware/card-reader/events.ts'
import { reportedFaults } from '../../../main/session/availability.ts'
import { configured } from '../../support/booth-facts.ts'
import { agreement, all, CardBench, noPad } from '../../support/card-bench.ts'
import { moicaCard, myNumber } from '../../support/card-facts.ts'

const pins = { old: '1234', new: '5678', lastTry: false }
const change = (bench: CardBench, input: Partial<typeof pins> = {}) => bench.say('change-pin', { step: 'pin', ...pins, ...input })
const atPin = (facts = myNumber()) => new CardBench('jp-pin-change').answer('which', 'authentication').put().checked(facts)

describe('a card that is waited for', () => {
  it('is followed by another: what it said can be printed as well', () => {
    const bench = new CardBench('jp-card-check').put().checked()
    const print = () => (bench.view.screen === 'advice' ? bench.view.print : null)
    bench.do('print', { step: bench.view.screen === 'advice' ? bench.view.step : '' }).printed()
    expect(print()).toBe('printed')
    bench.take().put().checked()
    expect(print()).toBe('possible')
  })

  it('is read as soon as it is in, once, and its facts are the answer', () => {
    const bench = new CardBench('jp-card-check')
    expect(bench.waiting).toBe('insert')
    bench.put()
    expect(bench.waiting).toBe('reading')
    expect(bench.told).toEqual([{ kind: 'check', card: 1 }])
    bench.checked()
    expect(bench.title).toBe('jp-card-check.good.title')
    bench.pass(1_000).do('help', { open: true }).do('help', { open: false })
    expect(bench.told).toHaveLength(1)
  })

  it('is a sign of somebody: the question whether anybody is there is answered by it', () => {
    const bench = new CardBench('jp-card-check').pass(61_000)
    expect(bench.view.overlay?.kind).toBe('still-there')
    expect(bench.put().view).toMatchObject({ overlay: null, state: 'reading' })
  })

  it('is read where it was put in before the service was chosen', () => {
    const bench = new CardBench().do('begin', {}).put().do('choose-language', { language: 'en' })
    expect(bench.told).toEqual([])
    bench.do('choose-service', { service: 'jp-card-check' }).do('choose-service', { service: 'jp-card-check' })
    expect(bench.told).toEqual([{ kind: 'check', card: 1 }])
  })

  test.each([
    ['mute', 'mute'],
    ['several', 'several'],
    ['silent', 'silent'],
  ] as const)('A13 %s: said with its own sentence, and nothing is asked of it', (state, shown) => {
    const bench = new CardBench('jp-card-check')
    bench.reader({ kind: 'card', state, card: 1 })
    expect(bench.waiting).toBe(shown)
    expect(bench.told).toEqual([])
  })

  it('F47 a reader that is lost, held, or back is said so, and goes on by itself', () => {
    const bench = new CardBench('jp-card-check')
    bench.health('card-reader', 'limited', ['card-reader-busy'])
    expect(bench.waiting).toBe('busy')
    bench.health('card-reader', 'lost', ['card-service-lost'])
    expect(bench.waiting).toBe('lost')
    bench.health('card-reader', 'ready').take().put()
    expect(bench.waiting).toBe('reading')
    expect(bench.checked().title).toBe('jp-card-check.good.title')
  })

  it('that cannot be read is taken out first; the next one is read', () => {
    const bench = new CardBench('jp-card-check').put().failed('check', 'card-error')
    expect(bench.waiting).toBe('failed')
    expect(bench.told).toHaveLength(1)
    bench.take()
    expect(bench.waiting).toBe('insert')
    bench.put().checked()
    expect(bench.title).toBe('jp-card-check.good.title')
  })

  it('F45 taken out or exchanged while it is read: said at once, and the answer about the first is nobody’s', () => {
    const bench = new CardBench('jp-card-check').put().take()
    expect([bench.waiting, bench.notice]).toEqual(['insert', 'card.removed'])
    bench.reader({ kind: 'checked', card: 1, facts: myNumber(), pad: noPad })
    expect(bench.waiting).toBe('insert')
    bench.put()
    bench.reader({ kind: 'failed', card: 1, act: 'check', reason: 'exchanged', tries: null })
    expect(bench.waiting).toBe('reading')
    expect(bench.checked(moicaCard('2030-01-01')).screen).toBe('question:holder')
  })

  it('that was left by the one before is not read, and said so', () => {
    const bench = new CardBench('jp-card-check').put().checked()
    bench.do('cancel', { confirm: false }).do('cancel', { confirm: true })
    expect(bench.view).toMatchObject({ screen: 'leave', card: true })
    for (let waits = 0; waits < 40 && bench.view.screen === 'leave'; waits += 1) bench.pass(12_000)
    while (bench.state.visit) bench.pass(12_000)
    bench.choose('jp-card-check')
    expect(bench.waiting).toBe('left')
    expect(bench.told).toHaveLength(1)
    bench.take().put()
    expect(bench.waiting).toBe('reading')
  })

  const forgotten = () => {
    const bench = new CardBench('jp-card-check').put().checked()
    bench.do('cancel', { confirm: false }).do('cancel', { confirm: true })
    while (bench.state.visit) bench.pass(12_000)
    return bench
  }
  const withoutDevices = (bench: CardBench) => {
    bench.dispatch({ kind: 'devices-lost' })
    return bench
  }
  const back = (bench: CardBench) => bench.health('card-reader', 'ready').reader({ kind: 'card', state: 'present', card: 1 })

  it.each([
    ['lies there when the booth starts', () => back(withoutDevices(new CardBench('jp-card-check')))],
    ['the reader comes back with', () => back(new CardBench('jp-card-check').put().checked().do('continue', { step: 'result' }).health('card-reader', 'lost', ['card-service-lost']))],
    ['was forgotten before the device process died', () => back(withoutDevices(forgotten()))],
    ['was forgotten before the card service died', () => back(forgotten().health('card-reader', 'lost', ['card-service-lost']))],
    ['was forgotten, and lies there with another for a while', () => forgotten().reader({ kind: 'card', state: 'several', card: 1 }).reader({ kind: 'card', state: 'present', card: 2 })],
    ['was put in while nobody was there', () => new CardBench().put()],
  ])('F45 a card that %s is nobody’s: not read until it was out, and the technician hears of it', (_which, given) => {
    const bench = given()
    while (bench.state.visit && bench.screen !== 'card') bench.pass(12_000)
    const before = bench.told.length
    expect(reportedFaults(bench.state)).toContain('card-left')
    if (!bench.state.visit) bench.choose('jp-card-check')
    expect([bench.waiting, bench.told.length]).toEqual(['left', before])
    bench.number = bench.state.reader.card
    expect(bench.take().waiting).toBe('insert')
    expect(reportedFaults(bench.state)).not.toContain('card-left')
    expect(bench.put().waiting).toBe('reading')
    expect(bench.told).toHaveLength(before + 1)
    const tells = bench.records.flatMap((record) => ('fault' in record.body && record.body.fault === 'card-left' ? [record.kind] : []))
    expect(tells.slice(-2)).toEqual(['fault-raised', 'fault-cleared'])
  })

  it('that was left by the one before is not called the resident’s own at the end, and holds nobody up', () => {
    const bench = forgotten().choose('jp-card-check')
    bench.do('cancel', { confirm: false }).do('cancel', { confirm: true })
    expect(bench.view).toMatchObject({ screen: 'leave', card: false, notice: { text: { key: 'card.left.leave' } } })
    expect(bench.do('continue', { step: 'leave' }).screen).toBe('goodbye')
  })
})

describe('facts on the screen', () => {
  it('stay when the card is out, with a word about it, and go with the next card', () => {
    const bench = new CardBench('jp-card-check').put().checked().take()
    expect([bench.title, bench.notice]).toEqual(['jp-card-check.good.title', 'card.out'])
    bench.put()
    expect([bench.waiting, bench.notice]).toEqual(['reading', 'card.another'])
    bench.checked({ kind: 'health-insurance' })
    expect(bench.title).toBe('jp-card-check.health-insurance.title')
  })

  it('a card of a reader that counts from one again is another card', () => {
    const bench = new CardBench('jp-card-check').put().checked()
    bench.health('card-reader', 'lost', ['card-reader-lost']).reader({ kind: 'card', state: 'absent', card: 0 }).health('card-reader', 'ready')
    bench.number = 0
    bench.put()
    expect(bench.waiting).toBe('reading')
  })

  it('what was answered about one card is not taken for the next', () => {
    const bench = new CardBench('jp-card-check').put().checked(moicaCard('2030-01-01')).answer('holder', 'citizen').answer('extended', 'no').take().put()
    expect(bench.visit.answers).toEqual({})
    expect(bench.checked(moicaCard('2031-01-01')).screen).toBe('question:holder')
  })

  it('are gone with the visit, and goodbye waits for the card', () => {
    const bench = new CardBench('jp-card-check').put().checked().do('continue', { step: 'result' })
    expect(bench.view).toMatchObject({ screen: 'leave', card: true })
    expect(bench.visit.card).toBeNull()
    bench.do('continue', { step: 'leave' })
    expect([bench.screen, bench.notice]).toEqual(['leave', 'card.take'])
    bench.take()
    expect(bench.view).toMatchObject({ screen: 'leave', card: false, notice: null })
    expect(bench.do('continue', { step: 'leave' }).screen).toBe('goodbye')
  })
})

describe('agreements (section 0, 20)', () => {
  it('without one neither a PIN is changed nor anybody signed in; checking and explaining need none', () => {
    const offered = (agreements: Partial<typeof all>) => {
      const { view } = new CardBench(null, agreements).do('begin', {}).do('choose-language', { language: 'en' })
      return view.screen === 'menu' ? view.services.map(({ id }) => id).filter((id) => /card-check|pin-change|linking/.test(id)) : []
    }
    expect(offered({})).toEqual(['jp-card-check', 'jp-linking'])
    expect(offered({ 'sign-in': agreement, linking: agreement })).toEqual(['jp-card-check', 'jp-linking'])
    expect(offered(all)).toEqual(['jp-card-check', 'jp-pin-change', 'jp-linking'])
  })

  it('linking asks for no sign-in where one of both is missing', () => {
    const bench = new CardBench('jp-linking', { linking: agreement }).answer('topic', 'licence').answer('with-card', 'yes').put().checked()
    expect(bench.screen).toBe('advice:result')
    expect(bench.asked).toEqual([])
  })

  it('a production booth refuses an agreement of the demonstration', () => {
    expect(() => configured((file) => ({ ...file, mode: 'production', agreements: all }))).toThrow(/DEMO agreement/)
  })
})

describe('a new PIN', () => {
  it('goes to the device process and nowhere else: no view, no record, no state holds it', () => {
    const bench = atPin()
    expect(bench.view).toMatchObject({ screen: 'pin', act: 'change-pin', pin: 'authentication', tries: 3, pad: false, shuffled: false, ready: true, working: false })
    expect(change(bench)).toBeNull()
    expect(bench.told.at(-1)).toEqual({ kind: 'change-pin', card: 1, pin: 'authentication', old: '1234', new: '5678', lastTry: false })
    expect(bench.view).toMatchObject({ working: true, ready: false, can: { back: false, cancel: false } })
    bench.reader({ kind: 'pin-changed', card: 1, pin: 'authentication' })
    expect(bench.title).toBe('jp-pin-change.changed.authentication')
    for (const kept of [bench.views, bench.records, bench.state]) expect(JSON.stringify(kept)).not.toMatch(/"(?:1234|5678)"/)
  })

  it.each([
    ...['', '123', '12345', 'abcd', '１２３４', '12 34', '1234\n', '١٢٣٤', '12.4', '1234'.repeat(8)].map((old) => [{ old }, 'card.format.authentication'] as const),
    ...['567', '５６７８', '56 78'].map((fresh) => [{ new: fresh }, 'card.format.authentication'] as const),
    [{ new: '1234' }, 'card.same'] as const,
    [{ old: '123456789018' }, 'scan.individual-number'] as const,
  ])('F46 %o costs no try: nothing is sent, and why is said', (input, notice) => {
    const bench = atPin()
    expect(change(bench, input)).toBeNull()
    expect(bench.notice).toBe(notice)
    expect(bench.told.map(({ kind }) => kind)).toEqual(['check'])
  })

  it('the password for signatures has letters and digits, in capitals', () => {
    const bench = new CardBench('jp-pin-change').answer('which', 'signature').put().checked()
    for (const wrong of ['test01', 'TESTTEST', '123456', 'TEST1', 'TEST01TEST01TEST1', 'ＴＥＳＴ０１', 'TEST-01']) {
      expect(change(bench, { old: wrong, new: 'TEST02' })).toBeNull()
      expect(bench.notice).toBe('card.format.signature')
    }
    expect(change(bench, { old: 'TEST01', new: 'TEST02TEST02TEST' })).toBeNull()
    expect(bench.told.at(-1)).toMatchObject({ kind: 'change-pin', pin: 'signature' })
    expect(change(atPin(), { old: 'x'.repeat(33) })).toBeNull()
  })

  it('F46 A02 a wrong one says how many are left, is never sent again by itself, and the last one needs the resident’s word', () => {
    const bench = atPin()
    change(bench)
    bench.failed('change-pin', 'pin-wrong', 2)
    expect([bench.notice, bench.told.length]).toEqual(['card.pin-wrong', 2])
    bench.pass(30_000)
    expect(bench.told).toHaveLength(2)
    change(bench)
    bench.failed('change-pin', 'pin-wrong', 1)
    expect(bench.view).toMatchObject({ screen: 'pin', tries: 1 })
    expect(change(bench)).toBe('not-now')
    expect(bench.told).toHaveLength(3)
    expect(change(bench, { lastTry: true })).toBeNull()
    bench.failed('change-pin', 'pin-blocked', 0)
    expect(bench.title).toBe('jp-pin-change.blocked.title')
  })

  it.each([
    ['locked already', myNumber({ tries: { authentication: 0, signature: 5 } }), 'blocked'],
    ['of a card without its certificate', myNumber({ authentication: null }), 'no-certificate'],
    ['of a card in a telephone', myNumber({ token: 'phone' }), 'wrong-card'],
    ['of a health-insurance card', { kind: 'health-insurance' } as const, 'wrong-card'],
    ['of a MOICA card, which is the ministry’s matter', moicaCard('2030-01-01'), 'moica'],
  ])('%s is not asked for: what to do instead', (_which, facts, title) => {
    const bench = new CardBench('jp-pin-change').answer('which', 'authentication').put().checked(facts)
    expect(bench.title).toBe(`jp-pin-change.${title}.title`)
    expect(change(bench)).toBe('not-now')
  })

  it('a card that is gone before it said which one holds: nobody knows, and that is said', () => {
    const bench = atPin()
    change(bench)
    bench.failed('change-pin', 'unsure')
    expect(bench.title).toBe('jp-pin-change.unsure.title')
  })

  it.each([
    ['no-card', 'card.removed'],
    ['exchanged', 'card.another'],
    ['no-answer', 'card.again'],
    ['card-error', 'card.again'],
    ['busy', 'card.again'],
  ] as const)('F45 %s before the PIN was shown: the card is asked for anew', (reason, notice) => {
    const bench = atPin()
    change(bench)
    bench.failed('change-pin', reason)
    expect([bench.view.screen, bench.notice]).toEqual(['card', notice])
  })

  it('F45 taken out while the card works: the answer decides, and it may be that nobody knows', () => {
    const begun = () => {
      const bench = atPin()
      change(bench)
      return bench.take()
    }
    expect(begun().view).toMatchObject({ screen: 'pin', working: true })
    expect(begun().failed('change-pin', 'unsure').title).toBe('jp-pin-change.unsure.title')
    expect(begun().reader({ kind: 'pin-changed', card: 1, pin: 'authentication' }).title).toBe('jp-pin-change.changed.authentication')
    const gone = begun().failed('change-pin', 'no-card')
    expect([gone.waiting, gone.notice]).toEqual(['insert', 'card.removed'])
  })

  it('F47 a reader or a device process that goes away in a change leaves it open which one holds; a card that is there when it is back is another one', () => {
    const lost = atPin()
    change(lost)
    expect(lost.failed('change-pin', 'closed').title).toBe('jp-pin-change.unsure.title')
    const dead = atPin()
    change(dead)
    dead.dispatch({ kind: 'devices-lost' })
    expect(dead.title).toBe('jp-pin-change.unsure.title')
    const before = atPin()
    before.dispatch({ kind: 'devices-lost' })
    expect(before.waiting).toBe('lost')
    before.health('card-reader', 'ready').reader({ kind: 'card', state: 'present', card: 1 })
    expect(before.waiting).toBe('left')
    const facts = new CardBench('jp-card-check').put().checked()
    facts.dispatch({ kind: 'devices-lost' })
    expect(facts.title).toBe('jp-card-check.good.title')
    facts.health('card-reader', 'ready').reader({ kind: 'card', state: 'present', card: 1 })
    expect([facts.title, facts.told.length]).toEqual(['jp-card-check.good.title', 1])
    facts.number = 1
    expect(facts.take().put().waiting).toBe('reading')
  })

  it('nobody is asked whether they are still there while a card works with a PIN, however long; only once it has answered', () => {
    const bench = atPin()
    change(bench)
    for (let minutes = 0; minutes < 10; minutes += 1) bench.pass(60_000).do('touch', {})
    expect(bench.view).toMatchObject({ screen: 'pin', working: true, overlay: null })
    bench.failed('change-pin', 'pin-wrong', 2).pass(59_000)
    expect(bench.view.overlay).toBeNull()
    expect(bench.pass(2_000).view.overlay?.kind).toBe('still-there')
  })

  it('F45 another card is never shown the PIN that was typed for the first', () => {
    const bench = atPin().take()
    expect([bench.waiting, bench.notice]).toEqual(['insert', 'card.removed'])
    bench.put()
    expect(change(bench)).toBe('not-now')
    bench.checked()
    change(bench)
    expect(bench.told.at(-1)).toMatchObject({ kind: 'change-pin', card: 2 })
    expect(atPin().reader({ kind: 'card', state: 'present', card: 2 }).waiting).toBe('reading')
    expect(atPin().reader({ kind: 'card', state: 'several', card: 1 }).waiting).toBe('several')
  })
})

describe('a new PIN at the reader’s own keys', () => {
  const keys: PadActs = { signIn: true, changePin: true }
  const atKeys = (pin: string, pad: PadActs) => new CardBench('jp-pin-change').answer('which', pin).put().checked(myNumber(), pad)
  const there = { step: 'pin', old: null, new: null, lastTry: false }

  it('is asked for without one, and goes on as any other change', () => {
    const bench = atKeys('authentication', keys)
    expect(bench.view).toMatchObject({ screen: 'pin', pad: true })
    bench.do('change-pin', there)
    expect(bench.told.at(-1)).toEqual({ kind: 'change-pin', card: 1, pin: 'authentication', old: null, new: null, lastTry: false })
    expect(bench.reader({ kind: 'pin-changed', card: 1, pin: 'authentication' }).screen).toBe('advice:result')
    expect(atKeys('authentication', keys).do('change-pin', there).failed('change-pin', 'pin-cancelled').notice).toBe('card.pin-cancelled')
  })

  it('is not asked of a reader without such keys, for a password, or for half of it', () => {
    for (const bench of [atKeys('authentication', { signIn: true, changePin: false }), atKeys('signature', keys)]) {
      expect(bench.view).toMatchObject({ screen: 'pin', pad: false })
      expect(bench.say('change-pin', there)).toBe('not-now')
    }
    expect(atKeys('authentication', keys).say('change-pin', { ...there, new: '5678' })).toBe('not-now')
  })
})
