import { array, assert, asyncProperty, constant, constantFrom, integer, oneof, record, type Arbitrary } from 'fast-check'
import { expect, it } from 'vitest'
import { credit, emptyJournal, makeBench, type Bench } from './bench.ts'

type Act =
  | { readonly do: 'coins'; readonly positions: readonly number[] }
  | { readonly do: 'wait'; readonly polls: number }
  | { readonly do: 'hand'; readonly line: string }
  | { readonly do: 'recording'; readonly how: Bench['recording'] }
  | { readonly do: 'restart'; readonly deadPolls: number }

const troubles = ['garble 1', 'garble 3', 'twice 2', 'late 120', 'late 0', 'silent on', 'silent off', 'echo on', 'echo off', 'event 1', 'noise 40']

const acts: Arbitrary<Act> = oneof(
  { weight: 6, arbitrary: record({ do: constant('coins' as const), positions: array(integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }) }) },
  { weight: 6, arbitrary: record({ do: constant('wait' as const), polls: integer({ min: 1, max: 4 }) }) },
  {
    weight: 4,
    arbitrary: constantFrom(...troubles).map((line) => ({ do: 'hand' as const, line })),
  },
  { weight: 2, arbitrary: record({ do: constant('restart' as const), deadPolls: integer({ min: 0, max: 3 }) }) },
  { weight: 2, arbitrary: record({ do: constant('recording' as const), how: constantFrom('answered', 'unanswered', 'lost') }) },
  { weight: 1, arbitrary: constant({ do: 'hand' as const, line: 'power-cycle' }) },
)

it('F24 F25 F26 F27 F28 whatever is lost or restarts: no coin twice, none lost without an alarm', async () => {
  await assert(
    asyncProperty(array(acts, { minLength: 5, maxLength: 40 }), integer({ min: 0, max: 255 }), async (script, counter) => {
      const journal = emptyJournal()
      let bench: Bench = makeBench({ journal })
      const device = bench
      await device.hand(`set-counter ${counter}`)
      await bench.open()

      const restart = async (deadPolls: number) => {
        bench.recording = 'lost'
        await bench.run(bench.driver.stop())
        await bench.clock.advance(deadPolls * 100)
        const next = makeBench({ clock: device.clock, journal, noSimulator: true, wire: () => device.near })
        await device.hand('silent off')
        await device.hand('late 0')
        await device.hand('garble 0')
        await next.open()
        bench = next
      }

      for (const act of script) {
        if (act.do === 'coins') for (const position of act.positions) await device.hand(`insert-position ${position}`)
        else if (act.do === 'wait') await bench.polls(act.polls)
        else if (act.do === 'recording') bench.recording = act.how
        else if (act.do === 'hand') {
          // A device that restarts twice with a coin and no poll between cannot be seen through by anybody: 0 before and 0 after.
          if (act.line === 'power-cycle' && journal.cursor?.counter === 0 && (await device.state()).counter > 0) continue
          await device.hand(act.line)
        } else await restart(act.deadPolls)
      }
      for (const line of ['silent off', 'late 0', 'garble 0', 'echo off']) await device.hand(line)
      await restart(0)
      await bench.polls(20)

      const { accepted, byPosition } = await device.state()
      const inside = byPosition.reduce((sum, count, index) => sum + count * ([10, 50, 100, 500, 500][index] ?? 0), 0)
      expect(journal.unknown).toBe(0)
      expect(journal.coins.size).toBeLessThanOrEqual(accepted)
      expect(credit(journal)).toBeLessThanOrEqual(inside)
      if (journal.alarms.length === 0) expect(credit(journal)).toBe(inside)
    }),
    { numRuns: 150, seed: 20_261_121 },
  )
})
