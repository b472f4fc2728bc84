import { describe, expect, it } from 'vitest'
import { eventMeaning } from '../../../hardware/coin-acceptor/checks.ts'
import { matchTable } from '../../../hardware/coin-acceptor/coin-table.ts'
import { allIds, approved, credit, makeBench } from './bench.ts'

const notices = (bench: ReturnType<typeof makeBench>) => bench.events.filter((event) => event.kind === 'notice')

describe('F30 events of CT3 table 2', () => {
  it('no event code is ever a credit, and each comes once with its words', async () => {
    const bench = makeBench()
    await bench.open()
    const codes = Array.from({ length: 255 }, (_, index) => index + 1)
    for (const code of codes) {
      await bench.hand(`event ${code}`)
      await bench.polls(1)
    }
    await bench.polls(5)
    expect(notices(bench).map(({ code }) => code)).toEqual(codes)
    expect(credit(bench.journal)).toBe(0)
    expect(bench.journal.unknown).toBe(0)
  })

  it.each([
    [1, 'returned'],
    [2, 'returned'],
    [8, 'slower'],
    [6, 'swallowed'],
    [14, 'jam'],
    [20, 'fraud'],
    [36, 'swallowed'],
    [130, 'returned'],
    [254, 'lever'],
  ])('code %i belongs to "%s"', (code, group) => expect(eventMeaning(code).group).toBe(group))

  it('a jam stops acceptance until the self-check is well again, and the acceptor then goes on by itself', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('jam')
    await bench.polls(2)
    expect(bench.faults).toEqual(['coin-jam'])
    expect((await bench.state()).open).toBe(false)
    await bench.polls(30)
    expect(bench.faults).toEqual(['coin-jam'])
    await bench.hand('clear')
    await bench.polls(10)
    expect(bench.faults).toEqual([])
    await bench.hand('insert 500')
    await bench.polls()
    expect(credit(bench.journal)).toBe(500)
  })

  it('a jam that was there before the booth is seen at start', async () => {
    const bench = makeBench()
    await bench.hand('jam')
    await bench.open()
    expect(bench.faults).toEqual(['coin-jam'])
  })

  it.each([16, 17, 18, 19, 20, 23, 40])('fraud (event %i) is told and closes the slot for ten seconds; coins before it stay credited', async (code) => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('insert 500')
    await bench.hand(`event ${code}`)
    await bench.polls(3)
    expect(bench.faults).toEqual(['coin-fraud'])
    expect(await bench.hand('insert 500')).toMatch(/^rejected/)
    expect(credit(bench.journal)).toBe(500)
    await bench.polls(90)
    expect(await bench.hand('insert 100')).toMatch(/^rejected/)
    await bench.polls(15)
    await bench.hand('insert 100')
    await bench.polls()
    expect(credit(bench.journal)).toBe(600)
  })

  it('the return lever is told and is no fault', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('lever')
    await bench.polls()
    expect(notices(bench)).toEqual([{ kind: 'notice', code: 254, name: 'coin return mechanism activated', group: 'lever' }])
    expect(bench.faults).toEqual([])
  })
})

describe('coins that nobody approved', () => {
  it('F38 the device lacks an approved coin: it refuses to accept anything', async () => {
    const bench = makeBench({ simulator: { coins: ['JP010A', 'JP050A', 'JP100B', 'JP500A', 'JP500B'] } })
    await bench.open()
    expect(bench.faults).toEqual(['coin-table-mismatch'])
    expect(await bench.state()).toMatchObject({ mask: 0, open: false })
    expect(await bench.hand('insert 500')).toMatch(/^rejected/)
  })

  it('S09 a coin of another currency: no credit, and the approved one that it replaced is missed', async () => {
    const bench = makeBench({ simulator: { coins: ['JP010A', 'JP050A', 'JP100A', 'US500A', 'JP500B'] } })
    await bench.open()
    expect(bench.faults).toEqual(['coin-table-mismatch'])
    await bench.hand('in-flight US500A')
    await bench.polls()
    expect(credit(bench.journal)).toBe(0)
    expect(bench.journal.unknown).toBe(1)
  })

  it.each(['TK000A', 'JP999A'])('S08 a coin that is not in the approved table (%s): no credit, staff is told', async (id) => {
    const bench = makeBench({ simulator: { coins: ['JP010A', 'JP050A', 'JP100A', 'JP500A', 'JP500B', 'TK000A'] } })
    await bench.open()
    // Taught after the table was read.
    await bench.hand('table 9 JP999A')
    await bench.hand(`in-flight ${id}`)
    await bench.polls()
    expect(credit(bench.journal)).toBe(0)
    expect(bench.journal.unknown).toBe(1)
    expect(bench.faults).toContain('coin-unknown')
  })

  it('S10 values out of bounds are worth nothing: 0xFFFFFFFF, negative, fraction, zero, not a number', () => {
    const device = [{ position: 1, id: 'JP100A' }]
    for (const value of [0xffffffff, -100, 0.5, 0, Number.NaN, Number.POSITIVE_INFINITY]) {
      const table = matchTable(device, [{ id: 'JP100A', value, currency: 'JPY' }])
      expect(table.coinAt(1)).toBeUndefined()
      expect(table.mask(['JP100A'])).toEqual([0, 0])
      expect(table.missing).toEqual(['JP100A'])
    }
  })

  it('a table that changes with a reset is read again before anything is let in', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('insert 100')
    await bench.polls()
    await bench.hand('table 4 JP500C')
    await bench.hand('reset')
    await bench.polls(4)
    expect(bench.faults).toContain('coin-table-mismatch')
    expect((await bench.state()).open).toBe(false)
  })
})

describe('inhibits', () => {
  it('are set again when the device says that a coin was inhibited while we believe it open', async () => {
    const bench = makeBench()
    await bench.open()
    // A silent restart before the first coin: the counter was 0 and is 0 (CT2 3.27.1).
    await bench.hand('reset')
    await bench.polls(3)
    expect(await bench.hand('insert 500')).toMatch(/^rejected/)
    await bench.polls(2)
    expect(await bench.hand('insert 500')).toMatch(/^accepted/)
  })

  it('S17 the serial number changes while running: inhibited, nothing credited, the driver gives the device up', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('serial 4711')
    await bench.clock.advance(6000)
    expect(await bench.state()).toMatchObject({ mask: 0, open: false })
    expect(bench.faults).toContain('coin-acceptor-exchanged')
    expect(await bench.run(bench.driver.heartbeat())).toBe(false)
  })

  it('S17 another device with other coins in its buffer: its events are not taken for ours', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('insert 10 10 10')
    await bench.polls()
    await bench.hand('serial 4711')
    await bench.hand('reset')
    await bench.hand('in-flight 500')
    await bench.polls(5)
    expect(credit(bench.journal)).toBe(30)
    expect(bench.journal.cursor?.serial).toBe('12345678')
    expect(bench.journal.alarms).toEqual([])
  })

  it('S17 a cursor of another device: inhibited until the booth says which it is', async () => {
    const bench = makeBench()
    await bench.run(bench.driver.start())
    await bench.run(bench.driver.execute({ kind: 'configure', cursor: { serial: '1', counter: 9, results: [], ordinal: 9 }, coins: approved }))
    await bench.run(bench.driver.execute({ kind: 'accept', ids: allIds }))
    await bench.polls(3)
    expect(bench.faults).toEqual(['coin-acceptor-exchanged'])
    expect(await bench.state()).toMatchObject({ mask: 0, open: false })
    await bench.run(bench.driver.execute({ kind: 'configure', cursor: null, coins: approved }))
    await bench.polls(3)
    expect(bench.faults).toEqual([])
    expect(await bench.state()).toMatchObject({ mask: 0b11111, open: true })
  })
})

it('S18 device text with escapes, zeros and 255 bytes comes out plain and at most 64 characters long', async () => {
  const bench = makeBench({
    wire: (near) => {
      const text = (length: number) => Array.from({ length }, (_, index) => [0x1b, 0x5b, 0x00, 0x41, 0x9b, 0x07][index % 6] ?? 0)
      const frame = (data: readonly number[]) => {
        const body = [1, data.length, 2, 0, ...data]
        return Uint8Array.of(...body, -body.reduce((sum, byte) => sum + byte, 0) & 0xff)
      }
      let listener: (bytes: Uint8Array) => void = () => undefined
      near.onData((bytes) => listener(bytes))
      return {
        ...near,
        onData: (listen) => void (listener = listen),
        async write(bytes) {
          if (bytes[3] === 246) listener(frame(text(255)))
          else if (bytes[3] === 241) listener(frame(text(9)))
          else return near.write(bytes)
          return true
        },
      }
    },
  })
  const identity = await bench.run(bench.driver.start())
  expect(identity?.manufacturer).toBe('[A'.repeat(32))
  expect(identity?.software).toBe('[A[')
})
