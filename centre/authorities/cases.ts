import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { openDatabase } from '../open-database.ts'
import type { Case } from './procedure.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS authority_case (
    subject TEXT NOT NULL,
    number_mac TEXT NOT NULL,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (subject, number_mac)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS authority_clock (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), days INTEGER NOT NULL) STRICT;
  PRAGMA user_version = 1;
`

/** The cases of the reference authorities. No number lies in it, only its HMAC by a key beside it. */
export interface Cases {
  find(subject: string, number: string): Case | null
  keep(subject: string, number: string, kept: Case): void
  /** How many days the authorities' calendar is ahead of ours. */
  readonly days: number
  setDays(days: number): void
  close(): void
}

const storedFacts = z.record(z.string(), z.string())

/** 32 bytes of chance in `file`, made at the first start, mode 0600. */
function openSecret(file: string): Uint8Array {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx', flush: true })
  }
  return readFileSync(file)
}

/** Opens the cases in one SQLite file, the key to their numbers beside it; `:memory:` for none. */
export function openCases(file: string): Cases {
  const secret = file === ':memory:' ? randomBytes(32) : openSecret(`${file}.key`)
  const database = openDatabase(file, schema)
  const select = database.prepare('SELECT state, facts FROM authority_case WHERE subject = ? AND number_mac = ?')
  const insert = database.prepare(
    'INSERT INTO authority_case (subject, number_mac, state, facts) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state, facts = excluded.facts',
  )
  const selectDays = database.prepare('SELECT days FROM authority_clock')
  const insertDays = database.prepare('INSERT INTO authority_clock (only_one, days) VALUES (1, ?) ON CONFLICT DO UPDATE SET days = excluded.days')
  const macOf = (subject: string, number: string) => createHmac('sha256', secret).update(`${subject}:${number}`).digest('hex')
  return {
    find(subject, number) {
      const row = select.get(subject, macOf(subject, number)) as { readonly state: string; readonly facts: string } | undefined
      return row ? { state: row.state, facts: storedFacts.parse(JSON.parse(row.facts)) } : null
    },
    keep: (subject, number, { state, facts }) => void insert.run(subject, macOf(subject, number), state, JSON.stringify(facts)),
    get days() {
      return Number((selectDays.get() as { readonly days: number } | undefined)?.days ?? 0)
    },
    setDays: (days) => void insertDays.run(days),
    close: () => database.close(),
  }
}
