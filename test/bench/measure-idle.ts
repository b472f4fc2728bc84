import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startBench } from '../../build/bench-process.ts'
import { root } from '../../build/sources.ts'
import { program, rootSwitches } from './host.ts'
import { memoryFolder } from '../support/memory-folder.ts'
import { measurement, type Measurement } from './measurement.ts'
import { familyOf, usageOf } from './processes.ts'

const settleMs = 10_000
const seconds = 40

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** What the booth costs while nobody is there: processor time of all its processes, browser and children, without the simulators and the centre; and what it writes. */
export async function* measureIdle(): AsyncGenerator<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-measure-'))
  mkdirSync(join(folder, 'bench'))
  const bench = await startBench(join(folder, 'bench'))
  const args = [...rootSwitches, root, '--config', bench.config, '--data', folder, '--attached', '--report']
  // As an installed booth has it: what the browser keeps lies in memory.
  const memory = memoryFolder('measure')
  const shell = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], detached: true, env: { ...process.env, TMPDIR: memory } })
  const gone = new Promise((done) => shell.once('exit', done))
  const shares: number[] = []
  try {
    for await (const line of createInterface({ input: shell.stdout })) if (line.startsWith('{"drawn":"attract"')) break
    await pause(settleMs)
    const family = familyOf(shell.pid ?? 0)
    const first = usageOf(family)
    for (let [before, since] = [first, performance.now()]; shares.length < seconds; ) {
      await pause(1_000)
      const [now, at] = [usageOf(family), performance.now()]
      shares.push(((now.cpuMs - before.cpuMs) / (at - since)) * 100)
      ;[before, since] = [now, at]
    }
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    yield measurement('idle', 'a second on the attract screen', shares, null, '% of a core')
    yield measurement('idle', 'attract screen', [mean], null, '% of a core')
    yield measurement('idle', 'written to the disk', [(usageOf(family).written - first.written) / 1_024], null, `kB in ${seconds} s`)
  } finally {
    shell.stdin.end()
    await gone
    await bench.stop()
    for (const one of [folder, memory]) rmSync(one, { recursive: true, force: true })
  }
}
