// Commits so many coins to the journal of a folder, one by one.
import { coins, opened, visitId } from '../../main/journal/journal-fixture.ts'
import { journalIn } from '../long-journal.ts'

const [data = '', count = '0'] = process.argv.slice(2)
const journal = journalIn(data)
journal.append([opened(visitId(1))])
for (let n = 1; n <= Number(count); n += 1) journal.append(coins(visitId(1), n, 10))
journal.close()
