import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { encodeFrame } from '../../../hardware/cctalk/frames.ts'
import type { ByteTransport } from '../../../hardware/transport.ts'
import { allIds, credit, makeBench, type BenchOptions } from './bench.ts'

const noise = (seed: number, length: number) => {
  let state = seed
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
}
const replyFrame = (data: readonly number[], header = 0) => encodeFrame('sum-8', { destination: 1, source: 2, header, data: Uint8Array.from(data) })

/** A wire whose far end answers by rule. */
const answering = (answer: (sent: Uint8Array) => Uint8Array | null): BenchOptions => ({
  noSimulator: true,
  wire: (near): ByteTransport => {
    let listener: (bytes: Uint8Array) => void = () => undefined
    return {
      ...near,
      onData: (listen) => void (listener = listen),
      async write(bytes) {
        const back = answer(bytes)
        if (back) listener(back)
        return true
      },
    }
  },
})

it('S01 1 MiB of random bytes: no credit, no crash, nothing piles up, and the acceptor is heard again afterwards', async () => {
  const bench = makeBench()
  await bench.open()
  const random = noise(1, 1 << 20)
  for (let start = 0; start < random.length; start += 4096) {
    await bench.far.write(random.subarray(start, start + 4096))
    if (start % 65_536 === 0) await bench.clock.advance(10)
  }
  await bench.polls(3)
  await bench.hand('insert 500')
  await bench.polls(3)
  expect(credit(bench.journal)).toBe(500)
  expect(bench.journal.alarms).toEqual([])
})

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

it('S15 60 s of noise at 115200 baud: memory stays flat, the booth hears nothing of it that could slow its screen, and the acceptor is heard again', async () => {
  const bench = makeBench()
  await bench.open()
  const heard = bench.events.length
  const heaps: number[] = []
  for (let tenth = 0; tenth < 600; tenth += 1) {
    await bench.far.write(noise(tenth + 1, 1152))
    await bench.clock.advance(100)
    if (tenth !== 99 && tenth !== 599) continue
    collect()
    heaps.push(process.memoryUsage().heapUsed)
  }
  expect((heaps[1] ?? 0) - (heaps[0] ?? 0)).toBeLessThan(500_000)
  expect(bench.events.length).toBe(heard)
  await bench.hand('insert 500')
  await bench.clock.advance(2000)
  expect(credit(bench.journal)).toBe(500)
})

it.each([0x00, 0xff])('S16 a break, or 0x%x without end: nothing is kept of it, and the acceptor is lost within 3 s', async (byte) => {
  let broken = false
  const bench = makeBench({
    wire: (near) => ({ ...near, onData: (listen) => near.onData((bytes) => listen(broken ? new Uint8Array(bytes.length).fill(byte) : bytes)) }),
  })
  await bench.open()
  broken = true
  for (let tenth = 0; tenth < 30; tenth += 1) {
    await bench.far.write(new Uint8Array(1152))
    await bench.clock.advance(100)
  }
  expect(await bench.run(bench.driver.heartbeat())).toBe(false)
  expect(credit(bench.journal)).toBe(0)
})

describe('what is no reply', () => {
  it('S02 damaged replies are asked for again', async () => {
    const bench = makeBench()
    await bench.hand('garble 2')
    await bench.open()
    await bench.hand('insert 500')
    await bench.hand('garble 5')
    await bench.polls(20)
    expect(credit(bench.journal)).toBe(500)
  })

  it('S12 own command echoed, alone or twice: not read as a reply', async () => {
    for (const times of [1, 2]) {
      const bench = makeBench(answering((sent) => Uint8Array.of(...Array.from({ length: times }, () => [...sent]).flat())))
      expect(await bench.run(bench.driver.start())).toBeNull()
    }
  })

  it.each(['auto', 'on'] as const)('a line with echo works with echo %s', async (echo) => {
    const bench = makeBench({ simulator: { echo: true }, settings: { echo } })
    await bench.open()
    await bench.hand('insert 500')
    await bench.polls()
    expect(credit(bench.journal)).toBe(500)
  })

  it('with echo, what comes before our own bytes is an answer to something older', async () => {
    const bench = makeBench({ ...answering((sent) => Uint8Array.of(...replyFrame([]), ...sent)), settings: { echo: 'on' } })
    expect(await bench.run(bench.driver.start())).toBeNull()
    expect(bench.traces).toContain('in 1 0 2 0 253 (stray)')
  })

  it('S04 S05 frames with an unknown header, of another device or for all change nothing', async () => {
    const bench = makeBench()
    await bench.open()
    const credits = [9, 4, 1, 4, 1, 4, 1, 4, 1, 4, 1]
    for (const frame of [
      replyFrame(credits, 77),
      encodeFrame('sum-8', { destination: 1, source: 3, header: 0, data: Uint8Array.from(credits) }),
      encodeFrame('sum-8', { destination: 0, source: 2, header: 0, data: Uint8Array.from(credits) }),
    ]) {
      await bench.far.write(frame)
      await bench.clock.advance(100)
      // And in the middle of a question.
      await bench.hand('late 40')
      await bench.clock.advance(100)
      await bench.far.write(frame)
      await bench.clock.advance(100)
      await bench.hand('late 0')
    }
    await bench.polls(5)
    expect(credit(bench.journal)).toBe(0)
    expect(bench.journal.alarms).toEqual([])
  })

  it('F28 a credit reply of long ago, sent again while a poll waits, is read again and not believed', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('insert 100 100 100')
    await bench.polls()
    const old = (await bench.state()).counter
    expect(old).toBe(3)
    const oldReply = replyFrame([3, 3, 1, 3, 1, 3, 1, 0, 0, 0, 0])
    await bench.hand('insert 500 500')
    await bench.polls()
    await bench.hand('late 50')
    for (let times = 0; times < 5; times += 1) {
      await bench.clock.advance(90)
      await bench.far.write(oldReply)
    }
    await bench.hand('late 0')
    await bench.polls(5)
    expect(credit(bench.journal)).toBe(1300)
    expect(bench.journal.alarms).toEqual([])
  })

  it('a late coin identifier is never taken for that of the next position', async () => {
    const bench = makeBench()
    let count = 0
    const started = bench.driver.start()
    while (bench.events.length === 0 && count < 400) {
      count += 1
      // Now and then a reply comes after its time.
      await bench.hand(count % 7 === 0 ? 'late 260' : 'late 0')
      await bench.clock.advanceToNext()
    }
    await bench.run(started)
    expect(bench.events[0]).toMatchObject({
      kind: 'identified',
      table: [
        { position: 1, id: 'JP010A' },
        { position: 2, id: 'JP050A' },
        { position: 3, id: 'JP100A' },
        { position: 4, id: 'JP500A' },
        { position: 5, id: 'JP500B' },
      ],
    })
  })
})

describe('S13 a reply cut into single bytes', () => {
  const dripping = async (gapMs: number) => {
    const bench = makeBench({ noSimulator: true })
    const started = bench.driver.start()
    await bench.clock.advance(1)
    for (const byte of replyFrame([])) {
      await bench.far.write(Uint8Array.of(byte))
      await bench.clock.advance(gapMs)
    }
    const heard = bench.traces.includes('in 1 0 2 0 253')
    await bench.run(started)
    return heard
  }

  it('49 ms apart: accepted', async () => expect(await dripping(49)).toBe(true))
  it('210 ms apart: dropped (50 ms of the wire cannot be measured in a process)', async () => expect(await dripping(210)).toBe(false))
})

describe('a device that is no use', () => {
  it.each([
    ['busy', 6],
    ['refusing', 5],
  ])('S19 %s for ever: retried within limits, then given up', async (_name, header) => {
    let asked = 0
    const bench = makeBench(
      answering(() => {
        asked += 1
        return replyFrame([], header)
      }),
    )
    expect(await bench.run(bench.driver.start())).toBeNull()
    expect(asked).toBe(3)
  })

  it.each(['busy', 'refuse', 'silent on', 'unplug'])('S19 S16 "%s" while running: lost within 2 s', async (hand) => {
    const bench = makeBench()
    await bench.open()
    expect(await bench.run(bench.driver.heartbeat())).toBe(true)
    await bench.hand(hand)
    await bench.clock.advance(1400)
    expect(await bench.run(bench.driver.heartbeat())).toBe(false)
  })

  it('is no coin acceptor: not taken', async () => {
    const bench = makeBench(
      answering((sent) => replyFrame(sent[3] === 245 ? [...Buffer.from('Payout')] : [])),
    )
    expect(await bench.run(bench.driver.start())).toBeNull()
  })

  it('answers only what every acceptor must: it is taken, its serial number is 0', async () => {
    const mandatory = new Set([254, 231, 229, 228, 184])
    let mask = [0, 0]
    const bench = makeBench(
      answering((sent) => {
        const header = sent[3] ?? 0
        if (!mandatory.has(header)) return null
        if (header === 231) mask = [sent[4] ?? 0, sent[5] ?? 0]
        if (header === 229) return replyFrame([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        if (header === 184) {
          const id = ['JP010A', 'JP050A', 'JP100A', 'JP500A', 'JP500B'][(sent[4] ?? 0) - 1]
          return id ? replyFrame([...Buffer.from(id)]) : null
        }
        return replyFrame([])
      }),
    )
    await bench.open()
    expect(bench.clock.monotonic()).toBeLessThan(7000)
    await bench.clock.advance(20_000)
    expect(mask).toEqual([0b11111, 0])
    expect(bench.events[0]).toMatchObject({ kind: 'identified', serial: '0' })
    expect(bench.faults).toEqual([])
  })

  it('tells its credits as values (option flag 0): none of them is believed', async () => {
    const bench = makeBench({
      wire: (near) => {
        let listener: (bytes: Uint8Array) => void = () => undefined
        near.onData((bytes) => listener(bytes))
        return {
          ...near,
          onData: (listen) => void (listener = listen),
          async write(bytes) {
            if (bytes[3] !== 213) return near.write(bytes)
            listener(replyFrame([1]))
            return true
          },
        }
      },
    })
    await bench.open()
    expect(bench.faults).toEqual(['coin-table-mismatch'])
    expect((await bench.state()).open).toBe(false)
  })
})

it('the null byte attack (CT4 5.1): a command that a shorted line makes a reset of all: it is told, no coin counts twice, and coins are taken again', async () => {
  let shorted = false
  const bench = makeBench({
    wire: (near) => ({
      ...near,
      write(bytes) {
        // A command with one byte of data is, behind a null byte, a reset with a right sum; an old device carries it out and all stay silent.
        if (!shorted || bytes[1] !== 1) return near.write(bytes)
        shorted = false
        return bench.hand('reset').then(() => true)
      },
    }),
  })
  await bench.open()
  await bench.hand('insert 10')
  await bench.polls(3)
  await bench.run(bench.driver.execute({ kind: 'accept', ids: [] }))
  shorted = true
  await bench.clock.advance(3_700_000)
  expect([shorted, bench.faults]).toEqual([false, ['coin-acceptor-reset']])
  await bench.run(bench.driver.execute({ kind: 'accept', ids: allIds }))
  await bench.polls(5)
  await bench.hand('insert 10')
  await bench.polls(3)
  expect([bench.journal.coins.size, credit(bench.journal)]).toEqual([2, 20])
})
