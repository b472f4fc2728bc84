import { rmSync } from 'node:fs'
import { afterEach, expect } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import { demoFormCode } from '../../../main/commands/demo/form-code.ts'
import { startInProcessBooth, type InProcessBooth, type InProcessOptions } from '../../../main/commands/demo/in-process-booth.ts'
import { play } from '../../../main/commands/demo/play.ts'
import { demoPortrait } from '../../../main/commands/demo/portrait.ts'
import { residentActs, type Resident } from '../../../main/commands/demo/resident.ts'
import type { View } from '../../../main/contract/view.ts'
import { settled } from '../../world/settled.ts'
import { memoryFolder } from '../../support/memory-folder.ts'

export const hour = 3_600_000
const worlds: { readonly world: InProcessBooth; readonly dir: string }[] = []

/** A whole booth in this process, whose time passes as the test wants it; it is taken down after the test. */
export async function startWorld(options: Partial<InProcessOptions> = {}) {
  const dir = memoryFolder('visit')
  const clock = virtualClock(Date.parse('2026-11-21T10:00:00+09:00'), settled)
  const world = await startInProcessBooth({ clock, dir, ...options })
  worlds.push({ world, dir })
  const seen: View[] = []
  /** Plays somebody from the attract screen until it shows again, or until `done`. */
  const visit = async (someone: Partial<Resident> = {}, done?: (view: View) => boolean) => {
    const ordinary = { language: 'ja', coins: [500, 100, 100, 100], code: demoFormCode, answers: {}, portrait: demoPortrait, stopAt: null } as const
    const act = residentActs({ ...ordinary, ...someone })
    let begun = false
    const over = (view: View) => {
      if (seen.at(-1) !== view) seen.push(view)
      begun ||= view.screen === 'languages'
      return done ? done(view) : begun && view.screen === 'attract'
    }
    expect(await play(world, clock, act, over, hour, 0), `stuck at ${world.shown().view.screen}`).toBe(true)
  }
  const saw = <Name extends View['screen']>(name: Name) =>
    seen.findLast((view) => view.screen === name) as Extract<View, { screen: Name }> | undefined
  return { world, dir, clock, visit, seen, saw }
}

afterEach(async () => {
  for (const { world, dir } of worlds.splice(0)) {
    await world.stop()
    rmSync(dir, { recursive: true, force: true })
  }
})
