import { fileURLToPath } from 'node:url'
import { startPrivatePcscd } from '../support/private-pcscd.ts'
import { measurement, type Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'

interface Pairs {
  readonly checks: readonly number[]
  readonly bares: readonly number[]
}

interface Rounds {
  /** A card that is a program answers at once; at the pace of a chip it takes 5 ms for each command. */
  readonly atOnce: Pairs
  readonly atPace: Pairs
  readonly insertions: readonly number[]
  readonly removals: readonly number[]
}

/** A check of a virtual card through pcscd beside the same commands sent bare, and how soon the driver tells of a card that comes and one that goes. */
export async function* measureCard(): AsyncGenerator<Measurement> {
  const pcscd = await startPrivatePcscd()
  try {
    const { out, errors } = await pcscd.run(process.execPath, [fileURLToPath(new URL('peers/card-rounds.ts', import.meta.url)), String(pcscd.port)])
    if (out.length === 0) throw new Error(errors)
    const { atOnce, atPace, insertions, removals } = JSON.parse(out.toString()) as Rounds
    for (const [name, { checks, bares }] of [['check', atPace], ['check of a card without a time of its own', atOnce]] as const)
      yield measurement('card', name, checks, { peer: 'the same commands, bare', ratio: percentile(checks, 0.5) / percentile(bares, 0.5) })
    yield measurement('card', 'inserted to facts', insertions)
    yield measurement('card', 'removed to told', removals)
  } finally {
    await pcscd.stop()
  }
}
