import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Journal } from '../../../main/journal/journal.ts'
import { type Place, place, wholeVisit } from './journal-fixture.ts'

let here: Place
beforeEach(() => {
  here = place()
})
afterEach(() => here.remove())

/** Three visits, closed; with `signed`, the head vouches for all of them. Gives the number of rows. */
function written(signed: boolean): number {
  const journal = here.journal()
  for (let n = 1; n <= 3; n += 1) for (const records of wholeVisit(n)) journal.append(records)
  if (signed) journal.signHead('midnight')
  const { seq } = journal.head()
  journal.close()
  return seq
}

/** What somebody with the file and a tool for SQLite can do to row `k`. */
const harms: Readonly<Record<string, (k: number) => string>> = {
  edited: (k) => `UPDATE journal SET at = at + 1 WHERE seq = ${k}`,
  removed: (k) => `DELETE FROM journal WHERE seq = ${k}`,
}

function tamper(sql: string): void {
  const database = new DatabaseSync(here.file, { enableForeignKeyConstraints: false })
  database.exec(`DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_is_never_deleted; ${sql}`)
  database.close()
}

function patrol(journal: Journal): ReturnType<Journal['verifySlice']> {
  for (;;) {
    const slice = journal.verifySlice(7)
    if (!slice.ok || slice.done) return slice
  }
}

describe.each(Object.entries(harms))('F74 each row %s in turn', (harm, sql) => {
  /** The row that is named: the one that was edited, or the one that now follows the gap. */
  const named = (k: number) => (harm === 'removed' ? k + 1 : k)

  test('after the last signed head: named at the next start', () => {
    const rows = written(false)
    copyFileSync(here.file, `${here.dir}/whole`)
    const witness = readFileSync(`${here.file}.head`)
    for (let k = 1; k <= rows; k += 1) {
      copyFileSync(`${here.dir}/whole`, here.file)
      rmSync(`${here.file}-wal`, { force: true })
      writeFileSync(`${here.file}.head`, witness)
      tamper(sql(k))
      // Nothing follows the last row: without it the journal is shorter than it was.
      const reason = harm === 'removed' && k === rows ? { reason: 'shorter' } : { reason: 'chain', detail: expect.stringContaining(`row ${named(k)}:`) as string }
      expect(here.open(), `row ${k}`).toMatchObject({ ok: false, fault: 'journal-altered', ...reason })
    }
  })

  test('before it: named by the walk in idle moments', () => {
    const rows = written(true)
    copyFileSync(here.file, `${here.dir}/whole`)
    for (let k = 1; k < rows; k += 1) {
      copyFileSync(`${here.dir}/whole`, here.file)
      rmSync(`${here.file}-wal`, { force: true })
      tamper(sql(k))
      const journal = here.journal()
      expect(patrol(journal), `row ${k}`).toMatchObject({ ok: false, fault: 'journal-altered', damagedAt: named(k) })
      journal.close()
    }
  })
})
