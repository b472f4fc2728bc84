import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realClock } from '../../hardware/clock.ts'
import { migrate } from '../../main/journal/migrations.ts'
import { openJournal } from '../../main/journal/open-journal.ts'
import { openKeys } from '../../main/vault/keys.ts'
import { flushes, type Operation, unreliableDisk } from './support/unreliable-disk.ts'

const migrator = join(import.meta.dirname, 'support/migrator.ts')

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cardbooth-torn-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

interface Schema {
  readonly version: unknown
  readonly tables: number
}

/** The schema that a file holds, and its version; of a new file, after it was brought to version `to`. */
function schemaOf(file: string, to = 0): Schema {
  const database = new DatabaseSync(file)
  if (to > 0) migrate(database, to)
  const version = Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0]
  const tables = Number(database.prepare(`SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'`).get()?.['n'])
  database.close()
  return { version, tables }
}

/**
 * Runs the migrator on copies of what `prepared` left, each killed one operation later, with and without the power cut; `check` sees what is left. Gives how many died.
 */
function killEach(kinds: readonly Operation[], powerCut: boolean, args: readonly string[], every: number, check: (data: string, whole: boolean) => void): number {
  let deaths = 0
  for (let after = 0; ; after += every) {
    const data = join(dir, 'data')
    rmSync(data, { recursive: true, force: true })
    rmSync(join(dir, 'shadow'), { recursive: true, force: true })
    cpSync(join(dir, 'prepared'), data, { recursive: true })
    const disk = unreliableDisk(data, { orders: join(dir, 'orders'), ...(powerCut && { shadow: join(dir, 'shadow') }) })
    disk.order({ kinds, after, times: 1, act: 'kill-before' })
    const [program = '', ...rest] = [...disk.wrapper, process.execPath, migrator, data, ...args]
    const { signal, stderr } = spawnSync(program, rest, { encoding: 'utf8' })
    const whole = signal === null
    if (whole) expect(stderr.replaceAll(/.*Warning.*\n/g, '')).not.toContain('Error')
    else deaths += 1
    if (powerCut) disk.cutPower()
    check(data, whole)
    if (whole) return deaths
  }
}

const open = (data: string) => {
  const keys = openKeys(join(data, 'keys'), { demo: true })
  if (!keys.ok) throw new Error(keys.reason)
  return openJournal({ file: join(data, 'journal.db'), keys: keys.keys, clock: realClock() })
}
const prepare = (...args: readonly string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [migrator, join(dir, 'prepared'), ...args], { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
}
const removeJournal = () => {
  for (const name of readdirSync(join(dir, 'prepared'))) if (name.startsWith('journal.db')) rmSync(join(dir, 'prepared', name))
}

test.each([
  ['killed', false, 9],
  ['with the power cut', true, 1],
] as const)(
  'F03 %s inside the migrations: one schema or the next, whole, and the next start goes on',
  (_how, powerCut, every) => {
    prepare()
    const complete = schemaOf(join(dir, 'prepared', 'journal.db'))
    const whole = Array.from({ length: Number(complete.version) + 1 }, (_, version) => schemaOf(':memory:', version))
    expect(whole.at(-1)).toEqual(complete)
    removeJournal()
    const deaths = killEach(powerCut ? flushes : ['write', 'name', ...flushes], powerCut, [], every, (data) => {
      const file = join(data, 'journal.db')
      if (readdirSync(data).includes('journal.db')) {
        cpSync(data, join(dir, 'looked-at'), { recursive: true })
        expect(whole).toContainEqual(schemaOf(join(dir, 'looked-at', 'journal.db')))
        rmSync(join(dir, 'looked-at'), { recursive: true })
      }
      const opened = open(data)
      expect(opened, JSON.stringify(opened)).toMatchObject({ ok: true })
      if (opened.ok) opened.journal.close()
      expect(schemaOf(file)).toEqual(complete)
    })
    expect(deaths).toBeGreaterThan(2)
  },
)

test.each([
  ['killed', false, 9],
  ['with the power cut', true, 1],
] as const)(
  'F03 %s inside a checkpoint: every acknowledged event is there',
  (_how, powerCut, every) => {
    prepare('1')
    const deaths = killEach(powerCut ? flushes : ['write', ...flushes], powerCut, ['2'], every, (data, whole) => {
      const opened = open(data)
      expect(opened, JSON.stringify(opened)).toMatchObject({ ok: true })
      if (!opened.ok) return
      const { journal } = opened
      for (let slice = journal.verifySlice(); !slice.ok || !slice.done; slice = journal.verifySlice()) expect(slice).toMatchObject({ ok: true })
      const [totals] = journal.totals()
      expect([1000, 1500, 2000]).toContain(totals?.inserted)
      if (whole) expect(totals).toMatchObject({ inserted: 2000, earned: 1600, owed: 400 })
      journal.close()
    })
    expect(deaths).toBeGreaterThan(2)
  },
)
