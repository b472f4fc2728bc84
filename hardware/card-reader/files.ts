import { cardText, type CardText } from './card-text.ts'
import type { ContentFault } from './events.ts'
import { parseTlv } from './tlv.ts'

const ascii = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

/** What JPKI's EF 0006 says of the token; null when it is no text that this booth knows. */
export function parseTokenInfo(bytes: Uint8Array): 'card' | 'phone' | 'juki' | null {
  switch (ascii(bytes.subarray(0, 32)).trimEnd()) {
    case 'JPKIAPICCTOKEN2':
      return 'card'
    case 'JPKIAPGPSETOKEN':
    case 'JPKIAPIOSTOKEN':
      return 'phone'
    case 'JPKIAPICCTOKEN':
      return 'juki'
    default:
      return null
  }
}

/** Which certificates JPKI's EF 0008 says are there; null when it is too short to say. */
export function parsePresence(bytes: Uint8Array): { readonly signature: boolean; readonly authentication: boolean } | null {
  const present = 0x8f
  return bytes.length < 2 ? null : { signature: bytes[0] === present, authentication: bytes[1] === present }
}

/** A day written YYYYMMDD as YYYY-MM-DD; null for digits that are no day of the calendar (A11). */
export function parseDay(digits: string): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(digits) ?? []
  if (year === undefined) return null
  const text = `${year}-${month}-${day}`
  const time = Date.parse(`${text}T00:00:00Z`)
  // A day that the calendar does not have rolls on into the next month.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text || Number(year) < 1800 ? null : text
}

/** The last day of the card in record 1 of the common application's EF 0001 (tag 01: serial 15, municipality 5, expiry 8 digits); null when it is no day. */
export function parseCardExpiry(record: Uint8Array): string | null | ContentFault {
  const objects = parseTlv(record)
  if (typeof objects === 'string') return objects
  const value = objects.find(({ tag }) => tag === 0x01)?.value
  if (value?.length !== 28) return 'content'
  return parseDay(ascii(value).slice(20))
}

/** The four attributes of a person, as the input-support application's EF 0002 holds them. */
export interface Attributes {
  readonly name: CardText
  readonly address: CardText
  /** YYYY-MM-DD; null when the card holds no day that exists. */
  readonly birth: string | null
  /** `1` male, `2` female, `9` not applicable, or whatever single character stands there. */
  readonly sex: string
}

/** Reads EF 0002 of the input-support application: an object FF20 of DF21 (offsets), DF22 name, DF23 address, DF24 birth, DF25 sex, and filler behind it. */
export function parseAttributes(file: Uint8Array): Attributes | ContentFault {
  const outer = parseTlv(file, true)
  if (typeof outer === 'string') return outer
  const whole = outer.find(({ tag }) => tag === 0xff20)
  if (!whole) return 'content'
  const inner = parseTlv(whole.value, true)
  if (typeof inner === 'string') return inner
  const valueOf = (tag: number) => inner.find((object) => object.tag === tag)?.value
  // Where the objects stand is told by their tags; a table that leads out of the file belongs to a file that is not whole.
  const offsets = valueOf(0xdf21)
  const end = whole.value.byteOffset - file.byteOffset + whole.value.length
  const leadsOut = (index: number) => Buffer.from(offsets ?? []).readUInt16BE(index * 2) >= end
  if (offsets?.length !== 8 || [0, 1, 2, 3].some(leadsOut)) return 'content'
  const [name, address, birth, sex] = [0xdf22, 0xdf23, 0xdf24, 0xdf25].map(valueOf)
  if (!name || !address || !birth || sex?.length !== 1) return 'content'
  const texts = [cardText(name), cardText(address)] as const
  if (texts[0] === 'text-charset' || texts[1] === 'text-charset') return 'text-charset'
  return { name: texts[0], address: texts[1], birth: parseDay(ascii(birth)), sex: /^[!-~]$/.test(ascii(sex)) ? ascii(sex) : '9' }
}

/** A MOICA card number (2 letters, 14 digits) with all but its first two and last four places hidden; null when it is none. */
export function maskMoicaNumber(bytes: Uint8Array): string | null {
  const number = ascii(bytes)
  return /^[A-Z]{2}[0-9]{14}$/.test(number) ? `${number.slice(0, 2)}••••••••••${number.slice(-4)}` : null
}

/** Whether 3F00/0900/0905 is that of a first-generation MOICA card. */
export function isFirstMoica(bytes: Uint8Array): boolean {
  return ascii(bytes.subarray(0, 8)) === 'CHT V32N'
}

/** How long a certificate is that begins with these bytes (`30 82 hi lo`), header included; `certificate-malformed` when none does. */
export function certificateLength(start: Uint8Array): number | 'certificate-malformed' {
  const [tag, form, high = 0, low = 0] = start
  return start.length >= 4 && tag === 0x30 && form === 0x82 ? high * 256 + low + 4 : 'certificate-malformed'
}
