import { describe, expect, it } from 'vitest'
import type { BillValidatorCommand, BillValidatorEvent, EndedNote, NoteCursor, NoteOutcome } from '../../../hardware/bill-validator/events.ts'
import { firstCursor, holds } from '../../../hardware/bill-validator/moves.ts'
import type { Configuration } from '../../../main/config/configuration.ts'
import type { Recovered } from '../../../main/session/records.ts'
import { configured, service } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'

const bowl = { path: '/dev/null', checksum: 'sum-8', echo: 'auto', baudRate: 9600 } as const
const plain = configured()
const yen = (id: string, value: number) => ({ id, value, currency: 'JPY' as const })
const configuration: Configuration = {
  ...plain,
  cash: { ...plain.cash, notes: [yen('JP1000A', 1000), yen('JP1000B', 1000)], maximumCredit: 3000 },
  devices: {
    ...plain.devices,
    hopper: { ...bowl, hoppers: [{ address: 3, coin: 'JP100A', filled: 50 }] },
    'bill-validator': { ...bowl, protocol: 'id003', address: 40, pollMs: 100 },
  },
}
const fresh: NoteCursor = { ...firstCursor('V1', null), ordinal: 7 }

/** A validator as far as a session sees it: it tells what moved, and has heard what it was told. */
class Validator {
  readonly session: Session
  cursor: NoteCursor | null
  #heard = 0

  constructor(session: Session, cursor: NoteCursor | null = null) {
    this.session = session
    this.cursor = cursor
    session.health('bill-validator', 'ready')
    this.#event({ kind: 'identified', serial: 'V1' })
    if (!cursor) this.tell(fresh)
  }

  #event(event: BillValidatorEvent): void {
    this.session.dispatch({ kind: 'device', message: { kind: 'event', device: 'bill-validator', event } })
  }

  tell(to: NoteCursor, ended: readonly EndedNote[] = [], from = this.cursor): void {
    this.cursor = to
    this.#event({ kind: 'moved', from, to, ended, lost: 0, uncounted: 0, alarm: null })
  }

  /** A note comes into escrow. */
  takes(id = 'JP1000B', value = 1000): this {
    this.tell(holds(this.cursor ?? fresh, { position: 2, ...yen(id, value) }, 'escrow'))
    return this
  }

  /** The driver writes the intent to stack it. */
  intends(): this {
    const held = this.cursor?.held
    if (this.cursor && held) this.tell(holds(this.cursor, held, 'stacking'))
    return this
  }

  /** The note that is held ends so. */
  ends(outcome: NoteOutcome, afterPowerUp = false): Parameters<Validator['tell']> {
    const held = this.cursor?.held
    if (!this.cursor || !held) throw new Error('no note is held')
    const { phase: _phase, ...note } = held
    const from = this.cursor
    const told = [{ ...from, ordinal: from.ordinal + 1, held: null, last: outcome }, [{ ...note, ordinal: from.ordinal + 1, counter: 0, outcome, afterPowerUp }], from] as const
    this.tell(...told)
    return [...told]
  }

  /** What it was told since the last look. */
  told(): readonly BillValidatorCommand[] {
    const all = this.session.effects.flatMap((effect) => (effect.kind === 'device' && effect.command.device === 'bill-validator' ? [effect.command.command] : []))
    const news = all.slice(this.#heard)
    this.#heard = all.length
    return news
  }
}

const hoppers = (session: Session) => {
  const hopper = { serial: '900', address: 3, coin: 'JP100A', counter: 5, total: 100, level: 'middle' as const, ready: true }
  session.health('hopper', 'ready').dispatch({ kind: 'device', message: { kind: 'event', device: 'hopper', event: { kind: 'hoppers', fresh: true, hoppers: [hopper] } } })
}
const paying = () => {
  const session = readySession({ configuration })
  hoppers(session)
  const validator = new Validator(session)
  session.toPayment()
  return { session, validator }
}
const money = (session: Session) => [...session.money.values()].at(-1)
const decisions = (validator: Validator) => validator.told().filter(({ kind }) => kind === 'stack' || kind === 'return')
const accepted = (validator: Validator) => validator.told().flatMap((command) => (command.kind === 'accept' ? [command.ids] : [])).at(-1)

describe('notes', () => {
  it('are taken while their change can be given, the older and the newer design alike', () => {
    const { session, validator } = paying()
    expect(session.view).toMatchObject({ screen: 'payment', notes: [1000], note: null })
    expect(accepted(validator)).toEqual(['JP1000A', 'JP1000B'])
    // 950 too much: coins of 100 cannot give that.
    session.insert(500, 100, 100, 50)
    expect(session.view).toMatchObject({ screen: 'payment', notes: [], open: true })
    expect(accepted(validator)).toEqual([])
    session.insert(10)
    expect(session.view).toMatchObject({ notes: [], money: { missing: 40 } })
  })

  it('are said to be taken before anyone begins, and not where their change could not be given', () => {
    const { session } = new Validator(readySession({ configuration }))
    expect(session.view).toMatchObject({ screen: 'attract', notes: [] })
    hoppers(session)
    expect(session.view).toMatchObject({ screen: 'attract', notes: [1000] })
    expect(session.toOffer().view).toMatchObject({ screen: 'offer', notes: [1000] })
    session.health('hopper', 'lost', ['hopper-lost'])
    expect(session.view).toMatchObject({ screen: 'offer', notes: [], change: false })
  })

  it.each(['hopper', 'bill-validator'] as const)('are not taken without a %s', (device) => {
    const { session, validator } = paying()
    session.health(device, 'lost', [`${device}-lost`])
    expect(session.view).toMatchObject({ screen: 'payment', notes: [], open: true })
    expect(accepted(validator)).toEqual([])
  })

  it('wait in escrow for the resident’s word; it is a credit once, when it lies in the box', () => {
    const { session, validator } = paying()
    validator.takes()
    expect(session.view).toMatchObject({ screen: 'payment', open: true, notes: [], note: { value: 1000, change: 200, waits: true }, money: { inserted: 0 } })
    expect(session.accepting).toEqual([])
    expect(decisions(validator)).toEqual([])
    session.do('pay-with-note', {})
    expect(decisions(validator)).toEqual([{ kind: 'stack', ordinal: 8 }])
    validator.intends()
    expect(session.view).toMatchObject({ screen: 'payment', note: { waits: false } })
    expect(session.say('pay-with-note', {})).toBe('not-now')
    const told = validator.ends('stacked')
    expect(session.screen).toBe('scan')
    expect(money(session)).toMatchObject({ inserted: 1000, credit: 1000 })
    expect(session.recordsOf('note-credited')).toMatchObject([{ body: { serial: 'V1', ordinal: 8, id: 'JP1000B', value: 1000 } }])
    expect(session.transactions.at(-1)?.map(({ kind }) => kind).slice(0, 2)).toEqual(['note-moved', 'note-credited'])
    // Told again: only acknowledged.
    validator.tell(...told)
    expect(money(session)).toMatchObject({ inserted: 1000 })
    expect(validator.told().at(-1)).toMatchObject({ kind: 'recorded', cursor: { ordinal: 8 } })
  })

  it('that do not reach the price are stacked at once', () => {
    const dear: Configuration = { ...configuration, services: { ...configuration.services, [service]: { price: 1200, photoAttempts: 6 } } }
    const session = readySession({ configuration: dear })
    hoppers(session)
    const validator = new Validator(session)
    session.toPayment()
    validator.takes()
    expect(decisions(validator)).toEqual([{ kind: 'stack', ordinal: 8 }])
    validator.intends().ends('stacked')
    expect(session.view).toMatchObject({ screen: 'payment', money: { inserted: 1000, missing: 200 }, notes: [1000] })
    validator.takes()
    expect(session.view).toMatchObject({ note: { change: 800, waits: true } })
  })

  it('go back on cancelling, with one sentence before and one after', () => {
    const { session, validator } = paying()
    validator.takes()
    session.do('cancel', { confirm: false })
    expect(session.view.overlay).toEqual({ kind: 'cancel', credit: 0, note: 1000 })
    expect(decisions(validator)).toEqual([])
    session.do('cancel', { confirm: true })
    expect(session.screen).toBe('leave')
    expect(decisions(validator)).toEqual([{ kind: 'return', ordinal: 8 }])
    validator.ends('returned')
    expect(session.notice).toBe('note.back')
    expect(session.money.values().next().value).toMatchObject({ inserted: 0, owed: 0 })
  })

  it('go back when nobody is there any more, when the way leads back, and when the change is gone', () => {
    const away = paying()
    away.validator.takes()
    away.session.pass(400_000)
    expect(decisions(away.validator)).toEqual([{ kind: 'return', ordinal: 8 }])
    const back = paying()
    back.validator.takes()
    back.session.do('back', {})
    expect(decisions(back.validator)).toEqual([{ kind: 'return', ordinal: 8 }])
    const dry = paying()
    dry.validator.takes()
    dry.session.health('hopper', 'lost', ['hopper-lost'])
    expect(decisions(dry.validator)).toEqual([{ kind: 'return', ordinal: 8 }])
  })

  it('go back when the payment was over before the intent to stack them could be written', () => {
    const { session, validator } = paying()
    validator.takes()
    session.do('pay-with-note', {})
    const escrow = validator.cursor
    session.do('cancel', { confirm: false })
    session.do('cancel', { confirm: true })
    expect(decisions(validator)).toEqual([{ kind: 'stack', ordinal: 8 }, { kind: 'return', ordinal: 8 }])
    const before = session.transactions.length
    validator.intends()
    expect(session.transactions).toHaveLength(before)
    expect(validator.told()).toEqual([{ kind: 'recorded', cursor: escrow }])
    validator.cursor = escrow
    validator.ends('returned')
    expect(session.notice).toBe('note.back')
    expect(money(session)).toMatchObject({ inserted: 0, credit: 0 })
  })

  it('that were pulled out, or of which nobody knows, are no credit; the doubt is an alarm', () => {
    const { session, validator } = paying()
    validator.takes().ends('pulled')
    expect(money(session)).toMatchObject({ inserted: 0 })
    validator.takes()
    session.do('pay-with-note', {})
    validator.intends()
    const { cursor } = validator
    if (!cursor?.held) throw new Error('no note')
    const { phase: _phase, ...note } = cursor.held
    const to = { ...cursor, ordinal: cursor.ordinal + 1, held: null, last: 'unknown' as const }
    const ended = [{ ...note, ordinal: to.ordinal, counter: 0, outcome: 'unknown' as const, afterPowerUp: true }]
    session.dispatch({ kind: 'device', message: { kind: 'event', device: 'bill-validator', event: { kind: 'moved', from: cursor, to, ended, lost: 0, uncounted: 0, alarm: 'uncounted' } } })
    expect(money(session)).toMatchObject({ inserted: 0 })
    expect(session.state.latched).toContain('notes-uncounted')
    expect(session.view).toMatchObject({ screen: 'payment', notes: [], open: true })
  })

  it('of another validator than the one that was there stay outside', () => {
    const { session, validator } = paying()
    session.dispatch({ kind: 'device', message: { kind: 'event', device: 'bill-validator', event: { kind: 'identified', serial: 'V2' } } })
    expect(validator.told().findLast(({ kind }) => kind === 'configure')).toMatchObject({ cursor: { serial: 'V1' } })
    expect(session.state.validator).toBe('V1')
  })

  describe('after the booth died', () => {
    const again = (before: Session, cursor: NoteCursor | null) => {
      const { visit } = before.visit
      const recovered: Recovered = {
        cursors: Object.values(before.state.cursors),
        notes: cursor ? [cursor] : [],
        payouts: [],
        hoppers: [],
        tillWrong: false,
        visit: { visit, service, language: 'en', credit: 0, item: 1, returned: 0, payouts: 0, queued: null, claims: [], printed: [] },
      }
      const session = readySession({ configuration, recovered, cursor: before.cursor, money: before.money, seed: 'second' })
      hoppers(session)
      return { session, validator: new Validator(session, cursor) }
    }

    it('F34 a note in escrow goes back: nobody had said that it pays', () => {
      const first = paying()
      first.validator.takes()
      const { session, validator } = again(first.session, first.validator.cursor)
      expect(validator.told().slice(1)).toMatchObject([{ kind: 'configure', cursor: { held: { phase: 'escrow' } } }, { kind: 'accept', ids: [] }, { kind: 'return', ordinal: 8 }])
      expect(session.screen).toBe('attract')
      validator.ends('returned', true)
      expect(money(session)).toMatchObject({ inserted: 0 })
    })

    it('F34 one that was being stacked is waited for, and is a credit of the same visit once', () => {
      const first = paying()
      first.validator.takes()
      first.session.do('pay-with-note', {})
      first.validator.intends()
      const { session, validator } = again(first.session, first.validator.cursor)
      expect(session.view).toMatchObject({ screen: 'held', counting: true, credit: 0, language: 'en' })
      expect(session.recordsOf('recovery')).toMatchObject([
        { body: { found: { visit: first.session.visit.visit, credit: 0, notes: [{ serial: 'V1', ordinal: 8, phase: 'stacking' }], booksAddUp: true }, decided: 'held' } },
      ])
      expect(decisions(validator)).toEqual([{ kind: 'stack', ordinal: 8 }])
      const told = validator.ends('stacked', true)
      expect(session.view).toMatchObject({ screen: 'held', counting: false, credit: 1000 })
      validator.tell(...told)
      expect(session.recordsOf('note-credited')).toMatchObject([{ visit: first.session.visit.visit, body: { afterPowerUp: true } }])
    })
  })
})
