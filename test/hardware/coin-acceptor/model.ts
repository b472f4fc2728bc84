import { seededRandom } from '../../../main/commands/demo/random.ts'
import { credit, emptyJournal, makeBench, type Bench } from './bench.ts'

/** What one run came to. */
export interface Counted {
  /** Coins that fell into the box. */
  readonly coins: number
  /** What is wrong; null when the journal says what the acceptor says. */
  readonly wrong: string | null
}

const troubles = ['garble 1', 'garble 3', 'twice 2', 'late 120', 'late 0', 'silent on', 'silent off', 'echo on', 'echo off', 'event 1', 'noise 40'] as const
const worth = [10, 50, 100, 500, 500]
/** More than this between two polls is more than an acceptor can tell of. */
const bufferSize = 5

/**
 * One run: coins by ones, threes and handfuls while replies are lost, doubled, damaged and late, the acceptor loses power, its counter goes round, another one stands in
 * its place for a while, and the booth dies with or without what it had written. In the end the acceptor's own count is compared with the journal's.
 */
export async function acceptorRun(seed: number, acts = 60): Promise<Counted> {
  const random = seededRandom(seed)
  const whole = (most: number) => Math.floor(random.next() * (most + 1))
  const one = <Item>(items: readonly Item[]): Item => items[whole(items.length - 1)] as Item
  const journal = emptyJournal()
  const device = makeBench({ journal })
  let bench: Bench = device
  await device.hand(`set-counter ${whole(255)}`)
  await bench.open()
  /** The most that can have been overwritten unseen: coins between two polls that arrived. */
  const heal = async () => {
    for (const line of ['silent off', 'late 0', 'garble 0', 'echo off']) await device.hand(line)
  }
  const restart = async (deadPolls: number) => {
    bench.recording = 'lost'
    await bench.run(bench.driver.stop())
    await device.clock.advance(deadPolls * 100)
    await heal()
    bench = makeBench({ clock: device.clock, journal, noSimulator: true, wire: () => device.near })
    await bench.open()
  }

  for (let act = 0; act < acts; act += 1) {
    const dice = random.next()
    if (dice < 0.45) {
      const burst = random.next() < 0.1 ? bufferSize + 1 + whole(3) : 1 + whole(2)
      await device.hand(`insert-position ${Array.from({ length: burst }, () => 1 + whole(4)).join(' ')}`)
      await bench.polls(1)
    } else if (dice < 0.72) await bench.polls(1 + whole(3))
    else if (dice < 0.88) await device.hand(one(troubles))
    else if (dice < 0.93) bench.recording = one(['answered', 'unanswered', 'lost'] as const)
    else if (dice < 0.97) await restart(whole(3))
    // A device that restarts twice with a coin and no poll between cannot be seen through by anybody: 0 before and 0 after.
    else if (journal.cursor?.counter !== 0 || (await device.state()).counter === 0) await device.hand('power-cycle')
  }
  await heal()
  await restart(0)
  await bench.polls(20)
  await bench.run(bench.driver.stop())

  const { accepted, byPosition } = await device.state()
  const inside = byPosition.reduce((sum, count, index) => sum + count * (worth[index] ?? 0), 0)
  const credited = credit(journal)
  const say = (what: string): Counted => ({ coins: accepted, wrong: `seed ${seed}: ${what}: ${accepted} coins of ${inside} fell, ${journal.coins.size} of ${credited} are credited` })
  if (journal.coins.size > accepted || credited > inside) return say('a coin counts twice')
  if (journal.unknown > 0) return say('a coin without a name')
  if (credited !== inside && journal.alarms.length === 0 && journal.lost === 0) return say('a coin is lost without an alarm')
  return { coins: accepted, wrong: null }
}
