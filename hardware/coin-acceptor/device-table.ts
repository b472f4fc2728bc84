import type { Link } from '../cctalk/link.ts'
import { plainText } from '../plain-text.ts'
import type { DeviceTable } from './coin-table.ts'
import { headers } from './headers.ts'

/** What header 245 says of every coin acceptor (CT3 table 1). */
export const categories = ['Coin Acceptor'] as const
/** Positions of the coin table and of the inhibit mask. */
const positions = 16
/** Silent positions that end the table of a device with fewer than 16. */
const silentEnd = 3

/**
 * Reads the coin table (header 184); null when it cannot be trusted. Empty positions say `......` (CT3 appendix 3); a device with fewer positions may
 * be silent on the rest, but a position that is silent before one that answers was lost on the line.
 */
export async function readTable(link: Link): Promise<DeviceTable | null> {
  const table: { position: number; id: string }[] = []
  let silent = 0
  for (let position = 1; position <= positions && silent < silentEnd; position += 1) {
    const bytes = await link.ask(headers.coinId, { data: [position], tries: silent > 0 ? 1 : 3 })
    if (!bytes) silent += 1
    else if (silent > 0) return null
    else {
      const id = plainText(bytes)
      if (id.replaceAll('.', '') !== '') table.push({ position, id })
    }
  }
  return table
}
