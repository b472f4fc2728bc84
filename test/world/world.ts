import { parseArgs } from 'node:util'
import { trySeed } from './try-seed.ts'

/*
 * `world --seeds N [--seed S]`: the whole booth in one process on a virtual clock, with whatever can happen to it drawn from the seeds S, S+1, …
 * One JSON object a line on standard output: each seed that fails with the smallest plan that still fails, and in the end a count. Exit code 1 when one failed.
 */

const say = (line: string) => void process.stderr.write(`${line}\n`)
const { values } = parseArgs({ options: { seeds: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } } })
const [seeds, first] = [Number(values.seeds), Number(values.seed)]
if (![seeds, first].every((number) => Number.isSafeInteger(number) && number >= 0) || seeds === 0) {
  say('usage: world [--seeds N] [--seed S]')
  process.exit(2)
}

// Until it is known: nobody who stops reading is told that all is well.
process.exitCode = 1
const begun = performance.now()
let failed = 0
let visits = 0
let virtualMs = 0
let digest = ''
const records: Record<string, number> = {}
for (let seed = first; seed < first + seeds; seed += 1) {
  const tried = await trySeed(seed)
  visits += tried.visits
  virtualMs += tried.virtualMs
  ;({ digest } = tried)
  for (const [kind, count] of Object.entries(tried.records)) records[kind] = (records[kind] ?? 0) + count
  if (tried.failure) {
    failed += 1
    process.stdout.write(`${JSON.stringify({ seed, ok: false, ...tried.failure })}\n`)
    say(`Seed ${seed} fails: ${tried.failure.wrong.join('; ')}`)
  }
  if ((seed - first + 1) % 100 === 0) say(`… ${seed - first + 1} of ${seeds}`)
}
const seconds = (performance.now() - begun) / 1000
process.stdout.write(`${JSON.stringify({ seeds, first, failed, visits, virtualHours: Math.round(virtualMs / 36_000) / 100, seconds: Math.round(seconds * 10) / 10, records, lastDigest: digest })}\n`)
say(`${seeds - failed} of ${seeds} worlds hold, ${Math.round((seeds / seconds) * 10) / 10} a second.`)
process.exit(failed === 0 ? 0 : 1)
