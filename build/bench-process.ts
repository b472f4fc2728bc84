import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './sources.ts'

/** The simulators, the reference centre and the demonstration's configuration, run by `main/commands/bench.ts`. */
export interface BenchProcess {
  /** The configuration that it wrote. */
  readonly config: string
  /** Resolves when it ended, wanted or not. */
  readonly gone: Promise<void>
  /** Ends it and waits. */
  stop(): Promise<void>
}

const longestStartMs = 30_000
const longestGoodbyeMs = 5_000

/** Starts the bench in `folder` and waits until all of it is up; throws when it does not come up. */
export async function startBench(folder: string): Promise<BenchProcess> {
  const child = spawn(process.execPath, [join(root, 'main/commands/bench.ts'), '--dir', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  // Its standard input closes when this process dies in whatever way, and then it ends too.
  child.stdin.on('error', () => {})
  const gone = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', () => done())
  })
  const stop = async () => {
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), longestGoodbyeMs)
    await gone
    clearTimeout(patience)
  }
  const lines = createInterface({ input: child.stdout })
  const limit = setTimeout(() => lines.close(), longestStartMs)
  let config: string | null = null
  for await (const line of lines) {
    if (!line.startsWith('{')) continue
    const message = JSON.parse(line) as { readonly ready?: boolean; readonly config?: string }
    if (message.ready !== true || message.config === undefined) continue
    config = message.config
    break
  }
  clearTimeout(limit)
  // Whatever it says later is read and dropped: a full pipe would stop it.
  child.stdout.resume()
  if (config === null) {
    await stop()
    throw new Error('the simulators did not come up')
  }
  return { config, gone, stop }
}
