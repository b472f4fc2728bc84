import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, type TestContext, test } from 'vitest'
import type { View } from '../../main/contract/view.ts'
import { readJournal } from '../e2e/support/journal-copy.ts'
import { type Life, liveOnce, moment, surroundings } from './support/headless.ts'
import { smallDisk } from './support/small-disk.ts'
import { expectWhole } from './support/truth.ts'
import { errors, flushes, operations, unreliableDisk } from './support/unreliable-disk.ts'
import { rests, visit } from './support/visit.ts'

const megabyte = 1024 * 1024
const raised = (life: Life) => life.logged.flatMap((entry) => (entry.event === 'fault-raised' ? entry.fault : []))
const reasons = (view: View): readonly string[] => (view.screen === 'out-of-service' ? view.reasons.map(({ code }) => code) : [])
const isOut = (fault: string) => (view: View) => reasons(view).includes(fault)
const isPaid = (view: View) => view.screen === 'scan'

/** A booth whose data lies on a file system of its own. */
async function onSmallDisk({ onTestFinished }: TestContext, options: string, limits: { readonly reserveMb: number; readonly lowMb: number }) {
  const disk = await smallDisk(options)
  onTestFinished(() => disk.close())
  const place = await surroundings({ data: `${disk.path}/data`, change: (file) => ({ ...file, disk: limits }) })
  onTestFinished(() => place.close())
  return { disk, place, live: (...wrapper: readonly string[]) => liveOnce({ config: place.config, data: `${disk.inside}/data` }, [...disk.wrapper, ...wrapper]) }
}

/** A booth whose disk fails on order. */
async function onUnreliableDisk({ onTestFinished }: TestContext) {
  const place = await surroundings()
  onTestFinished(() => place.close())
  const disk = unreliableDisk(place.data, { orders: `${place.dir}/orders` })
  return { disk, place, live: () => liveOnce(place, disk.wrapper), mend: () => disk.order({ kinds: [], act: 'fail' }) }
}

// Side by side, because they mostly wait: for a disk, and for the next look at it.
describe.concurrent('a small disk', () => {
  test('F14 a full disk: low is said before full, nothing is sold, the visit under way is finished on the reserve, and all comes back by itself', async (context) => {
    const { disk, place, live } = await onSmallDisk(context, 'size=16m', { reserveMb: 4, lowMb: 2 })
    const life = live()
    await life.shows(rests)

    disk.fill(megabyte)
    await life.say('begin', {})
    await life.shows(isOut('disk-low'))
    while (!raised(life).includes('disk-low')) await moment()
    expect(raised(life)).not.toContain('disk-full')
    disk.empty()
    await life.say('begin', {})

    await visit(life, place, {}, isPaid)
    disk.fill(0)
    expect(await visit(life, place)).toBe(true)
    await life.shows(isOut('disk-full'))
    while (!raised(life).includes('disk-full')) await moment()
    expect(await place.isOpen()).toBe(false)
    const { money } = await expectWhole(place, life.views)
    expect(money.earned).toBe(800)

    disk.empty()
    await life.say('begin', {})
    expect(await visit(life, place)).toBe(true)
    await life.shows(rests)
    await life.stop()
    expect(await life.gone).toBe(0)
    await expectWhole(place, life.views)
  })

  test('F22 no file can be made any more: a named fault, the visit is finished, nothing is lost, and the next start is clean', async (context) => {
    const { disk, place, live } = await onSmallDisk(context, 'size=64m,nr_inodes=40', { reserveMb: 1, lowMb: 1 })
    const handles = ['prlimit', '--nofile=64:64']
    const life = live(...handles)
    await life.shows(rests)
    await visit(life, place, {}, isPaid)
    const fillers = fillNames(disk.path)
    expect(fillers).toBeGreaterThan(3)
    expect(await visit(life, place)).toBe(true)
    await life.shows(isOut('disk-full'))
    await expectWhole(place, life.views)
    await life.stop()
    const next = live(...handles)
    await next.shows(rests)
    await next.stop()
    expect(await next.gone).toBe(0)
    await expectWhole(place, [...life.views, ...next.views])
  })

  test('F16 started on a file system that is read-only: out of service with a code, no money taken, and back by itself', async (context) => {
    const { disk, place, live } = await onSmallDisk(context, 'size=64m', { reserveMb: 1, lowMb: 1 })
    const first = live()
    await first.shows(rests)
    await visit(first, place)
    await first.stop()
    await disk.remount('ro')
    const life = live()
    await life.shows(isOut('disk-failing'))
    expect(await place.isOpen()).toBe(false)
    await disk.remount('rw')
    expect(await life.gone).toBe(74)
    const next = live()
    await next.shows(rests)
    await next.stop()
    await expectWhole(place, first.views)
  })
})

/** Makes empty files until there can be no more. */
function fillNames(folder: string): number {
  for (let made = 0; ; made += 1) {
    try {
      writeFileSync(join(folder, `filler-${made}`), '')
    } catch {
      return made
    }
  }
}

describe.concurrent('a disk that fails', () => {
  test('F16 the file system turns read-only in a visit: out of service with a code until it can be written, then the credit is offered', async (context) => {
    const { disk, place, live, mend } = await onUnreliableDisk(context)
    const life = live()
    await life.shows(rests)
    await visit(life, place, {}, isPaid)
    disk.order({ kinds: operations, act: 'fail', value: errors.EROFS })
    await visit(life, place)
    expect(await life.gone).toBe(74)
    const out = live()
    await out.shows(isOut('disk-failing'))
    expect(await place.isOpen()).toBe(false)
    mend()
    expect(await out.gone).toBe(74)
    const next = live()
    await next.shows(({ screen }) => screen === 'held')
    await visit(next, place)
    await next.stop()
    await expectWhole(place, [...life.views, ...next.views])
  })

  test('F15 fsync fails: what was not flushed is never taken for saved, and the booth is out of service until what it writes can be read back', async (context) => {
    const { disk, place, live, mend } = await onUnreliableDisk(context)
    const life = live()
    await life.shows(rests)
    // The acceptor is asked for its own count while its gate is closed: with that written, the next record at the payment is the coin's.
    while (!readJournal(place.data).records.some(({ kind }) => kind === 'acceptor-counted')) await moment()
    await visit(life, place, {}, ({ screen }) => screen === 'payment')
    disk.order({ kinds: flushes, act: 'fail', value: errors.EIO })
    await place.insert(500)
    expect(await life.gone).toBe(74)
    expect(life.views.some((view) => (view.money?.inserted ?? 0) > 0)).toBe(false)
    const out = live()
    await out.shows(isOut('disk-failing'))
    mend()
    expect(await out.gone).toBe(74)
    const next = live()
    await next.shows(({ screen, money }) => screen === 'held' && money !== null)
    expect(readJournal(place.data).money.credit).toBe(500)
    await visit(next, place)
    await next.stop()
    await expectWhole(place, next.views)
  })

  test('F21 two seconds a flush: coin polls keep their period, and every coin is counted', async (context) => {
    const { disk, place, live } = await onUnreliableDisk(context)
    const life = live()
    await life.shows(rests)
    await visit(life, place, {}, ({ screen }) => screen === 'payment')
    const from = place.heard.length
    disk.order({ kinds: flushes, times: 2, act: 'delay', value: 2_000_000 })
    await place.insert(500)
    await moment(200)
    await place.insert(100)
    await life.shows(({ money }) => money?.inserted === 600)
    const gaps = place.heard.slice(from + 1).map((at, index) => at - (place.heard[from + index] ?? 0))
    expect(gaps.length).toBeGreaterThan(20)
    // A poll that waits for the disk comes two seconds late.
    expect(Math.max(...gaps)).toBeLessThan(1_500)
    expect(await visit(life, place, { coins: [100, 100] })).toBe(true)
    await life.stop()
    await expectWhole(place, life.views)
  })
})

test.concurrent('F13 a second copy on the same data ends at once and says why; the first goes on', async ({ onTestFinished }) => {
  const place = await surroundings()
  onTestFinished(() => place.close())
  const life = liveOnce(place)
  await life.shows(rests)
  const second = liveOnce(place)
  expect(await second.gone).toBe(73)
  expect(second.logged).toContainEqual(expect.objectContaining({ event: 'start-refused', reason: 'another booth has this data folder' }))
  expect(await visit(life, place)).toBe(true)
  await life.stop()
  await expectWhole(place, life.views)
})
