import { centreAnswer, envelope } from '../main/contract/submission.ts'
import { openDatabase } from './open-database.ts'
import type { CentreStorage, Decision, Stage, StoredApplication } from './storage.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS application (
    arrival INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    envelope TEXT NOT NULL,
    answer TEXT NOT NULL,
    sealed TEXT,
    stage TEXT NOT NULL CHECK (stage IN ('received', 'refused', 'passed-on', 'decided')),
    decision TEXT CHECK (decision IN ('approved', 'declined'))
  ) STRICT;
  CREATE INDEX IF NOT EXISTS application_by_number ON application (number);
  PRAGMA user_version = 1;
`

interface Row {
  readonly envelope: string
  readonly answer: string
  readonly stage: Stage
  readonly decision: Decision | null
}

/** Keeps applications in one SQLite file; `:memory:` for none. */
export function sqliteStorage(file: string): CentreStorage {
  const database = openDatabase(file, schema)
  const columns = 'envelope, answer, stage, decision'
  const insert = database.prepare(
    'INSERT INTO application (key, number, code_hash, envelope, answer, sealed, stage) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING',
  )
  const selectKey = database.prepare(`SELECT ${columns} FROM application WHERE key = ?`)
  const selectNumber = database.prepare(`SELECT ${columns} FROM application WHERE number = ? ORDER BY arrival`)
  const selectSlip = database.prepare(`SELECT ${columns} FROM application WHERE number = ? AND code_hash = ?`)
  const selectNewest = database.prepare(`SELECT ${columns} FROM application ORDER BY arrival DESC LIMIT ?`)
  const selectSealed = database.prepare('SELECT sealed FROM application WHERE key = ?')
  const updatePassedOn = database.prepare(`UPDATE application SET stage = 'passed-on' WHERE key = ? AND stage = 'received'`)
  const updateDecided = database.prepare(`UPDATE application SET stage = 'decided', decision = ? WHERE key = ? AND stage = 'passed-on'`)

  const stored = (row: unknown): StoredApplication | null => {
    if (row === undefined) return null
    const { envelope: outside, answer, stage, decision } = row as Row
    return { envelope: envelope.parse(JSON.parse(outside)), answer: centreAnswer.parse(JSON.parse(answer)), stage, decision }
  }
  const several = (rows: readonly unknown[]) => rows.map(stored).filter((one) => one !== null)

  return {
    async keep({ envelope: outside, sealed, answer }) {
      const { key, number, codeHash } = outside
      const { changes } = insert.run(key, number, codeHash, JSON.stringify(outside), JSON.stringify(answer), sealed, answer.status)
      const kept = stored(selectKey.get(key))
      if (!kept) throw new Error('what was kept is not there')
      return { isNew: Number(changes) === 1, kept }
    },
    find: async (key) => stored(selectKey.get(key)),
    findBySlip: async (number, codeHash) => stored(selectSlip.get(number, codeHash)),
    findByNumber: async (number) => several(selectNumber.all(number)),
    list: async (limit) => several(selectNewest.all(limit)),
    async sealed(key) {
      const sealed = selectSealed.get(key)?.['sealed']
      return typeof sealed === 'string' ? sealed : null
    },
    passOn: async (key) => Number(updatePassedOn.run(key).changes) === 1,
    decide: async (key, decision) => Number(updateDecided.run(decision, key).changes) === 1,
    close: async () => database.close(),
  }
}
