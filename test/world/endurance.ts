import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sqliteStorage } from '../../centre/sqlite-storage.ts'
import { virtualClock } from '../../hardware/clock.ts'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import { startInProcessBooth } from '../../main/commands/demo/in-process-booth.ts'
import { play } from '../../main/commands/demo/play.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { residentActs } from '../../main/commands/demo/resident.ts'
import { memoryFolder } from '../support/memory-folder.ts'
import { photos } from './portrait.ts'
import { settled } from './settled.ts'

/** What the booth takes up after so many visits. */
export interface Taken {
  readonly visits: number
  /** After collection, in bytes. */
  readonly heap: number
  readonly handles: number
  /** The journal with its log, in bytes. */
  readonly journal: number
  readonly sealedFiles: number
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const hour = 3_600_000

/** Plays so many visits in a row, of residents who pay, pay too much, stop, or walk away; measures at each number of `measureAt`, which end the row. */
export async function visitsInARow(measureAt: readonly number[]): Promise<readonly Taken[]> {
  const dir = memoryFolder('endurance')
  const clock = virtualClock(Date.parse('2026-11-21T10:00:00+09:00'), settled)
  // A centre keeps what it gets: here it would be its memory that grows.
  const storage = sqliteStorage(':memory:')
  const world = await startInProcessBooth({
    clock,
    dir,
    keepSlips: false,
    storage: { ...storage, keep: (arrival) => storage.keep({ ...arrival, sealed: null }) },
    ports: (own) => ({ ...own, makePhoto: photos, log: () => {} }),
  })
  const measure = (visits: number): Taken => {
    for (let turn = 0; turn < 3; turn += 1) collect()
    const bytes = (name: string) => (existsSync(join(dir, name)) ? statSync(join(dir, name)).size : 0)
    return {
      visits,
      heap: process.memoryUsage().heapUsed,
      handles: readdirSync('/proc/self/fd').length,
      journal: bytes('journal.db') + bytes('journal.db-wal'),
      sealedFiles: readdirSync(join(dir, 'sealed')).length,
    }
  }
  const taken: Taken[] = []
  try {
    for (let visits = 1; visits <= (measureAt.at(-1) ?? 0); visits += 1) {
      const act = residentActs({
        language: (['ja', 'en', 'zh-Hant'] as const)[visits % 3] ?? 'ja',
        coins: visits % 5 === 0 ? [500, 500] : [500, 100, 100, 100],
        code: demoFormCode,
        answers: {},
        portrait: demoPortrait,
        stopAt: visits % 7 === 0 ? 'photo' : null,
      })
      const leavesAt = visits % 11 === 0 ? 'review' : null
      let begun = false
      const done = await play(
        world,
        clock,
        (view) => (view.screen === leavesAt ? { kind: 'wait' } : act(view)),
        (view) => {
          begun ||= view.screen === 'languages'
          return begun && view.screen === 'attract'
        },
        hour,
        0,
      )
      if (!done) throw new Error(`visit ${visits} is stuck at ${world.shown().view.screen}`)
      if (measureAt.includes(visits)) taken.push(measure(visits))
    }
    return taken
  } finally {
    await world.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
