import { parseApdu, type Apdu } from './apdu.ts'
import { applicationIds, type ApplicationId, type Place } from './applications.ts'

/** Elementary files that may be selected, read or named by a short id, by application; the Individual Number's files and their like stand in none. */
const files: Readonly<Partial<Record<Place, readonly number[]>>> = {
  jpki: [0x01, 0x02, 0x06, 0x08, 0x0a, 0x0b, 0x17, 0x18, 0x1a, 0x1b],
  'input-support': [0x02, 0x04, 0x05, 0x11, 0x15],
  common: [0x01],
}
/** Keys that may be asked for their tries, shown a PIN, and given a new one. */
const pins: Readonly<Partial<Record<Place, readonly number[]>>> = { jpki: [0x18, 0x1b], 'input-support': [0x11, 0x15] }
const signingKeys = [0x17, 0x1a]
/** What a MOICA card is read for: card number, generation, and certificates with their directory. */
const moicaFiles = ['7fff', '0900', '0903', '0905', '5030', '08f2', '4104', '5032']
const moicaRoot = '3f00'
const longestPin = 16

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const applicationOf = (data: Uint8Array) =>
  (Object.keys(applicationIds) as ApplicationId[]).find((name) => applicationIds[name] === hexOf(data)) ?? null

/** The short file id in a byte whose upper bit says that there is one (100xxxxx); 0 is the current file, null is nonsense. */
const shortId = (byte: number): number | null => ((byte & 0xe0) === 0x80 ? byte & 0x1f : null)

/** Below everything else: what may be sent to a card at all. It follows where the card stands, because files are named in their application alone. */
export interface AllowList {
  /** Whether `command` may be sent to the card as it stands now. */
  permits(command: Uint8Array): boolean
  /** Notes what came of a permitted command: its status word, or null when nobody knows. */
  note(command: Uint8Array, status: number | null): void
  /** The card was powered, reset or let go. */
  reset(): void
}

/**
 * An allow-list for one reader. When it is not known whether a SELECT took effect the card counts as standing in both places, and a command must be harmless in each.
 */
export function makeAllowList(): AllowList {
  let places: ReadonlySet<Place> = new Set(['none'])
  const everywhere = (fits: (place: Place) => boolean) => [...places].every(fits)
  const inAll = (table: Readonly<Partial<Record<Place, readonly number[]>>>, file: number) => everywhere((place) => table[place]?.includes(file) === true)
  /** The file of a short id, or the current one: it was selected through this list. */
  const reaches = (table: Readonly<Partial<Record<Place, readonly number[]>>>, id: number | null) =>
    id === 0 ? everywhere((place) => table[place] !== undefined) : id !== null && inAll(table, id)

  /** Where a SELECT leads; null when it is no SELECT of an application. */
  const target = ({ cla, ins, p1, p2, data }: Apdu): Place | null => {
    if (ins !== 0xa4) return null
    if (cla === 0x80) return p1 === 0 && p2 === 0 && hexOf(data) === moicaRoot ? 'moica-1' : null
    return cla === 0 && p1 === 0x04 && (p2 === 0x00 || p2 === 0x0c) ? applicationOf(data) : null
  }

  const selects = (command: Apdu): boolean => {
    const { cla, p1, p2, data } = command
    const place = target(command)
    // A first-generation MOICA card is looked for only where no other application was found.
    if (place !== null) return place !== 'moica-1' || everywhere((at) => at === 'none' || at === 'moica-1')
    if (data.length !== 2) return false
    if (cla === 0x80) return p1 === 0 && p2 === 0 && everywhere((at) => at === 'moica-1') && moicaFiles.includes(hexOf(data))
    if (p1 === 0x00 && p2 === 0x04) return everywhere((at) => at === 'moica-2') && moicaFiles.includes(hexOf(data))
    return p1 === 0x02 && p2 === 0x0c && data[0] === 0 && inAll(files, data[1] ?? 0)
  }

  const reads = ({ cla, p1, data }: Apdu): boolean => {
    if (data.length > 0) return false
    const isPlain = (p1 & 0x80) === 0
    if (cla === 0x80) return isPlain && everywhere((at) => at === 'moica-1')
    if (isPlain) return everywhere((at) => files[at] !== undefined || at === 'moica-2')
    const id = shortId(p1)
    return id !== 0 && reaches(files, id)
  }

  const usesPin = ({ p1, p2, data, le }: Apdu, order: number): boolean =>
    p1 === order && le === null && data.length <= longestPin && reaches(pins, shortId(p2))

  const allows = (command: Apdu): boolean => {
    const { cla, ins, p1, p2, data, le } = command
    switch ((cla << 8) | ins) {
      case 0x00a4:
      case 0x80a4:
        return selects(command)
      case 0x00b0:
      case 0x80b0:
        return reads(command)
      case 0x00b2:
        return data.length === 0 && (p2 & 0x07) === 0x04 && p2 >> 3 < 0x1f && reaches(files, p2 >> 3)
      case 0x0020:
        return usesPin(command, 0x00)
      case 0x0024:
        return data.length > 0 && usesPin(command, 0x01)
      case 0x0084:
        return p1 === 0 && p2 === 0 && data.length === 0 && le !== null
      case 0x802a: {
        const key = shortId(p2)
        return [0, 2, 3, 4, 5].includes(p1) && everywhere((at) => at === 'jpki') && (key === 0 || (key !== null && signingKeys.includes(key)))
      }
      default:
        return false
    }
  }

  return {
    permits(command) {
      const parsed = parseApdu(command)
      return parsed !== null && allows(parsed)
    },
    note(command, status) {
      const parsed = parseApdu(command)
      const place = parsed && target(parsed)
      if (!place) return
      if (status === null) places = new Set([...places, place])
      else if (status === 0x9000 || [0x61, 0x62, 0x63].includes(status >> 8)) places = new Set([place])
    },
    reset() {
      places = new Set(['none'])
    },
  }
}
