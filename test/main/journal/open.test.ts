import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Journal } from '../../../main/journal/journal.ts'
import { checksAtStart, checksInTurn, damageFoundBy } from '../../../main/journal/page-checks.ts'
import { openKeys } from '../../../main/vault/keys.ts'
import { openJournal } from '../../../main/journal/open-journal.ts'
import { connection, lock, settle } from '../../../main/journal/settings.ts'
import { opened, type Place, place, started, visitId, wholeVisit } from './journal-fixture.ts'

let here: Place
beforeEach(() => {
  here = place()
})
afterEach(() => here.remove())

function fill(journal: Journal, visits = 3): void {
  for (let n = 1; n <= visits; n += 1) for (const records of wholeVisit(n)) journal.append(records)
}

/** Changes the closed file behind the journal's back. */
function tamper(sql: string): void {
  const database = new DatabaseSync(here.file)
  database.exec(`DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_is_never_deleted; ${sql}`)
  database.close()
}

/** Walks the whole journal in small slices, as idle moments do. */
function patrol(journal: Journal): ReturnType<Journal['verifySlice']> {
  for (;;) {
    const slice = journal.verifySlice(7)
    if (!slice.ok || slice.done) return slice
  }
}

const aside = () => readdirSync(here.dir).filter((name) => name.startsWith('journal.db.unreadable-'))

test('every setting is made and read back: WAL and FULL above all', () => {
  const database = new DatabaseSync(here.file, connection)
  lock(database)
  expect(settle(database)).toEqual([])
  const held = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  expect(['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'trusted_schema', 'cell_size_check'].map(held)).toEqual([
    'wal',
    2,
    1,
    1,
    0,
    1,
  ])
  expect(['busy_timeout', 'wal_autocheckpoint', 'journal_size_limit'].map(held)).toEqual([2000, 400, 4_194_304])
  database.close()
})

test('a setting that the library does not take is named', () => {
  const database = new DatabaseSync(':memory:')
  expect(settle(database)).toEqual(['journal_mode is memory, not wal'])
  database.close()
})

test('rows can be added and never changed or deleted', () => {
  const journal = here.journal()
  fill(journal, 1)
  journal.close()
  const database = new DatabaseSync(here.file)
  expect(() => database.exec(`UPDATE journal SET body = '{}' WHERE seq = 2`)).toThrow('append-only')
  expect(() => database.exec('DELETE FROM journal')).toThrow('append-only')
  database.close()
})

test('F13 a second process is refused at once and by name, and harms nothing', () => {
  const journal = here.journal()
  journal.append([started])
  const script = `
    import { openJournal } from ${JSON.stringify(new URL('../../../main/journal/open-journal.ts', import.meta.url).href)}
    import { openKeys } from ${JSON.stringify(new URL('../../../main/vault/keys.ts', import.meta.url).href)}
    import { realClock } from ${JSON.stringify(new URL('../../../hardware/clock.ts', import.meta.url).href)}
    const { keys } = openKeys(${JSON.stringify(`${here.dir}/keys`)}, { demo: true })
    const began = performance.now()
    const { ok, fault, reason, setAside } = openJournal({ file: ${JSON.stringify(here.file)}, keys, clock: realClock() })
    console.log(JSON.stringify({ ok, fault, reason, setAside, ms: performance.now() - began }))`
  const second = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const { ms, ...answer } = JSON.parse(second.stdout) as { ms: number }
  expect(answer).toEqual({ ok: false, fault: 'journal-unreadable', reason: 'in-use', setAside: null })
  // Shorter than SQLite would wait for a lock.
  expect(ms).toBeLessThan(1900)
  expect(here.open()).toMatchObject({ ok: false, reason: 'in-use' })
  expect(aside()).toEqual([])
  expect(journal.append([opened(visitId(1))]).seq).toBe(2)
  journal.close()
  here.journal().close()
})

test('an unreadable file is set aside under a name with the time, never deleted, and the booth stays out of service', () => {
  writeFileSync(here.file, 'this is no database '.repeat(400))
  const answer = here.open()
  expect(answer).toMatchObject({ ok: false, fault: 'journal-unreadable', reason: 'damaged', setAside: `${here.file}.unreadable-20261121T010000Z` })
  expect(aside()).toEqual(['journal.db.unreadable-20261121T010000Z'])
  expect(readFileSync(`${here.file}.unreadable-20261121T010000Z`, 'utf8')).toContain('this is no database')
  // The next start does not begin with an empty journal.
  expect(here.open()).toMatchObject({ ok: false, fault: 'journal-unreadable', reason: 'set-aside' })
  expect(existsSync(here.file)).toBe(false)
})

test('F17 one byte flipped in any page is found at start or by the patrol, or changes nothing', () => {
  const journal = here.journal()
  fill(journal, 12)
  journal.signHead('stop')
  for (const records of wholeVisit(13)) journal.append(records)
  const good = content(journal)
  journal.close()
  const bytes = readFileSync(here.file)
  const witness = readFileSync(`${here.file}.head`)
  const found = { atStart: 0, byPatrol: 0, harmless: 0 }
  for (let page = 0; page * 4096 < bytes.length; page += 1) {
    for (const offset of [9, 700, 1900, 4090]) {
      for (const name of readdirSync(here.dir)) if (name.startsWith(basename(here.file))) rmSync(`${here.dir}/${name}`)
      const flipped = Buffer.from(bytes)
      const place = page * 4096 + offset
      flipped[place] = (flipped[place] ?? 0) ^ 0x10
      writeFileSync(here.file, flipped)
      writeFileSync(`${here.file}.head`, witness)
      const answer = here.open()
      if (!answer.ok) {
        found.atStart += 1
        const quarantined = answer.setAside ?? here.file
        expect(existsSync(quarantined)).toBe(true)
        continue
      }
      if (!patrol(answer.journal).ok) found.byPatrol += 1
      else {
        expect(content(answer.journal)).toEqual(good)
        found.harmless += 1
      }
      answer.journal.close()
    }
  }
  expect(found.atStart).toBeGreaterThan(10)
  expect(found.byPatrol).toBeGreaterThan(5)
})

test('F17 a long journal’s pages are looked at table by table, so that a booth answers in between, and what grows with each visit not before a start', () => {
  const journal = here.journal()
  fill(journal, 3)
  journal.close()
  const database = new DatabaseSync(here.file)
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all().map(({ name }) => name)
  const tableOf = (check: string) => /'(\w+)'/.exec(check)?.[1]
  expect([checksAtStart(database), checksInTurn(database)]).toEqual([['PRAGMA quick_check(1)'], ['PRAGMA integrity_check(1)']])
  const long = [checksAtStart(database, 0), checksInTurn(database, 0)] as const
  for (const check of long.flat()) expect(damageFoundBy(database, check), check).toBeNull()
  expect(long[1].map(tableOf)).toEqual(tables)
  expect(long[0].map(tableOf)).toContain('till')
  for (const growing of ['journal', 'visit', 'application', 'claim', 'coin_event']) expect(long[0].map(tableOf)).not.toContain(growing)
  const root = Number(database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'claim_of_visit'`).get()?.['rootpage'])
  database.close()

  const bytes = readFileSync(here.file)
  const last = root * 4096 - 6
  bytes[last] = (bytes[last] ?? 0) ^ 0x10
  writeFileSync(here.file, bytes)
  const again = new DatabaseSync(here.file)
  const found = checksInTurn(again, 0).map((check) => [tableOf(check), damageFoundBy(again, check)]).filter(([, damage]) => damage !== null)
  expect(found).toEqual([['claim', expect.stringContaining('index claim_of_visit')]])
  again.close()
})

/** All that the journal tells anybody. */
function content(journal: Journal): unknown {
  const visits = Array.from({ length: 13 }, (_, n) => visitId(n + 1))
  return {
    head: journal.head(),
    recovered: journal.recover(),
    totals: journal.totals(),
    waiting: journal.waiting(),
    money: visits.map(journal.money),
    claims: visits.map(journal.claims),
  }
}

test('F17 a changed row after the last signed head is found at start', () => {
  const journal = here.journal()
  fill(journal)
  journal.close()
  tamper(`UPDATE journal SET body = replace(body, '500', '900') WHERE seq = 3`)
  expect(here.open()).toMatchObject({ ok: false, fault: 'journal-altered', reason: 'chain', setAside: null })
  // It stays as it is, and stays out of service.
  expect(here.open()).toMatchObject({ ok: false, fault: 'journal-altered' })
})

test('F17 a changed row before the last signed head is found by the patrol', () => {
  const journal = here.journal()
  fill(journal)
  journal.signHead('midnight')
  journal.close()
  tamper(`UPDATE journal SET at = at + 1 WHERE seq = 2`)
  const again = here.journal()
  expect(patrol(again)).toMatchObject({ ok: false, fault: 'journal-altered', damagedAt: 2 })
  again.close()
})

test('F17 a deleted row and a row put in between are found', () => {
  for (const sql of ['DELETE FROM journal WHERE seq = 4', `UPDATE journal SET previous = digest WHERE seq = 4`]) {
    const there = place()
    const journal = there.journal()
    fill(journal)
    journal.close()
    const database = new DatabaseSync(there.file, { enableForeignKeyConstraints: false })
    database.exec(`DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_is_never_deleted; ${sql}`)
    database.close()
    expect(there.open()).toMatchObject({ ok: false, fault: 'journal-altered', reason: 'chain' })
    there.remove()
  }
})

test('F17 sums that do not follow from the records are found: at start for the open visit, by the patrol for all', () => {
  const journal = here.journal()
  fill(journal)
  for (const records of wholeVisit(4).slice(0, 4)) journal.append(records)
  journal.close()
  tamper(`UPDATE visit SET owed = owed + 100, inserted = inserted + 100 WHERE visit = '${visitId(1)}'`)
  const again = here.journal()
  expect(patrol(again)).toMatchObject({ ok: false, fault: 'journal-altered', detail: 'table visit does not follow from the records' })
  again.close()
  const database = new DatabaseSync(here.file)
  database.exec(`UPDATE visit SET credit = credit + 100, inserted = inserted + 100 WHERE visit = '${visitId(4)}'`)
  database.close()
  expect(here.open()).toMatchObject({ ok: false, fault: 'journal-altered', reason: 'sums' })
})

test('F18 yesterday’s copy of the journal put back: out of service for staff, because it ends before the point that had been reached', () => {
  const journal = here.journal()
  fill(journal, 2)
  journal.close()
  copyFileSync(here.file, `${here.dir}/yesterday`)
  const later = here.journal()
  for (const records of wholeVisit(3)) later.append(records)
  later.close()
  copyFileSync(`${here.dir}/yesterday`, here.file)
  expect(here.open()).toMatchObject({ ok: false, fault: 'journal-altered', reason: 'shorter' })
})

test('a journal that is gone is not begun anew', () => {
  const journal = here.journal()
  fill(journal, 1)
  journal.close()
  rmSync(here.file)
  expect(here.open()).toMatchObject({ ok: false, fault: 'journal-altered', reason: 'missing' })
  expect(existsSync(here.file)).toBe(false)
})

test('F19 a write-ahead log that was deleted or cut is noticed', () => {
  for (const harm of [(wal: string) => rmSync(wal), (wal: string) => truncateSync(wal, 0), (wal: string) => truncateSync(wal, 30_000)]) {
    const there = killedWithLog()
    const wal = `${there.file}-wal`
    expect(readFileSync(wal).length).toBeGreaterThan(30_000)
    harm(wal)
    expect(there.open()).toMatchObject({ ok: false, fault: 'journal-altered' })
    there.remove()
  }
})

test('F19 the log of a killed booth is read back whole', () => {
  const there = killedWithLog()
  const journal = there.journal()
  expect(patrol(journal)).toMatchObject({ ok: true, done: true })
  expect(journal.totals()).toMatchObject([{ inserted: 3000, earned: 2400, owed: 600 }])
  journal.close()
  there.remove()
})

/** A journal as a kill -9 leaves it: with its write-ahead log, and checkpointed once in the middle. */
function killedWithLog(): Place {
  const source = place()
  const there = place()
  const journal = source.journal()
  for (const records of wholeVisit(1)) journal.append(records)
  journal.checkpoint()
  for (const records of [...wholeVisit(2), ...wholeVisit(3)]) journal.append(records)
  for (const name of ['journal.db', 'journal.db-wal', 'journal.db.head', 'keys/booth-DEMO.pem'])
    copyFileSync(`${source.dir}/${name}`, `${there.dir}/${name}`)
  journal.close()
  const keys = openKeys(`${there.dir}/keys`, { demo: true })
  source.remove()
  if (!keys.ok) throw new Error(keys.reason)
  const open = () => openJournal({ file: there.file, keys: keys.keys, clock: there.clock })
  return {
    ...there,
    open,
    journal() {
      const answer = open()
      if (!answer.ok) throw new Error(answer.detail)
      return answer.journal
    },
  }
}

test("a head signed by another booth's key is not this booth's journal", () => {
  const journal = here.journal()
  fill(journal, 1)
  journal.signHead('stop')
  journal.close()
  const other = place()
  expect(openJournal({ file: here.file, keys: other.keys, clock: here.clock })).toMatchObject({
    ok: false,
    fault: 'journal-altered',
    reason: 'signature',
  })
  other.remove()
  here.journal().close()
})

test('signing again where nothing was added, or where nothing is, changes nothing', () => {
  const journal = here.journal()
  journal.signHead('midnight')
  fill(journal, 1)
  journal.signHead('midnight')
  journal.signHead('stop')
  journal.close()
  const database = new DatabaseSync(here.file)
  expect(database.prepare('SELECT reason FROM signed_head').all()).toEqual([{ reason: 'midnight' }])
  database.close()
  here.journal().close()
})

test('the patrol reaches the end while records are being added, and begins again', () => {
  const journal = here.journal()
  fill(journal, 5)
  let slices = 0
  for (const records of wholeVisit(6)) {
    journal.append(records)
    expect(journal.verifySlice(5)).toMatchObject({ ok: true, done: false, checkedTo: (slices += 1) * 5 })
  }
  expect(patrol(journal)).toEqual({ ok: true, done: true, checkedTo: journal.head().seq })
  expect(journal.verifySlice(5)).toMatchObject({ ok: true, done: false, checkedTo: 5 })
  journal.close()
})

test('a file of a newer program, or of another one, is left as it is', () => {
  here.journal().close()
  const database = new DatabaseSync(here.file)
  database.exec('PRAGMA user_version = 99')
  database.close()
  expect(here.open()).toMatchObject({ ok: false, fault: 'journal-unreadable', reason: 'newer', setAside: null })
  const there = place()
  const stranger = new DatabaseSync(there.file)
  stranger.exec('CREATE TABLE somebody (name TEXT)')
  stranger.close()
  expect(there.open()).toMatchObject({ ok: false, fault: 'journal-unreadable', reason: 'not-a-journal', setAside: null })
  expect(existsSync(there.file)).toBe(true)
  there.remove()
})

test('after a checkpoint the log is empty, so that nothing deleted lingers in it', () => {
  const journal = here.journal()
  fill(journal)
  expect(readFileSync(`${here.file}-wal`).length).toBeGreaterThan(0)
  expect(journal.checkpoint()).toBe(true)
  expect(readFileSync(`${here.file}-wal`).length).toBe(0)
  journal.close()
})
