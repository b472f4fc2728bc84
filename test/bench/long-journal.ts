import { join } from 'node:path'
import { realClock } from '../../hardware/clock.ts'
import { openJournal } from '../../main/journal/open-journal.ts'
import type { Journal } from '../../main/journal/journal.ts'
import { openKeys } from '../../main/vault/keys.ts'
import { wholeVisit } from '../main/journal/journal-fixture.ts'

/** Many visits a transaction, because here nobody waits for each of them. */
const visitsAtOnce = 500

/** Opens the journal of a booth with its data in `data`. */
export function journalIn(data: string): Journal {
  const keys = openKeys(join(data, 'keys'), { demo: true })
  if (!keys.ok) throw new Error(keys.reason)
  const opened = openJournal({ file: join(data, 'journal.db'), keys: keys.keys, clock: realClock() })
  if (!opened.ok) throw new Error(`${opened.reason}: ${opened.detail}`)
  return opened.journal
}

/** Fills an empty journal with whole visits until it has `rows` rows, signs its head and empties its log. Gives the number of visits. */
export function fillJournal(journal: Journal, rows: number): number {
  let visits = 0
  while (journal.head().seq < rows) {
    journal.append(Array.from({ length: visitsAtOnce }, () => wholeVisit((visits += 1)).flat()).flat())
    journal.checkpoint()
  }
  journal.signHead('midnight')
  journal.checkpoint()
  return visits
}
