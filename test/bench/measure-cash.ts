import { fork, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { makeLink } from '../../hardware/cctalk/link.ts'
import { realClock, virtualClock } from '../../hardware/clock.ts'
import { headers } from '../../hardware/coin-acceptor/headers.ts'
import { openSerial } from '../../hardware/transports/serial.ts'
import type { DeviceCommand, HostMessage } from '../../hardware/wire.ts'
import { demoFormCode } from '../../main/commands/demo/form-code.ts'
import { startInProcessBooth } from '../../main/commands/demo/in-process-booth.ts'
import { play } from '../../main/commands/demo/play.ts'
import { demoPortrait } from '../../main/commands/demo/portrait.ts'
import { openPtyPair, type PtyPair } from '../../main/commands/demo/pty-pair.ts'
import { residentActs } from '../../main/commands/demo/resident.ts'
import { cashSets } from '../../main/config/cash-sets.ts'
import { reportPhoto } from '../../main/photo/id-photo.ts'
import { openNodeFaceEngine } from '../../main/photo/open-face-engine.ts'
import { photos } from '../world/portrait.ts'
import { settled } from '../world/settled.ts'
import { measurement, type Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'

const clock = realClock()
/** A byte at 9600 baud, start and stop bit with it. */
const byteMs = 10 / 9.6
/** A credit poll and its answer (CT2 3.27). */
const [commandBytes, answerBytes] = [5, 16]
const roundTrips = 300
const pollMs = 200
/** Polls on a full bus, alone and beside a photo. */
const polls = 120
const visits = 10
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** What coins and notes cost: a poll beside its wire, the rhythm of a full bus while a photo is made, and what a visit adds to the journal. */
export async function* measureCash(): AsyncGenerator<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-measure-'))
  try {
    const cable = await openPtyPair(join(folder, 'cash'), clock)
    yield* measurePolls(cable)
    yield* measureBus(cable, folder)
    await cable.cut()
    yield* measureGrowth(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From writing a credit poll to its answer, beside the time that its bytes take at 9600 baud. */
async function* measurePolls(cable: PtyPair): AsyncGenerator<Measurement> {
  const device = spawn(process.execPath, [here('peers/paced-line.mjs'), cable.device, String(commandBytes), String(answerBytes), String(byteMs)], { stdio: 'inherit' })
  const wire = await openSerial(cable.booth, { baudRate: 9600, clock })
  if (!wire) throw new Error('the cable cannot be opened')
  const link = makeLink(wire, { clock, trace: () => undefined }, { address: 2, checksum: 'sum-8', echo: 'off' })
  const times: number[] = []
  try {
    for (let count = 0; count < roundTrips; count += 1) {
      const began = performance.now()
      if (await link.ask(headers.credits)) times.push(performance.now() - began)
    }
  } finally {
    await wire.close()
    device.kill()
  }
  const wireMs = (commandBytes + answerBytes) * byteMs
  yield measurement('cash', 'the wire of a poll', [wireMs])
  yield measurement('cash', 'poll round trip', times.slice(20), { peer: 'the wire at 9600 baud', ratio: percentile(times.slice(20), 0.5) / wireMs })
}

/** The time between two polls of the acceptor on a bus with two hoppers and a validator, alone and while this process makes photos. */
async function* measureBus(cable: PtyPair, folder: string): AsyncGenerator<Measurement> {
  const path = cable.booth
  const line = { path, address: 2, checksum: 'sum-8', echo: 'off', baudRate: 9600, pollMs }
  const hoppers = [{ address: 3, coin: 'JP100A' }, { address: 4, coin: 'JP010A' }]
  const config = join(folder, 'booth.json')
  writeFileSync(config, JSON.stringify({ mode: 'demo', devices: { 'coin-acceptor': line, hopper: { ...line, hoppers }, 'bill-validator': { ...line, address: 40, protocol: 'cctalk' } } }))
  const gaps: number[] = []
  const devices = fork(here('peers/cash-bus.ts'), [cable.device])
  devices.on('message', (gap) => gaps.push(Number(gap)))
  const host = fork(here('../../hardware/host-entry.ts'), ['--config', config])
  const send = (command: DeviceCommand) => void host.send(command)
  const { coins, notes } = cashSets.japan
  host.on('message', (said: HostMessage) => {
    if (said.kind !== 'event') return
    const { device, event } = said
    if (device === 'coin-acceptor' && event.kind === 'identified') {
      send({ device, command: { kind: 'configure', cursor: null, coins } })
      send({ device, command: { kind: 'accept', ids: coins.map(({ id }) => id) } })
    } else if (device === 'bill-validator' && event.kind === 'identified') {
      send({ device, command: { kind: 'configure', cursor: null, notes } })
      send({ device, command: { kind: 'accept', ids: notes.map(({ id }) => id) } })
    } else if (device === 'coin-acceptor' && event.kind === 'moved') send({ device, command: { kind: 'recorded', cursor: event.to } })
    else if (device === 'bill-validator' && event.kind === 'moved') send({ device, command: { kind: 'recorded', cursor: event.to } })
  })
  const engine = await openNodeFaceEngine()
  if (!engine) throw new Error('the models are not the ones that are expected')
  const still = await sharp(readFileSync(demoPortrait)).resize(3024, 4032, { fit: 'cover' }).jpeg({ quality: 90 }).toBuffer()
  try {
    // All four have to be found before it is a full bus.
    while (gaps.length < 40) await pause()
    gaps.length = 0
    while (gaps.length < polls) await pause()
    const alone = gaps.splice(0)
    while (gaps.length < polls) await reportPhoto(engine, still)
    yield measurement('cash', 'polls of a full bus', alone, { peer: `the ${pollMs} ms asked for`, ratio: percentile(alone, 0.99) / pollMs })
    yield measurement('cash', 'polls of a full bus beside a photo, 99 %', gaps, { peer: `the ${pollMs} ms asked for`, ratio: percentile(gaps, 0.99) / pollMs })
  } finally {
    const gone = new Promise((done) => host.once('exit', done))
    host.disconnect()
    await gone
    devices.disconnect()
  }
}

const pause = () => new Promise<void>((done) => void clock.after(50, done))

/** What a whole visit with four coins, an application and its receipt adds to the journal's file. */
async function* measureGrowth(folder: string): AsyncGenerator<Measurement> {
  const virtual = virtualClock(Date.parse('2026-11-21T10:00:00+09:00'), settled)
  const booth = await startInProcessBooth({ clock: virtual, dir: folder, keepSlips: false, ports: (own) => ({ ...own, makePhoto: photos }) })
  const sizes: number[] = []
  const size = () => {
    booth.journal.checkpoint()
    return statSync(join(folder, 'journal.db')).size
  }
  try {
    for (let visit = 0; visit <= visits; visit += 1) {
      const act = residentActs({ language: 'ja', coins: [500, 100, 100, 100], code: demoFormCode, answers: {}, portrait: demoPortrait, stopAt: null })
      let begun = false
      const over = ({ screen }: { readonly screen: string }) => {
        begun ||= screen === 'languages'
        return begun && screen === 'attract'
      }
      if (!(await play(booth, virtual, act, over, 3_600_000))) throw new Error(`stuck at ${booth.shown().view.screen}`)
      if (visit === 0 || visit === visits) sizes.push(size())
    }
  } finally {
    await booth.stop()
  }
  const [first = 0, last = 0] = sizes
  yield measurement('cash', 'journal growth of a visit', [(last - first) / visits], null, 'bytes')
}
