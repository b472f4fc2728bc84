import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { staffId, staffPin } from '../contract/staff.ts'
import { hashPin } from '../staff/pin.ts'
import { commandLine, stopWith } from './command-line.ts'

/** `staff hash ID`: asks for a PIN, twice, without showing it, and prints what belongs into the configuration's `staff`. The PIN is never an argument: those stand in lists of processes. */
const usage = `usage: npm run --silent staff -- hash ID
  asks for a PIN of 6 to 12 digits, twice; from a pipe it reads it once
  ID  how configuration and journal name them: letters, digits and hyphens, 20 at most`

const { positionals } = commandLine({ allowPositionals: true }, usage)
const [act, id, ...others] = positionals
if (act !== 'hash' || others.length > 0 || !staffId.safeParse(id).success) stopWith(usage)

const isTerminal = process.stdin.isTTY
/** Where readline would echo what is typed. */
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
const typed = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal })
const lines = typed[Symbol.asyncIterator]()
const ask = async (words: string) => {
  if (isTerminal) process.stderr.write(words)
  const { value } = await lines.next()
  if (isTerminal) process.stderr.write('\n')
  return String(value ?? '')
}

const pin = await ask('PIN: ')
if (!staffPin.safeParse(pin).success) stopWith('a PIN has 6 to 12 digits')
if (isTerminal && (await ask('once more: ')) !== pin) stopWith('the two were different')
typed.close()
process.stdout.write(`${JSON.stringify({ id, pin: await hashPin(pin) })}\n`)
