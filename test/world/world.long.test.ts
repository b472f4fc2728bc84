import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const seeds = 10_000
/** So many for each process: one after another, as many at a time as the machine has processors. */
const batch = 250
const program = fileURLToPath(new URL('world.ts', import.meta.url))

/** What the worlds of these seeds came to: a line for each that fails, and the count. */
async function worldsFrom(first: number): Promise<readonly unknown[]> {
  const running = spawn(process.execPath, [program, '--seeds', String(batch), '--seed', String(first)], { stdio: ['ignore', 'pipe', 'ignore'] })
  return (await text(running.stdout)).trim().split('\n').map((line) => JSON.parse(line) as unknown)
}

test(`the world holds with seeds 1 to ${seeds}`, async () => {
  const firsts = Array.from({ length: seeds / batch }, (_, index) => 1 + index * batch)
  const failures: unknown[] = []
  let held = 0
  const runOn = async () => {
    for (let first = firsts.shift(); first !== undefined; first = firsts.shift()) {
      const lines = await worldsFrom(first)
      failures.push(...lines.slice(0, -1))
      const count = lines.at(-1) as { readonly seeds: number; readonly failed: number }
      held += count.seeds - count.failed
      process.stderr.write(`… ${held} of ${seeds} worlds hold, ${failures.length} do not\n`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, runOn))
  expect(failures).toEqual([])
  expect(held).toBe(seeds)
})
