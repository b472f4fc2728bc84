import fc from 'fast-check'
import { digestOf, type History } from './history.ts'
import { violations } from './invariants.ts'
import { plans, type Plan } from './plan.ts'
import { runPlan } from './run.ts'

/** How long the search for a smaller failing plan may take, in milliseconds. */
const shrinkMs = 240_000

/** What a seed came to. */
export interface Tried {
  readonly seed: number
  /** The same for the same seed and program. */
  readonly digest: string
  readonly visits: number
  /** Records of the journal, by kind. */
  readonly records: Readonly<Record<string, number>>
  /** The booth's time that passed. */
  readonly virtualMs: number
  /** The smallest plan found that still fails, and what is wrong with it; null when all is well. */
  readonly failure: { readonly plan: Plan; readonly wrong: readonly string[] } | null
}

/** Runs the world of one seed; when it fails by the word of `judge`, smaller plans are tried until none fails any more. */
export async function trySeed(seed: number, judge: (history: History) => readonly string[] = violations): Promise<Tried> {
  const histories: History[] = []
  let wrong: readonly string[] = []
  const property = fc.asyncProperty(plans, async (plan) => {
    const found = await runPlan(plan, seed).then(
      (history) => {
        if (histories.length === 0) histories.push(history)
        return judge(history)
      },
      (error: unknown) => [`it broke: ${(error as Error).stack}`],
    )
    if (found.length === 0) return
    wrong = found
    throw new Error(found.join('\n'))
  })
  const { failed, counterexample } = await fc.check(property, { seed, numRuns: 1, skipAllAfterTimeLimit: shrinkMs })
  const [plan] = counterexample ?? []
  const [history] = histories
  const records: Record<string, number> = {}
  for (const { kind } of history?.records ?? []) records[kind] = (records[kind] ?? 0) + 1
  return {
    seed,
    digest: history ? digestOf(history) : '',
    visits: records['visit-opened'] ?? 0,
    records,
    virtualMs: history?.end.at ?? 0,
    failure: failed && plan ? { plan, wrong } : null,
  }
}
