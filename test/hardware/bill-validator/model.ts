import { array, assert, asyncProperty, constant, constantFrom, integer, oneof, record, type Arbitrary } from 'fast-check'
import { expect } from 'vitest'
import { credit, inside, makeBench, outcomes, type Bench, type BenchOptions, type Hand } from './bench.ts'

type Act =
  | { readonly do: 'insert' | 'restart' | 'reconnect' | 'power-cycle' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'hand'; readonly line: string }
  | { readonly do: 'decide'; readonly how: Hand }
  | { readonly do: 'recording'; readonly how: Bench['recording'] }

const lineTroubles = ['garble 2', 'garble 6', 'twice 3', 'late 150', 'late 400', 'late 0', 'silent on', 'silent off', 'noise 60']
const id003Troubles = [...lineTroubles, 'lose-ack 4', 'lose 4', 'deaf 3', 'cheat', 'jam', 'jam stacker', 'pause', 'clear', 'pull-stacker', 'push-stacker', 'escrow-code 68']
const cctalkTroubles = [...lineTroubles, 'jam', 'jam stacker', 'clear', 'cheat 8', 'pull-stacker', 'push-stacker', 'event 2', 'event 0', 'insert-unknown', 'ticket']
const calm = ['silent off', 'late 0', 'garble 0', 'twice 0', 'clear', 'push-stacker']
const calmId003 = [...calm, 'lose-ack 0', 'lose 0', 'deaf 0']

const acts = (troubles: readonly string[]): Arbitrary<Act> =>
  oneof(
    { weight: 6, arbitrary: constant({ do: 'insert' as const }) },
    { weight: 8, arbitrary: record({ do: constant('wait' as const), ms: integer({ min: 10, max: 900 }) }) },
    { weight: 4, arbitrary: constantFrom(...troubles).map((line) => ({ do: 'hand' as const, line })) },
    { weight: 2, arbitrary: record({ do: constant('decide' as const), how: constantFrom('stack' as const, 'return' as const, 'wait' as const) }) },
    { weight: 2, arbitrary: record({ do: constant('recording' as const), how: constantFrom('answered' as const, 'unanswered' as const, 'lost' as const) }) },
    { weight: 2, arbitrary: constantFrom<Act>({ do: 'restart' }, { do: 'power-cycle' }) },
  )

/**
 * Random visits with everything that goes wrong on a line, in a validator and in a booth. The truth is what the simulated cash box holds: never less than
 * what was credited, and more only with an alarm.
 */
export async function runModel(protocol: 'id003' | 'cctalk', numRuns: number, seed: number): Promise<void> {
  const options: BenchOptions = { settings: { protocol } }
  const troubles = protocol === 'id003' ? id003Troubles : cctalkTroubles
  await assert(
    asyncProperty(array(acts(troubles), { minLength: 5, maxLength: 40 }), async (script) => {
      const device = makeBench(options)
      const { journal } = device
      await device.open()
      let bench = device

      const settleLine = async () => {
        for (const line of ['silent off', 'late 0', 'garble 0', ...(protocol === 'id003' ? ['lose 0', 'deaf 0'] : [])]) await device.hand(line)
      }
      const restart = async () => {
        bench.kill()
        // A process that starts needs a line; what else is wrong stays wrong.
        await settleLine()
        await device.clock.advance(400)
        bench = await bench.again()
      }
      for (const act of script) {
        if (act.do === 'insert') await device.hand('insert 1000')
        else if (act.do === 'wait') await device.clock.advance(act.ms)
        else if (act.do === 'decide') bench.decide = act.how
        else if (act.do === 'recording') bench.recording = act.how
        else if (act.do === 'hand') await device.hand(act.line)
        else if (act.do === 'power-cycle') await device.hand('power-cycle')
        else await restart()
      }
      for (const line of protocol === 'id003' ? calmId003 : calm) await device.hand(line)
      bench.decide = 'stack'
      await restart()
      await bench.polls(150)

      const truth = await device.state()
      const name = JSON.stringify({ truth, outcomes: outcomes(journal), alarms: journal.alarms })
      expect(credit(journal), name).toBeLessThanOrEqual(inside(truth) * 1000)
      if (journal.alarms.length === 0) expect(credit(journal), name).toBe(inside(truth) * 1000)
    }),
    { numRuns, seed },
  )
}
