import type { CardState } from './card-state.ts'
import { bits, integer, octets, sequence, tagged, utf8 } from './der.ts'
import type { TreeFile } from './hicos-card.ts'
import { encodeName } from './test-authority.ts'
import { moicaCertificate, testAuthorities, testAuthorityCertificate } from './test-certificates.ts'

const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

/** Where the certificates stand in their common file, and what the directory calls them. */
const slots = [
  { at: 0x0000, label: 'ROOTCACert', make: () => testAuthorityCertificate('moicaRoot'), name: testAuthorities.moicaRoot.name },
  { at: 0x0700, label: 'CACert', make: () => testAuthorityCertificate('moica'), name: testAuthorities.moica.name },
  { at: 0x0e00, label: 'SIGN', make: (state: CardState) => moicaCertificate('signature', state), name: null },
  { at: 0x1500, label: 'KEYX', make: (state: CardState) => moicaCertificate('authentication', state), name: null },
] as const

/** The two files of bytes end in filler, as written by the card's maker. */
const padded = (bytes: Uint8Array, length: number) => {
  const file = new Uint8Array(Math.max(length, bytes.length)).fill(0xff)
  file.set(bytes)
  return file
}

/** All certificates in one file. A certificate that is longer than its slot moves those behind it. */
function certificateFile(state: CardState): { readonly content: Uint8Array; readonly directory: Uint8Array } {
  let content = new Uint8Array(0)
  const entries: Uint8Array[] = []
  for (const { at, label, make, name } of slots) {
    const certificate = make(state)
    if (certificate.length === 0) continue
    const place = Math.max(at, content.length)
    const next = new Uint8Array(place + certificate.length).fill(0xff)
    next.set(content)
    next.set(certificate, place)
    content = next
    const path = sequence(octets(Buffer.from('3f00503008f2', 'hex')), integer(place), tagged('80', lengthBytes(certificate.length)))
    const value = sequence(path, ...(name ? [encodeName(name)] : []))
    entries.push(sequence(sequence(utf8(label)), sequence(octets(ascii(label))), tagged('a1', value)))
  }
  return { content: padded(content, 0x1c00), directory: padded(new Uint8Array(Buffer.concat(entries)), 1024) }
}

const lengthBytes = (length: number) => Uint8Array.of(length >> 8, length & 0xff)

/** PKCS#15's TokenInfo: version, number, maker, label, and that a PIN is needed. */
const tokenInfo = ({ serial }: CardState) =>
  sequence(integer(0), octets(ascii(serial)), utf8('TEST Cardbooth'), tagged('80', Buffer.from('TEST MOICA')), bits(Uint8Array.of(0x40), 6))

/** The files of a MOICA card that need no PIN: card number, operating system, and a PKCS#15-like directory with the certificates in one file. */
export function moicaFiles(state: CardState): ReadonlyMap<number, TreeFile> {
  let made: ReturnType<typeof certificateFile> | null = null
  const certificates = () => (made ??= certificateFile(state))
  const file = (place: string, make: () => Uint8Array): TreeFile => ({
    content() {
      const chosen = state.files[place]
      return chosen === undefined ? make() : new Uint8Array(Buffer.from(chosen, 'hex'))
    },
  })
  const empty = () => padded(new Uint8Array(0), 256)
  const system = state.profile === 'moica-1' ? 'CHT V32N' : 'CHT GPKI'
  const about: TreeFile = {
    children: new Map([
      [0x0903, file('0900/0903', () => ascii(state.serial))],
      [0x0905, file('0900/0905', () => padded(ascii(system), 16))],
    ]),
  }
  const token: TreeFile = {
    children: new Map([
      [0x4100, file('5030/4100', empty)],
      [0x4101, file('5030/4101', empty)],
      [0x4104, file('5030/4104', () => certificates().directory)],
      [0x4107, file('5030/4107', empty)],
      [0x5032, file('5030/5032', () => padded(tokenInfo(state), 256))],
      [0x08f2, file('5030/08F2', () => certificates().content)],
    ]),
  }
  return new Map([
    [0x0900, about],
    [0x5030, token],
  ])
}
