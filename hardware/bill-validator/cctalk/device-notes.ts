import type { Link } from '../../cctalk/link.ts'
import { plainText } from '../../plain-text.ts'
import type { DeviceNote } from '../note-table.ts'
import { headers } from './headers.ts'

/** Bill types of the table and of the inhibit mask. */
const positions = 16
/** Silent positions that end the table of a device with fewer. */
const silentEnd = 3

/** What one unit of `VVVV` is worth in the currency's unit (CT2 3.96); null when the device does not know the country, or has no such command. */
async function readScale(link: Link, country: string): Promise<number | null> {
  const bytes = await link.ask(headers.scaling, { data: Array.from(country, (letter) => letter.charCodeAt(0)), tries: 2 })
  const [low = 0, high = 0, decimals = 0] = bytes ?? []
  const factor = low | (high << 8)
  return factor === 0 ? null : factor / 10 ** decimals
}

/**
 * Reads the notes (header 157) and what they are worth by the device's own scaling (156); null when the table cannot be trusted. Empty positions are
 * dots; a device with fewer positions may be silent on the rest, but one that is silent before one that answers was lost on the line.
 */
export async function readNotes(link: Link): Promise<readonly DeviceNote[] | null> {
  const scales = new Map<string, number | null>()
  const notes: DeviceNote[] = []
  let silent = 0
  for (let position = 1; position <= positions && silent < silentEnd; position += 1) {
    const bytes = await link.ask(headers.billId, { data: [position], tries: silent > 0 ? 1 : 3 })
    if (!bytes) silent += 1
    else if (silent > 0) return null
    else {
      const id = plainText(bytes)
      if (id.replaceAll('.', '') === '') continue
      const [, country = '', value] = /^([A-Z]{2})(\d{4})[A-Z]$/.exec(id) ?? []
      if (value !== undefined && !scales.has(country)) scales.set(country, await readScale(link, country))
      const scale = scales.get(country) ?? null
      notes.push({ position, id, value: scale === null || value === undefined ? null : Number(value) * scale })
    }
  }
  return notes
}
