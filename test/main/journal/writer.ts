/** A booth that does nothing but write visits, for tests that kill it: says the number of each row after the journal has acknowledged it. */
import { writeSync } from 'node:fs'
import { realClock } from '../../../hardware/clock.ts'
import { openJournal } from '../../../main/journal/open-journal.ts'
import { openKeys } from '../../../main/vault/keys.ts'
import { claimIssued, ended, recovered, wholeVisit } from './journal-fixture.ts'

const [dir = '', firstVisit = '1'] = process.argv.slice(2)
const keys = openKeys(`${dir}/keys`, { demo: true })
if (!keys.ok) throw new Error(keys.reason)
const opened = openJournal({ file: `${dir}/journal.db`, keys: keys.keys, clock: realClock() })
if (!opened.ok) throw new Error(`${opened.fault} ${opened.reason}: ${opened.detail}`)
const { journal } = opened

const open = journal.recover().visit
if (open) {
  const claim = open.credit > 0 ? [claimIssued(open.visit, open.credit, 'abandoned')] : []
  journal.append([recovered(open.visit, open.credit, open.queued !== null), ...claim, ended(open.visit, 'abandoned')])
}
for (let n = Number(firstVisit); ; n += 1)
  for (const records of wholeVisit(n)) {
    const { seq } = journal.append(records)
    writeSync(1, `${n} ${seq} ${journal.head().digest}\n`)
    if (n % 7 === 0) journal.checkpoint()
    if (n % 5 === 0) journal.signHead('midnight')
  }
