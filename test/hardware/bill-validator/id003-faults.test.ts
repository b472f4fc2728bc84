import { describe, expect, it } from 'vitest'
import { encodeId003, makeId003Deframer } from '../../../hardware/bill-validator/id003/frames.ts'
import { allIds, credit, inside, makeBench, outcomes, type Bench } from './bench.ts'

const notices = (bench: Bench) => bench.kinds('notice').map((event) => (event.kind === 'notice' ? [event.group, event.name] : []))
const closed = async (bench: Bench) => expect(await bench.hand('insert 1000')).toBe('refused at the slit')
const frame = (code: number, ...data: readonly number[]) => encodeId003({ code, data: Uint8Array.from(data) })

describe('F30 each trouble of a validator has one name, credits nothing, and ends by itself', () => {
  it.each([
    ['stacker-full', 'note-stacker-full', 'stacker'],
    ['pull-stacker', 'note-stacker-open', 'stacker'],
    ['jam acceptor', 'note-jam', 'jam'],
    ['jam stacker', 'note-jam', 'jam'],
    ['pause', 'note-pause', 'wait'],
    ['failure a5', 'bill-validator-failed', 'hardware'],
    ['status 4a', 'bill-validator-line', 'line'],
    ['status 4d', 'bill-validator-failed', 'hardware'],
  ] as const)('%s is %s', async (hand, fault, group) => {
    const bench = makeBench()
    await bench.open()
    await bench.hand(hand)
    await bench.polls(3)
    expect(bench.faults).toContain(fault)
    expect(notices(bench).map(([told]) => told)).toEqual([group])
    await closed(bench)
    await bench.hand('clear')
    await bench.polls(20)
    expect(bench.faults).not.toContain(fault)
    await bench.insert()
    expect(credit(bench.journal)).toBe(1000)
  })

  it('a jam that holds no note of ours is tried to mend by RESET every ten seconds', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('jam')
    await bench.polls(3)
    expect(bench.faults).toContain('note-jam')
    await bench.polls(120)
    expect(bench.sent.filter((hex) => hex === 'FC05402B15')).toHaveLength(2)
    expect(bench.faults).toContain('note-jam')
    await bench.hand('clear')
    await bench.polls(20)
    expect(bench.faults).not.toContain('note-jam')
  })

  it('an unknown status and an unknown failure are told in hexadecimal', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('status 4d')
    await bench.polls(2)
    await bench.hand('failure ee')
    await bench.polls(2)
    expect(notices(bench)).toEqual([
      ['hardware', 'status 4D'],
      ['hardware', 'failure EE'],
    ])
  })

  it('pulling a note out of escrow is fraud: no credit, and nothing is let in for ten seconds', async () => {
    const bench = makeBench()
    bench.decide = 'wait'
    await bench.open()
    await bench.hand('insert 1000')
    await bench.polls(10)
    await bench.hand('cheat')
    await bench.polls(10)
    expect(outcomes(bench.journal)).toEqual(['pulled'])
    expect(bench.faults).toContain('note-fraud')
    await closed(bench)
    await bench.polls(100)
    expect(await bench.hand('insert 1000')).toBe('taken in')
  })

  it('pulling at a note that is being stacked changes nothing: what VEND VALID says is a credit', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('insert 1000')
    await bench.polls(8)
    await bench.hand('cheat')
    await bench.polls(30)
    expect(outcomes(bench.journal)).toEqual(['stacked'])
    expect(inside(await bench.state())).toBe(1)
  })

  it('a refused note is told with its reason and is no fault', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.insert('5000')
    expect(notices(bench)).toEqual([['returned', 'photo pattern']])
    expect(bench.faults).toEqual([])
    expect(outcomes(bench.journal)).toEqual([])
  })
})

describe('VEND VALID', () => {
  it('S11 that is repeated because the acknowledgement is lost is one credit, and is acknowledged until it ends', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('lose-ack 7')
    await bench.insert()
    expect(credit(bench.journal)).toBe(1000)
    expect(await bench.state()).toMatchObject({ status: '11', reported: 1 })
    await bench.insert()
    expect(credit(bench.journal)).toBe(2000)
    expect(bench.faults).toEqual([])
  })

  it('is acknowledged only when the credit is recorded', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('insert 1000')
    await bench.polls(7)
    bench.recording = 'unanswered'
    await bench.polls(30)
    expect(bench.sent).not.toContain('FC0550AA05')
    expect((await bench.state()).status).toBe('15')
    bench.recording = 'answered'
    await bench.polls(10)
    expect(bench.sent).toContain('FC0550AA05')
    expect(credit(bench.journal)).toBe(1000)
  })

  it('of a note that nobody held is no credit: it is acknowledged once it is an alarm', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('status 15')
    await bench.polls(3)
    expect(bench.journal).toMatchObject({ uncounted: 1, alarms: ['uncounted'] })
    expect(bench.faults).toContain('notes-uncounted')
    await bench.polls(5)
    expect(await bench.state()).toMatchObject({ status: '1a' })
    expect(credit(bench.journal)).toBe(0)
  })
})

describe('what must not be taken', () => {
  it('S08 an escrow code that the table does not know goes back', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('escrow-code 68')
    await bench.polls(20)
    expect(await bench.state()).toMatchObject({ status: '11', returned: 1, stacked: {} })
    expect(bench.faults).toEqual(['note-unknown'])
    expect(credit(bench.journal)).toBe(0)
  })

  it('a ticket goes back', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('escrow-code 6f')
    await bench.polls(20)
    expect(await bench.state()).toMatchObject({ returned: 1, stacked: {} })
  })

  it('a note that comes into escrow after the inhibit goes back', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('insert 1000')
    await bench.run(bench.driver.execute({ kind: 'accept', ids: [] }))
    await bench.polls(20)
    expect(await bench.state()).toMatchObject({ status: '1a', returned: 1, stacked: {} })
    expect(bench.faults).toEqual([])
  })

  it.each([
    ['another country', 'table 61 29 1 3'],
    ['another value', 'table 61 10 2 3'],
    ['no note at all', 'table 61 10 0 0'],
  ])('F38 S09 a table that changed over night (%s): nothing is taken', async (_what, hand) => {
    const bench = makeBench()
    await bench.hand(hand)
    await bench.open()
    expect(bench.faults).toEqual(['note-table-mismatch'])
    expect((await bench.state()).inhibited).toBe(true)
    await closed(bench)
  })

  it('a table that changes with a restart is read again before anything is taken', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('table 62 29 1 2')
    await bench.hand('power-cycle')
    await bench.polls(30)
    expect(bench.faults).toEqual(['bill-validator-reset', 'note-table-mismatch'])
    await closed(bench)
  })

  it('S17 another version answers: inhibited, and the driver gives the device up', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('version i(JPN)OTHER')
    await bench.clock.advance(6000)
    expect((await bench.state()).inhibited).toBe(true)
    expect(bench.faults).toContain('bill-validator-exchanged')
    expect(await bench.run(bench.driver.heartbeat())).toBe(false)
  })

  it('S17 a cursor of another device: closed until the booth says which it is', async () => {
    const bench = makeBench()
    await bench.run(bench.driver.start())
    const cursor = { serial: 'other', ordinal: 3, held: null, last: 'stacked', buffer: null } as const
    await bench.run(bench.driver.execute({ kind: 'configure', cursor, notes: [] }))
    await bench.run(bench.driver.execute({ kind: 'accept', ids: allIds }))
    await bench.polls(10)
    expect(bench.faults).toEqual(['bill-validator-exchanged'])
    await closed(bench)
  })
})

describe('the line', () => {
  it('S12 a line that returns what we say, once or twice, is no validator', async () => {
    for (const times of [1, 2]) {
      const bench = makeBench({ noSimulator: true })
      bench.far.onData((bytes) => {
        for (let time = 0; time < times; time += 1) void bench.far.write(bytes)
      })
      expect(await bench.run(bench.driver.start())).toBeNull()
    }
  })

  it('S12 a line that begins to return what we say while a note is held credits nothing, and the validator is lost', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('echo on')
    await bench.hand('silent on')
    await bench.clock.advance(10_000)
    expect(await bench.run(bench.driver.heartbeat())).toBe(false)
    expect(credit(bench.journal)).toBe(0)
  })

  it('S19 a validator that says "invalid" to everything is no validator, and one that begins to is lost', async () => {
    const bench = makeBench({ noSimulator: true })
    const deframer = makeId003Deframer()
    bench.far.onData((bytes) => deframer.push(bytes).forEach(() => void bench.far.write(frame(0x4b))))
    expect(await bench.run(bench.driver.start())).toBeNull()
    const later = makeBench()
    await later.open()
    later.far.onData((bytes) => deframer.push(bytes).forEach(() => void later.far.write(frame(0x4b))))
    await later.polls(15)
    expect(await later.run(later.driver.heartbeat())).toBe(false)
  })

  it('S18 a version with escapes, zeros and 240 bytes comes out plain and at most 64 characters long', async () => {
    const bench = makeBench({ noSimulator: true })
    const deframer = makeId003Deframer()
    const text = Array.from({ length: 240 }, (_, index) => [0x1b, 0x5b, 0x00, 0x41, 0x9b, 0x07][index % 6] ?? 0)
    bench.far.onData((bytes) => {
      for (const { code } of deframer.push(bytes)) void bench.far.write(code === 0x88 ? frame(0x88, ...text) : frame(0x1a))
    })
    expect((await bench.run(bench.driver.start()))?.serial).toBe('[A'.repeat(32))
  })

  it('silence for a second is a lost validator, and it is taken up where it stood', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('silent on')
    await bench.polls(15)
    expect(await bench.run(bench.driver.heartbeat())).toBe(false)
    await bench.hand('silent off')
    await bench.polls(5)
    expect(await bench.run(bench.driver.heartbeat())).toBe(true)
  })

  it('answers that come late, twice or damaged cost no note', async () => {
    const bench = makeBench()
    await bench.open()
    for (const trouble of ['late 120', 'twice 40', 'garble 9', 'lose 9', 'deaf 9', 'noise 300']) {
      await bench.hand('late 0')
      await bench.hand(trouble)
      await bench.insert()
    }
    await bench.polls(60)
    const truth = await bench.state()
    expect(credit(bench.journal)).toBe(inside(truth) * 1000)
    expect(inside(truth)).toBeGreaterThan(3)
    expect(bench.faults).toEqual([])
  })
})
