import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { realClock } from '../../../hardware/clock.ts'
import type { Totals } from '../../../main/journal/queries.ts'
import { openJournal } from '../../../main/journal/open-journal.ts'
import type { JournalRecord } from '../../../main/session/records.ts'
import { openKeys } from '../../../main/vault/keys.ts'

/** What a booth has written down. */
export interface Written {
  /** Where all the money ever inserted is now. */
  readonly money: Omit<Totals, 'currency'>
  /** Applications that are still to be sent. */
  readonly waiting: number
  readonly records: readonly Pick<JournalRecord, 'kind' | 'body'>[]
}

/**
 * Reads and verifies the journal of a booth that runs or was killed: a copy of it, because the booth has locked its own. Witness first and
 * database last: so the copy is one that a power cut could have left.
 */
export function readJournal(data: string): Written {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-journal-'))
  const file = join(folder, 'journal.db')
  try {
    for (const end of ['.head', '-wal', '']) {
      const own = join(data, `journal.db${end}`)
      if (existsSync(own)) copyFileSync(own, `${file}${end}`)
    }
    const keys = openKeys(join(data, 'keys'), { demo: true })
    if (!keys.ok) throw new Error(keys.reason)
    const opened = openJournal({ file, keys: keys.keys, clock: realClock() })
    if (!opened.ok) throw new Error(`${opened.fault} ${opened.reason}: ${opened.detail}`)
    const { journal } = opened
    const nothing = { inserted: 0, credit: 0, parked: 0, earned: 0, owed: 0, paying: 0, returned: 0 }
    const { currency: _currency, ...money } = journal.totals()[0] ?? { ...nothing, currency: '' }
    const waiting = journal.waiting().length
    journal.close()
    const database = new DatabaseSync(file)
    const rows = database.prepare('SELECT kind, body FROM journal ORDER BY seq').all() as { kind: JournalRecord['kind']; body: string }[]
    database.close()
    return { money, waiting, records: rows.map(({ kind, body }) => ({ kind, body: JSON.parse(body) as JournalRecord['body'] })) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
