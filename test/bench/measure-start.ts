import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startBench } from '../../build/bench-process.ts'
import { root } from '../../build/sources.ts'
import { peerArguments, program, rootSwitches } from './host.ts'
import { measurement, type Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'

const pairs = 7
const longestMs = 60_000

/** Milliseconds from the launch of the host to the moment when it says that `screen` is drawn; by then it has ended. */
async function launch(args: readonly string[], screen: string): Promise<number> {
  const began = performance.now()
  const host = spawn(program, [...rootSwitches, ...args], { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
  host.stdin.on('error', () => {})
  const gone = new Promise<void>((done) => host.once('exit', () => done()).once('error', () => done()))
  const limit = setTimeout(() => host.kill('SIGKILL'), longestMs)
  let took: number | null = null
  for await (const line of createInterface({ input: host.stdout })) {
    if (took !== null || (JSON.parse(line) as { readonly drawn: string | null }).drawn !== screen) continue
    took = performance.now() - began
    host.stdin.end()
  }
  await gone
  clearTimeout(limit)
  if (took === null) throw new Error(`${screen} was never drawn`)
  return took
}

/** From the launch to the attract screen, which needs every device of the booth, beside the same host with an empty page, in turns. */
export async function* measureStart(): AsyncGenerator<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-measure-'))
  mkdirSync(join(folder, 'bench'))
  const bench = await startBench(join(folder, 'bench'))
  const [blank, attract]: [number[], number[]] = [[], []]
  try {
    for (let pair = 0; pair <= pairs; pair += 1) {
      const peer = await launch(peerArguments('blank-page.mjs'), 'blank page')
      const ours = await launch([root, '--config', bench.config, '--data', folder, '--attached', '--report'], 'attract')
      // The first of each only warms what the machine keeps of a program that ran before, and makes the booth's keys.
      if (pair === 0) continue
      blank.push(peer)
      attract.push(ours)
    }
  } finally {
    await bench.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const ratios = attract.map((ours, pair) => ours / (blank[pair] ?? Number.NaN))
  yield measurement('start', 'blank page', blank)
  yield measurement('start', 'attract', attract, { peer: 'blank page', ratio: percentile(ratios, 0.5) })
}
