import { expect, test } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import type { Effect } from '../../../main/session/events.ts'
import type { JournalRecord } from '../../../main/session/records.ts'
import { createRunner, type Runner } from '../../../main/session/runner.ts'
import { initialState } from '../../../main/session/state.ts'
import { configured, morning, received } from '../../support/booth-facts.ts'
import { byMail, byPhone } from '../../support/photo-visit.ts'
import { readySession } from '../../support/session.ts'

const configuration = configured()

/** A runner that goes on from a session's state, over a journal that can be full. */
function running(from = readySession().toPayment().insert(100).state, settings = configuration) {
  const clock = virtualClock(morning)
  const done: string[] = []
  const bench = { full: false, tells: false, appended: [] as JournalRecord[], tries: 0, states: 0, perform: (_effect: Effect) => {} }
  let chance = 0
  const runner: Runner = createRunner(from, {
    clock,
    facts() {
      chance += 1
      return {
        now: clock.now(),
        monotonic: clock.monotonic() + 10_000,
        configuration: settings,
        rulebook: builtInRulebook,
        version: '0',
        chance: String(chance).padStart(64, 'a'),
        signClaim: () => 'signature',
      }
    },
    append(records) {
      bench.tries += 1
      if (bench.full && bench.tells) queueMicrotask(() => runner.dispatch({ kind: 'storage', fault: 'journal-write-failed', held: true }))
      if (bench.full) return false
      bench.appended.push(...records)
      done.push(...records.map(({ kind }) => kind))
      return true
    },
    perform(effect) {
      done.push(`do ${effect.kind}`)
      bench.perform(effect)
    },
    changed() {
      bench.states += 1
      done.push('show')
    },
  })
  return { clock, runner, bench, done }
}

const cancel = { kind: 'command', name: 'cancel', input: { confirm: true } } as const

test('nothing is shown or done before it is recorded', () => {
  const { runner, done } = running()
  expect(runner.dispatch(cancel)).toBeNull()
  expect(done.indexOf('claim-issued')).toBe(0)
  expect(done.indexOf('show')).toBe(done.findIndex((what) => what.startsWith('do ')) - 1)
  expect(done).toContain('do print')
})

test('what cannot be recorded did not happen: no state, no effect, nothing on the screen', () => {
  const { runner, bench, done } = running()
  bench.full = true
  const before = runner.state()
  expect(runner.dispatch(cancel)).toBe('not-possible')
  expect(runner.state()).toBe(before)
  expect(done).toEqual([])
  bench.full = false
  expect(runner.dispatch(cancel)).toBeNull()
  expect(bench.appended.filter(({ kind }) => kind === 'claim-issued')).toHaveLength(1)
})

test('a journal that cannot be written is told so without being written to, so that it cannot go round and round', () => {
  const { runner, bench } = running()
  bench.full = true
  runner.dispatch(cancel)
  const { tries } = bench
  expect(runner.dispatch({ kind: 'storage', fault: 'journal-write-failed', held: true })).toBeNull()
  expect(bench.tries).toBe(tries)
  expect(runner.state().latched).toEqual(['journal-write-failed'])
})

test.each([false, true])('a wait whose end cannot be recorded is tried again each second, not without pause (told so: %s)', async (tells) => {
  const { clock, runner, bench } = running()
  Object.assign(bench, { full: true, tells })
  runner.dispatch({ kind: 'tick' })
  await clock.advance(200_000)
  expect(bench.tries).toBeGreaterThan(10)
  expect(bench.tries).toBeLessThan(250)
  bench.full = false
  await clock.advance(1_000)
  expect(bench.appended.map(({ kind }) => kind)).toContain('claim-issued')
})

test('what is told only once is taken up as soon as it can be recorded: the last word of each, and before any wait ends', async () => {
  const { clock, runner, bench } = running()
  const printer = (state: 'ready' | 'lost') =>
    runner.dispatch({ kind: 'device', message: { kind: 'health', device: 'printer', health: { state, identity: null, faults: state === 'lost' ? ['printer-lost'] : [] } } })
  printer('lost')
  bench.full = true
  printer('ready')
  expect(runner.state().devices.printer.state).toBe('lost')
  runner.dispatch({ kind: 'outbox', fault: 'centre-unreachable', held: true })
  runner.dispatch({ kind: 'outbox', fault: 'centre-unreachable', held: false })
  await clock.advance(30_000)
  expect(bench.tries).toBeLessThan(80)
  bench.full = false
  await clock.advance(1_000)
  expect([runner.state().devices.printer.state, runner.state().outbox]).toEqual(['ready', []])
  expect(bench.appended.map(({ kind }) => kind)).toEqual(['fault-raised', 'fault-cleared'])
})

test('a page that has drawn again ends the fault of the glass, also when that could not be recorded at once', async () => {
  const { clock, runner, bench } = running()
  runner.dispatch({ kind: 'screen-fault', held: true })
  bench.full = true
  runner.dispatch({ kind: 'screen-fault', held: false })
  expect(runner.state().latched).toEqual(['screen-not-starting'])
  bench.full = false
  await clock.advance(2_000)
  expect(runner.state().latched).toEqual([])
})

test.each([
  ['on paper', false, byMail(), (job: string) => ({ kind: 'device' as const, message: { kind: 'event' as const, device: 'sheet-printer' as const, event: { kind: 'printed' as const, job } } })],
  ['by code', true, byPhone(), (_job: string, visit: string) => ({ kind: 'handed-over' as const, visit, kept: { link: 'https://photo.example.jp/photo#secret', until: morning + 86_400_000 } })],
])('a photo that came %s while nothing could be recorded is earned once it can be, and not paid back', async (_way, isShown, session, came) => {
  const { clock, runner, bench } = running(session.state, session.configuration)
  bench.full = true
  runner.dispatch(came(session.effectsOf('print-sheet').at(-1)?.job ?? '', session.visit.visit))
  await clock.advance(5_000)
  expect(runner.state().visit?.stage).toMatchObject({ at: 'delivering', delivered: isShown })
  expect(runner.state().visit?.credit).toBe(800)
  bench.full = false
  await clock.advance(250_000)
  expect(bench.appended.map(({ kind }) => kind)).toContain('delivered')
  expect(runner.state().visit?.credit ?? 0).toBe(0)
})

test('a start that cannot be recorded happens as soon as it can be, and no acceptor is told where to go on before', async () => {
  const cursor = { serial: '4711', counter: 17, results: [1, 0, 1, 0, 1, 0, 1, 0, 1, 0], ordinal: 40 }
  const { clock, runner, bench } = running(initialState(configuration))
  const told: unknown[] = []
  bench.perform = (effect) => void told.push(effect)
  bench.full = true
  expect(runner.dispatch({ kind: 'started', recovered: { cursors: [cursor], notes: [], payouts: [], hoppers: [], tillWrong: false, visit: null } })).toBe('not-possible')
  runner.dispatch({ kind: 'device', message: { kind: 'event', device: 'coin-acceptor', event: { kind: 'identified', serial: '4711', table: [] } } })
  await clock.advance(5_000)
  expect(runner.state().phase).toBe('starting')
  expect(JSON.stringify(told)).not.toContain('configure')
  bench.full = false
  await clock.advance(1_000)
  expect(runner.state()).toMatchObject({ phase: 'open', cursors: { 4711: cursor } })
  expect(told).toContainEqual({ kind: 'device', command: { device: 'coin-acceptor', command: { kind: 'configure', cursor, coins: configuration.cash.coins } } })
})

test('I4 a sealed file goes only once the answer to its application is recorded, however late that is', async () => {
  const session = readySession().toSending().sealed().pass(20_000)
  const { clock, runner, bench, done } = running(session.state)
  bench.full = true
  runner.dispatch({ kind: 'sent', application: session.queued(), result: received })
  await clock.advance(5_000)
  expect(done).toEqual([])
  bench.full = false
  await clock.advance(1_000)
  expect(done).toContain('do delete-sealed')
  expect(done.indexOf('answered')).toBeLessThan(done.indexOf('do delete-sealed'))
})

test('events that come out of effects wait for their turn', () => {
  const { runner, bench, done } = running()
  bench.perform = (effect) => {
    if (effect.kind === 'print') expect(runner.dispatch({ kind: 'slip-lost', job: effect.job })).toBeNull()
  }
  runner.dispatch(cancel)
  expect(done.filter((what) => what === 'show' || what === 'slip-failed' || what === 'claim-issued')).toEqual([
    'claim-issued',
    'show',
    'slip-failed',
    'show',
    'slip-failed',
    'show',
  ])
})

test('an effect that throws does not silence the booth', () => {
  const { runner, bench } = running()
  bench.perform = () => {
    throw new Error('a bug')
  }
  expect(() => runner.dispatch(cancel)).toThrow('a bug')
  bench.perform = () => {}
  expect(runner.dispatch({ kind: 'command', name: 'continue', input: { step: 'claim' } })).toBeNull()
  expect(runner.state().visit?.stage.at).toBe('leave')
})

test('a stopped runner steps nothing and wakes for nothing', async () => {
  const { clock, runner, bench } = running()
  runner.dispatch({ kind: 'tick' })
  runner.stop()
  expect(runner.dispatch(cancel)).toBe('no-booth')
  await clock.advance(3_600_000)
  expect(bench.appended).toEqual([])
})
