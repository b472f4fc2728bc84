import type { DeviceNote } from '../note-table.ts'
import { firstEscrowCode } from './codes.ts'

/** Country codes of ID-003 that stand for a currency without a smaller unit in notes. */
const countries: Readonly<Record<number, string>> = { 0x10: 'JP', 0x29: 'TW' }
const entryBytes = 4
/** Escrow codes 0x61..0x6e. */
const positions = 14
/** Entries that say more than this have been read wrongly. */
const largestExponent = 6

/** `1000`, `0100`, `010K`: four characters as CT3 appendix 15 writes a note's value. */
function fourCharacters(value: number): string {
  return value < 10_000 ? String(value).padStart(4, '0') : `${value / 1000}K`.padStart(4, '0')
}

/**
 * The validator's notes from the answer to 8A (groups of escrow code, country, base, exponent; base 0 is unused); null when it cannot be one.
 * ID-003 has no issue letters: the first escrow code of a country's value is A, the second B, and so on, in the order of their codes. A note of a
 * country that is not listed above has no identifier, and is refused.
 */
export function readDenominations(data: Uint8Array): readonly DeviceNote[] | null {
  if (data.length === 0 || data.length % entryBytes !== 0) return null
  const entries = Array.from({ length: data.length / entryBytes }, (_, index) => data.subarray(index * entryBytes, (index + 1) * entryBytes))
  const seen = new Set<number>()
  const issues = new Map<string, number>()
  const notes: DeviceNote[] = []
  for (const [code = 0, country = 0, base = 0, exponent = 0] of entries.toSorted((one, other) => (one[0] ?? 0) - (other[0] ?? 0))) {
    const position = code - firstEscrowCode + 1
    if (base === 0 || position < 1 || position > positions) continue
    if (exponent > largestExponent || seen.has(code)) return null
    seen.add(code)
    const letters = countries[country]
    if (letters === undefined) continue
    const value = base * 10 ** exponent
    const name = letters + fourCharacters(value)
    const issue = issues.get(name) ?? 0
    issues.set(name, issue + 1)
    notes.push({ position, id: name + String.fromCharCode(0x41 + issue), value })
  }
  return notes
}
