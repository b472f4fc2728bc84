import { makeCoinAcceptorSimulator } from '../../../hardware/coin-acceptor/simulator.ts'
import { seededRandom } from '../../../main/commands/demo/random.ts'
import { sharedDevice } from '../../../main/commands/demo/socket.ts'
import { allIds, credit, emptyJournal, makeBench, type Bench } from './bench.ts'

/** What one run came to. */
export interface Counted {
  /** Coins that fell into the box. */
  readonly coins: number
  /** How often another acceptor took the place of one. */
  readonly swaps: number
  /** What is wrong; null when the journal says what the acceptors say. */
  readonly wrong: string | null
}

const troubles = ['garble 1', 'garble 3', 'twice 2', 'late 120', 'late 0', 'silent on', 'silent off', 'echo on', 'echo off', 'event 1', 'noise 40'] as const
const worth = [10, 50, 100, 500, 500]
/** More than this between two polls is more than an acceptor can tell of. */
const bufferSize = 5

/**
 * One run: coins by ones, threes and handfuls while replies are lost, doubled, damaged and late, the acceptor loses power, its counter goes round, another one takes
 * its place and it comes back, and the booth dies with or without what it had written. In the end the acceptors' own counts are compared with the journals', to the
 * coin: what is not credited stands in an alarm.
 */
export async function acceptorRun(seed: number, acts = 60): Promise<Counted> {
  const random = seededRandom(seed)
  const whole = (most: number) => Math.floor(random.next() * (most + 1))
  const one = <Item>(items: readonly Item[]): Item => items[whole(items.length - 1)] as Item
  const { clock, near, far } = makeBench({ noSimulator: true })
  const acceptors = sharedDevice(far, 2).map((end, index) => ({ journal: emptyJournal(), ...makeCoinAcceptorSimulator(end, clock, { serial: 1001 + index }) }))
  let plugged = 0
  let swaps = 0
  const own = () => acceptors[plugged] as (typeof acceptors)[number]
  const hand = (line: string) => own().hand(line)
  const counts = async (acceptor = own()) => JSON.parse(await acceptor.hand('counters')) as { accepted: number; byPosition: readonly number[]; counter: number }
  const open = async () => {
    const bench = makeBench({ clock, journal: own().journal, noSimulator: true, wire: () => near })
    await bench.open()
    await betweenVisits(bench)
    return bench
  }
  /** No coin is wanted for a while: the acceptor is asked for its own count. */
  const betweenVisits = async (own: Bench) => {
    await own.run(own.driver.execute({ kind: 'accept', ids: [] }))
    await own.polls(2)
    await own.run(own.driver.execute({ kind: 'accept', ids: allIds }))
  }
  for (const acceptor of acceptors) await acceptor.hand(`set-counter ${whole(255)}`)
  await acceptors[1]?.hand('unplug')
  let bench: Bench = await open()

  const heal = async () => {
    for (const acceptor of acceptors) for (const line of ['silent off', 'late 0', 'garble 0', 'echo off']) await acceptor.hand(line)
  }
  const restart = async (deadPolls: number) => {
    bench.recording = 'lost'
    await bench.run(bench.driver.stop())
    await clock.advance(deadPolls * 100)
    await heal()
    bench = await open()
  }
  /** Another one takes its place: nobody is faster than three polls. */
  const swap = async (powerCycle: boolean) => {
    await hand('unplug')
    await bench.polls(3)
    plugged = 1 - plugged
    swaps += 1
    await hand('plug')
    if (powerCycle) await hand('power-cycle')
  }
  /** A device that restarts twice with a coin and no poll between cannot be seen through by anybody: 0 before and 0 after. */
  const mayRestart = async ({ journal } = own()) => journal.cursor?.counter !== 0 || (await counts()).counter === 0

  for (let act = 0; act < acts; act += 1) {
    const dice = random.next()
    if (dice < 0.45) {
      const burst = random.next() < 0.1 ? bufferSize + 1 + whole(3) : 1 + whole(2)
      await hand(`insert-position ${Array.from({ length: burst }, () => 1 + whole(4)).join(' ')}`)
      await bench.polls(1)
    } else if (dice < 0.72) await bench.polls(1 + whole(3))
    else if (dice < 0.87) await hand(one(troubles))
    else if (dice < 0.92) bench.recording = one(['answered', 'unanswered', 'lost'] as const)
    else if (dice < 0.95) await restart(whole(3))
    else if (dice < 0.97) await swap(false)
    else if (dice < 0.98) await betweenVisits(bench)
    else if (await mayRestart()) await hand('power-cycle')
    // What the host does when an acceptor is given up.
    if (bench.faults.includes('coin-acceptor-exchanged') || !(await bench.run(bench.driver.heartbeat()))) await restart(0)
  }
  for (const _acceptor of acceptors) {
    await heal()
    await swap(false)
    await restart(0)
    await bench.polls(20)
    await betweenVisits(bench)
  }
  await bench.run(bench.driver.stop())

  const inside = await Promise.all(acceptors.map(async (acceptor) => ({ journal: acceptor.journal, ...(await counts(acceptor)) })))
  const coins = inside.reduce((sum, { accepted }) => sum + accepted, 0)
  for (const [index, { journal, accepted, byPosition }] of inside.entries()) {
    const value = byPosition.reduce((sum, count, position) => sum + count * (worth[position] ?? 0), 0)
    const credited = credit(journal)
    const say = (what: string): Counted => ({ coins, swaps, wrong: `seed ${seed}, acceptor ${index}: ${what}: ${accepted} coins of ${value} fell, ${journal.coins.size} of ${credited} are credited` })
    if (journal.coins.size > accepted || credited > value) return say('a coin counts twice')
    if (journal.unknown > 0) return say('a coin without a name')
    if (credited !== value && journal.alarms.length === 0) return say('a coin is lost without an alarm')
    // What the acceptor counts by itself says of each coin whether it was credited.
    if (accepted - (journal.before ?? 0) !== journal.coins.size + journal.beside) return say('a coin is missing in both counts')
  }
  return { coins, swaps, wrong: null }
}
