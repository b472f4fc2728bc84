import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach } from 'vitest'
import { realClock } from '../../hardware/clock.ts'
import { openPtyPair, type PtyPair } from '../../main/commands/demo/pty-pair.ts'

/** A line that a command said. */
export type Line = Readonly<Record<string, unknown>>

export const named = (lines: readonly Line[], event: string) => lines.filter((line) => line['event'] === event)

/** For each test a folder with a cable in it (`booth` and `booth-device`), and commands that run there; all of it is gone afterwards. */
export function commandBench() {
  let folder = ''
  let cable: PtyPair
  let children: ChildProcess[] = []
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cardbooth-commands-'))
    cable = await openPtyPair(join(folder, 'booth'), realClock())
    children = []
  })
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL')
    await cable.cut()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder: () => folder,
    cable: () => cable,
    /** Killed after the test, if it still runs. */
    adopt: (child: ChildProcess) => void children.push(child),
    /** Runs a command; its lines are collected. */
    run(command: string, words: readonly string[]) {
      const file = fileURLToPath(new URL(`../../${command}`, import.meta.url))
      const child = spawn(process.execPath, [file, ...words], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, INIT_CWD: folder } })
      children.push(child)
      const lines: Line[] = []
      createInterface({ input: child.stdout }).on('line', (line) => void lines.push(JSON.parse(line) as Line))
      const ended = new Promise<number | null>((done) => void child.once('close', done))
      return { child, lines, ended, hand: (line: string) => void child.stdin.write(`${line}\n`) }
    },
  }
}
