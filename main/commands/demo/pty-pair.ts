import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import type { Clock } from '../../../hardware/clock.ts'

/** A cable between two pseudo-terminals: what is written to one end comes out of the other. */
export interface PtyPair {
  /** Paths of the two ends, as serial ports. */
  readonly booth: string
  readonly device: string
  /** Tears the cable: both ends hang up and their paths are gone. */
  cut(): Promise<void>
}

const openTimeoutMs = 5000

/** Lays a cable with socat, its ends at `<path>` and `<path>-device`; throws when socat cannot. */
export async function openPtyPair(path: string, clock: Clock): Promise<PtyPair> {
  const ends = { booth: path, device: `${path}-device` }
  for (const end of Object.values(ends)) rmSync(end, { force: true })
  const socat = spawn('socat', [`pty,raw,echo=0,link=${ends.booth}`, `pty,raw,echo=0,link=${ends.device}`], { stdio: 'ignore' })
  const ended = new Promise<void>((done) => {
    socat.once('exit', () => done())
    socat.once('error', () => done())
  })
  let gone = false
  void ended.then(() => (gone = true))
  for (const start = clock.monotonic(); !existsSync(ends.booth) || !existsSync(ends.device); ) {
    if (gone || clock.monotonic() - start > openTimeoutMs) throw new Error('socat could not open a pair of pseudo-terminals')
    await new Promise<void>((done) => void clock.after(10, done))
  }
  return {
    ...ends,
    async cut() {
      socat.kill('SIGTERM')
      await ended
      for (const end of Object.values(ends)) rmSync(end, { force: true })
    },
  }
}
