/** Opens the journal of a folder and empties its log, as a booth does at its start and after a visit; for tests that kill it meanwhile. */
import { realClock } from '../../../hardware/clock.ts'
import { openJournal } from '../../../main/journal/open-journal.ts'
import { openKeys } from '../../../main/vault/keys.ts'
import { wholeVisit } from '../../main/journal/journal-fixture.ts'

const [dir = '', visit = ''] = process.argv.slice(2)
const keys = openKeys(`${dir}/keys`, { demo: true })
if (!keys.ok) throw new Error(keys.reason)
const opened = openJournal({ file: `${dir}/journal.db`, keys: keys.keys, clock: realClock() })
if (!opened.ok) throw new Error(`${opened.reason}: ${opened.detail}`)
if (visit !== '') for (const records of wholeVisit(Number(visit))) opened.journal.append(records)
process.stdout.write('checkpoint\n')
opened.journal.checkpoint()
opened.journal.close()
