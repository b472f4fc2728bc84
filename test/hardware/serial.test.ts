import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { realClock } from '../../hardware/clock.ts'
import { makeCoinAcceptorDriver } from '../../hardware/coin-acceptor/driver.ts'
import type { CoinAcceptorCommand, CoinAcceptorEvent } from '../../hardware/coin-acceptor/events.ts'
import { makeCoinAcceptorSimulator } from '../../hardware/coin-acceptor/simulator.ts'
import { makeQrScannerSimulator } from '../../hardware/qr-scanner/simulator.ts'
import { superviseDevice } from '../../hardware/supervisor.ts'
import { isPseudoTerminal } from '../../hardware/transports/pseudo-terminal.ts'
import { openSerial } from '../../hardware/transports/serial.ts'
import { startBenchDevice } from '../../main/commands/demo/bench-device.ts'
import { openPtyPair, type PtyPair } from '../../main/commands/demo/pty-pair.ts'
import { allIds, approved, credit, emptyJournal, settings, write } from './coin-acceptor/bench.ts'
import { processesWith } from '../e2e/support/processes.ts'
import { until } from '../support/until.ts'

const clock = realClock()
const port = { baudRate: 9600, clock }
let folder: string
let cable: PtyPair

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cardbooth-serial-'))
  cable = await openPtyPair(join(folder, 'booth'), clock)
})
afterEach(async () => {
  await cable.cut()
  rmSync(folder, { recursive: true, force: true })
})

async function openBoth() {
  const near = await openSerial(cable.booth, port)
  const far = await openSerial(cable.device, port)
  if (!near || !far) throw new Error('the pair cannot be opened')
  return [near, far] as const
}

describe('a serial port', () => {
  it('carries bytes both ways, each byte value', async () => {
    const [near, far] = await openBoth()
    const all = Uint8Array.from({ length: 256 }, (_, index) => index)
    const heard: number[] = []
    far.onData((bytes) => heard.push(...bytes))
    expect(await near.write(all)).toBe(true)
    await until(() => expect(heard).toEqual([...all]))
    await Promise.all([near.close(), far.close()])
  })

  it('is null where there is none, where there is a file, and where another has it', async () => {
    writeFileSync(join(folder, 'file'), '')
    expect(await openSerial(join(folder, 'nothing'), port)).toBeNull()
    expect(await openSerial(join(folder, 'file'), port)).toBeNull()
    expect(await openSerial('', port)).toBeNull()
    const near = await openSerial(cable.booth, port)
    expect(await openSerial(cable.booth, port)).toBeNull()
    await near?.close()
    const again = await openSerial(cable.booth, port)
    expect(again).not.toBeNull()
    await again?.close()
  })

  it('F31 tells once that its device is gone, and writes nothing into the void', async () => {
    const [near, far] = await openBoth()
    let closed = 0
    near.onClose(() => (closed += 1))
    await cable.cut()
    await until(() => expect(closed).toBe(1))
    expect(await near.write(Uint8Array.of(1))).toBe(false)
    await Promise.all([near.close(), near.close(), far.close()])
    expect(closed).toBe(1)
    // A listener that comes late is told as well.
    const late = vi.fn()
    near.onClose(late)
    await until(() => expect(late).toHaveBeenCalledTimes(1))
  })

  it('stays open when its process was held up for longer than a write may take', async () => {
    const [near, far] = await openBoth()
    const written = [near.write(Uint8Array.of(1)), near.write(Uint8Array.of(2))]
    await new Promise((done) => void setImmediate(done))
    for (const start = clock.monotonic(); clock.monotonic() - start < 1500; );
    expect(await Promise.all(written)).toEqual([true, true])
    await Promise.all([near.close(), far.close()])
  })

  it('a write to a closed port never comes out of the next one', async () => {
    const [near, far] = await openBoth()
    await near.close()
    expect(await near.write(Uint8Array.of(1, 2, 3))).toBe(false)
    const heard: number[] = []
    far.onData((bytes) => heard.push(...bytes))
    const again = await openSerial(cable.booth, port)
    expect(await again?.write(Uint8Array.of(9))).toBe(true)
    await until(() => expect(heard).toEqual([9]))
    await Promise.all([again?.close(), far.close()])
  })
})

describe('isPseudoTerminal, by which a demonstration refuses real cash ports', () => {
  it('knows a pseudo-terminal, also behind links', () => {
    symlinkSync(cable.booth, join(folder, 'link'))
    expect(isPseudoTerminal(cable.booth)).toBe(true)
    expect(isPseudoTerminal(join(folder, 'link'))).toBe(true)
  })

  it.each(['/dev/null', '/dev/tty', '/', '/nowhere', ''])('%s is none', (path) => expect(isPseudoTerminal(path)).toBe(false))

  it('a file that is named like one is none', () => {
    writeFileSync(join(folder, 'pts'), '')
    expect(isPseudoTerminal(join(folder, 'pts'))).toBe(false)
  })
})

it('F31 over a real serial path: coins are credited, the cable is torn and mended under new ports, and it goes on', async () => {
  const journal = emptyJournal()
  const far = await openSerial(cable.device, port)
  if (!far) throw new Error('the far end cannot be opened')
  const first = makeCoinAcceptorSimulator(far, clock)
  const path = join(folder, 'by-id')
  symlinkSync(cable.booth, path)
  const supervisor = superviseDevice<CoinAcceptorCommand, CoinAcceptorEvent>({
    clock,
    open: () => openSerial(path, port),
    make: makeCoinAcceptorDriver(settings),
    lostFault: 'coin-acceptor-lost',
    onEvent(event) {
      if (event.kind !== 'moved') return
      write(journal, event)
      supervisor.send({ kind: 'recorded', cursor: event.to })
    },
    onHealth: () => undefined,
    afterStart: () => [
      { kind: 'configure', cursor: journal.cursor, coins: approved },
      { kind: 'accept', ids: allIds },
    ],
  })
  await until(async () => expect(await first.hand('insert 500')).toMatch(/^accepted/))
  await until(() => expect(credit(journal)).toBe(500))

  await cable.cut()
  await until(() => expect(supervisor.health().state).toBe('lost'))
  await first.stop()
  await far.close()

  // The same acceptor powered up anew behind ports of other names.
  cable = await openPtyPair(join(folder, 'other'), clock)
  rmSync(path)
  symlinkSync(cable.booth, path)
  const farAgain = await openSerial(cable.device, port)
  if (!farAgain) throw new Error('the far end cannot be opened again')
  const second = makeCoinAcceptorSimulator(farAgain, clock)
  await until(() => expect(journal.alarms).toEqual(['reset']))
  await until(async () => expect(JSON.parse(await second.hand('counters'))).toMatchObject({ mask: 0b11111, open: true }))
  await until(async () => expect(await second.hand('insert 100')).toMatch(/^accepted/))
  await until(() => expect(credit(journal)).toBe(600))
  expect(journal.alarms).toEqual(['reset'])
  await supervisor.stop()
  expect(JSON.parse(await second.hand('counters'))).toMatchObject({ mask: 0, open: false })
  await second.stop()
  await farAgain.close()
})

it('a simulated device keeps its line when nothing moves at the other end of it for seconds', async () => {
  const path = join(folder, 'slow')
  const device = await startBenchDevice(path, makeQrScannerSimulator, clock)
  const near = await openSerial(path, port)
  let heard = ''
  near?.onData((bytes) => (heard += Buffer.from(bytes).toString('latin1')))
  const [socat] = processesWith(`link=${path}`)
  process.kill(socat?.id ?? 0, 'SIGSTOP')
  const said = device.hand('garbage 200000')
  await new Promise<void>((done) => void clock.after(2500, done))
  process.kill(socat?.id ?? 0, 'SIGCONT')
  await said
  await device.hand('show 12345678901234567890123')
  await until(() => expect(heard.includes('12345678901234567890123')).toBe(true))
  await near?.close()
  await device.stop()
})
