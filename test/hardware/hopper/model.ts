import { makeBench, type Bench } from './bench.ts'

/** What a booth knows of one pay-out. */
interface Known {
  readonly asked: number
  paid: number | null
}

/** Deterministic chance: mulberry32. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const troubles = ['garble 1', 'garble 3', 'twice 2', 'lose-replies 1', 'lose-replies 2', 'late 120', 'late 0', 'stall 0', 'stall 1', 'noise 30', 'silent on']

/**
 * One run: pay-outs one after the other while replies are lost, doubled, damaged and late, the hopper's supply goes and the booth is killed; what the booth knows in
 * the end beside what really left the hopper. Null when they agree.
 */
export async function hopperRun(seed: number): Promise<string | null> {
  const chance = chanceOf(seed)
  const whole = (most: number) => Math.floor(chance() * (most + 1))
  let bench: Bench = makeBench({ hoppers: [{ coins: 40 + whole(60), coinMs: 50 + whole(300) }] })
  await bench.hand(`set-counter ${whole(255)}`)
  await bench.hand(`set-total ${0xffffff - whole(30)}`)
  await bench.open()
  const known: Known[] = []

  const heal = async () => {
    for (const line of ['silent off', 'late 0', 'garble 0', 'lose-replies 0', 'twice 0']) await bench.hand(line)
  }
  /** The booth dies and comes back; what is open is settled, never paid again. */
  const restart = async () => {
    await bench.run(bench.driver.stop())
    await heal()
    bench = makeBench({ after: bench })
    await bench.open()
  }
  const payouts = 2 + whole(4)
  for (let turn = 0; turn < payouts; turn += 1) {
    const before = await bench.truth()
    const intent = bench.intent(1 + whole(8))
    const entry: Known = { asked: intent.coins, paid: null }
    known.push(entry)
    if (chance() < 0.6) await bench.hand(troubles[whole(troubles.length - 1)] ?? '')
    void bench.driver.execute({ kind: 'pay', intent })
    await bench.clock.advance(whole(3000))
    const ill = chance()
    if (ill < 0.25) await bench.hand('power-cycle')
    if (ill > 0.7) await restart()
    else {
      await bench.clock.advance(8000)
      await heal()
    }
    const found = () => bench.events.find((event) => event.kind === 'settled' && event.id === intent.id)
    for (let wait = 0; wait < 100 && !found(); wait += 1) {
      if (wait % 25 === 0) {
        if (wait > 0) await restart()
        void bench.driver.execute({ kind: 'settle', intent })
      }
      await bench.clock.advance(1000)
    }
    const settled = found()
    if (settled?.kind !== 'settled') return `seed ${seed}: pay-out ${turn} was never settled`
    entry.paid = settled.paid
    const left = (await bench.truth()).left - before.left
    if (settled.paid !== left || settled.paid + settled.unpaid !== intent.coins)
      return `seed ${seed}: pay-out ${turn} of ${intent.coins}: ${left} left the hopper, ${settled.paid} + ${settled.unpaid} are known`
    await bench.clock.advance(3000)
  }
  await bench.run(bench.driver.stop())
  return null
}
