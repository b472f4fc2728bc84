import { describe, expect, it } from 'vitest'
import { allIds, credit, inside, makeBench, outcomes } from './bench.ts'

describe('ID-003: the way of a note', () => {
  it('starts: version, RESET, settings, inhibit; then takes a note into escrow, stacks it and credits it once', async () => {
    const bench = makeBench()
    await bench.open()
    expect(bench.sent.slice(0, 2)).toEqual(['FC05112756', 'FC05886F5F'])
    expect(bench.sent).toContain('FC05402B15')
    expect(bench.kinds('table').at(-1)).toMatchObject({ notes: [{ position: 1, id: 'JP1000A' }, { position: 2, id: 'JP1000B' }] })
    expect(await bench.state()).toMatchObject({ status: '11', inhibited: false, mask: 0xfffc })
    expect(bench.faults).toEqual([])
    await bench.insert()
    expect(credit(bench.journal)).toBe(1000)
    await bench.insert('62')
    expect(credit(bench.journal)).toBe(2000)
    expect(outcomes(bench.journal)).toEqual(['stacked', 'stacked'])
    expect(await bench.state()).toMatchObject({ status: '11', stacked: { 61: 1, 62: 1 } })
    expect(bench.faults).toEqual([])
  })

  it('a note stays in escrow until it is decided, and goes back when the visit is cancelled', async () => {
    const bench = makeBench()
    bench.decide = 'wait'
    await bench.open()
    await bench.hand('insert 1000')
    await bench.clock.advance(60_000)
    expect(bench.journal.cursor?.held).toMatchObject({ value: 1000, phase: 'escrow' })
    expect((await bench.state()).returned).toBe(0)
    await bench.run(bench.driver.execute({ kind: 'return', ordinal: 1 }))
    await bench.polls(20)
    expect(outcomes(bench.journal)).toEqual(['returned'])
    expect(await bench.state()).toMatchObject({ status: '11', returned: 1, stacked: {} })
  })

  it('goes back when the booth gave up the payment before the intent to stack it was written', async () => {
    for (const protocol of ['id003', 'cctalk'] as const) {
      const bench = makeBench({ settings: { protocol } })
      bench.decide = 'wait'
      await bench.open()
      await bench.hand('insert 1000')
      await bench.polls(20)
      const escrow = bench.journal.cursor
      expect(escrow?.held?.phase).toBe('escrow')
      bench.recording = 'lost'
      await bench.run(bench.driver.execute({ kind: 'stack', ordinal: 1 }))
      await bench.polls(10)
      expect(bench.kinds('moved').at(-1)).toMatchObject({ to: { held: { phase: 'stacking' } } })
      await bench.run(bench.driver.execute({ kind: 'return', ordinal: 1 }))
      await bench.polls(10)
      expect(await bench.state()).toMatchObject({ returned: 0 })
      if (escrow) await bench.run(bench.driver.execute({ kind: 'recorded', cursor: escrow }))
      bench.recording = 'answered'
      await bench.polls(30)
      expect(outcomes(bench.journal)).toEqual(['returned'])
      expect(await bench.state()).toMatchObject({ returned: 1, stacked: {} })
    }
  })

  it('inhibits with an empty list, and lets only what is asked for in', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.run(bench.driver.execute({ kind: 'accept', ids: [] }))
    await bench.polls(3)
    expect(await bench.state()).toMatchObject({ status: '1a', inhibited: true })
    expect(await bench.hand('insert 1000')).toBe('refused at the slit')
    await bench.run(bench.driver.execute({ kind: 'accept', ids: [allIds[1] ?? ''] }))
    await bench.polls(5)
    await bench.insert('61')
    expect(credit(bench.journal)).toBe(0)
    await bench.insert('62')
    expect(credit(bench.journal)).toBe(1000)
    expect(inside(await bench.state())).toBe(1)
  })
})
