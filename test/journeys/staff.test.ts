import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { virtualClock } from '../../hardware/clock.ts'
import { startBooth, type RunningBooth } from '../../main/commands/demo/in-process-booth.ts'
import { releasedEngine } from '../../main/diagnostics/browser-engine.ts'
import { makeSurroundings, type Surroundings } from '../../main/commands/demo/surroundings.ts'
import { hashPin } from '../../main/staff/pin.ts'
import { settled } from '../world/settled.ts'
import { memoryFolder } from '../support/memory-folder.ts'

const pin = '739105284617'
const wrong = '604813957728'
let surroundings: Surroundings | null = null
let running: RunningBooth | null = null
const dir = memoryFolder('staff')

afterEach(async () => {
  await running?.stop()
  await surroundings?.stop()
  rmSync(dir, { recursive: true, force: true })
})

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((file) => statSync(file).isFile())
}

test('K07 F58 staff sign in at a whole booth: wrong PINs outlive a restart, what is shown comes from the journal, and no PIN is anywhere', async () => {
  const clock = virtualClock(Date.parse('2026-11-21T10:00:00+09:00'), settled)
  const staff = [{ id: 'MT', pin: await hashPin(pin) }]
  const around = await makeSurroundings({ clock, dir, change: (file) => ({ ...file, staff }) })
  surroundings = around
  const seen: string[] = []
  const start = async () => {
    const booth = await startBooth(around, clock, dir, (ports) => ({ ...ports, engine: { ...releasedEngine, chromium: '150.0.1.2' } }))
    running = booth
    booth.booth.subscribe((push) => void seen.push(JSON.stringify(push)))
    await clock.advance(5_000)
    return booth
  }
  let booth = await start()
  const view = () => booth.shown().view
  const say = async (name: string, input: unknown) => {
    const answer = await booth.booth.request('resident', name, input)
    await settled()
    return answer.ok
  }
  const guess = (typed: string) => say('staff-sign-in', { who: 'MT', pin: typed })

  expect(view().screen).toBe('attract')
  expect(await say('staff-door', {})).toBe(true)
  for (let tries = 0; tries < 3; tries += 1) expect(await guess(wrong)).toBe(true)
  expect(view()).toMatchObject({ screen: 'staff-sign-in', state: 'locked' })
  await booth.stop()
  booth = await start()
  await say('staff-door', {})
  expect(view()).toMatchObject({ screen: 'staff-sign-in', state: 'locked' })
  expect(await guess(pin)).toBe(false)
  await clock.advance(30_000)
  expect(view()).toMatchObject({ screen: 'staff-sign-in', state: 'ready' })
  expect(await guess(pin)).toBe(true)
  expect(view()).toMatchObject({ screen: 'staff', who: 'MT' })
  const blocks = JSON.stringify(view())
  for (const key of ['staff.till.adds-up', 'staff.recovery.decided', 'staff.about.version', 'staff.about.fixes.of', 'staff.wrong']) expect(blocks).toContain(`"${key}"`)

  await say('staff-service', { open: false })
  await clock.advance(2 * 60_000)
  expect(view()).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'closed-by-staff' }] })

  expect(await booth.booth.request('panel', 'staff-door', {})).toEqual({ ok: false, error: { code: 'not-allowed' } })
  expect(await booth.booth.request('resident', 'staff-sign-in', { who: 'MT', pin: 'abc' })).toEqual({ ok: false, error: { code: 'bad-input' } })
  const written = filesIn(dir).map((file) => readFileSync(file))
  for (const secret of [pin, wrong]) {
    expect(written.some((bytes) => bytes.includes(secret))).toBe(false)
    expect(seen.join()).not.toContain(secret)
    expect(JSON.stringify(booth.logged)).not.toContain(secret)
  }
})
