import { expect, test } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { makeQrScannerDriver } from '../../../hardware/qr-scanner/driver.ts'
import type { QrScannerEvent } from '../../../hardware/qr-scanner/events.ts'
import { makeQrScannerSimulator } from '../../../hardware/qr-scanner/simulator.ts'
import { linkedPair } from '../../../hardware/transport.ts'

interface Settings {
  readonly suffixHex?: string
  readonly listenHex?: string
  readonly restHex?: string
}

/** Driver and simulator at the two ends of one wire; `codes` are the texts of the events. */
function bench(settings: Settings = {}) {
  const clock = virtualClock(0)
  const [near, far] = linkedPair()
  const events: QrScannerEvent[] = []
  const traced: number[] = []
  let faults: readonly FaultCode[] = []
  const setup = { suffixHex: '0d', listenHex: '', restHex: '', ...settings }
  const driver = makeQrScannerDriver({ path: '/dev/none', baudRate: 9600, ...setup })(near, {
    clock,
    emit: (event) => void events.push(event),
    report: (held) => (faults = held),
    trace: (direction, bytes) => direction === 'in' && void traced.push(...bytes),
  })
  const simulator = makeQrScannerSimulator(far, clock, setup)
  const send = async (bytes: Uint8Array | string) => {
    await far.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
    await clock.advance(0)
  }
  const codes = () => events.flatMap((event) => (event.kind === 'code' ? [Buffer.from(event.bytesHex, 'hex').toString('latin1')] : []))
  const garbage = () => events.filter((event) => event.kind === 'garbage').length
  return { clock, driver, simulator, far, send, events, codes, garbage, traced, faults: () => faults }
}

async function listening(settings: Settings = {}) {
  const made = bench(settings)
  await made.driver.start()
  await made.driver.execute({ kind: 'listen' })
  return made
}

const id = '12345678901234567890123'

test('Q07 the configured suffix is stripped exactly once, whatever else follows or precedes it', async () => {
  for (const [suffixHex, sent, expected] of [
    ['0d', `${id}\r`, id],
    ['0d0a', `${id}\r\n`, id],
    ['09', `${id}\t`, id],
    ['0d', `${id}\n\r`, `${id}\n`],
    ['0d0a', `${id}\r\r\n`, `${id}\r`],
  ] as const) {
    const { send, codes } = await listening({ suffixHex })
    await send(sent)
    expect(codes()).toEqual([expected])
  }
})

test('Q07 a suffix that is not the configured one ends nothing: the LF of a CR LF stays in the next code', async () => {
  const { send, codes } = await listening({ suffixHex: '0d' })
  await send('first\r\nsecond\r')
  expect(codes()).toEqual(['first', '\nsecond'])
})

test('S14 three codes in one read and one code over two reads all arrive', async () => {
  const { send, codes } = await listening({ suffixHex: '0d0a' })
  await send('one\r\ntwo\r\nthree\r\nfo')
  await send('ur\r')
  await send('\n')
  expect(codes()).toEqual(['one', 'two', 'three', 'four'])
})

test('F43 Q23 a flood of the same code 60 times a second gives one event in 2 s', async () => {
  const { clock, simulator, codes } = await listening()
  expect(await simulator.hand(`flood ${id} 600`)).toMatch(/^flooding/)
  await clock.advance(9_900)
  expect(codes()).toEqual([id, id, id, id, id])
})

test('F43 Q23 two codes that a scanner sees by turns are two events in 2 s, not a hundred', async () => {
  const { clock, send, codes } = await listening()
  for (let round = 0; round < 60; round += 1) {
    await send('left\rright\r')
    await clock.advance(16)
  }
  expect(codes()).toEqual(['left', 'right'])
})

test('Q20 Q21 control characters and set-up codes are bytes like others: passed on as they stand, nothing is answered', async () => {
  const { far, send, events } = await listening()
  let answered = 0
  far.onData((bytes) => (answered += bytes.length))
  await send(Uint8Array.of(0x1b, 0x5b, 0x32, 0x4a, 0x12, 0x00, 0xff, 0x0d))
  expect(events).toEqual([{ kind: 'code', bytesHex: '1b5b324a1200ff' }])
  await send('NLSUSBKBW.\r')
  expect(events).toHaveLength(2)
  expect(answered).toBe(0)
})

test('the content of a code is never traced, only its length', async () => {
  const { send, traced, codes } = await listening()
  await send(`${id}\r`)
  expect(codes()).toEqual([id])
  expect(traced).toEqual([])
})

test('a code that comes a byte at a time is one code; one that pauses for 500 ms is garbage and its end is not a code', async () => {
  const { clock, send, simulator, codes, garbage } = await listening()
  await simulator.hand(`split ${id}`)
  await clock.advance(0)
  for (const byte of 'slow\r') {
    await send(byte)
    await clock.advance(499)
  }
  expect(codes()).toEqual([id, 'slow'])
  expect(garbage()).toBe(0)
  await send('half')
  await clock.advance(499)
  expect(garbage()).toBe(0)
  await clock.advance(1)
  expect(garbage()).toBe(1)
  await send('whole\r')
  expect(codes()).toEqual([id, 'slow', 'whole'])
})

test('S01 4096 bytes are a code, 4097 are garbage once, and the next code arrives', async () => {
  const { clock, send, codes, garbage, faults } = await listening()
  await send(`${'a'.repeat(4096)}\r`)
  expect(codes().map((code) => code.length)).toEqual([4096])
  await send(`${'b'.repeat(4097)}\r`)
  await clock.advance(10_000)
  expect([garbage(), faults()]).toEqual([1, []])
  await send(`${'c'.repeat(100_000)}\r${id}\r`)
  expect(garbage()).toBe(2)
  expect(codes().slice(1)).toEqual([id])
})

test('S01 a mebibyte of noise brings nothing down and leaves nothing behind', async () => {
  const { clock, send, codes } = await listening({ suffixHex: '0d0a' })
  let seed = 1
  for (let block = 0; block < 256; block += 1) {
    await send(Uint8Array.from({ length: 4096 }, () => (seed = (seed * 48_271) % 2_147_483_647) & 0xff))
  }
  await clock.advance(3_000)
  const before = codes().length
  await send(`${id}\r\n`)
  expect(codes().slice(before)).toEqual([id])
})

test('S16 a line that sends 00 or FF without end is a fault after 3 s, gone when it is silent or a code comes', async () => {
  for (const byte of [0x00, 0xff]) {
    const { clock, send, faults, garbage, codes } = await listening()
    for (let tenth = 0; tenth < 40; tenth += 1) {
      await send(new Uint8Array(1152).fill(byte))
      await clock.advance(100)
      if (tenth === 29) expect(faults()).toEqual([])
    }
    expect(faults()).toEqual(['qr-scanner-lost'])
    expect(garbage()).toBe(1)
    await clock.advance(500)
    expect(faults()).toEqual([])
    await send(`${id}\r`)
    expect(codes()).toEqual([id])
  }
})

test('a resting scanner is heard by nobody, and a code that was under way when it woke is not half read', async () => {
  const { clock, driver, send, codes, garbage } = bench()
  await driver.start()
  await send('secret\r')
  await send('123456')
  await driver.execute({ kind: 'listen' })
  await send('789012\r')
  await clock.advance(1_000)
  expect(codes()).toEqual([])
  await send(`${id}\r`)
  await driver.execute({ kind: 'rest' })
  await send('after\r')
  await clock.advance(1_000)
  expect(codes()).toEqual([id])
  expect(garbage()).toBe(0)
})

test('a scanner that lights up on command is lit while listening and dark at rest and at the end', async () => {
  const { clock, driver, simulator, codes } = bench({ listenHex: '1b4c', restHex: '1b44' })
  await driver.start()
  expect(await simulator.hand(`show ${id}`)).toMatch(/^dark/)
  await driver.execute({ kind: 'listen' })
  await clock.advance(0)
  await simulator.hand(`show ${id}`)
  await clock.advance(0)
  expect(codes()).toEqual([id])
  await driver.stop()
  await clock.advance(0)
  expect(await simulator.hand(`show ${id}`)).toMatch(/^dark/)
})

test('F43 the scanner is there as long as its port is open, and says so when the cable is torn', async () => {
  const { clock, driver, far } = bench()
  expect(await driver.start()).not.toBeNull()
  expect(await driver.heartbeat()).toBe(true)
  await far.close()
  await clock.advance(0)
  expect(await driver.heartbeat()).toBe(false)
  await expect(driver.execute({ kind: 'listen' })).resolves.toBeUndefined()
})

test('a port that is closed from the start is no scanner', async () => {
  const { clock, driver, far, faults } = bench()
  await far.close()
  await clock.advance(0)
  expect(await driver.start()).toBeNull()
  expect(faults()).toEqual(['qr-scanner-lost'])
})

test('after stop nothing runs on', async () => {
  const { clock, driver, send } = await listening()
  await send(`${id}\rhalf`)
  await driver.stop()
  expect(await clock.advanceToNext()).toBe(false)
})
