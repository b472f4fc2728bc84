import { spawn } from 'node:child_process'
import type { Clock } from './clock.ts'

/** What a program left behind. */
export interface Ran {
  /**
   * `late`: it was still running when its time was over, and was killed · `flooded`: it said more than it may · `stopped`: the signal ended it ·
   * `missing`: it could not be started.
   */
  readonly ended: 'exited' | 'late' | 'flooded' | 'stopped' | 'missing'
  /** Null when it did not end by itself. */
  readonly exitCode: number | null
  /** Whoever asked wipes it when it is about a person. */
  readonly output: Buffer
  /** The first 8 KiB of its standard error. */
  readonly complaints: string
}

export interface RunOptions {
  /** Milliseconds after which it is killed, with whatever it has started. */
  readonly limitMs: number
  /** What it reads on standard input. */
  readonly input?: Uint8Array
  /** Ends it at once. */
  readonly signal?: AbortSignal
  /** The most bytes that it may say on standard output; 1 MiB when not said. */
  readonly mostBytes?: number
}

/** Runs one program with these words. Never throws, never rejects. */
export type RunProgram = (program: string, words: readonly string[], options: RunOptions) => Promise<Ran>

const mostComplaints = 8 * 1024

/**
 * Runs programs that stand between the booth and a device (gphoto2, lp). They work in `/proc`, where nobody can make a file, root included: what a
 * program would leave lying there (gphoto2 its picture, in a temporary file) stays in memory. Their words are English whatever the machine speaks.
 * `timeout` ends them too, so that none outlives a booth that was killed.
 */
export function programRunner(clock: Clock, environment: Readonly<Record<string, string>> = {}): RunProgram {
  return (program, words, { limitMs, input, signal, mostBytes = 1024 * 1024 }) =>
    new Promise((done) => {
      const parts: Buffer[] = []
      let bytes = 0
      let complaints = ''
      let ended: Ran['ended'] = 'exited'
      const lastSeconds = String(Math.ceil(limitMs / 1000) + 10)
      const child = spawn('timeout', ['--signal=KILL', lastSeconds, program, ...words], {
        cwd: '/proc',
        env: { PATH: process.env['PATH'], HOME: '/proc', LC_ALL: 'C', ...environment },
        stdio: ['pipe', 'pipe', 'pipe'],
        // A group of its own, so that what it starts ends with it.
        detached: true,
      })
      const kill = (reason: 'late' | 'flooded' | 'stopped') => {
        ended = reason
        try {
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
        } catch {
          // It ended this very moment.
        }
      }
      const cancel = clock.after(limitMs, () => kill('late'))
      const stop = () => kill('stopped')
      signal?.addEventListener('abort', stop)
      if (signal?.aborted) stop()
      const finish = (exitCode: number | null) => {
        cancel()
        signal?.removeEventListener('abort', stop)
        const output = Buffer.concat(parts)
        for (const part of parts) part.fill(0)
        // `timeout` says 127 for a program that is not there and 126 for one that may not be run.
        const isMissing = ended === 'exited' && (exitCode === null || ((exitCode === 127 || exitCode === 126) && complaints.startsWith('timeout:')))
        done({ ended: isMissing ? 'missing' : ended, exitCode: ended === 'exited' && !isMissing ? exitCode : null, output, complaints })
      }
      child.on('error', () => finish(null))
      child.on('close', finish)
      child.stdin.on('error', () => undefined)
      child.stdin.end(input)
      child.stdout.on('data', (part: Buffer) => {
        bytes += part.length
        parts.push(part)
        if (bytes > mostBytes) kill('flooded')
      })
      child.stderr.on('data', (part: Buffer) => {
        complaints = (complaints + part.toString('latin1')).slice(0, mostComplaints)
      })
    })
}
