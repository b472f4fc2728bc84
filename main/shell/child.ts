import { spawn, spawnSync } from 'node:child_process'
import type { Clock } from '../../hardware/clock.ts'
import { watchSilence } from './silence.ts'

/** Children say every few seconds that they run; one that is silent for so long hangs, and is killed (F08). At its start it may have a long journal to read. */
const longestSilenceMs = 20_000
const longestStartMs = 60_000
/** A child gets this long to end by itself after its channel closed; then it is killed. */
const longestGoodbyeMs = 5_000

/** One running process of ours, spoken to in JSON. */
export interface Child {
  /** Sends a message; lost without a trace when the child is gone. */
  send(message: object): void
  /** Closes the channel, which every child of ours takes as "finish and end", and waits until it is gone. */
  stop(): Promise<void>
  /** The exit code; null when a signal ended it or it never started. */
  readonly gone: Promise<number | null>
}

/** What is started, and how. */
export interface ChildSettings {
  readonly node: string
  readonly entry: string
  readonly args: readonly string[]
  /** More memory than this for its objects, in megabytes, and it ends itself (F10). */
  readonly memoryMb: number
  /** Opens a debugging port at SIGUSR1, as every Node does: for tests of a demonstration, which look into it. */
  readonly debuggable: boolean
  readonly clock: Clock
}

/** Nothing in the shell's environment changes how a child's Node runs, but where it keeps what it compiled. */
function childEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name === 'NODE_COMPILE_CACHE' || !/^(?:NODE|ELECTRON)_/.test(name)))
}

/** Runs a child that only says something, and waits for it; empty when it says nothing. */
export function askChild(node: string, entry: string, args: readonly string[]): string {
  const { stdout } = spawnSync(node, [entry, ...args], { stdio: ['ignore', 'pipe', 2], env: childEnvironment(), encoding: 'utf8', timeout: longestStartMs })
  return stdout ?? ''
}

/** Starts a child and kills it when it hangs. What it prints, on either stream, goes to our standard error: standard output is not the children's. */
export function startChild({ node, entry, args, memoryMb, debuggable, clock }: ChildSettings, onMessage: (message: unknown) => void): Child {
  // A process group of its own: Ctrl+C in a terminal reaches the shell alone, which then ends its children in the right order.
  // New objects get room at once: growing it costs a fifth of the start.
  const flags = [`--max-old-space-size=${memoryMb}`, '--min-semi-space-size=16', ...(debuggable ? [] : ['--disable-sigusr1'])]
  const child = spawn(node, [...flags, entry, ...args], { stdio: ['ignore', 2, 2, 'ipc'], env: childEnvironment(), detached: true })
  const silence = watchSilence(clock, () => child.kill('SIGKILL'))
  silence.expect(longestStartMs)
  const gone = new Promise<number | null>((done) => {
    const end = (code: number | null) => {
      silence.end()
      done(code)
    }
    child.once('exit', end)
    child.once('error', () => end(null))
  })
  child.on('message', (message) => {
    silence.expect(longestSilenceMs)
    if (typeof message !== 'object' || message === null || Reflect.get(message, 'kind') !== 'alive') onMessage(message)
  })
  return {
    send(message) {
      if (child.connected) child.send(message, () => {})
    },
    async stop() {
      if (child.connected) child.disconnect()
      const patience = clock.after(longestGoodbyeMs, () => child.kill('SIGKILL'))
      await gone
      patience()
    },
    gone,
  }
}
