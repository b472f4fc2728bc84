import { numberOf } from '../cctalk/frames.ts'
import type { Link } from '../cctalk/link.ts'
import type { Clock } from '../clock.ts'
import type { DeviceTable } from './coin-table.ts'
import { headers } from './headers.ts'

/** How often it is asked while no coin is wanted. */
const everyMs = 3_600_000

/** How many coins an acceptor ever accepted, modulo 2^24: by identifier, or of `all` kinds. */
export type Counts = Readonly<Record<string, number>>

/** The acceptor's own counters: the second witness of what fell. */
export interface OwnCounts {
  isDue(): boolean
  /** Reads them for `coins`; null when they cannot be read, are the same as before, or `isStill` says that a coin fell meanwhile: then they are due again. */
  read(coins: DeviceTable, isStill: () => Promise<boolean>): Promise<Counts | null>
  /** They are due, and told even if they are the same. */
  forget(): void
}

export function makeOwnCounts(link: Link, clock: Clock): OwnCounts {
  let next = 0
  let told = ''
  return {
    isDue: () => clock.monotonic() >= next,
    async read(coins, isStill) {
      next = clock.monotonic() + everyMs
      const counts = await readCounts(link, coins)
      if (counts && !(await isStill())) next = 0
      else if (counts && JSON.stringify(counts) !== told) {
        told = JSON.stringify(counts)
        return counts
      }
      return null
    },
    forget() {
      next = 0
      told = ''
    },
  }
}

/** By identifier (header 150), or of `all` kinds (225) where it counts no single ones; null where it counts nothing, and when a counter that it has was not heard. */
async function readCounts(link: Link, coins: DeviceTable): Promise<Counts | null> {
  const counts: Record<string, number> = {}
  for (const [index, { position, id }] of coins.entries()) {
    const bytes = await link.ask(headers.acceptCountOf, { data: [position], tries: 2 })
    if (!bytes && index > 0) return null
    if (!bytes) break
    counts[id] = ((counts[id] ?? 0) + numberOf(bytes)) % 2 ** 24
  }
  if (Object.keys(counts).length > 0) return counts
  const all = await link.ask(headers.acceptCount, { tries: 2 })
  return all && { all: numberOf(all) }
}
