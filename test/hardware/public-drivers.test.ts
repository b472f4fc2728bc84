import { describe, expect, it } from 'vitest'
import { crcKermit, encodeId003 } from '../../hardware/bill-validator/id003/frames.ts'
import { newEvents } from '../../hardware/cctalk/event-buffer.ts'
import * as notes from './bill-validator/bench.ts'
import * as coins from './coin-acceptor/bench.ts'
import * as hoppers from './hopper/bench.ts'

/** Each is a fault that somebody's published driver has or had; the title says whose, and what must be so instead. */
describe('faults of public drivers that this house must not have', () => {
  const values = (bench: coins.Bench) => [...bench.journal.coins.values()]
  /** Headers of the frames that a driver has sent. */
  const sentHeaders = (bench: hoppers.Bench) => bench.sent.map((frame) => Number(frame.split(' ')[3]))

  it('a Rust ccTalk host keeps the old counter at 0 and reads the next coin as 190 lost events: a reset begins anew, and one coin is one', async () => {
    const bench = coins.makeBench()
    await bench.hand('set-counter 67')
    await bench.open()
    await bench.hand('power-cycle')
    await bench.polls(10)
    await bench.hand('insert 10')
    await bench.polls(5)
    expect([values(bench), bench.journal.lost]).toEqual([[10], 0])
  })

  it('the same host repeats every header that meets silence, the dispense as well: ours is sent once, whatever is lost', async () => {
    const bench = hoppers.makeBench()
    await bench.open()
    const intent = bench.intent(3)
    await bench.hand('lose-replies 2')
    expect(await bench.pay(intent)).toMatchObject({ paid: 3, unpaid: 0 })
    expect([(await bench.truth()).left, sentHeaders(bench).filter((header) => header === 167)]).toEqual([3, [167]])
  })

  it('a Python ccTalk host drops all of more than five events, takes the newest first, ignores a reset, and loses what fell before its start: each is counted or told', async () => {
    const bench = coins.makeBench()
    await bench.open()
    await bench.hand('insert 500 10 50 100 500 10')
    await bench.polls(3)
    expect([values(bench), bench.journal.lost]).toEqual([[10, 50, 100, 500, 10], 1])
    await bench.run(bench.driver.stop())
    await bench.hand('in-flight 50')
    const next = coins.makeBench({ clock: bench.clock, journal: bench.journal, noSimulator: true, wire: () => bench.near })
    await next.open()
    expect(values(bench).at(-1)).toBe(50)
    await bench.hand('power-cycle')
    await next.polls(5)
    expect(next.faults).toContain('coin-acceptor-reset')
  })

  it('two more Python hosts check no sum, need an echo, and send the inhibit bytes the wrong way round, so that coins 1 to 8 stay out: damaged replies are asked for again, and byte 1 is coins 1 to 8', async () => {
    for (const echo of [false, true]) {
      const bench = coins.makeBench({ simulator: { echo } })
      await bench.open()
      expect((await bench.state()).mask).toBe(0b11111)
      await bench.hand('garble 2')
      await bench.hand('insert 100')
      await bench.polls(15)
      expect([values(bench), bench.faults]).toEqual([[100], []])
    }
  })

  it('a .NET ccTalk test wraps rightly and sees no reset: both are seen', async () => {
    expect([newEvents(255, 1), newEvents(253, 3)]).toEqual([1, 5])
    const bench = coins.makeBench()
    await bench.open()
    await bench.hand('insert 10')
    await bench.polls(3)
    await bench.hand('power-cycle')
    await bench.polls(5)
    expect(bench.journal.alarms).toEqual(['reset'])
  })

  it('a JavaScript ID-003 host takes power-up 41 and 42 for damaged frames, and never credits the note that is inside: 42 is its credit, once', async () => {
    const bench = notes.makeBench()
    await bench.open()
    await bench.hand('insert 1000')
    while ((await bench.state()).status !== '14') await bench.clock.advance(20)
    await bench.hand('power-cycle')
    await bench.polls(60)
    expect([notes.credit(bench.journal), notes.inside(await bench.state())]).toEqual([1000, 1])
  })

  it('the same host acknowledges VEND VALID once and hangs for ever when that is lost: it is acknowledged until it ends, and credited once', async () => {
    const bench = notes.makeBench()
    await bench.open()
    await bench.hand('lose-ack 3')
    await bench.insert()
    await bench.polls(20)
    expect([notes.credit(bench.journal), (await bench.state()).status]).toEqual([1000, '11'])
  })

  it('a Python ID-003 driver computes its CRC unreflected from FFFF and compares a number with bytes: the vectors of others hold', () => {
    expect(Buffer.from(encodeId003({ code: 0x11, data: new Uint8Array() })).toString('hex').toUpperCase()).toBe('FC05112756')
    expect(crcKermit(Buffer.from('123456789'))).toBe(0x2189)
  })

  it.each([1, 2])('temoto/vender #20, #12, #17: nobody knows what a pay-out that timed out has paid: after silence its counters say it (%i coins had left)', async (left) => {
    const bench = hoppers.makeBench({ hoppers: [{ coinMs: 1000 }] })
    await bench.open()
    const intent = bench.intent(4)
    void bench.driver.execute({ kind: 'pay', intent })
    while ((await bench.truth()).left < left) await bench.clock.advance(100)
    await bench.hand('silent on')
    await bench.hand('take 1000')
    await bench.clock.advance(20_000)
    expect(bench.events.filter(({ kind }) => kind === 'settled')).toEqual([])
    await bench.hand('silent off')
    await bench.clock.advance(10_000)
    expect(await bench.pay(intent, 'settle')).toMatchObject({ paid: left, unpaid: 4 - left })
  })

  it('chezbob #5: two deposits where one was made: a report that is told again, answered late or lost is one credit', async () => {
    const bench = notes.makeBench()
    await bench.open()
    bench.recording = 'unanswered'
    await bench.insert()
    bench.recording = 'answered'
    await bench.polls(30)
    expect([notes.credit(bench.journal), notes.inside(await bench.state())]).toEqual([1000, 1])
  })

  it('an ATM server counts down what was dispensed twice: a pay-out that is told twice is carried out once, and says the same', async () => {
    const bench = hoppers.makeBench()
    await bench.open()
    const intent = bench.intent(3)
    const [first, second] = [await bench.pay(intent), await bench.pay(intent)]
    expect([first, second]).toMatchObject([{ paid: 3 }, { paid: 3 }])
    expect(await bench.truth()).toMatchObject({ left: 3, dispenses: 1 })
  })

  it.each(['id003', 'cctalk'] as const)('NottingHack/hms2 #242: a note is swallowed while a server takes more than 30 s: it stays in escrow until it is decided, over %s', async (protocol) => {
    const bench = notes.makeBench({ settings: { protocol } })
    await bench.open()
    bench.decide = 'wait'
    await bench.insert()
    await bench.clock.advance(120_000)
    expect([bench.journal.cursor?.held?.phase, notes.inside(await bench.state()), (await bench.state()).returned]).toEqual(['escrow', 0, 0])
    await bench.run(bench.driver.execute({ kind: 'return', ordinal: 1 }))
    await bench.polls(30)
    expect([notes.credit(bench.journal), (await bench.state()).returned]).toEqual([0, 1])
  })

  it('LightningATM #45, CH-926 #1: coins that come quickly merge into a wrong value: five between two polls are five, each with its own', async () => {
    const bench = coins.makeBench()
    await bench.open()
    await bench.hand('insert 10 10 50 500 100')
    await bench.polls(2)
    expect(values(bench)).toEqual([10, 10, 50, 500, 100])
  })

  it('eSSP #42: enabled, and nothing is taken, because the channels were never let in: what is let in is set, read back, and told when it does not hold', async () => {
    const bench = coins.makeBench()
    await bench.open()
    expect(bench.traces.filter((line) => /^(?:out 2 2 1 231|out 2 0 1 230|out 2 1 1 228|out 2 0 1 227)/.test(line)).length).toBeGreaterThanOrEqual(4)
    const stubborn = coins.makeBench({ wire: (near) => ({ ...near, write: (bytes) => near.write(bytes[3] === 231 ? Uint8Array.of(2, 2, 1, 231, 0, 0, 20) : bytes) }) })
    await stubborn.open()
    await stubborn.polls(5)
    expect(stubborn.faults).toEqual(['coin-table-mismatch'])
  })
})
