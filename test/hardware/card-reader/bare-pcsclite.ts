import { createInterface } from 'node:readline'
import pcsclite from 'pcsclite'
import { insertCard, type CardAct } from './vpcd-card.ts'

/** Runs in a private pcscd's namespaces and shows what pcsclite 1.0.1 does by itself, one JSON line for each situation of the table in the card reader's README. */
const port = Number(process.argv[2])
const ok = Uint8Array.of(0x90, 0x00)
type Reader = Parameters<Parameters<ReturnType<typeof pcsclite>['on']>[1]>[0] & import('node:events').EventEmitter

const say = (situation: string, seen: Readonly<Record<string, unknown>>) => process.stdout.write(`${JSON.stringify({ situation, ...seen })}\n`)
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
/** Has the test do to pcscd what it says. */
const ask = async (what: string) => {
  say('please', { what })
  await lines.next()
}
const event = (from: import('node:events').EventEmitter, name: string) => new Promise<unknown>((done) => from.once(name, done))
const status = async (reader: Reader, wanted: boolean): Promise<{ readonly state: number; readonly atr?: Buffer }> => {
  for (;;) {
    const seen = (await event(reader, 'status')) as { readonly state: number; readonly atr?: Buffer }
    if (((seen.state & 0x20) !== 0) === wanted) return seen
  }
}
const call = <Value>(start: (done: (error: Error | null | undefined, value?: Value) => void) => void) =>
  new Promise<{ readonly error: string | null; readonly value: Value | undefined }>((done) =>
    start((error, value) => done({ error: /0x[0-9a-f]{8}/i.exec(error?.message ?? '')?.[0] ?? error?.message ?? null, value })),
  )
const connect = (reader: Reader, share?: number) => call<number>((done) => reader.connect(share === undefined ? {} : { share_mode: share }, done))
const select = Buffer.from('00a4040c0ad392f000260100000001', 'hex')
const transmit = (reader: Reader, protocol = 2, longest = 65_538) => call<Buffer>((done) => reader.transmit(select, longest, protocol, done))
const disconnect = (reader: Reader, how: number) => call<void>((done) => reader.disconnect(how, done))

async function open() {
  const root = pcsclite()
  const readers: Reader[] = []
  const order: string[] = []
  const both = new Promise<void>((done) => {
    root.on('reader', (found) => {
      const reader = found as Reader
      order.push(`reader ${reader.name}`)
      reader.on('error', () => order.push('reader error'))
      reader.on('end', () => order.push('reader end'))
      reader.on('status', () => {
        order.push(`status ${reader.name}`)
        if (new Set(order.filter((line) => line.startsWith('status'))).size === 2) done()
      })
      readers.push(reader)
    })
  })
  root.on('error', (error: Error) => order.push(`root error ${/0x[0-9a-f]{8}/i.exec(error.message)?.[0]}`))
  await both
  const [first, second] = readers
  if (!first || !second) throw new Error('two slots, two readers')
  return { root, first, second, order }
}

const here = await open()
say('two slots', { order: here.order })

const seen = status(here.first, true)
let act: (command: Uint8Array) => CardAct = () => ok
const card = await insertCard(port, (command) => act(command))
const inserted = await seen
say('status', { present: (inserted.state & 0x20) !== 0, mute: (inserted.state & 0x200) !== 0, counter: inserted.state >>> 16, atr: inserted.atr?.toString('hex') })

say('connect', { ...(await connect(here.first)), ...{ answer: (await transmit(here.first)).value?.toString('hex') } })
say('buffer too small', await transmit(here.first, 2, 1))
const other = await open()
say('a second client, shared', await connect(other.first, other.first.SCARD_SHARE_SHARED))
await disconnect(here.first, here.first.SCARD_RESET_CARD)
await connect(other.first, other.first.SCARD_SHARE_SHARED)
say('a second client, exclusive', await connect(here.first))
await disconnect(other.first, other.first.SCARD_LEAVE_CARD)
say('reset at the end', { heard: card.heard.filter((word) => word.length < 6) })

// A card that never answers.
act = () => 'silent'
await connect(here.first)
let answered = false
const hanging = transmit(here.first).then((result) => {
  answered = true
  return result
})
// The loop goes on meanwhile.
let beats = 0
for (; beats < 60; beats += 1) await new Promise((done) => setTimeout(done, 5))
const gone = status(here.first, false)
say('silent card', { answered, beats })
await card.remove()
const torn = await hanging
say('torn out in a command', { error: torn.error, length: torn.value?.length })
await gone
const stale = await connect(here.first)
say('after a tear-out', { connected: here.first.connected, error: stale.error, protocol: stale.value ?? null })
await disconnect(here.first, here.first.SCARD_UNPOWER_CARD)

const ended = [event(here.first, 'end'), event(here.second, 'end'), event(here.root, 'error')]
here.order.length = 0
await ask('kill')
await Promise.all(ended)
say('pcscd dies', { order: here.order.toSorted() })
try {
  pcsclite()
} catch (error) {
  say('no pcscd', { thrown: /0x[0-9a-f]{8}/i.exec((error as Error).message)?.[0] })
}
await ask('start')
const again = await open()
say('a new instance', { order: again.order })
// Nothing is closed, as in the booth: now and then `close` never returns, or what was closed never tells its end.
process.exit(0)
