import fc from 'fast-check'
import { expect, test } from 'vitest'
import { application } from '../../../main/contract/submission.ts'
import type { View } from '../../../main/contract/view.ts'
import type { QueuedApplication } from '../../../main/session/events.ts'
import { configured, formCode, formId, received, service } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { next } from '../../support/willing-resident.ts'
import { wordsMissing } from '../../support/words.ts'

/** An Individual Number with the right check digit; 12 digits that stand nowhere in the form's ID. */
const number = '983205673214'
const birth = '1980-04-01'
const selling = configured((file) => ({ ...file, centre: { ...file.centre, sellWhileUnreachable: true } }))
const plain = configured()

/** Applications that are in the outbox and have no final answer yet. */
function open(session: Session): readonly QueuedApplication[] {
  const settled = new Set(session.recordsOf('answered').flatMap(({ body }) => (body.status === 'parked' ? [] : [body.key])))
  return session
    .recordsOf('queued')
    .flatMap(({ visit, body: { key, number: slip, code, price } }) => (settled.has(key) ? [] : [{ key, visit, number: slip, code, price }]))
}

const choose = <Value>(values: readonly Value[], n: number): Value => values[n % values.length] as Value

/** Everything that people, devices, the centre and time can do to a booth, at any moment. */
const acts: Readonly<Record<string, (session: Session, n: number) => unknown>> = {
  begin: (session) => session.say('begin', {}),
  language: (session, n) => session.say('choose-language', { language: choose(['ja', 'en', 'zh-Hant'], n) }),
  display: (session, n) => session.say('display', { low: n % 2 === 0, contrast: n % 3 === 0 }),
  help: (session, n) => session.say('help', { open: n % 3 > 0 }),
  stillHere: (session) => session.say('still-here', {}),
  touch: (session) => session.say('touch', {}),
  service: (session) => session.say('choose-service', { service }),
  test: (session) => session.say('test-code', {}),
  continue: (session, n) =>
    session.say('continue', { step: 'step' in session.view ? session.view.step : choose([session.view.screen, number, 'scan'], n) }),
  accept: (session, n) => session.say('accept', { step: 'privacy', boxes: n % 2 ? ['privacy', 'terms', 'age'] : [number] }),
  answer(session, n) {
    const { view } = session
    return session.say(
      'answer',
      view.screen === 'question'
        ? { step: view.step, value: choose([...view.options.map(({ value }) => value), number], n) }
        : { step: number, value: number },
    )
  },
  date(session, n) {
    const step = session.view.screen === 'date' ? session.view.step : 'birth'
    return session.say('date', {
      step,
      era: choose(['western', 'showa', 'heisei', 'reiwa', 'taisho'], n),
      year: choose([1980, 55, 7, 33, 2026, 2015, 0], n >> 3),
      month: n % 14,
      day: n % 32,
    })
  },
  back: (session) => session.say('back', {}),
  cancel: (session, n) => session.say('cancel', { confirm: n % 2 === 0 }),
  keepGoing: (session) => session.say('keep-going', {}),
  scan: (session, n) => session.scan(choose([formCode, formId, number, 'https://example.com/', `${number}0`], n)),
  show: (session, n) => session.show(choose([formCode, number, 'x'], n), choose([number, formCode.replace('1', '2')], n)),
  keys: (session) => session.pass(20_000).say('type-id', {}),
  typed: (session, n) => session.say('typed', { round: n % 2 === 0 ? 1 : 2, digits: choose([formId, number, '1'], n >> 1) }),
  photo: (session, n) => session.say('photo', { attempt: (session.state.visit?.photoAttempt ?? 0) + (n % 4 === 0 ? 0 : 1), imageBase64: '/9j/' }),
  photoEnds(session, n) {
    const { visit } = session.state
    if (!visit) return
    const of = { visit: visit.visit, attempt: visit.photoAttempt - (n % 5 === 0 ? 1 : 0) }
    session.dispatch(n % 2 ? { kind: 'photo-made', ...of, widthPx: 827, heightPx: 1063, checks: [] } : { kind: 'photo-refused', ...of, reason: 'no-face' })
  },
  retake: (session) => session.say('retake', {}),
  keep: (session) => session.say('keep-photo', {}),
  correct: (session, n) => session.say('correct', { step: choose(['scan', 'birth', 'applicant', 'cause', 'photo', 'braille', number, 'pay'], n) }),
  send: (session) => session.say('send', { consent: true }),
  useCredit: (session) => session.say('use-credit', {}),
  returnCredit: (session) => session.say('return-credit', {}),
  camera: (session, n) => session.say('camera', { state: choose(['ready', 'ready', 'lost', 'missing', 'denied'], n) }),
  coin: (session, n) => session.insert(choose([10, 50, 100, 500], n)),
  coins: (session, n) => session.moved(choose([[100, 500], [10, 10, 10], [], [500, 500, 500, 500, 500]], n)),
  coinsLost: (session, n) => n % 8 === 0 && session.moved([100], { lost: 2 }),
  sealed(session, n) {
    const { stage, visit } = session.state.visit ?? {}
    if (stage?.at !== 'sending' || !visit) return
    if (n % 3 > 0) session.sealed()
    else session.dispatch({ kind: 'not-sealed', visit, key: stage.key })
  },
  answered(session, n) {
    const of = open(session)
    if (of.length > 0)
      session.centreSays(
        choose(
          [received, { status: 'refused', reason: 'malformed' }, { status: 'unknown', reason: 'timeout' }, { status: 'parked', reason: 'http-409' }],
          n,
        ),
        choose(of, n >> 2),
      )
  },
  printed: (session, n) => session.state.visit?.printing && session.printed(n % 3 > 0),
  slipLost: (session) => session.dispatch({ kind: 'slip-lost', job: session.state.visit?.printing?.job ?? 'none' }),
  printer: (session, n) => session.health('printer', n % 2 ? 'ready' : 'limited', n % 2 ? [] : ['printer-paper-out']),
  acceptor: (session, n) =>
    n % 2 ? session.identified().health('coin-acceptor', 'ready') : session.health('coin-acceptor', 'lost', ['coin-acceptor-lost']),
  scanner: (session, n) => session.health('qr-scanner', n % 2 ? 'ready' : 'lost', n % 2 ? [] : ['qr-scanner-lost']),
  devicesLost: (session) => session.dispatch({ kind: 'devices-lost' }),
  pageLost: (session) => session.dispatch({ kind: 'page-lost' }),
  screenFault: (session, n) => session.dispatch({ kind: 'screen-fault', held: n % 3 === 0 }),
  line: (session, n) => session.dispatch({ kind: 'outbox', fault: n % 5 === 0 ? 'outbox-full' : 'centre-unreachable', held: n % 3 === 0 }),
  storage: (session, n) => n % 10 === 0 && session.dispatch({ kind: 'storage', fault: 'journal-write-failed', held: true }),
  time: (session, n) => session.pass(choose([100, 5_000, 20_000, 60_000, 121_000], n)),
  wallClock(session, n) {
    session.now = choose([0, Date.UTC(2038, 0, 19), session.now + 600_000, session.now - 3_600_000], n)
  },
}
/** What is likely to happen on a screen; everything else happens there as well, but less often. */
const likely: Readonly<Partial<Record<View['screen'], readonly string[]>>> = {
  scan: ['scan', 'show', 'keys', 'back', 'time'],
  'typed-id': ['typed', 'back', 'typed'],
  date: ['date'],
  question: ['answer', 'back'],
  payment: ['coin', 'coins', 'line', 'cancel', 'acceptor', 'printer', 'camera'],
  photo: ['photo', 'photoEnds', 'camera', 'back'],
  'photo-review': ['retake', 'keep', 'back'],
  review: ['send', 'correct', 'back'],
  sending: ['sealed', 'answered', 'time', 'coin', 'printer'],
  receipt: ['printed', 'answered', 'continue', 'coin', 'printer'],
  claim: ['printed', 'continue', 'coin'],
  held: ['useCredit', 'returnCredit', 'coin'],
  leave: ['continue', 'coin'],
  goodbye: ['continue', 'coin'],
  attract: ['coin', 'begin', 'answered', 'time'],
  'out-of-service': ['coin', 'line', 'camera', 'printer', 'acceptor'],
}

function happen(session: Session, name: string, n: number): void {
  if (name === 'next') next(session)
  else if (name === 'likely') acts[choose(likely[session.view.screen] ?? ['touch'], n)]?.(session, n >> 3)
  else acts[name]?.(session, n)
}

const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('next'), n: fc.constant(0) }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('likely'), n: fc.nat(1000) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom(...Object.keys(acts)), n: fc.nat(1000) }) },
)

function expectPrivate(session: Session): void {
  const { visit } = session.state
  if (visit && !['stop', 'receipt', 'claim', 'leave', 'goodbye'].includes(visit.stage.at)) return
  const kept = JSON.stringify(session.state)
  for (const secret of [formId, birth]) expect(kept).not.toContain(secret)
}

test(
  'I1 I2 I3 I4 whatever people, devices, the centre and time do in whatever order: money is whole, nothing leaks, every screen has words, time ends it',
  { timeout: 120_000 },
  () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(fc.boolean(), fc.nat(24), fc.array(act, { maxLength: 40 }), (isSelling, head, story) => {
        const session = readySession({ configuration: isSelling ? selling : plain })
        session.do('begin', {})
        for (let steps = 0; steps < head; steps += 1) next(session)
        for (const { act: name, n } of story) {
          happen(session, name, n)
          expectPrivate(session)
        }
        // Whatever was broken, nobody comes any more.
        session.pass(3_600_000)
        expect(session.state.visit).toBeNull()
        expect(['attract', 'out-of-service']).toContain(session.screen)
        for (const view of session.views) reached.add(view.screen)

        expect(session.views.flatMap(wordsMissing)).toEqual([])
        expect(session.effectsOf('print').flatMap(({ slip }) => wordsMissing(slip))).toEqual([])
        const waiting = new Map<string, number>()
        for (const { visit, price } of open(session)) waiting.set(visit, (waiting.get(visit) ?? 0) + price)
        for (const [visit, { credit, parked, ended }] of session.money)
          expect({ credit, parked, ended }).toEqual({ credit: 0, parked: waiting.get(visit) ?? 0, ended: true })
        for (const kind of ['submit'] as const) {
          const keys = session.effectsOf(kind).map(({ key }) => key)
          expect(new Set(keys).size).toBe(keys.length)
        }
        const told = JSON.stringify([session.state, session.records, session.effects, session.views])
        expect(told).not.toContain(number)
        expect(JSON.stringify([session.state, session.records])).not.toContain(formId)
        for (const { application: sealed, remarks } of session.effectsOf('seal')) {
          const photo = { jpegBase64: '/9j/', widthPx: 827, heightPx: 1063, dpi: 600, ...remarks }
          expect(application.safeParse({ ...sealed, photo }).error).toBeUndefined()
        }
      }),
      { numRuns: 1200, seed: 20261121 },
    )
    expect([...reached].toSorted()).toEqual([
      ...[
        'attract',
        'claim',
        'consent',
        'date',
        'goodbye',
        'held',
        'identifier',
        'info',
        'languages',
        'leave',
        'offer',
        'out-of-service',
        'payment',
        'photo',
        'photo-review',
      ],
      ...['question', 'receipt', 'review', 'scan', 'sending', 'stop', 'typed-id'],
    ])
  },
)
