import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { realClock } from '../../../hardware/clock.ts'
import { openJournal } from '../../../main/journal/open-journal.ts'
import { openKeys } from '../../../main/vault/keys.ts'
import { configured } from '../../support/booth-facts.ts'
import { wholeVisit } from '../journal/journal-fixture.ts'

const command = join(import.meta.dirname, '../../../main/commands/till.ts')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardbooth-till-'))
  writeFileSync(join(folder, 'booth.json'), JSON.stringify(configured()))
  copyFileSync(join(import.meta.dirname, '../../../main/commands/demo/pack.json'), join(folder, 'pack.json'))
  const keys = openKeys(join(folder, 'data/keys'), { demo: true })
  if (!keys.ok) throw new Error(keys.reason)
  const opened = openJournal({ file: join(folder, 'data/journal.db'), keys: keys.keys, clock: realClock() })
  if (!opened.ok) throw new Error(opened.detail)
  for (const records of wholeVisit(1)) opened.journal.append(records)
  opened.journal.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function till(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words, '--config', 'booth.json', '--data', 'data'], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
  })
  return { status, stdout, stderr, lines: stdout.startsWith('{') ? stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) : [] }
}

it('what was counted stands beside what the books expected, and a new period begins', { timeout: 60_000 }, () => {
  expect(till('refill', '--place', '900', '--coin', 'JP100A', '--count', '30', '--by', 'mori').lines).toMatchObject([{ event: 'refilled', count: 30 }])
  const before = till('show')
  expect(before.status).toBe(0)
  expect(before.lines).toContainEqual(expect.objectContaining({ event: 'content', place: '900', count: 30 }))
  expect(before.lines).toContainEqual(expect.objectContaining({ event: 'counter', name: 'sales', ever: 800, since: 800 }))
  // The two coins of the visit are 500 yen by the books.
  const collected = till('collect', '--counted', 'JP500A=1', '--by', 'mori')
  expect(collected.lines).toMatchObject([{ event: 'collected', place: 'box', expected: 1000, counted: 500, difference: -500, by: 'mori' }])
  const after = till('show')
  expect(after.lines).toContainEqual(expect.objectContaining({ event: 'counter', name: 'sales', ever: 800, since: 0 }))
  expect(after.lines.filter(({ event, place }) => event === 'content' && place === 'box')).toEqual([])
  expect(after.lines.at(-1)).toMatchObject({ event: 'books', ok: true, collectedAt: expect.any(String) as unknown })
  expect(till('export').stdout).toContain('\r\nCA17*0*100*30\r\n')
  expect(till('export', '--format', 'csv').stdout).toContain('counter,,coins-in,JPY,,,1000,0')
  for (const words of [['dance'], ['collect'], ['refill', '--place', '900', '--coin', 'XX100A', '--count', '1'], ['refill', '--place', 'x', '--coin', 'JP100A', '--count', '1']])
    expect(till(...words).status).toBe(2)
})
