import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { staffPin } from '../../../main/contract/staff.ts'
import { describeEngine, releasedEngine } from '../../../main/diagnostics/browser-engine.ts'
import { addDays } from '../../../main/rulebook/civil-date.ts'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import type { BoothEvent } from '../../../main/session/events.ts'
import { lockOutMs } from '../../../main/session/lock-out.ts'
import type { JournalRecord, RecoveredDoor } from '../../../main/session/records.ts'
import { initialState } from '../../../main/session/state.ts'
import { step } from '../../../main/session/step.ts'
import { isCornerGesture, type Press } from '../../../renderer/staff/corner-gesture.ts'
import { configured, formId } from '../../support/booth-facts.ts'
import { nothingRecovered, readySession, Session } from '../../support/session.ts'
import { goOnTo } from '../../support/willing-resident.ts'
import { report } from '../../renderer/support/staff-views.ts'

const who = 'DEMO-1'
const right = '739105'
const minute = 60_000
const day = 86_400_000
const configuration = configured()

/** Types a PIN, and the booth compares it; the refusal, if it was not even looked at. */
function guess(session: Session, pin: string) {
  const refusal = session.say('staff-sign-in', { who, pin })
  if (refusal === null) session.dispatch({ kind: 'pin-checked', who, right: pin === right })
  return refusal
}

function signedIn(session = readySession()): Session {
  session.do('staff-door', {})
  expect(guess(session, right)).toBe(null)
  expect(session.screen).toBe('staff')
  return session
}

/** What a journal with these records says at the next start. */
function doorOf(before: RecoveredDoor, records: readonly JournalRecord[], at: number): RecoveredDoor {
  let door = before
  for (const record of records) {
    if (record.kind === 'staff-tried') door = { ...door, tries: door.tries + 1, lastTry: at }
    if (record.kind === 'staff-signed-in') door = { ...door, tries: 0, lastTry: null, signedIn: record.body.who }
    if (record.kind === 'staff-signed-out') door = { ...door, signedIn: null }
    if (record.kind === 'booth-closed' || record.kind === 'booth-opened') door = { ...door, closed: record.kind === 'booth-closed' }
  }
  return door
}

describe('the hidden corners', () => {
  const width = 268
  const held = (x: number, from: number, y = 4): Press => ({ x, y, from, to: from + 2_000 })
  const gesture = (at: number, x = 3) => [held(x, at), held(width - x, at + 2_500)]

  test('K08 the gesture, 1000 times over, opens the sign-in and nothing else: no visit, no coin, no record', () => {
    const session = readySession()
    const before = session.records.length
    for (let time = 0; time < 1000; time += 1) {
      expect(isCornerGesture(gesture(time * 10_000, time % 16), width)).toBe(true)
      session.do('staff-door', {})
      expect(session.view).toMatchObject({ screen: 'staff-sign-in', state: 'ready', money: null })
      for (const refused of ['begin', 'test-code', 'use-credit', 'type-id'] as const) expect(session.say(refused, {})).toBe('not-now')
      expect(session.say('staff-service', { open: false })).toBe('not-now')
      expect(session.accepting).toEqual([])
      if (time % 2) session.do('staff-leave', {})
      else session.pass(2 * minute)
      expect(session.screen).toBe('attract')
    }
    expect(session.state.visit).toBe(null)
    expect(session.records).toHaveLength(before)
  })

  test('is one finger held in the left corner, then in the right one, and nothing that a resident does', () => {
    const [left, right] = gesture(0) as [Press, Press]
    expect(isCornerGesture([left, right], width)).toBe(true)
    const never: readonly (readonly Press[])[] = [
      [],
      [left],
      [right, left],
      [left, left],
      [left, held(width / 2, 2_500), right].slice(0, 2),
      [left, { ...right, to: right.from + 200 }],
      [{ ...left, to: left.from + 200 }, right],
      [left, { ...right, y: 40 }],
      [left, { ...right, from: right.from + 9_000, to: right.to + 9_000 }],
      [{ ...left, to: left.from + 7_000 }, { ...right, from: 7_500, to: 9_500 }],
      // Two hands that rest at the same time.
      [left, { ...right, from: 100, to: 2_600 }],
    ]
    for (const presses of never) expect(isCornerGesture(presses, width), JSON.stringify(presses)).toBe(false)
  })

  test('lead nowhere while somebody is being served, where the configuration names nobody, and where no journal counts', () => {
    for (const session of [readySession().toPayment(), readySession({ configuration: configured((file) => ({ ...file, staff: [] })) })]) {
      const { screen } = session
      expect(session.say('staff-door', {})).toBe('not-now')
      expect(guess(session, right)).toBe('not-now')
      expect(session.screen).toBe(screen)
    }
    const session = readySession()
    session.state = { ...session.state, door: null }
    expect(session.say('staff-door', {})).toBe('not-now')
  })

  test('open on a booth that is out of service as well: there they are needed', () => {
    const session = readySession()
    session.health('printer', 'lost')
    expect(session.screen).toBe('out-of-service')
    session.do('staff-door', {})
    expect(session.screen).toBe('staff-sign-in')
  })
})

describe('the lock-out', () => {
  test('K07 10,000 guesses with restarts between them: more than a year, never two of them closer than the lock-out, and the right PIN is not even looked at meanwhile', () => {
    const begun = Date.UTC(2026, 10, 21, 1)
    let door: RecoveredDoor = { tries: 0, lastTry: null, signedIn: null, closed: false }
    let now = begun
    let monotonic = 0
    let state = initialState(configuration)
    /** Steps the booth; gives what was recorded, or null when it was refused. */
    const happens = (event: BoothEvent) => {
      const facts = { now, monotonic, configuration, rulebook: builtInRulebook, version: '0.0.0', chance: 'a'.repeat(64), signClaim: () => '' }
      const stepped = step(state, event, facts)
      state = stepped.state
      door = doorOf(door, stepped.records, now)
      return stepped.refusal === null ? stepped.records : null
    }
    const typed = (pin: string) => happens({ kind: 'command', name: 'staff-sign-in', input: { who, pin } })
    const start = () => {
      state = initialState(configuration)
      monotonic = 0
      happens({ kind: 'started', recovered: nothingRecovered, door })
      happens({ kind: 'command', name: 'staff-door', input: {} })
    }

    let [tooSoon, lookedAt, inFirstDay, restarts] = [0, 0, 0, 0]
    for (let tried = 0; tried < 10_000; tried += 1) {
      // Whoever guesses restarts the booth all the time, locked out or not, and comes back as soon as it opens.
      if (tried % 5 === 0) {
        start()
        restarts += 1
      }
      const { lock } = state.door ?? { lock: null }
      if (lock) {
        if (typed(right)) lookedAt += 1
        const left = lock.monotonic - monotonic
        now += left
        monotonic += left
        happens({ kind: 'tick' })
        if (state.staff === null) happens({ kind: 'command', name: 'staff-door', input: {} })
      }
      if (door.lastTry !== null && now - door.lastTry < lockOutMs(door.tries)) tooSoon += 1
      if (!typed(String(100_000 + tried))) throw new Error(`guess ${tried} was not taken`)
      if (now - begun < day) inFirstDay += 1
      // The last one before a restart: it is killed before it has judged.
      if (tried % 5 < 4) happens({ kind: 'pin-checked', who, right: false })
    }
    expect([tooSoon, lookedAt, door.tries]).toEqual([0, 0, 10_000])
    expect(restarts).toBeGreaterThanOrEqual(2_000)
    expect(inFirstDay).toBeLessThanOrEqual(40)
    expect((now - begun) / day).toBeGreaterThan(365)
  })

  test('begins with the third PIN that is wrong, doubles up to an hour, and ends with the right one', () => {
    expect([1, 2, 3, 4, 5, 10, 11, 5_000].map(lockOutMs)).toEqual([0, 0, 30_000, 60_000, 120_000, 3_600_000, 3_600_000, 3_600_000])
    const session = readySession().do('staff-door', {})
    for (const pin of ['111111', '222222', '333333']) guess(session, pin)
    // 10:00 in Japan and thirty seconds: on the minute, and never too early.
    expect(session.view).toMatchObject({ screen: 'staff-sign-in', state: 'locked', until: '10:01' })
    session.pass(30_000)
    expect(session.view).toMatchObject({ screen: 'staff-sign-in', state: 'wrong', until: null })
    guess(session, right)
    expect(session.view).toMatchObject({ screen: 'staff', who })
    expect(session.view).toMatchObject({ blocks: expect.arrayContaining([{ kind: 'paragraph', text: { key: 'staff.wrong', values: { count: 3 } }, tone: 'attention' }]) })
    session.do('staff-leave', {}).do('staff-door', {})
    guess(session, '111111')
    expect(session.view).toMatchObject({ state: 'wrong' })
  })

  test('a try counts before it is judged: it is in the same transaction that asks for the judgement, and only once at a time', () => {
    const session = readySession().do('staff-door', {})
    session.do('staff-sign-in', { who, pin: right })
    expect(session.transactions.at(-1)).toEqual([{ kind: 'staff-tried', visit: null, body: { who } }])
    expect(session.effectsOf('check-pin')).toEqual([{ kind: 'check-pin', who, pin: right }])
    expect(session.say('staff-sign-in', { who, pin: right })).toBe('not-now')
    expect(JSON.stringify([session.state, session.records, session.views])).not.toContain(right)
  })

  test('a clock that was set back makes it no shorter, and no longer than it was', () => {
    for (const back of [0, day, 20 * 365 * day]) {
      const session = new Session({ configuration, door: { tries: 5, lastTry: Date.UTC(2026, 10, 21, 1) + back, signedIn: null, closed: false } }).do('staff-door', {})
      session.pass(2 * minute - 1)
      expect(session.view).toMatchObject({ state: 'locked' })
      session.do('touch', {}).pass(1)
      expect(session.view).toMatchObject({ state: 'ready' })
    }
  })
})

describe('somebody signed in', () => {
  test('F58 is signed out by time, by a restart, by a page that went away and by a coin that falls; each is written down with who', () => {
    const idle = signedIn()
    idle.pass(2 * minute - 1).do('touch', {}).pass(2 * minute - 1)
    expect(idle.screen).toBe('staff')
    idle.pass(1)
    expect(idle.screen).toBe('attract')

    const restarted = new Session({ configuration, door: { tries: 0, lastTry: null, signedIn: who, closed: false } }).ready()
    expect(restarted.screen).toBe('attract')

    const gone = signedIn()
    gone.dispatch({ kind: 'page-lost' })
    gone.do('camera', { state: 'ready' })
    expect(gone.screen).toBe('attract')

    const coin = signedIn().insert(500)
    expect(coin.view).toMatchObject({ screen: 'held', credit: 500 })

    const asked = signedIn().do('staff-leave', {})
    for (const [session, why] of [[idle, 'idle'], [restarted, 'restart'], [gone, 'page'], [coin, 'coin'], [asked, 'asked']] as const) {
      expect(session.recordsOf('staff-signed-out'), why).toEqual([{ kind: 'staff-signed-out', visit: null, body: { who, why } }])
      expect(session.state.staff).toBe(null)
      expect(session.say('staff-service', { open: false })).toBe('not-now')
    }
  })

  test('F58 sees nothing personal of the residents before', () => {
    const session = goOnTo(readySession().toReceived(), 'attract')
    const shown = session.views.length
    signedIn(session).dispatch({ kind: 'reported', report })
    const seen = JSON.stringify([session.views.slice(shown), session.state.staff])
    const { number, code } = session.recordsOf('queued')[0]?.body ?? { number: '', code: '' }
    for (const personal of [formId, formId.slice(-4), '1980', number, code]) expect(seen).not.toContain(personal)
  })

  test('takes no money and begins no visit, and has language and display of their own', () => {
    const session = signedIn()
    expect(session.accepting).toEqual([])
    for (const refused of ['begin', 'test-code', 'staff-door'] as const) expect(session.say(refused, {})).toBe('not-now')
    session.do('choose-language', { language: 'en' }).do('display', { low: true, contrast: true })
    expect(session.view).toMatchObject({ screen: 'staff', language: 'en', display: { low: true, contrast: true } })
    session.do('staff-leave', {})
    expect(session.view).toMatchObject({ screen: 'attract', language: 'ja', display: { low: false, contrast: false } })
    expect(session.recordsOf('visit-opened')).toEqual([])
  })

  test('reads every device with its state, each fault with what happened and what to do, and what the journal knows', () => {
    const session = readySession()
    session.health('printer', 'limited', ['printer-paper-out'])
    session.dispatch({ kind: 'outbox', fault: 'application-parked', held: true })
    signedIn(session)
    expect(session.effectsOf('report')).toHaveLength(1)
    session.dispatch({ kind: 'reported', report })
    const { view } = session
    if (view.screen !== 'staff') throw new Error(view.screen)
    const keys = view.blocks.flatMap((block) => (block.kind === 'field' ? [block.label.key, block.value.key] : block.kind === 'heading' || block.kind === 'paragraph' ? [block.text.key] : []))
    for (const device of ['coin-acceptor', 'qr-scanner', 'printer', 'camera']) expect(keys).toContain(`staff.device.${device}`)
    for (const fault of ['printer-paper-out', 'application-parked']) expect(keys).toEqual(expect.arrayContaining([`fault.${fault}.technician`, `fault.${fault}.action`]))
    // What wants a hand stands before what is well.
    expect(keys.indexOf('staff.device.printer')).toBeLessThan(keys.indexOf('staff.device.coin-acceptor'))
    expect(keys).toEqual(expect.arrayContaining(['staff.till.adds-up', 'staff.place.box', 'staff.counter.sales', 'staff.parked', 'staff.claims', 'staff.recovery.decided', 'staff.about.rulebook']))
    expect(view.blocks).toContainEqual({ kind: 'field', label: { key: 'staff.till.sum' }, value: { key: 'money.amount', values: { amount: 65_000, currency: 'JPY' } } })
  })

  test('reads which browser draws the screens and of which day its last fixes are: only of the one that this program is released with, and a warning once it is old', () => {
    const read = (electron: string, day: string) => {
      const session = signedIn()
      session.dispatch({ kind: 'reported', report: { ...report, engine: describeEngine({ electron, chromium: '150.0.1.2' }, Date.parse(`${day}T00:00:00+09:00`)) } })
      if (session.view.screen !== 'staff') throw new Error(session.view.screen)
      return JSON.stringify(session.view.blocks.filter((block) => JSON.stringify(block).includes('staff.about.')))
    }
    const { electron, day } = releasedEngine
    const on = (later: number) => addDays(day, later)
    expect(read(electron, day)).toContain(`Electron ${electron} · Chromium 150.0.1.2`)
    expect(read(electron, day)).toContain(`"values":{"day":"${day}","days":0}`)
    expect(read(electron, on(-2))).toContain('"days":0')
    expect(read(electron, on(112))).toContain('"days":112')
    expect(read(electron, on(112))).not.toContain('staff.about.fixes.old')
    expect(read(electron, on(113))).toContain('staff.about.fixes.old')
    for (const another of ['45.4.0', `${electron}-stand-in`, '']) expect(read(another, on(9)), another).toMatch(/^(?!.*"days")(?!.*fixes\.old).*staff\.about\.fixes\.unknown/)
  })

  test('checks the camera by a still, which only its judge gets, as often as is asked', () => {
    const session = signedIn()
    const still = { imageBase64: 'AAAA', ms: 412 }
    expect(session.say('staff-still', still)).toBe('not-now')
    session.do('staff-camera', { open: true })
    expect(session.view).toMatchObject({ screen: 'staff-camera', step: 'aim', working: false })
    session.do('staff-still', still)
    expect(session.view).toMatchObject({ screen: 'staff-camera', step: 'aim', working: true })
    expect(JSON.stringify(session.state)).not.toContain(still.imageBase64)
    const [asked] = session.effectsOf('check-camera').map((effect) => effect.asked)
    const late = { id: 'delay', value: 6_000, from: 0, to: 5_000, ok: false } as const
    const found = (at: number) => session.dispatch({ kind: 'camera-checked', asked: at, check: { ok: true, lines: [late], window: null, beyond: { left: 0, right: 3.4, top: 0, bottom: 0 } } })
    found(-1)
    expect(session.view).toMatchObject({ step: 'aim', working: true })
    found(asked ?? 0)
    expect(session.view).toMatchObject({ step: 'found' })
    for (const said of ['"staff.camera.delay.do"', '"value":6000', '"right":4']) expect(JSON.stringify(session.view)).toContain(said)
    expect(JSON.stringify(session.view)).not.toContain('staff.camera.well')
    session.do('staff-camera', { open: true })
    expect(session.view).toMatchObject({ step: 'aim', working: false })
    session.do('staff-camera', { open: false })
    expect(session.screen).toBe('staff')
    session.do('staff-camera', { open: true }).pass(2 * minute)
    expect(session.screen).toBe('attract')
    expect(session.say('staff-camera', { open: true })).toBe('not-now')
  })

  test('puts the booth out of service, which no restart ends, and back into it', () => {
    const session = signedIn().do('staff-service', { open: false })
    expect(session.say('staff-service', { open: false })).toBe('not-now')
    expect(session.recordsOf('booth-closed')).toEqual([{ kind: 'booth-closed', visit: null, body: { by: who } }])
    expect(session.recordsOf('fault-raised').map(({ body }) => body.fault)).toContain('closed-by-staff')
    session.do('staff-leave', {})
    expect(session.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'closed-by-staff' }] })
    expect(session.say('begin', {})).toBe('not-now')

    const again = new Session({ configuration, door: { tries: 0, lastTry: null, signedIn: null, closed: true } }).ready()
    expect(again.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'closed-by-staff' }] })
    signedIn(again).do('staff-service', { open: true }).do('staff-leave', {})
    expect(again.screen).toBe('attract')
    expect(again.recordsOf('booth-opened')).toHaveLength(1)
    expect(again.recordsOf('fault-cleared').map(({ body }) => body.fault)).toContain('closed-by-staff')
  })
})

test('whatever happens, staff and a visit are never there together, no money is taken, and only the right PIN leads in', () => {
  const acts: readonly ((session: Session) => unknown)[] = [
    (session) => session.say('staff-door', {}),
    (session) => session.say('staff-sign-in', { who, pin: right }),
    (session) => session.dispatch({ kind: 'pin-checked', who, right: true }),
    (session) => session.dispatch({ kind: 'pin-checked', who, right: false }),
    (session) => session.say('staff-leave', {}),
    (session) => session.say('staff-service', { open: true }),
    (session) => session.say('staff-service', { open: false }),
    (session) => session.say('begin', {}),
    (session) => session.say('choose-language', { language: 'en' }),
    (session) => session.say('cancel', { confirm: true }),
    (session) => session.say('return-credit', {}),
    (session) => session.insert(100),
    (session) => session.pass(25_000),
    (session) => session.pass(125_000),
    (session) => session.dispatch({ kind: 'page-lost' }),
    (session) => session.dispatch({ kind: 'reported', report }),
    (session) => session.health('printer', 'ready'),
    (session) => session.say('staff-camera', { open: true }),
    (session) => session.say('staff-still', { imageBase64: 'AAAA', ms: 1 }),
  ]
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(fc.nat(acts.length - 1), { minLength: 5, maxLength: 60 }), (plan) => {
      const session = readySession()
      let asked = false
      for (const number of plan) {
        const before = session.screen
        acts[number]?.(session)
        const { visit, staff } = session.state
        expect(visit !== null && staff !== null).toBe(false)
        if (staff) expect(session.accepting).toEqual([])
        if (before === 'staff-sign-in' && session.screen === 'staff') expect([asked, number]).toEqual([true, 2])
        asked = staff?.check === 'running'
        seen.add(session.screen)
      }
      const [inside, outside] = [session.recordsOf('staff-signed-in').length, session.recordsOf('staff-signed-out').length]
      expect(inside - outside).toBe(session.state.staff?.who ? 1 : 0)
    }),
    // Through the door and out of service, a visit, a coin that falls: these are always among them.
    { numRuns: 150, examples: [[[0, 1, 2, 6, 4]], [[7, 8, 9, 7, 8]], [[0, 1, 2, 11, 10]]] },
  )
  expect([...seen]).toEqual(expect.arrayContaining(['staff', 'staff-sign-in', 'out-of-service', 'languages', 'held', 'attract']))
})

test('a PIN has six to twelve digits', () => {
  for (const pin of ['12345', '1234567890123', '12345a', '１２３４５６', '']) expect(staffPin.safeParse(pin).success).toBe(false)
  expect(staffPin.safeParse('123456').success).toBe(true)
})
