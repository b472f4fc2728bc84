import { spawn } from 'node:child_process'
import type { Clock } from '../../hardware/clock.ts'

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

/** Starts `entry` under `node`. What it prints, on either stream, goes to our standard error: standard output is not the children's. */
export function startChild(node: string, entry: string, args: readonly string[], clock: Clock, onMessage: (message: unknown) => void): Child {
  const { NODE_OPTIONS: _nodeOptions, ...environment } = process.env
  // A process group of its own: Ctrl+C in a terminal reaches the shell alone, which then ends its children in the right order.
  const child = spawn(node, [entry, ...args], { stdio: ['ignore', 2, 2, 'ipc'], env: environment, detached: true })
  const gone = new Promise<number | null>((done) => {
    child.once('exit', done)
    child.once('error', () => done(null))
  })
  child.on('message', onMessage)
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
