import type { DatabaseSync } from 'node:sqlite'

/** A database of up to 64 MiB, about a year of visits, is checked whole and at once. */
const pagesAtOnce = 16_384

/** Tables that grow with each visit. */
const growing: ReadonlySet<string> = new Set(['journal', 'visit', 'application', 'claim', 'coin_event', 'note_event'])

function isLong(database: DatabaseSync, mostPages: number): boolean {
  return Number(database.prepare('PRAGMA page_count').get()?.['page_count']) > mostPages
}

function tablesOf(database: DatabaseSync): readonly string[] {
  return database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all().map(({ name }) => String(name))
}

/** What SQLite says to one of the checks below; null when all is well. */
export function damageFoundBy(database: DatabaseSync, check: string): string | null {
  const [said] = Object.values(database.prepare(check).get() ?? {})
  return said === 'ok' ? null : String(said)
}

/**
 * What a start looks at. In a long journal all of it would take longer than all else: there what grows with each visit is left to the chain, which is walked from the last signed
 * head now and whole in idle moments, and to the patrol, which then compares all that was made of it.
 */
export function checksAtStart(database: DatabaseSync, mostPages = pagesAtOnce): readonly string[] {
  if (!isLong(database, mostPages)) return ['PRAGMA quick_check(1)']
  return tablesOf(database).filter((name) => !growing.has(name)).map((name) => `PRAGMA quick_check('${name}')`)
}

/**
 * What the patrol looks at, one after the other: nobody's touch is answered meanwhile. Of a long journal's own table the pages alone, because its indices would take seconds; that its
 * rows are right says the chain.
 */
export function checksInTurn(database: DatabaseSync, mostPages = pagesAtOnce): readonly string[] {
  if (!isLong(database, mostPages)) return ['PRAGMA integrity_check(1)']
  return tablesOf(database).map((name) => `PRAGMA ${name === 'journal' ? 'quick' : 'integrity'}_check('${name}')`)
}
