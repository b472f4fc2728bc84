import { describe, expect, it } from 'vitest'
import { credit, inside, makeBench, outcomes, type Bench } from './bench.ts'

/** Brings a note to the moment at which the validator says `status`. */
async function bringTo(bench: Bench, status: string): Promise<void> {
  if (status === '13' || status === '19' || status === '18') bench.decide = 'wait'
  if (status === '15') await bench.hand('lose-ack 1000')
  await bench.hand('insert 1000')
  for (let step = 0; step < 400 && (await bench.state()).status !== status; step += 1) {
    if (status === '18' && step === 60) await bench.run(bench.driver.execute({ kind: 'return', ordinal: 1 }))
    await bench.clock.advance(10)
  }
  expect((await bench.state()).status).toBe(status)
}

const states = ['12', '13', '19', '14', '15', '16', '18'] as const
const places = { '12': '41', '13': '41', '19': '41', '18': '41', '14': '42', '15': '42', '16': '40' } as const

describe('F34 a power cut with a note inside: what the validator says afterwards decides, and nothing is guessed', () => {
  it.each(states.flatMap((status) => [false, true].map((hostToo) => [status, hostToo] as const)))('in status %s, the booth without power too: %s', async (status, hostToo) => {
    const bench = makeBench()
    await bench.open()
    await bringTo(bench, status)
    await bench.hand('power-off')
    if (hostToo) bench.kill()
    await bench.polls(30)
    await bench.hand('lose-ack 0')
    expect(await bench.hand('power-on')).toBe(`power, status ${places[status]}`)
    const after = hostToo ? await bench.again() : bench
    await after.polls(60)
    const truth = await bench.state()
    expect(truth).toMatchObject({ status: '11' })
    expect(credit(bench.journal)).toBe(inside(truth) * 1000)
    expect(inside(truth)).toBe(places[status] === '41' ? 0 : 1)
    expect(outcomes(bench.journal)).not.toContain('unknown')
    expect(bench.journal.alarms).toEqual([])
    expect(after.faults).not.toContain('notes-uncounted')
  })

  it('a credit that 42 decided is marked for the technician', async () => {
    const bench = makeBench()
    await bench.open()
    await bringTo(bench, '14')
    await bench.hand('power-cycle')
    await bench.polls(30)
    expect([...bench.journal.notes.values()]).toMatchObject([{ outcome: 'stacked', afterPowerUp: true }])
  })

  it('a validator that says 42 and then VEND VALID for the same note credits it once', async () => {
    for (const hostToo of [false, true]) {
      const bench = makeBench()
      await bench.open()
      await bench.hand('vend-after-power-up on')
      await bringTo(bench, '14')
      await bench.hand('power-cycle')
      const after = hostToo ? await bench.again() : bench
      await after.polls(60)
      expect(credit(bench.journal)).toBe(1000)
      expect(bench.journal.alarms).toEqual([])
      expect(await bench.state()).toMatchObject({ status: '11' })
    }
  })

  it('a note that was to be stacked and of which the validator knows nothing afterwards is no credit, and an alarm', async () => {
    const bench = makeBench()
    await bench.open()
    await bringTo(bench, '14')
    bench.kill()
    await bench.hand('status 40')
    const after = await bench.again()
    await after.polls(30)
    expect(outcomes(bench.journal)).toEqual(['unknown'])
    expect(bench.journal.alarms).toEqual(['uncounted'])
    expect(credit(bench.journal)).toBe(0)
  })

  it('42 of a note that no journal knows is an alarm, once, and never a credit', async () => {
    const bench = makeBench()
    await bench.open()
    await bench.hand('status 42')
    await bench.polls(30)
    expect(bench.journal).toMatchObject({ uncounted: 1, alarms: ['uncounted'] })
    expect(credit(bench.journal)).toBe(0)
  })

  it('what lay in a validator before it was ever seen is not ours to count', async () => {
    const bench = makeBench()
    await bench.hand('status 42')
    await bench.open()
    await bench.insert()
    expect(bench.journal).toMatchObject({ uncounted: 0, alarms: [] })
    expect(credit(bench.journal)).toBe(1000)
  })
})

describe('the booth dies', () => {
  const whole = async (decide: 'stack' | 'return') => {
    const bench = makeBench()
    bench.decide = decide
    await bench.open()
    const before = bench.sent.length
    await bench.insert()
    return bench.sent.length - before
  }

  it.each(['stack', 'return'] as const)('I1 I2 at every frame of a note that is %sed: every note once, and none without a word', async (decide) => {
    const frames = await whole(decide)
    expect(frames).toBeGreaterThan(10)
    for (const unanswered of [false, true])
      for (let last = 1; last <= frames; last += 1) {
        const bench = makeBench()
        bench.decide = decide
        await bench.open()
        const begun = bench.sent.length
        await bench.hand('insert 1000')
        for (let step = 0; step < 500 && bench.sent.length - begun < last; step += 1) await bench.clock.advance(20)
        // Recorded, but the answer to the driver never arrived: the worst moment of all.
        if (unanswered) bench.recording = 'unanswered'
        if (unanswered) await bench.clock.advance(120)
        const after = await bench.again()
        await after.polls(40)
        const truth = await bench.state()
        expect([last, credit(bench.journal), truth.status]).toEqual([last, inside(truth) * 1000, '11'])
        expect(outcomes(bench.journal)).not.toContain('unknown')
        expect(bench.journal.alarms).toEqual([])
      }
  })
})
