import { existsSync, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
const gigabyte = 2 ** 30

function hasRoom(): boolean {
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > gigabyte
}

const place = existsSync(memory) && hasRoom() ? memory : tmpdir()

/** Makes an empty folder, in memory where that can be had: for tests of what a booth does, not of how long a busy disk takes. */
export const memoryFolder = (name: string): string => mkdtempSync(join(place, `cardbooth-${name}-`))
