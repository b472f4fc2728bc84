import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { json } from '../../centre/replies.ts'
import { openRemoteCommands, type RemoteCommands } from '../../centre/remote-commands.ts'
import { makeSigningKey } from '../../centre/signing-key.ts'
import { virtualClock } from '../../hardware/clock.ts'
import type { BoothPorts } from '../../main/booth.ts'
import { startBooth, type RunningBooth } from '../../main/commands/demo/in-process-booth.ts'
import { makeSurroundings, type Surroundings } from '../../main/commands/demo/surroundings.ts'
import type { CentreReply } from '../../main/contract/centre-wire.ts'
import { type BoothReport, boothReport, type RemoteCommand, type ReportAnswer } from '../../main/contract/remote-command.ts'
import { receiptHeader } from '../../main/contract/receipt.ts'
import type { LogEvent } from '../../main/log/log.ts'
import type { Exchange } from '../../main/submissions/exchange.ts'
import { morning } from '../support/booth-facts.ts'
import { settled } from '../world/settled.ts'
import { memoryFolder } from '../support/memory-folder.ts'

const me = 'demo-booth-1'
const minute = 60_000
const key = makeSigningKey()
const stranger = makeSigningKey(key.publicKey.id)

let dir = ''
let clock = virtualClock(morning, settled)
let surroundings: Surroundings
let commands: RemoteCommands
let booth: RunningBooth | null = null
let restarts = 0
/** Every report that the centre was sent. */
let reports: BoothReport[] = []
/** What stands between the booth and the centre's answers to reports; nothing when null. */
let between: ((report: BoothReport, reply: () => Promise<CentreReply>) => Promise<CentreReply | null>) | null = null

const signed = (answer: ReportAnswer | string, by = key): CentreReply => {
  const reply = typeof answer === 'string' ? { ...json(200, {}), body: Buffer.from(answer) } : json(200, answer)
  return { ...reply, headers: { ...reply.headers, [receiptHeader]: by.sign(reply.body) } }
}
const line = (own: Exchange): Exchange => async (request, signal) => {
  if (request.path !== '/v1/reports') return own(request, signal)
  const report = boothReport.parse(JSON.parse(Buffer.from(request.body ?? []).toString()))
  reports.push(report)
  const reply = async () => {
    const answer = await commands.take(request)
    return { ...answer, headers: { ...answer.headers, [receiptHeader]: key.sign(answer.body) } }
  }
  const answered = await (between ? between(report, reply) : reply())
  return answered ? { ok: true, reply: answered } : { ok: false, reason: 'unreachable' }
}

beforeEach(async () => {
  dir = memoryFolder('remote')
  clock = virtualClock(morning, settled)
  // Devices have no part in it, and would cost the tests' time.
  surroundings = await makeSurroundings({ clock, dir, service: 'jp-card-care', change: (file) => ({ ...file, devices: {}, centre: { ...file.centre, commands: true, receiptKeys: [key.publicKey, ...file.centre.receiptKeys] } }) })
  commands = openRemoteCommands({ file: join(dir, 'commands.db'), clock })
  ;[restarts, reports, between] = [0, [], null]
})
afterEach(async () => {
  await booth?.stop()
  booth = null
  commands.close()
  await surroundings.stop()
  rmSync(dir, { recursive: true, force: true })
})

const ports = (own: BoothPorts): BoothPorts => ({ ...own, exchange: line(own.exchange), onRestart: () => void (restarts += 1) })
async function start(): Promise<RunningBooth> {
  booth = await startBooth(surroundings, clock, dir, ports)
  await clock.advance(2 * minute)
  return booth
}
async function stop(): Promise<void> {
  await booth?.stop()
  booth = null
}
const shown = () => booth?.shown().view.screen
const kept = (number: number) => commands.list(null, 100).find((one) => one.number === number)
const logged = (event: LogEvent['event']) => (booth?.logged ?? []).filter((entry) => entry.event === event).map(({ event: _event, ...rest }) => rest)
/** Lets the centre say this to the next report instead. */
const say = (...list: readonly Partial<RemoteCommand>[]) => {
  const command = (change: Partial<RemoteCommand>): RemoteCommand => ({ number: 1, booth: me, act: 'out-of-service', ...change, expires: Math.round(change.expires ?? clock.now() + 60 * minute) })
  between = (report) => {
    between = null
    return Promise.resolve(signed({ id: report.id, commands: list.map(command) }))
  }
}
const outcomes = () => reports.flatMap((report) => report.outcomes.map(({ number, outcome }) => `${number} ${outcome}`))

describe('the operator’s centre commands a booth', () => {
  test('out of service and back, carried out once, journalled, reported, and a restart changes nothing of it', async () => {
    await start()
    expect(shown()).toBe('attract')
    commands.give(me, 'out-of-service', 60)
    await clock.advance(2 * minute)
    expect([shown(), kept(1)?.outcome, outcomes()]).toEqual(['out-of-service', 'done', ['1 done']])
    expect(logged('fault-raised')).toContainEqual(expect.objectContaining({ fault: 'closed-by-operator' }))
    expect(logged('remote-command')).toEqual([{ number: 1, act: 'out-of-service', outcome: 'done' }])
    await stop()
    await start()
    expect(shown()).toBe('out-of-service')
    commands.give(me, 'in-service', 60)
    await clock.advance(2 * minute)
    expect([shown(), kept(2)?.outcome]).toEqual(['attract', 'done'])
    expect(booth?.journal.remote()).toEqual({ last: 2, judged: { number: 2, outcome: 'done' }, closed: false })
  })

  test('waits while somebody is in the booth', async () => {
    await start()
    await booth?.booth.request('resident', 'begin', {})
    expect(shown()).not.toBe('attract')
    commands.give(me, 'restart-when-idle', 60)
    await clock.advance(50_000)
    expect([restarts, kept(1)?.outcome]).toEqual([0, null])
    await clock.advance(5 * minute)
    expect([shown(), restarts, kept(1)?.outcome]).toEqual(['attract', 1, 'done'])
  })

  test('a booth that does not take commands tells how far its journal is, and obeys none', async () => {
    await surroundings.stop()
    surroundings = await makeSurroundings({ clock, dir: join(dir, 'other'), service: 'jp-card-care', change: (file) => ({ ...file, devices: {}, centre: { ...file.centre, receiptKeys: [key.publicKey] } }) })
    commands.give(me, 'out-of-service', 60)
    await start()
    expect([shown(), kept(1)?.outcome, outcomes()]).toEqual(['attract', null, []])
    expect(reports.at(-1)).toMatchObject({ last: 0, head: booth?.journal.head() })
    expect(booth?.journal.remote()).toEqual({ last: 0, judged: null, closed: false })
  })
})

test('H17 a remote command that is unknown, expired, replayed or for another booth is refused, logged and reported', async () => {
  await start()
  say({ number: 5, act: 'open-the-till' })
  await clock.advance(2 * minute)
  say({ number: 6, expires: clock.now() })
  await clock.advance(2 * minute)
  say({ number: 7, booth: 'demo-booth-2' })
  await clock.advance(2 * minute)
  say({ number: 6, expires: clock.now() + 60 * minute })
  await clock.advance(2 * minute)
  expect(shown()).toBe('attract')
  const refused = ['5 unknown', '6 expired', '7 another-booth', '6 replayed']
  expect(outcomes()).toEqual(refused)
  expect(logged('remote-command').map((entry) => `${Reflect.get(entry, 'number')} ${Reflect.get(entry, 'outcome')}`)).toEqual(refused)
  // A number of another booth moves none of this one's.
  say({ number: 7 })
  await clock.advance(2 * minute)
  expect([shown(), outcomes().at(-1), restarts]).toEqual(['out-of-service', '7 done', 0])
})

describe('F68 a remote command', () => {
  test('that comes twice is carried out once, also over a restart and when the centre did not hear of it', async () => {
    await start()
    commands.give(me, 'restart-when-idle', 60)
    // The centre hears nothing of what became of it; then the process ends as it was told to.
    let heard = 0
    between = async (_report, reply) => ((heard += 1) === 1 ? reply() : null)
    await clock.advance(2 * minute)
    expect([restarts, kept(1)?.outcome]).toEqual([1, null])
    await stop()
    between = null
    await start()
    expect([restarts, kept(1)?.outcome]).toEqual([1, 'done'])
    say({ number: 1, act: 'restart-when-idle' })
    await clock.advance(2 * minute)
    expect([restarts, outcomes().at(-1)]).toEqual([1, '1 replayed'])
  })

  test('that comes late, after its line was down, is refused and reported', async () => {
    await start()
    between = () => Promise.resolve(null)
    commands.give(me, 'out-of-service', 10)
    await clock.advance(11 * minute)
    between = null
    await clock.advance(61 * minute)
    expect([shown(), kept(1)?.outcome]).toEqual(['attract', 'expired'])
  })

  test('that comes out of order is judged by its number: together in their order, and an older one after a newer one never', async () => {
    await start()
    say({ number: 2, act: 'in-service' }, { number: 1, act: 'out-of-service' })
    await clock.advance(2 * minute)
    expect([shown(), outcomes()]).toEqual(['attract', ['1 done', '2 done']])
    say({ number: 4, act: 'out-of-service' })
    await clock.advance(2 * minute)
    say({ number: 3, act: 'in-service' })
    await clock.advance(2 * minute)
    expect([shown(), outcomes().slice(2)]).toEqual(['out-of-service', ['4 done', '3 replayed']])
    // A centre that lost its numbers goes on above the booth's.
    expect(commands.give(me, 'in-service', 60).number).toBe(5)
    await clock.advance(2 * minute)
    expect([shown(), kept(5)?.outcome]).toEqual(['attract', 'done'])
  })
})

describe('an answer that is not the centre’s, or not to this booth’s report, moves nothing', () => {
  const command: RemoteCommand = { number: 9, booth: me, act: 'out-of-service', expires: morning + 1_000 * minute }
  const named = (id: string): ReportAnswer => ({ id, commands: [command] })
  test.each<[string, (report: BoothReport) => CentreReply, string]>([
    ['signed by a stranger', ({ id }) => signed(named(id), stranger), 'not-signed'],
    ['not signed', ({ id }) => json(200, named(id)), 'not-signed'],
    ['an older answer of the centre, kept by a stranger', () => signed(named('0'.repeat(32))), 'not-understood'],
    ['to another booth’s report', () => signed(named('f'.repeat(32))), 'not-understood'],
    ['of 1 MB', ({ id }) => signed(JSON.stringify({ ...named(id), padding: 'x'.repeat(1_000_000) })), 'not-understood'],
    ['with 1 000 commands', ({ id }) => signed({ id, commands: Array.from({ length: 1_000 }, (_, index) => ({ ...command, number: index + 1 })) }), 'not-understood'],
    ['with a name twice', ({ id }) => signed(`{"id":"${id}","commands":[],"commands":[${JSON.stringify(command)}]}`), 'not-understood'],
  ])('%s', async (_what, forge, reason) => {
    await start()
    between = (report) => Promise.resolve(forge(report))
    await clock.advance(5 * minute)
    expect(shown()).toBe('attract')
    expect(outcomes()).toEqual([])
    expect(logged('remote-refused')).toContainEqual({ reason })
    // The centre itself is heard again.
    between = null
    commands.give(me, 'out-of-service', 120)
    await clock.advance(61 * minute)
    expect(shown()).toBe('out-of-service')
  })
})

test('hands of the centre: a command and what became of it, in one line each', async () => {
  expect(commands.hand([me, 'out-of-service', '5'])).toBe(`${me} 1 out-of-service until 2026-11-21T01:05:00.000Z`)
  for (const words of [[], [me], [me, 'open-the-till'], [me, 'in-service', '0'], [me, 'in-service', '99999'], ['NO BOOTH', 'in-service'], ['list', me, 'more', 'words']]) expect(commands.hand(words)).toMatch(/^error: command/)
  await start()
  expect(commands.hand(['list'])).toBe(`${me} 1 out-of-service done`)
  expect(commands.hand(['list', 'demo-booth-2'])).toBe('nothing here')
})
