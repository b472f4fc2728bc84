import { seededRandom } from '../../../main/commands/demo/random.ts'
import type { PayoutIntent } from '../../../hardware/hopper/events.ts'
import { makeBench, type Bench } from './bench.ts'

/** What one run came to. */
export interface Counted {
  /** Coins that left the hoppers. */
  readonly coins: number
  /** How often another hopper took the place of one. */
  readonly swaps: number
  /** What is wrong; null when what the booth knows of each pay-out is what left its hopper. */
  readonly wrong: string | null
}

const troubles = ['garble 1', 'garble 3', 'twice 2', 'lose-replies 1', 'lose-replies 2', 'late 120', 'late 0', 'stall 0', 'stall 1', 'noise 30', 'silent on', 'echo on', 'busy']
const calm = ['silent off', 'late 0', 'garble 0', 'lose-replies 0', 'twice 0', 'echo off', 'normal']
const serials = [7_654_321, 1003]

/**
 * One run: pay-outs of handfuls and more while replies are lost, doubled, damaged and late, counters go round, the supply goes, another hopper takes the place of the
 * one that pays and it comes back, and the booth is killed. What the booth knows of each pay-out in the end is compared with what left that hopper.
 */
export async function hopperRun(seed: number): Promise<Counted> {
  const random = seededRandom(seed)
  const whole = (most: number) => Math.floor(random.next() * (most + 1))
  let bench: Bench = makeBench({ hoppers: serials.map((serial) => ({ serial, coins: 40 + whole(60), coinMs: 50 + whole(300) })) })
  let plugged = 0
  let swaps = 0
  let coins = 0
  /** Each hopper's pay-out that is not settled, with what had left it before. */
  const open = new Map<number, { readonly intent: PayoutIntent; readonly before: number }>()
  const hand = (line: string) => bench.hand(line, plugged)
  const settledOf = ({ id }: PayoutIntent) => bench.events.find((event) => event.kind === 'settled' && event.id === id)
  const done = (wrong: string | null): Counted => ({ coins, swaps, wrong: wrong && `seed ${seed}: ${wrong}` })

  for (const index of serials.keys()) {
    await bench.hand(`set-counter ${whole(255)}`, index)
    await bench.hand(`set-total ${0xffffff - whole(30)}`, index)
  }
  await bench.hand('unplug', 1)
  await bench.open()

  const heal = async () => {
    for (const line of calm) await hand(line)
  }
  /** The booth dies and comes back; what is open is settled, never paid again. */
  const restart = async () => {
    await bench.run(bench.driver.stop())
    await heal()
    bench = makeBench({ after: bench })
    await bench.open()
  }
  const swap = async () => {
    await hand('unplug')
    await bench.clock.advance(300 + whole(2000))
    plugged = 1 - plugged
    swaps += 1
    await hand('plug')
    if (random.next() < 0.7) await hand('power-cycle')
  }
  /** Waits until the pay-out of the plugged hopper is settled, asking again as a booth does; what is wrong with it. */
  const settle = async (): Promise<string | null> => {
    const own = open.get(plugged)
    if (!own) return null
    await heal()
    for (let wait = 0; wait < 100 && !settledOf(own.intent); wait += 1) {
      if (wait % 25 === 0) {
        if (wait > 0) await restart()
        void bench.driver.execute({ kind: 'settle', intent: own.intent })
      }
      await bench.clock.advance(1000)
    }
    const settled = settledOf(own.intent)
    const left = (await bench.truth(plugged)).left - own.before
    open.delete(plugged)
    coins += left
    if (settled?.kind !== 'settled') return `a pay-out of ${own.intent.coins} was never settled`
    const { paid, unpaid } = settled
    return paid === left && paid + unpaid === own.intent.coins ? null : `of ${own.intent.coins}: ${left} left the hopper, ${paid} + ${unpaid} are known`
  }

  for (let turn = 2 + whole(4); turn > 0; turn -= 1) {
    const state = bench.hoppers()[0]
    // While a hopper is being looked for nothing is asked of it.
    if (!open.has(plugged) && state?.serial === String(serials[plugged])) {
      const intent = bench.intent(1 + whole(random.next() < 0.1 ? 60 : 8))
      open.set(plugged, { intent, before: (await bench.truth(plugged)).left })
      if (random.next() < 0.6) await hand(troubles[whole(troubles.length - 1)] ?? '')
      void bench.driver.execute({ kind: 'pay', intent })
      await bench.clock.advance(whole(3000))
    }
    const ill = random.next()
    if (ill < 0.25) await hand('power-cycle')
    else if (ill < 0.4) await swap()
    else if (ill < 0.65) await restart()
    else await bench.clock.advance(8000)
    const wrong = random.next() < 0.7 ? await settle() : null
    if (wrong !== null) return done(wrong)
    await bench.clock.advance(7000)
  }
  for (const _hopper of serials) {
    const wrong = await settle()
    if (wrong !== null) return done(wrong)
    await swap()
    await bench.clock.advance(7000)
  }
  await bench.run(bench.driver.stop())
  return done(null)
}
