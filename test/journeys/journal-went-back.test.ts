import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { virtualClock } from '../../hardware/clock.ts'
import { startBooth, type RunningBooth } from '../../main/commands/demo/in-process-booth.ts'
import { makeSurroundings, type Surroundings } from '../../main/commands/demo/surroundings.ts'
import type { CentreReply, CentreRequest } from '../../main/contract/centre-wire.ts'
import type { BoothReport } from '../../main/contract/remote-command.ts'
import { morning } from '../support/booth-facts.ts'
import { settled } from '../world/settled.ts'
import { memoryFolder } from '../support/memory-folder.ts'

const me = 'demo-booth-1'
const minute = 60_000

let dir = ''
let clock = virtualClock(morning, settled)
let surroundings: Surroundings
let booth: RunningBooth | null = null
/** Reports as they were sent. */
let sent: CentreRequest[] = []
/** What the line does with a report, and with its answer. */
let line: 'up' | 'down' | 'loses replies' | ((reply: CentreReply) => CentreReply) = 'up'

beforeEach(async () => {
  dir = memoryFolder('went-back')
  clock = virtualClock(morning, settled)
  // Devices have no part in it, and would cost the test's time.
  surroundings = await makeSurroundings({ clock, dir: join(dir, 'around'), service: 'jp-card-care', change: (file) => ({ ...file, devices: {} }) })
  ;[sent, line] = [[], 'up']
})
afterEach(async () => {
  await booth?.stop()
  booth = null
  await surroundings.stop()
  rmSync(dir, { recursive: true, force: true })
})

const data = () => join(dir, 'data')
async function start(): Promise<RunningBooth> {
  booth = await startBooth(surroundings, clock, data(), (own) => ({
    ...own,
    async exchange(request, signal) {
      if (request.path !== '/v1/reports') return own.exchange(request, signal)
      if (line === 'down') return { ok: false, reason: 'unreachable' }
      sent.push(request)
      const exchanged = await own.exchange(request, signal)
      if (line === 'loses replies' || !exchanged.ok) return { ok: false, reason: 'unreachable' }
      return typeof line === 'function' ? { ok: true, reply: line(exchanged.reply) } : exchanged
    },
  }))
  await clock.advance(2 * minute)
  return booth
}
async function stop(): Promise<void> {
  await booth?.stop()
  booth = null
}
/** Puts the whole data folder back as it was: the journal, what says how far it had come, and the keys. */
async function putBack(then: () => Promise<unknown>): Promise<void> {
  await stop()
  cpSync(data(), join(dir, 'yesterday'), { recursive: true })
  await then()
  await stop()
  rmSync(data(), { recursive: true })
  cpSync(join(dir, 'yesterday'), data(), { recursive: true })
}
const shown = () => booth?.shown().view
const told = () => surroundings.hand('centre journal list')
const isOut = expect.objectContaining({ screen: 'out-of-service', reasons: [expect.objectContaining({ code: 'journal-altered' })] })
const reported = () => sent.map(({ body }) => JSON.parse(Buffer.from(body ?? []).toString()) as BoothReport)

test('F18 the whole data folder put back as it was yesterday: the centre’s signed answer names a row that the journal does not hold, and the booth asks for staff', async () => {
  await start()
  const yesterday = booth?.journal.head().seq ?? 0
  await putBack(start)
  expect(await told()).toBe('nothing here')
  // The booth by itself sees nothing: the folder is as it was.
  line = 'down'
  expect((await start()).shown().view.screen).toBe('attract')
  line = 'up'
  await clock.advance(61 * minute)
  expect(shown()).toEqual(isOut)
  expect(await told()).toMatch(new RegExp(`^${me} went back behind row [0-9]+, to [0-9]+: [^·]*$`))
  expect(booth?.logged).toContainEqual(expect.objectContaining({ event: 'fault-raised', fault: 'journal-altered' }))
  expect(booth?.logged.filter((entry) => entry.event === 'journal-refused')).toHaveLength(1)
  expect(booth?.journal.head().seq).toBeGreaterThan(yesterday)

  // A restart ends nothing of it, and however far the journal grows, it is not the one that the centre knew.
  for (let again = 0; again < 4; again += 1) {
    await stop()
    await start()
  }
  expect(booth?.journal.head().seq).toBeGreaterThan(Math.max(...reported().slice(0, 8).map(({ head }) => head?.seq ?? 0)))
  expect(shown()).toEqual(isOut)

  // Until the operator takes the journal as it is.
  expect(await surroundings.hand(`centre journal ${me} accept`)).toContain(me)
  await stop()
  await start()
  expect(shown()).toMatchObject({ screen: 'attract' })
  expect(await told()).toMatch(/went back/)
})

test('F18 put back, and grown past the old end before the centre hears of it again: found as well, and never while somebody is in the booth', async () => {
  await start()
  await putBack(start)
  const furthest = Math.max(...reported().map(({ head }) => head?.seq ?? 0))
  line = 'down'
  for (let again = 0; again < 9; again += 1) {
    await start()
    await stop()
  }
  await start()
  expect(booth?.journal.head().seq).toBeGreaterThan(furthest)
  await booth?.booth.request('resident', 'begin', {})
  await booth?.booth.request('resident', 'choose-language', { language: 'en' })
  const before = sent.length
  line = 'up'
  for (let waited = 0; sent.length < before + 3 && waited < 60; waited += 1) {
    await booth?.booth.request('resident', 'touch', {})
    await clock.advance(minute / 2)
    expect(shown()?.screen).not.toBe('out-of-service')
  }
  expect(await told()).toMatch(/went back/)
  await clock.advance(30 * minute)
  expect(shown()).toEqual(isOut)
})

test('F18 no journal went back: a new booth’s first report, lost replies, a line that was down, restarts, and a report that comes late', async () => {
  await start()
  expect(reported()[0]).toMatchObject({ head: { seq: expect.any(Number) } })
  expect(reported()[0]?.known).toBeUndefined()
  expect(reported().at(-1)?.known?.seq).toBeGreaterThan(0)
  for (const way of ['loses replies', 'down', 'up', 'loses replies', 'up'] as const) {
    line = way
    await stop()
    await start()
    await clock.advance(10 * minute)
  }
  await clock.advance(61 * minute)
  const [first] = sent
  if (!first) throw new Error('no report')
  for (const late of [first, ...sent.slice(-3)]) await surroundings.exchange(late, new AbortController().signal)
  await clock.advance(5 * minute)
  expect([shown()?.screen, await told()]).toEqual(['attract', 'nothing here'])
})

test('F18 an answer about the journal that the centre did not sign moves nothing', async () => {
  line = (reply) => ({ ...reply, body: Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(reply.body).toString()) as object), head: { seq: 1, digest: 'f'.repeat(64) } })) })
  await start()
  await clock.advance(61 * minute)
  expect(sent.length).toBeGreaterThan(1)
  expect([shown()?.screen, await told()]).toEqual(['attract', 'nothing here'])
  expect(booth?.logged).toContainEqual({ event: 'remote-refused', reason: 'not-signed' })
  for (const words of ['', me, `${me} forget`, 'list a b', 'other accept', `${me} accept more`]) expect(await surroundings.hand(`centre journal ${words}`), words).toMatch(/^error/)
})
