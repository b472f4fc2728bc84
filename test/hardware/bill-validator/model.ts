import { makeCctalkBillSimulator } from '../../../hardware/bill-validator/cctalk/simulator.ts'
import { makeId003Simulator } from '../../../hardware/bill-validator/id003/simulator.ts'
import { seededRandom } from '../../../main/commands/demo/random.ts'
import { sharedDevice } from '../../../main/commands/demo/socket.ts'
import { credit, emptyJournal, inside, makeBench, outcomes, type Bench, type Truth } from './bench.ts'

/** What one run came to. */
export interface Counted {
  /** Notes that lie in the cash boxes. */
  readonly notes: number
  /** How often another validator took the place of one. */
  readonly swaps: number
  /** What is wrong; null when the journals say what the validators say. */
  readonly wrong: string | null
}

const lineTroubles = ['garble 2', 'garble 6', 'twice 3', 'late 150', 'late 400', 'late 0', 'silent on', 'silent off', 'noise 60', 'jam', 'jam stacker', 'clear', 'pull-stacker', 'push-stacker']
const troubles = {
  id003: [...lineTroubles, 'lose-ack 4', 'lose 4', 'deaf 3', 'cheat', 'pause', 'escrow-code 68'],
  cctalk: [...lineTroubles, 'cheat 8', 'event 2', 'event 0', 'insert-unknown', 'ticket', 'echo on', 'echo off', 'lose-replies 3'],
} as const
/** A process that starts needs a line; what else is wrong stays wrong. */
const lineCalm = { id003: ['silent off', 'late 0', 'garble 0', 'lose 0', 'deaf 0'], cctalk: ['silent off', 'late 0', 'garble 0', 'lose-replies 0', 'echo off'] } as const
const calm = { id003: [...lineCalm.id003, 'twice 0', 'lose-ack 0', 'clear', 'push-stacker'], cctalk: [...lineCalm.cctalk, 'twice 0', 'clear', 'push-stacker'] } as const

/**
 * One run of residents with notes, and everything that goes wrong on a line, in a validator and in a booth: replies lost, doubled, damaged and late, jams, notes that
 * are pulled, lost power in every moment, counters that go round, another validator in the place of one that comes back later, a booth that dies with or without what
 * it had written. The truth is what the simulated cash boxes hold: never less than what was credited, and more only with an alarm.
 */
export async function noteRun(protocol: 'id003' | 'cctalk', seed: number): Promise<Counted> {
  const random = seededRandom(seed)
  const whole = (most: number) => Math.floor(random.next() * (most + 1))
  const one = <Item>(items: readonly Item[]): Item => items[whole(items.length - 1)] as Item
  const settings = { protocol }
  const { clock, near, far } = makeBench({ noSimulator: true, settings })
  const chance = (count: number) => Uint8Array.from({ length: count }, () => whole(255))
  const validators = sharedDevice(far, 2).map((end, index) => ({
    journal: emptyJournal(),
    ...(protocol === 'id003'
      ? makeId003Simulator(end, clock, { chance, ...(index > 0 && { version: `i(JPN)100-SS ID003-05V28${index}-42 01AUG17 964D` }) })
      : makeCctalkBillSimulator(end, clock, { serial: 1001 + index, chance })),
  }))
  let plugged = 0
  let swaps = 0
  const own = () => validators[plugged] as (typeof validators)[number]
  const hand = (line: string) => own().hand(line)
  const open = async (): Promise<Bench> => {
    const bench = makeBench({ clock, journal: own().journal, noSimulator: true, settings, wire: () => near })
    await bench.open()
    return bench
  }
  if (protocol === 'cctalk') for (const validator of validators) await validator.hand(`set-counter ${whole(255)}`)
  await validators[1]?.hand('unplug')
  let bench = await open()

  const restart = async () => {
    bench.kill()
    const { decide } = bench
    for (const line of lineCalm[protocol]) await hand(line)
    await clock.advance(400)
    bench = await open()
    bench.decide = decide
  }
  const swap = async () => {
    await hand('unplug')
    await bench.polls(3 + whole(12))
    plugged = 1 - plugged
    swaps += 1
    await hand('plug')
    if (random.next() < 0.7) await hand('power-cycle')
  }

  for (let acts = 10 + whole(50); acts > 0; acts -= 1) {
    const dice = random.next()
    if (dice < 0.3) {
      await hand(random.next() < 0.2 ? 'insert 1000 1000' : 'insert 1000')
      await clock.advance(100 + whole(1900))
    } else if (dice < 0.55) await clock.advance(10 + whole(890))
    else if (dice < 0.68) await hand(one(troubles[protocol]))
    else if (dice < 0.76) for (const line of calm[protocol]) await hand(line)
    else if (dice < 0.84) bench.decide = one(['stack', 'stack', 'return', 'wait'] as const)
    else if (dice < 0.91) bench.recording = one(['answered', 'answered', 'unanswered', 'lost'] as const)
    else if (dice < 0.94) await restart()
    else if (dice < 0.97) await hand('power-cycle')
    else await swap()
    // What the host does when a validator is given up.
    if (bench.faults.includes('bill-validator-exchanged') || !(await bench.run(bench.driver.heartbeat()))) await restart()
  }
  for (const _validator of validators) {
    for (const line of calm[protocol]) await hand(line)
    bench.decide = 'stack'
    await restart()
    await bench.polls(60)
    await swap()
  }

  const inBoxes = await Promise.all(validators.map(async (validator) => inside(JSON.parse(await validator.hand('counters')) as Truth)))
  const notes = inBoxes.reduce((sum, count) => sum + count, 0)
  for (const [index, { journal }] of validators.entries()) {
    const stacked = inBoxes[index] ?? 0
    const credited = credit(journal) / 1000
    // A note that was pulled at is told as fraud.
    const told = { ends: outcomes(journal), alarms: [...journal.alarms, ...outcomes(journal).filter((outcome) => outcome === 'pulled')] }
    const say = (what: string): Counted => ({ notes, swaps, wrong: `${protocol}, seed ${seed}, validator ${index}: ${what}: ${stacked} lie in the box, ${credited} are credited, ${JSON.stringify(told)}` })
    if (credited > stacked) return say('a note counts twice')
    if (credited < stacked && told.alarms.length === 0) return say('a note is lost without an alarm')
  }
  return { notes, swaps, wrong: null }
}
