import { describe, expect, it } from 'vitest'
import type { HopperState } from '../../../hardware/hopper/events.ts'
import { cashSets } from '../../../main/config/cash-sets.ts'
import type { Configuration } from '../../../main/config/configuration.ts'
import { configured, formCode, received } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'

const hoppers = { path: '/dev/null', checksum: 'sum-8', echo: 'auto', baudRate: 9600 } as const
const unit = (address: number, coin: string, filled: number) => ({ address, coin, filled })
const withHoppers = (...units: readonly ReturnType<typeof unit>[]): Configuration => {
  const plain = configured()
  return { ...plain, devices: { ...plain.devices, hopper: { ...hoppers, hoppers: [...units] } } }
}

/** Hoppers as far as a session sees them: they pay what they are told as long as they have coins. */
class Hoppers {
  readonly session: Session
  readonly states: HopperState[]
  readonly coins: Record<string, number>
  left = 0
  #seen: number

  constructor(session: Session, states: readonly (readonly [serial: string, address: number, coin: string, coins: number])[]) {
    this.session = session
    this.states = states.map(([serial, address, coin]) => ({ serial, address, coin, counter: 5, total: 100, level: 'middle', ready: true }))
    this.coins = Object.fromEntries(states.map(([serial, , , coins]) => [serial, coins]))
    this.#seen = session.effects.length
    session.health('hopper', 'ready')
    this.tell(true)
  }

  tell(fresh = false): void {
    this.session.dispatch({ kind: 'device', message: { kind: 'event', device: 'hopper', event: { kind: 'hoppers', fresh, hoppers: [...this.states] } } })
  }

  /** What the booth has told the hoppers since the last look. */
  told() {
    const effects = this.session.effects.slice(this.#seen)
    this.#seen = this.session.effects.length
    return effects.flatMap((effect) => (effect.kind === 'device' && effect.command.device === 'hopper' ? [effect.command.command] : []))
  }

  settle(id: string, serial: string, paid: number, asked: number): void {
    const index = this.states.findIndex((hopper) => hopper.serial === serial)
    const state = this.states[index]
    if (!state) throw new Error(`no hopper ${serial}`)
    this.states[index] = { ...state, counter: state.counter + 1, total: (state.total ?? 0) + paid }
    this.left += paid
    this.tell()
    const event = { kind: 'settled' as const, id, serial, paid, unpaid: asked - paid, alarm: paid < asked ? ('empty' as const) : null }
    this.session.dispatch({ kind: 'device', message: { kind: 'event', device: 'hopper', event } })
  }

  /** Pays everything that is asked, until nothing is. */
  work(): void {
    for (let told = this.told(); told.length > 0; told = this.told())
      for (const { intent } of told) {
        const paid = Math.min(intent.coins, this.coins[intent.serial] ?? 0)
        this.coins[intent.serial] = (this.coins[intent.serial] ?? 0) - paid
        this.settle(intent.id, intent.serial, paid, intent.coins)
      }
  }
}

const money = (session: Session) => [...session.money.values()].at(-1)
const kinds = (session: Session) => session.records.map(({ kind }) => kind)

function paying(configuration: Configuration): Session {
  return readySession({ configuration }).toPayment()
}

describe('money that comes back as coins', () => {
  it('on cancelling: the intent is on the disk before the hopper hears of it, and nothing is owed', () => {
    const session = paying(withHoppers(unit(3, 'JP100A', 50)))
    const bowls = new Hoppers(session, [['900', 3, 'JP100A', 50]])
    session.insert(500)
    session.do('cancel', { confirm: true })
    const last = session.transactions.at(-1)?.map(({ kind }) => kind)
    expect(last).toContain('payout-intended')
    expect(bowls.told()).toMatchObject([{ kind: 'pay', intent: { serial: '900', coins: 5, counterBefore: 5, totalBefore: 100 } }])
    expect(session.view).toMatchObject({ screen: 'paying-out', amount: 500 })
    bowls.settle(session.state.openPayouts[0]?.id ?? '', '900', 5, 5)
    expect(money(session)).toMatchObject({ returned: 500, owed: 0, credit: 0, paying: 0 })
    expect(session.screen).toBe('leave')
    expect(session.state.hopperCoins).toEqual({ 900: 45 })
  })

  it.each([0, 1, 2, 3, 4, 5])('F32 a hopper pays %i of 5: the next one pays the rest, then a slip, and nothing is left over', (k) => {
    const session = paying(withHoppers(unit(3, 'JP100A', 50), unit(4, 'JP050A', 2)))
    const bowls = new Hoppers(session, [['900', 3, 'JP100A', k], ['901', 4, 'JP050A', 2]])
    session.insert(500)
    session.do('cancel', { confirm: true })
    bowls.work()
    const rest = 500 - k * 100
    const small = Math.min(rest, 100)
    expect(money(session)).toMatchObject({ inserted: 500, returned: k * 100 + small, owed: rest - small, credit: 0, paying: 0 })
    expect(session.screen).toBe(rest > small ? 'claim' : 'leave')
    expect(bowls.left).toBe(k + small / 50)
  })

  it('change after the application was received, before its receipt', () => {
    const session = paying(withHoppers(unit(3, 'JP100A', 50)))
    const bowls = new Hoppers(session, [['900', 3, 'JP100A', 50]])
    session.insert(500, 500).scan(formCode).do('continue', { step: 'identifier' })
    session.date('birth', 'showa', 55, 4, 1).answer('certificates', 'both').answer('braille', 'no').shoot().do('keep-photo', {})
    session.do('send', { consent: true }).sealed().centreSays(received)
    expect(session.screen).toBe('paying-out')
    expect(kinds(session)).toContain('answered')
    bowls.work()
    expect(session.screen).toBe('receipt')
    expect(money(session)).toMatchObject({ inserted: 1000, earned: 800, returned: 200, owed: 0 })
  })

  it('a visit that nobody goes on with leaves a slip, never coins', () => {
    const session = paying(withHoppers(unit(3, 'JP100A', 50)))
    const bowls = new Hoppers(session, [['900', 3, 'JP100A', 50]])
    session.insert(500)
    session.pass(400_000)
    expect(bowls.told()).toEqual([])
    expect(money(session)).toMatchObject({ owed: 500, returned: 0 })
  })
})

describe('a hopper that falls silent', () => {
  function silent() {
    const session = paying(withHoppers(unit(3, 'JP100A', 50)))
    const bowls = new Hoppers(session, [['900', 3, 'JP100A', 50]])
    session.insert(500)
    session.do('cancel', { confirm: true })
    const id = session.state.openPayouts[0]?.id ?? ''
    bowls.told()
    session.health('hopper', 'lost', ['hopper-lost'])
    session.pass(61_000)
    return { session, bowls, id }
  }

  it.each([0, 3, 5])('the resident gets a slip; what is told later (%i came out) is settled, and owed under that slip', (k) => {
    const { session, bowls, id } = silent()
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 500 }, why: { key: 'slip.claim.why.unclear' } })
    const shown = session.view.screen === 'claim' ? session.view.claim.number : ''
    session.printed().do('continue', { step: 'claim' })
    session.pass(60_000)
    expect(session.state.visit).toBeNull()
    expect(money(session)).toMatchObject({ paying: 500, owed: 0, returned: 0 })
    session.health('hopper', 'ready')
    bowls.tell(true)
    expect(bowls.told()).toMatchObject([{ kind: 'settle', intent: { id } }])
    bowls.settle(id, '900', k, 5)
    expect(money(session)).toMatchObject({ paying: 0, returned: k * 100, owed: 500 - k * 100 })
    const claims = session.records.filter((record) => record.kind === 'claim-issued')
    expect(claims.map(({ body }) => [body.claim.number, body.claim.amount])).toEqual(k === 5 ? [] : [[shown, 500 - k * 100]])
    expect(bowls.told()).toEqual([])
  })

  it('comes back within the visit: it is settled, and the visit ends as if nothing had been', () => {
    const session = paying(withHoppers(unit(3, 'JP100A', 50)))
    const bowls = new Hoppers(session, [['900', 3, 'JP100A', 50]])
    session.insert(500)
    session.do('cancel', { confirm: true })
    const id = session.state.openPayouts[0]?.id ?? ''
    bowls.told()
    session.health('hopper', 'lost', ['hopper-lost']).pass(5_000).health('hopper', 'ready')
    bowls.tell(true)
    expect(bowls.told()).toMatchObject([{ kind: 'settle' }])
    bowls.settle(id, '900', 5, 5)
    expect(session.screen).toBe('leave')
    expect(money(session)).toMatchObject({ returned: 500, owed: 0 })
  })
})

it('F33 the booth died in a pay-out: it is settled before anything else, and the rest is offered to whoever is there', () => {
  const configuration = withHoppers(unit(3, 'JP100A', 50))
  const first = paying(configuration)
  const bowls = new Hoppers(first, [['900', 3, 'JP100A', 50]])
  first.insert(500).do('cancel', { confirm: true })
  const open = first.state.openPayouts
  const { visit } = first.visit
  const recovered = {
    cursors: Object.values(first.state.cursors),
    notes: [],
    payouts: open,
    hoppers: [{ serial: '900', coins: 50, total: 100 }],
    tillWrong: false,
    visit: { visit, service: null, language: 'ja' as const, credit: 0, item: 1, returned: 0, payouts: 1, queued: null, claims: [], printed: [] },
    waiting: 0,
    oldestWaitingAt: null,
  }
  const session = readySession({ configuration, recovered, money: first.money, seed: 'second' })
  expect(session.screen).toBe('paying-out')
  expect(session.say('begin', {})).toBe('not-now')
  const again = new Hoppers(session, [['900', 3, 'JP100A', 50]])
  expect(session.effects.flatMap((effect) => (effect.kind === 'device' && effect.command.device === 'hopper' ? [effect.command.command.kind] : []))).toEqual(['settle'])
  again.settle(open[0]?.id ?? '', '900', 2, 5)
  expect(session.view).toMatchObject({ screen: 'held', credit: 300 })
  expect(money(session)).toMatchObject({ returned: 200, credit: 300, paying: 0 })
  again.told()
  session.do('return-credit', {})
  again.work()
  expect(money(session)).toMatchObject({ returned: 500, owed: 0 })
  expect(bowls.left + again.left).toBe(5)
})

describe('hoppers that are not what they should be', () => {
  it('one that another takes the place of pays nothing until the booth is started again', () => {
    const session = paying(withHoppers(unit(3, 'JP100A', 50)))
    const bowls = new Hoppers(session, [['900', 3, 'JP100A', 50]])
    bowls.states.splice(0, 1, { serial: '666', address: 3, coin: 'JP100A', counter: 0, total: 0, level: 'middle', ready: true })
    bowls.tell(true)
    expect(session.state.latched).toContain('hopper-exchanged')
    session.insert(500).do('cancel', { confirm: true })
    expect(bowls.told()).toEqual([])
    expect(session.screen).toBe('claim')
  })

  it('one with another coin than the operator said pays nothing', () => {
    const session = paying(withHoppers(unit(3, 'JP100A', 50)))
    const bowls = new Hoppers(session, [['900', 3, 'JP500A', 50]])
    session.insert(500).do('cancel', { confirm: true })
    expect(bowls.told()).toEqual([])
  })

  it('coins that left it without us are told to staff', () => {
    const session = readySession({ configuration: withHoppers(unit(3, 'JP100A', 50)) })
    const bowls = new Hoppers(session, [['900', 3, 'JP100A', 50]])
    expect(session.state.latched).not.toContain('till-mismatch')
    bowls.states.splice(0, 1, { serial: '900', address: 3, coin: 'JP100A', counter: 9, total: 130, level: 'middle', ready: true })
    bowls.tell()
    expect(session.state.latched).toContain('till-mismatch')
    // One whose count was begun anew, as in a workshop, stands below the books.
    bowls.states.splice(0, 1, { serial: '900', address: 3, coin: 'JP100A', counter: 0, total: 0, level: 'middle', ready: true })
    bowls.tell()
    expect(session.records.flatMap((record) => (record.kind === 'hopper-seen' ? [record.body] : []))).toEqual([
      { serial: '900', total: 100 },
      { serial: '900', total: 130, beside: 30 },
      { serial: '900', total: 0, beside: -130 },
    ])
  })
})

it('says before anyone pays whether change can be given', () => {
  const session = paying(withHoppers(unit(3, 'JP100A', 4), unit(4, 'JP050A', 1), unit(5, 'JP010A', 4)))
  expect(session.view).toMatchObject({ screen: 'payment', change: false })
  const bowls = new Hoppers(session, [['900', 3, 'JP100A', 4], ['901', 4, 'JP050A', 1], ['902', 5, 'JP010A', 4]])
  expect(session.view).toMatchObject({ screen: 'payment', change: true })
  bowls.states[2] = { ...(bowls.states[2] as HopperState), ready: false }
  bowls.tell()
  expect(session.view).toMatchObject({ screen: 'payment', change: false })
})

it('takes twenty coins of a kind in a visit, and others after them', () => {
  const plain = configured()
  const session = paying({ ...plain, cash: { ...plain.cash, mostPieces: 5 } })
  for (let coin = 0; coin < 5; coin += 1) session.insert(10)
  expect(session.accepting).not.toContain('JP010A')
  expect(session.accepting).toContain('JP100A')
})

it('a coin that the sorter sends into a hopper lies there, and can be paid out', () => {
  const plain = withHoppers(unit(3, 'JP100A', 0))
  const [hopper] = plain.devices.hopper?.hoppers ?? []
  if (!hopper) throw new Error('no hopper')
  const configuration: Configuration = {
    ...plain,
    cash: { ...plain.cash, coins: plain.cash.coins.map((coin) => (coin.id === 'JP100A' ? { ...coin, path: 2 } : coin)) },
    devices: { ...plain.devices, hopper: { ...hoppers, hoppers: [{ ...hopper, fedBy: 2 }] } },
  }
  const session = paying(configuration)
  const bowls = new Hoppers(session, [['900', 3, 'JP100A', 3]])
  session.moved([100, 100, 100], { path: 2 })
  expect(session.state.hopperCoins).toEqual({ 900: 3 })
  session.do('cancel', { confirm: true })
  bowls.work()
  expect(money(session)).toMatchObject({ returned: 300, owed: 0 })
})

it('a claim in Taiwan bears the time of Taiwan, and its dollars', () => {
  const { currency, coins } = cashSets.taiwan
  const session = readySession({ configuration: configured((file) => ({ ...file, cash: { ...file.cash, currency, coins } })) }).toPayment().insert(50)
  session.pass(600_000)
  expect(session.recordsOf('claim-issued')).toMatchObject([{ body: { claim: { amount: 50, currency: 'TWD', issuedAt: expect.stringMatching(/\+08:00$/) as unknown } } }])
})
