import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { realClock } from '../hardware/clock.ts'
import { builtInRulebook } from '../main/rulebook/built-in.ts'
import { answersHelp, readAnswers } from './answers.ts'
import { openCases } from './authorities/cases.ts'
import { createReferenceAuthorities } from './authorities/reference.ts'
import { createCentre } from './centre.ts'
import { openRemoteCommands } from './remote-commands.ts'
import { listen } from './server.ts'
import { openSigningKey } from './signing-key.ts'
import { sqliteHandOvers } from './sqlite-hand-overs.ts'
import { sqliteStorage } from './sqlite-storage.ts'

/**
 * The centre as a process: `node centre/main.ts --socket PATH --data DIR [--answers MODE] [--operator NAME] [--phone NUMBER]`. Prints
 * `{"ready":true,"socket":PATH,"receiptKey":{…}}`, then for each line on standard input `{"answer":TEXT}`; ends with its standard input or a signal.
 */
const usage = `usage: centre --socket PATH --data DIR [--answers "${answersHelp}"] [--operator NAME] [--phone NUMBER] [--card-authorities PEM --card-revocations PEM]`

function stopWith(words: string): never {
  process.stderr.write(`${words}\n`)
  process.exit(2)
}

const { values } = parseArgs({
  options: {
    socket: { type: 'string' },
    data: { type: 'string' },
    answers: { type: 'string', default: 'received' },
    'card-authorities': { type: 'string' },
    'card-revocations': { type: 'string' },
    operator: { type: 'string', default: 'Cardbooth demonstration' },
    phone: { type: 'string', default: '0000-00-0000' },
  },
})
const { socket = stopWith(usage), data = stopWith(usage), 'card-authorities': authorities, 'card-revocations': revocations } = values
const answers = readAnswers(values.answers.split(/\s+/)) ?? stopWith(usage)
const say = (message: unknown) => process.stdout.write(`${JSON.stringify(message)}\n`)

const key = openSigningKey(join(data, 'signing-key.pem'))
const clock = realClock()
const centre = createCentre({
  key,
  storage: sqliteStorage(join(data, 'centre.db')),
  handOvers: sqliteHandOvers(join(data, 'hand-overs.db')),
  ...(authorities !== undefined && revocations !== undefined ? { cards: { authorities: () => readFileSync(authorities, 'utf8'), revocations: () => readFileSync(revocations, 'utf8') } } : {}),
  reference: createReferenceAuthorities({ cases: openCases(join(data, 'authorities.db')), clock, rulebook: builtInRulebook }),
  remote: openRemoteCommands({ file: join(data, 'commands.db'), clock }),
  clock,
  operator: { name: values.operator, phone: values.phone },
  answers,
})
const listening = await listen(centre, socket).catch((error: Error) => stopWith(error.message))

let ending = false
const end = async () => {
  if (ending) return
  ending = true
  await listening.close()
  await centre.close()
  process.exit(0)
}
process.once('SIGTERM', () => void end())
process.once('SIGINT', () => void end())

say({ ready: true, socket, receiptKey: key.publicKey })
for await (const line of createInterface({ input: process.stdin })) say({ answer: await centre.hand(line) })
await end()
