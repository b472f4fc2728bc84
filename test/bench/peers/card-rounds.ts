import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pcsclite from 'pcsclite'
import { makeCardReaderDriver } from '../../../hardware/card-reader/driver.ts'
import type { CardReaderEvent } from '../../../hardware/card-reader/events.ts'
import { realClock } from '../../../hardware/clock.ts'
import { openPcsc } from '../../../hardware/transports/pcsc.ts'

/**
 * Runs where a pcscd of its own is, with a virtual card in another process: checks of a card by the driver and the same commands sent bare by pcsclite in turn, then
 * insertions and removals. Prints one JSON line: milliseconds of each.
 */
const port = process.argv[2] ?? ''
const rounds = 40
const exchanges = 8
/** What a chip takes for a short command. */
const cardMs = 5

const simulator = fileURLToPath(new URL('../../../main/commands/simulator.ts', import.meta.url))
const card = spawn(process.execPath, [simulator, 'card', '--port', port], { stdio: ['pipe', 'pipe', 'inherit'] })
const answers = createInterface({ input: card.stdout })[Symbol.asyncIterator]()
const hand = (line: string) => {
  card.stdin.write(`${line}\n`)
  return answers.next()
}
await answers.next()

const line = await openPcsc({ pattern: 'Virtual PCD', clock: realClock() })
if (typeof line === 'string') throw new Error(line)
const waiting: { readonly is: (event: CardReaderEvent) => boolean; readonly done: () => void }[] = []
const until = (is: (event: CardReaderEvent) => boolean) => new Promise<void>((done) => void waiting.push({ is, done }))
let inserted = 0
const driver = makeCardReaderDriver({ authorities: [] })(line, {
  clock: realClock(),
  emit(event) {
    if (event.kind === 'card' && event.state === 'present') {
      inserted = event.card
      void driver.execute({ kind: 'check', card: event.card })
    }
    for (const one of waiting.filter(({ is }) => is(event))) {
      waiting.splice(waiting.indexOf(one), 1)
      one.done()
    }
  },
  report: () => undefined,
  trace: () => undefined,
})
const isChecked = ({ kind }: CardReaderEvent) => kind === 'checked'
const isAbsent = (event: CardReaderEvent) => event.kind === 'card' && event.state === 'absent'
const first = until(isChecked)
await driver.start()
await first

const timed = async (act: () => Promise<unknown>) => {
  const since = performance.now()
  await act()
  return performance.now() - since
}

/** A reader of pcsclite, bare, and what the driver sends through the same class. */
type Reader = Parameters<Parameters<ReturnType<typeof pcsclite>['on']>[1]>[0]
const root = pcsclite()
const bare = await new Promise<Reader>((done) => root.on('reader', (reader) => reader.name.endsWith('00') && done(reader as Reader)))
const shared = Object.getPrototypeOf(bare) as Reader
const transmit = shared.transmit
const commands: Buffer[] = []
shared.transmit = function record(data, longest, protocol, done) {
  commands.push(Buffer.from(data))
  transmit.call(this, data, longest, protocol, done)
}
await driver.execute({ kind: 'check', card: inserted })
shared.transmit = transmit

const sendBare = async () => {
  const protocol = await new Promise<number>((done, failed) => bare.connect((error, value) => (error ? failed(error) : done(value))))
  for (const command of commands)
    await new Promise<void>((done, failed) => bare.transmit(command, 65_538, protocol, (error) => (error ? failed(error) : done())))
  await new Promise<void>((done) => bare.disconnect(bare.SCARD_RESET_CARD, () => done()))
}

/** Checks and bare commands in turn, so that what else the machine does meets both. */
const pairs = async (count: number) => {
  const checks: number[] = []
  const bares: number[] = []
  for (let round = 0; round < count; round += 1) {
    checks.push(await timed(() => driver.execute({ kind: 'check', card: inserted })))
    bares.push(await timed(sendBare))
  }
  return { checks, bares }
}
const atOnce = await pairs(rounds)
await hand(`slow ${cardMs}`)
const atPace = await pairs(rounds / 2)
await hand('normal')
const insertions: number[] = []
const removals: number[] = []
for (let round = 0; round < exchanges; round += 1) {
  const absent = until(isAbsent)
  removals.push(await timed(() => Promise.all([hand('remove'), absent])))
  const checked = until(isChecked)
  insertions.push(await timed(() => Promise.all([hand('insert'), checked])))
}
process.stdout.write(`${JSON.stringify({ atOnce, atPace, insertions, removals })}\n`)
card.kill()
process.exit(0)
