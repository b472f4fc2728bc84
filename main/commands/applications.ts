import { join } from 'node:path'
import { realClock } from '../../hardware/clock.ts'
import { chooseConfiguration } from '../config/last-good.ts'
import { openJournal } from '../journal/open-journal.ts'
import { refundParked } from '../session/sending.ts'
import { signClaim } from '../vault/claim-signature.ts'
import { openKeys } from '../vault/keys.ts'
import { commandLine, here, stopWith } from './command-line.ts'

/**
 * `applications --config FILE --data DIR [--refund NUMBER]`: what lies in a booth's outbox, one JSON object a line: `waiting` is still to be sent, `parked` waits for
 * a person. `--refund` gives up the parked application with that number of its slip: its price is owed from then on, and the slip in the resident's hand is
 * the claim. The booth must be stopped; whatever else happens to the application is settled with the centre's operator.
 */
const usage = 'usage: npm run applications -- --config FILE --data DIR [--refund NUMBER]'

const { values } = commandLine({ options: { config: { type: 'string' }, data: { type: 'string' }, refund: { type: 'string' } } }, usage)
const data = here(values.data ?? stopWith(usage))
const { read } = await chooseConfiguration(here(values.config ?? stopWith(usage)), data)
if (!read.ok) stopWith(read.problems.map(({ file, path, reason }) => `${file} ${path}: ${reason}`).join('\n'))
const { configuration } = read
const keys = openKeys(join(data, 'keys'), { demo: configuration.mode === 'demo' })
if (!keys.ok) stopWith(`${keys.file}: ${keys.reason}`)
const clock = realClock()
const opened = openJournal({ file: join(data, 'journal.db'), keys: keys.keys, clock })
if (!opened.ok) stopWith(opened.reason === 'in-use' ? 'the booth is running; stop it first' : `${opened.reason}: ${opened.detail}`)
const { journal } = opened

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
if (values.refund === undefined) {
  for (const { key, number, status, service, price, queuedAt } of [...journal.parked(), ...journal.waiting()])
    say({ number, key, status, service, price, currency: configuration.cash.currency, queuedAt: new Date(queuedAt).toISOString() })
} else {
  const found = journal.parked().find(({ number }) => number === values.refund)
  if (!found) {
    journal.close()
    stopWith(`no application with the number ${values.refund} is parked`)
  }
  const facts = { now: clock.now(), configuration, signClaim: (claim: Parameters<typeof signClaim>[1]) => signClaim(keys.keys, claim) }
  journal.append(refundParked(found, facts))
  journal.signHead('stop')
  say({ number: found.number, owed: found.price, currency: configuration.cash.currency })
}
journal.close()
