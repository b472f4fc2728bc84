import { createHash } from 'node:crypto'
import type { CoinCursor } from '../../hardware/coin-acceptor/events.ts'
import type { DeviceHealth, DeviceIdentity, DeviceKind, DeviceState } from '../../hardware/device.ts'
import type { FaultCode } from '../../hardware/faults.ts'
import type { Configuration } from '../../main/config/configuration.ts'
import type { CommandInput } from '../../main/contract/commands.ts'
import type { SendResult } from '../../main/contract/submission.ts'
import type { View } from '../../main/contract/view.ts'
import { isSettled, type VisitMoney } from '../../main/money/ledger.ts'
import { builtInRulebook } from '../../main/rulebook/built-in.ts'
import type { Reply } from '../../main/services/service.ts'
import type { BoothEvent, Effect, Facts, Refusal, VisitCommand, VisitCommandName } from '../../main/session/events.ts'
import { wantedCoins } from '../../main/session/money.ts'
import type { JournalRecord, Recovered, RecoveredDoor } from '../../main/session/records.ts'
import { initialState, type State, type Visit } from '../../main/session/state.ts'
import { step } from '../../main/session/step.ts'
import { nextDue } from '../../main/session/time.ts'
import { view } from '../../main/session/view.ts'
import { signClaim } from '../../main/vault/claim-signature.ts'
import { boothKeys, configured, count, formCode, morning, received, service } from './booth-facts.ts'

export interface SessionOptions {
  readonly configuration?: Configuration
  /** What the journal says at start. */
  readonly recovered?: Recovered
  /** What it says of staff: nothing yet, when not given. */
  readonly door?: RecoveredDoor
  /** The money that the journal knew before. */
  readonly money?: ReadonlyMap<string, VisitMoney>
  /** Sees the records of each step, as the journal does; throws when it cannot hold them. */
  readonly append?: (records: readonly JournalRecord[]) => void
  /** Where an acceptor stands that has been in use. */
  readonly cursor?: CoinCursor
  /** Keeps two sessions from drawing the same chance. */
  readonly seed?: string
  readonly now?: number
}

/** What a new journal says at start. */
export const nothingRecovered: Recovered = { cursors: [], notes: [], payouts: [], hoppers: [], tillWrong: false, visit: null }

/**
 * A booth's decisions without a booth: events go through `step`, what it wants recorded and done is kept. Nothing is faked but the time, and after each
 * step the money is counted, the ledger asked, the screen drawn and the acceptor's inhibits compared with what the booth sells.
 */
export class Session {
  readonly configuration: Configuration
  state: State
  now: number
  monotonic = 5_000
  /** What was recorded, one entry a step; and all of it in one list. */
  readonly transactions: (readonly JournalRecord[])[] = []
  readonly records: JournalRecord[] = []
  readonly effects: Effect[] = []
  readonly views: View[] = []
  /** What each visit's money is by the records alone. */
  readonly money: Map<string, VisitMoney>
  /** What the acceptor and the scanner were last told. */
  accepting: readonly string[] = []
  listening = false
  readonly #append: ((records: readonly JournalRecord[]) => void) | undefined
  readonly #seed: string
  #steps = 0
  #cursor: CoinCursor

  constructor(options: SessionOptions = {}) {
    this.configuration = options.configuration ?? configured()
    this.state = initialState(this.configuration)
    this.now = options.now ?? morning
    this.#append = options.append
    this.#seed = options.seed ?? ''
    this.#cursor = options.cursor ?? { serial: '4711', counter: 17, results: [1, 0, 1, 0, 1, 0, 1, 0, 1, 0], ordinal: 40 }
    this.money = new Map(options.money)
    this.dispatch({ kind: 'started', recovered: options.recovered ?? nothingRecovered, door: options.door ?? { tries: 0, lastTry: null, signedIn: null, closed: false } })
  }

  /** Steps the booth by one event, and checks what must hold after any event whatever. */
  dispatch(event: BoothEvent): Refusal {
    const before = this.state
    const { state, records, effects, refusal } = step(before, event, this.#facts())
    this.#append?.(records)
    if (records.length > 0) this.transactions.push(records)
    this.records.push(...records)
    this.effects.push(...effects)
    this.state = state
    for (const record of records) count(this.money, record)
    this.#follow(effects)
    this.#check()
    this.views.push(this.view)
    return refusal
  }

  #facts(): Facts {
    this.#steps += 1
    const chance = createHash('sha256').update(`${this.#seed}:${this.#steps}`).digest('hex')
    const { now, monotonic, configuration } = this
    return { now, monotonic, configuration, rulebook: builtInRulebook, version: '0.0.0', chance, signClaim: (claim) => signClaim(boothKeys, claim) }
  }

  #follow(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind !== 'device') continue
      const { device, command } = effect.command
      if (device === 'coin-acceptor' && command.kind === 'accept') this.accepting = command.ids
      if (device === 'qr-scanner') this.listening = command.kind === 'listen'
    }
  }

  #check(): void {
    const { visit } = this.state
    for (const [id, held] of this.money) {
      const { inserted, credit, parked, earned, owed, paying, returned } = held
      if (credit + parked + earned + owed + paying + returned !== inserted) throw new Error('money is not whole')
      if (!isSettled(held)) throw new Error(`visit ${id} ended with money that is nobody's`)
      if (!held.ended && id !== visit?.visit) throw new Error(`visit ${id} was never ended`)
    }
    if (visit && visit.credit !== this.money.get(visit.visit)?.credit) throw new Error('the credit on the screen is not the ledger’s')
    if (this.state.devices['coin-acceptor'].state === 'ready') {
      const wanted = wantedCoins(this.state, this.configuration)
      if (wanted.join() !== this.accepting.join()) throw new Error(`the acceptor takes ${this.accepting.join()} and should take ${wanted.join()}`)
    }
    if (this.accepting.length > 0 && this.view.screen !== 'payment') throw new Error(`coins are taken on the screen ${this.view.screen}`)
    if (this.listening && this.view.screen !== 'scan') throw new Error(`codes are read on the screen ${this.view.screen}`)
  }

  get view(): View {
    return view(this.state, { now: this.now, configuration: this.configuration, rulebook: builtInRulebook })
  }

  /** The screen by its name, with its step where it has one. */
  get screen(): string {
    const { view } = this
    return 'step' in view ? `${view.screen}:${view.step}` : view.screen
  }

  get visit(): Visit {
    if (!this.state.visit) throw new Error('no visit')
    return this.state.visit
  }

  get notice(): string | null {
    return this.view.notice?.text.key ?? null
  }

  /** Says something as the page does; the refusal is the answer. */
  say<Name extends VisitCommandName>(name: Name, input: CommandInput<Name>): Refusal {
    return this.dispatch({ kind: 'command', name, input } as VisitCommand)
  }

  /** The same where it must be carried out. */
  do<Name extends VisitCommandName>(name: Name, input: CommandInput<Name>): this {
    const refusal = this.say(name, input)
    if (refusal !== null) throw new Error(`${name} ${JSON.stringify(input)} at ${this.screen}: ${refusal}`)
    return this
  }

  answer(step: string, value: string): this {
    return this.do('answer', { step, value })
  }

  date(step: string, era: CommandInput<'date'>['era'], year: number, month: number, day: number): this {
    return this.do('date', { step, era, year, month, day })
  }

  /** Lets time go by, waking the booth when something is due. */
  pass(ms: number): this {
    const end = this.monotonic + ms
    for (let due = nextDue(this.state); due !== null && due <= end; due = nextDue(this.state)) {
      this.#moveTo(Math.max(due, this.monotonic))
      this.dispatch({ kind: 'tick' })
    }
    this.#moveTo(end)
    return this
  }

  #moveTo(monotonic: number): void {
    this.now += monotonic - this.monotonic
    this.monotonic = monotonic
  }

  health(device: DeviceKind, state: DeviceState, faults: readonly FaultCode[] = [], identity: DeviceIdentity | null = null): this {
    const health: DeviceHealth = { state, identity, faults }
    this.dispatch({ kind: 'device', message: { kind: 'health', device, health } })
    return this
  }

  /** All devices answer, the page has a camera, the centre is there. */
  ready(): this {
    this.identified()
    for (const device of ['coin-acceptor', 'qr-scanner', 'printer'] as const) this.health(device, 'ready')
    this.do('camera', { state: 'ready' })
    this.dispatch({ kind: 'outbox', fault: 'centre-unreachable', held: false })
    return this
  }

  identified(serial = this.#cursor.serial): this {
    this.dispatch({ kind: 'device', message: { kind: 'event', device: 'coin-acceptor', event: { kind: 'identified', serial, table: [] } } })
    if (serial !== this.#cursor.serial) return this
    if (!this.state.cursors[this.#cursor.serial]) this.moved([], { from: null })
    return this
  }

  /** The acceptor's buffer moves by these coins of that value, oldest first; `lost` events fell out of it unread. */
  moved(
    values: readonly number[],
    { from = this.#cursor, lost = 0, path = 0 }: { readonly from?: CoinCursor | null; readonly lost?: number; readonly path?: number } = {},
  ): Extract<BoothEvent, { kind: 'device' }> {
    const start = this.#cursor
    const after = (count: number) => ({ counter: ((start.counter + count - 1 + 255) % 255) + 1, ordinal: start.ordinal + count })
    const coins = values.map((value, index) => {
      const id = this.configuration.cash.coins.find((coin) => coin.value === value)?.id ?? ''
      return { ...after(lost + index + 1), position: 1, path, id, value, currency: this.configuration.cash.currency }
    })
    const fell = lost + values.length
    this.#cursor = fell === 0 ? start : { serial: start.serial, results: start.results, ...after(fell) }
    const event = { kind: 'moved' as const, from, to: this.#cursor, coins, lost, unknown: 0, alarm: lost > 0 ? ('uncounted' as const) : null }
    const message: BoothEvent = { kind: 'device', message: { kind: 'event', device: 'coin-acceptor', event } }
    this.dispatch(message)
    return message
  }

  /** Where the acceptor stands. */
  get cursor(): CoinCursor {
    return this.#cursor
  }

  /** Coins fall, one a poll. */
  insert(...values: readonly number[]): this {
    for (const value of values) this.moved([value])
    return this
  }

  /** The serial reader reads this. */
  scan(text: string | Uint8Array): this {
    const bytesHex = Buffer.from(text as string).toString('hex')
    this.dispatch({ kind: 'device', message: { kind: 'event', device: 'qr-scanner', event: { kind: 'code', bytesHex } } })
    return this
  }

  /** The camera sees these codes in one frame. */
  show(...texts: readonly string[]): Refusal {
    return this.say('codes', { codes: texts.map((text) => Buffer.from(text).toString('hex')) })
  }

  /** A still, and the photo made of it. */
  shoot(): this {
    const attempt = this.visit.photoAttempt + 1
    this.do('photo', { attempt, imageBase64: '/9j/' })
    this.dispatch({ kind: 'photo-made', visit: this.visit.visit, attempt, widthPx: 827, heightPx: 1063, checks: [] })
    return this
  }

  printed(ok = true): this {
    const job = this.visit.printing?.job ?? ''
    this.dispatch({ kind: 'device', message: { kind: 'event', device: 'printer', event: { kind: ok ? 'printed' : 'not-printed', job } } })
    return this
  }

  /** The key of the application that is being sent. */
  get key(): string {
    const { stage } = this.visit
    if (stage.at !== 'sending') throw new Error(`nothing is being sent at ${stage.at}`)
    return stage.key
  }

  sealed(key = this.key): this {
    this.dispatch({ kind: 'sealed', visit: this.visit.visit, key, file: `${key}.jwe`, sha256: 'a'.repeat(64) })
    return this
  }

  /** The centre's word on the application that is being sent, or on `application`. */
  centreSays(result: SendResult, application = this.queued()): this {
    this.dispatch({ kind: 'sent', application, result })
    return this
  }

  /** What an authority's system says to the visit's last question. */
  replies(reply: Reply): this {
    this.dispatch({ kind: 'replied', visit: this.visit.visit, asked: this.visit.asked, reply })
    return this
  }

  /** The application that was queued last, from the records. */
  queued() {
    const record = this.recordsOf('queued').at(-1)
    if (!record) throw new Error('nothing is queued')
    const { key, number, code, price } = record.body
    return { key, visit: record.visit, number, code, price }
  }

  recordsOf<Kind extends JournalRecord['kind']>(kind: Kind): readonly Extract<JournalRecord, { kind: Kind }>[] {
    return this.records.filter((record): record is Extract<JournalRecord, { kind: Kind }> => record.kind === kind)
  }

  effectsOf<Kind extends Effect['kind']>(kind: Kind): readonly Extract<Effect, { kind: Kind }>[] {
    return this.effects.filter((effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind)
  }

  toOffer(): this {
    return this.do('begin', {}).do('choose-language', { language: 'ja' })
  }

  /** Up to the first question. */
  toQuestions(): this {
    return this.toOffer()
      .do('choose-service', { service })
      .do('accept', { step: 'privacy', boxes: ['privacy', 'terms', 'age'] })
      .do('continue', { step: 'number' })
  }

  /** A Japanese adult with a good form, up to the payment. */
  toPayment(): this {
    return this.toQuestions()
      .answer('applicant', 'adult')
      .answer('cause', 'first')
      .answer('form', 'with-code')
      .answer('printed', 'same')
      .answer('stay', 'none')
  }

  toScan(): this {
    return this.toPayment().insert(500, 100, 100, 100)
  }

  toBirth(): this {
    return this.toScan().scan(formCode).do('continue', { step: 'identifier' })
  }

  toPhoto(): this {
    return this.toBirth().date('birth', 'showa', 55, 4, 1).answer('certificates', 'both').answer('braille', 'no')
  }

  /** From the scan of an adult's form to the sealed application. */
  fromScanToSealed(): this {
    return this.scan(formCode)
      .do('continue', { step: 'identifier' })
      .date('birth', 'western', 1980, 4, 1)
      .answer('certificates', 'none')
      .answer('braille', 'no')
      .shoot()
      .do('keep-photo', {})
      .do('send', { consent: true })
      .sealed()
  }

  toReview(): this {
    return this.toPhoto().shoot().do('keep-photo', {})
  }

  /** Confirmed, and on its way to be sealed. */
  toSending(): this {
    return this.toReview().do('send', { consent: true })
  }

  toReceived(): this {
    return this.toSending().sealed().centreSays(received)
  }
}

/** A booth with everything in order. */
export function readySession(options: SessionOptions = {}): Session {
  return new Session(options).ready()
}
