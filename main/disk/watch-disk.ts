import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../hardware/clock.ts'
import type { FaultCode } from '../../hardware/faults.ts'
import { isFull } from './full.ts'

/** What can be wrong with the disk. `disk-low` comes before `disk-full`: the reserve is whole until a visit that was under way needs it. */
export type DiskFault = Extract<FaultCode, 'disk-low' | 'disk-full' | 'disk-failing'>

export interface DiskLimits {
  /** Kept back in a file, so that a visit under way can be finished on a full disk. */
  readonly reserveBytes: number
  /** With less free than this nothing is sold. */
  readonly lowBytes: number
}

/** The disk under the booth's data. */
export interface Disk {
  /** Calls `listen` with what is wrong now, and with each change. */
  watch(listen: (fault: DiskFault | null) => void): void
  /** Looks how much is free: at the start, before a visit, and every minute by itself. */
  measure(): void
  /** Gives the reserve back to the visit that is under way; false when it is gone already. */
  release(): boolean
  stop(): void
}

const everyMs = 60_000
const chunk = 65_536

/** Whether what is written and flushed in `dir` can be read back; a disk without room for it is not broken. */
export async function canRemember(dir: string): Promise<boolean> {
  const file = join(dir, 'disk-check')
  const bytes = randomBytes(64)
  try {
    const handle = await open(file, 'w', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const same = bytes.equals(await readFile(file))
    await rm(file)
    return same
  } catch (error) {
    return isFull(error)
  }
}

/** Watches the disk under `dir` and keeps a reserve on it. */
export function watchDisk(dir: string, limits: DiskLimits, clock: Clock): Disk {
  const reserve = join(dir, 'reserve')
  const listeners = new Set<(fault: DiskFault | null) => void>()
  let fault: DiskFault | null = null
  let failing = false
  let stopped = false
  let cancel = () => {}

  const isReserved = () => (statSync(reserve, { throwIfNoEntry: false })?.size ?? 0) >= limits.reserveBytes
  /** Blocks that are really there: a file system may keep zeros, or a length, without room for them. */
  const keepReserve = (): boolean => {
    try {
      const descriptor = openSync(reserve, 'w', 0o600)
      try {
        const bytes = randomBytes(chunk)
        for (let written = 0; written < limits.reserveBytes; written += chunk) writeSync(descriptor, bytes)
        fsyncSync(descriptor)
      } finally {
        closeSync(descriptor)
      }
      return true
    } catch {
      rmSync(reserve, { force: true })
      return false
    }
  }
  const look = (): DiskFault | null => {
    if (failing) return 'disk-failing'
    const { bavail, bsize } = statfsSync(dir)
    const free = bavail * bsize
    if (isReserved()) return free < limits.lowBytes ? 'disk-low' : null
    return free >= limits.lowBytes + limits.reserveBytes && keepReserve() ? null : 'disk-full'
  }
  const tell = (next: DiskFault | null) => {
    if (next === fault) return
    fault = next
    for (const listen of listeners) listen(fault)
  }
  const measure = () => {
    let next: DiskFault | null
    try {
      next = look()
    } catch {
      next = 'disk-failing'
    }
    tell(next)
  }
  const check = async () => {
    failing = !(await canRemember(dir))
    if (stopped) return
    measure()
    cancel = clock.after(everyMs, () => void check())
  }

  measure()
  cancel = clock.after(everyMs, () => void check())
  return {
    watch(listen) {
      listeners.add(listen)
      if (fault) listen(fault)
    },
    measure,
    release() {
      if (!isReserved()) return false
      rmSync(reserve, { force: true })
      // Not measured: what there is of it now belongs to the visit.
      tell('disk-full')
      return true
    },
    stop() {
      stopped = true
      cancel()
    },
  }
}
