import { expect, test } from 'vitest'
import { clearBuffers } from '../../../hardware/printer/escpos.ts'
import { pattern, printerBench, readSlip } from './bench.ts'

const printed = { kind: 'printed', job: 'job' }
const notPrinted = { kind: 'not-printed', job: 'job' }

test('a slip comes out whole, row by row, and is said to be printed only then', async () => {
  const { start, print, printing, during, clock, events, last, faults } = printerBench()
  expect(await start()).toEqual({ manufacturer: 'Cardbooth', product: 'SIM-80', serial: 'SIM000001', software: '1.00 ESC/POS' })
  const picture = pattern(1000)
  const job = printing(picture)
  await clock.advance(300)
  expect(events).toEqual([])
  expect(await last()).toBe('none')
  await during(job)
  expect(events).toEqual([printed])
  expect(await readSlip(await last())).toEqual(picture)
  expect(faults()).toEqual([])
  await print(pattern(10), 'second')
  expect(events.at(-1)).toEqual({ kind: 'printed', job: 'second' })
  expect(await readSlip(await last())).toEqual(pattern(10))
})

test('a narrow slip and two slips asked for at once come out one after the other', async () => {
  const { start, print, printing, during, events, last, simulator } = printerBench()
  await start()
  await during(Promise.all([printing(pattern(100), 'first'), printing(pattern(200, 384), 'second')]))
  expect(events.map((event) => event.job)).toEqual(['first', 'second'])
  expect((await readSlip(await last())).heightDots).toBe(200)
  await print(pattern(30), 'third')
  expect(await simulator.hand('state')).toBe('online, 0 rows wait, 0 rows hang out, 3 slips cut')
})

test.each([0, 1, 55, 56, 57, 300, 599])('F48 paper out after %i rows of 600: not printed, and the reprint comes out whole', async (rows) => {
  const { start, print, heartbeat, simulator, events, faults, last } = printerBench()
  await start()
  await simulator.hand(`paper-left ${rows}`)
  await print(pattern(600))
  expect(events).toEqual([notPrinted])
  expect(faults()).toEqual(['printer-paper-out'])
  expect(await heartbeat()).toBe(true)
  expect(faults()).toEqual(['printer-paper-out'])
  await simulator.hand('load-paper')
  expect(await heartbeat()).toBe(true)
  expect(faults()).toEqual([])
  await print(pattern(600), 'again')
  expect(events.at(-1)).toEqual({ kind: 'printed', job: 'again' })
  expect(await readSlip(await last())).toEqual(pattern(600))
})

test('F48 F49 what was left of a slip when the paper ran out does not come out when paper is loaded', async () => {
  const { start, print, clock, simulator } = printerBench()
  await start()
  await simulator.hand('paper-left 200')
  await print(pattern(600))
  await simulator.hand('load-paper')
  await clock.advance(10_000)
  expect(await simulator.hand('state')).toBe('online, 0 rows wait, 200 rows hang out, 0 slips cut')
})

test('F48 an open cover is a fault before printing and in the middle of it, and gone when it is closed', async () => {
  const { start, print, printing, during, heartbeat, clock, simulator, events, faults } = printerBench()
  await start()
  await simulator.hand('open-cover')
  await print(pattern(600))
  expect(events).toEqual([notPrinted])
  expect(faults()).toEqual(['printer-cover-open'])
  await simulator.hand('close-cover')
  const job = printing(pattern(600))
  await clock.advance(200)
  await simulator.hand('open-cover')
  await during(job)
  expect(events).toEqual([notPrinted, notPrinted])
  expect(faults()).toEqual(['printer-cover-open'])
  await simulator.hand('close-cover')
  expect(await heartbeat()).toBe(true)
  expect(faults()).toEqual([])
})

test('F48 a cover that was opened and closed again while a slip came out spoils the slip', async () => {
  const { start, printing, during, clock, simulator, events } = printerBench()
  await start()
  const job = printing(pattern(2000))
  await clock.advance(200)
  await simulator.hand('open-cover')
  await clock.advance(500)
  await simulator.hand('close-cover')
  await during(job)
  expect(events).toEqual([notPrinted])
})

test('F48 a jammed cutter is a fault until the jam is removed; the driver tells the printer to go on', async () => {
  const { start, printing, during, heartbeat, clock, simulator, events, faults, print } = printerBench()
  await start()
  const job = printing(pattern(600))
  await clock.advance(200)
  await simulator.hand('jam')
  await during(job)
  expect(events).toEqual([notPrinted])
  expect(faults()).toEqual(['printer-failed'])
  await heartbeat()
  expect(faults()).toEqual(['printer-failed'])
  await simulator.hand('clear')
  await clock.advance(20_000)
  await heartbeat()
  expect(faults()).toEqual([])
  await print(pattern(600))
  expect(events.at(-1)).toEqual(printed)
})

test('F48 a roll near its end is said and still printed on', async () => {
  const { start, print, heartbeat, simulator, events, faults } = printerBench()
  await start()
  await simulator.hand('paper-low')
  await heartbeat()
  expect(faults()).toEqual(['printer-paper-low'])
  await print(pattern(300))
  expect(events).toEqual([printed])
  expect(faults()).toEqual(['printer-paper-low'])
})

test('F48 a printer that falls silent before or in the middle of a slip never hangs the booth', async () => {
  for (const silentAfter of [0, 250]) {
    const { start, printing, during, heartbeat, clock, simulator, events, faults } = printerBench()
    await start()
    const job = printing(pattern(600))
    await clock.advance(silentAfter)
    await simulator.hand('silent on')
    const began = clock.monotonic()
    await during(job)
    expect(clock.monotonic() - began).toBeLessThan(10_000)
    expect(events).toEqual([notPrinted])
    expect(faults()).toEqual(['printer-lost'])
    expect(await heartbeat()).toBe(false)
    await simulator.hand('silent off')
    expect(await heartbeat()).toBe(true)
    expect(faults()).toEqual([])
  }
})

test('F48 a torn line ends the job at once', async () => {
  const { start, printing, during, clock, far, events, faults, heartbeat } = printerBench()
  await start()
  const job = printing(pattern(600))
  await clock.advance(200)
  await far.close()
  await during(job)
  expect(events).toEqual([notPrinted])
  expect(faults()).toEqual(['printer-lost'])
  expect(await heartbeat()).toBe(false)
})

test('a device that is silent or speaks something else is no printer', async () => {
  const silent = printerBench()
  await silent.simulator.hand('silent on')
  expect(await silent.start()).toBeNull()
  expect(silent.faults()).toEqual(['printer-lost'])
  const strange = printerBench()
  await strange.simulator.hand('garble on')
  expect(await strange.start()).toBeNull()
  expect(strange.faults()).toEqual(['printer-failed'])
})

test('a printer that turns to garbage in the middle of a slip has not printed it', async () => {
  const { start, printing, during, clock, simulator, events, faults } = printerBench()
  await start()
  const job = printing(pattern(600))
  await clock.advance(200)
  await simulator.hand('garble on')
  await during(job)
  expect(events).toEqual([notPrinted])
  expect(faults()).toEqual(['printer-failed'])
})

test.each([100, 650, 900])('answers that come %i ms late are not taken for answers to the next question', async (late) => {
  const { start, print, heartbeat, simulator, events, faults } = printerBench()
  await simulator.hand(`late ${late}`)
  expect(await start()).not.toBeNull()
  await simulator.hand('paper-low')
  for (let beat = 0; beat < 3; beat += 1) {
    expect(await heartbeat()).toBe(true)
    expect(faults()).toEqual(['printer-paper-low'])
  }
  await print(pattern(120))
  expect(events).toEqual([printed])
})

test('a picture that spells real-time commands is printed, not obeyed', async () => {
  const { start, print, simulator, events, faults, last } = printerBench()
  await start()
  const commands = [[0x10, 0x04, 0x01], [0x10, 0x05, 0x02], [0x10, 0x14, 0x01, 0x00, 0x01], [...clearBuffers], [0x10, 0x10, 0x04, 0x04]]
  const picture = pattern(300)
  for (let row = 0; row < 300; row += 1) picture.raster.set(commands[row % commands.length] ?? [], row * 72 + 10)
  // One command across the border of two rows and two bands.
  picture.raster[56 * 72 - 1] = 0x10
  picture.raster.set([0x04, 0x01], 56 * 72)
  await print(picture)
  expect(events).toEqual([printed])
  expect(faults()).toEqual([])
  const slip = await readSlip(await last())
  expect(slip.heightDots).toBe(300)
  const changed = [...slip.raster].flatMap((byte, index) => (byte === picture.raster[index] ? [] : [byte ^ (picture.raster[index] ?? 0)]))
  expect(new Set(changed)).toEqual(new Set([0x08]))
  expect(changed.length).toBeLessThanOrEqual(300 + 1)
  expect(await simulator.hand('state')).toContain('1 slips cut')
})

test('S12 a line that echoes everything is no printer', async () => {
  const { start, simulator, far, faults } = printerBench()
  await simulator.stop()
  far.onData((bytes) => void far.write(bytes))
  expect(await start()).toBeNull()
  expect(faults()).not.toEqual([])
})

test('S16 a line that sends 00 or FF without end is not a printer that answers', async () => {
  for (const byte of [0x00, 0xff]) {
    const { start, simulator, far, events, print } = printerBench()
    await simulator.stop()
    far.onData(() => void far.write(new Uint8Array(4096).fill(byte)))
    expect(await start()).toBeNull()
    await print(pattern(10))
    expect(events).toEqual([notPrinted])
  }
})

test('F49 a picture that a dead booth left half sent is forgotten at the next start', async () => {
  const { start, print, near, clock, simulator, events, last } = printerBench()
  await near.write(Uint8Array.of(0x1d, 0x76, 0x30, 0, 72, 0, 100, 0, 0xff, 0xff))
  await clock.advance(1000)
  await start()
  await print(pattern(50))
  expect(events).toEqual([printed])
  expect(await readSlip(await last())).toEqual(pattern(50))
  expect(await simulator.hand('state')).toContain('1 slips cut')
})

test('a printer without a command to clear its buffers is freed from a half-sent picture with white rows', async () => {
  const { start, print, near, clock, events, last } = printerBench()
  // The far end of a line to an older printer: the clearing command never reaches it.
  const write = near.write
  near.write = (bytes) => (Buffer.compare(bytes, clearBuffers) === 0 ? Promise.resolve(true) : write(bytes))
  await start()
  await write(Uint8Array.of(0x1d, 0x76, 0x30, 0, 72, 0, 50, 0, 0xff, 0xff))
  await clock.advance(1000)
  await print(pattern(50))
  expect(events).toEqual([printed])
  expect((await readSlip(await last())).raster.slice(-50 * 72)).toEqual(pattern(50).raster)
})

test('the content of a slip is never traced', async () => {
  const { start, print, traced } = printerBench()
  await start()
  const picture = { raster: new Uint8Array(72 * 200).fill(0xa5), widthDots: 576, heightDots: 200 }
  await print(picture)
  expect(traced.length).toBeGreaterThan(10)
  expect(traced.some((bytes) => bytes.includes(0xa5))).toBe(false)
})

test('S10 a job whose size does not fit its dots is not sent', async () => {
  const { start, during, driver, print, events, sent } = printerBench()
  await start()
  const before = sent.length
  await print({ ...pattern(100), heightDots: 101 })
  await print({ ...pattern(100), heightDots: 0 })
  await print(pattern(100, 832))
  await during(driver.execute({ kind: 'print', job: 'job', rasterBase64: '', widthDots: 576, heightDots: 0 }))
  expect(events).toEqual([notPrinted, notPrinted, notPrinted, notPrinted])
  expect(sent.length).toBe(before)
})

test('stop gives a running slip up at once', async () => {
  const { start, printing, clock, driver, events } = printerBench()
  await start()
  const job = printing(pattern(2000))
  await clock.advance(200)
  await Promise.all([driver.stop(), job])
  expect(events).toEqual([notPrinted])
})

test('the bytes of a job are those of the reference, in its order', async () => {
  const { start, print, sent } = printerBench()
  await start()
  const before = sent.length
  await print(pattern(57))
  const hex = sent.slice(before).map((bytes) => Buffer.from(bytes.subarray(0, 8)).toString('hex'))
  const status = ['100401', '100402', '100403', '100404']
  expect(hex).toEqual([
    ...status,
    '1b40',
    '1d7201',
    '1d76300048003800',
    ...status.slice(0, 2),
    '1d76300048000100',
    ...status.slice(0, 2),
    '1d564200',
    '1d7201',
    ...status,
  ])
})
