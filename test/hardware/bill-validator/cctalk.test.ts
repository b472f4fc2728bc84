import { describe, expect, it } from 'vitest'
import { allIds, credit, inside, makeBench, outcomes, type BenchOptions } from './bench.ts'

const cctalk = (options: BenchOptions = {}) => makeBench({ ...options, settings: { protocol: 'cctalk', ...options.settings } })

describe('ccTalk: the way of a note', () => {
  it.each(['sum-8', 'crc-16'] as const)('identifies, reads table and scaling, takes a note into escrow, stacks it and credits it once (%s)', async (checksum) => {
    const bench = cctalk({ settings: { checksum }, simulator: { checksum } })
    await bench.open()
    expect(bench.kinds('identified')).toMatchObject([{ serial: '1234567' }])
    expect(bench.kinds('table').at(-1)).toMatchObject({ notes: [{ position: 1, id: 'JP1000A' }, { position: 2, id: 'JP1000B' }] })
    expect(await bench.state()).toMatchObject({ inhibited: false, mask: 3 })
    await bench.insert()
    await bench.insert('JP1000B')
    expect(credit(bench.journal)).toBe(2000)
    expect(outcomes(bench.journal)).toEqual(['stacked', 'stacked'])
    expect(inside(await bench.state())).toBe(2)
    expect(bench.faults).toEqual([])
  })

  it('a note stays in escrow until it is decided, and goes back when the visit is cancelled', async () => {
    const bench = cctalk()
    bench.decide = 'wait'
    await bench.open()
    await bench.hand('insert 1000')
    await bench.clock.advance(90_000)
    expect(bench.journal.cursor?.held).toMatchObject({ value: 1000, phase: 'escrow' })
    await bench.run(bench.driver.execute({ kind: 'return', ordinal: 1 }))
    await bench.polls(20)
    expect(outcomes(bench.journal)).toEqual(['returned'])
    expect(await bench.state()).toMatchObject({ returned: 1, stacked: {} })
  })

  it('inhibits with an empty list, and lets only what is asked for in', async () => {
    const bench = cctalk()
    await bench.open()
    await bench.run(bench.driver.execute({ kind: 'accept', ids: [] }))
    await bench.polls(3)
    expect(await bench.hand('insert 1000')).toBe('refused at the slit')
    await bench.run(bench.driver.execute({ kind: 'accept', ids: [allIds[1] ?? ''] }))
    await bench.polls(5)
    await bench.insert('JP1000A')
    expect(credit(bench.journal)).toBe(0)
    await bench.insert('JP1000B')
    expect(credit(bench.journal)).toBe(1000)
    expect(inside(await bench.state())).toBe(1)
  })
})
