import { createHash } from 'node:crypto'
import type { CardApplication, CardFile, Opens } from './card-files.ts'
import type { CardProfile, CardState } from './card-state.ts'
import { tagged } from './der.ts'
import { jpkiCertificate, testAuthorityCertificate } from './test-certificates.ts'

const fourDigits = /^\d{4}$/
const password = /^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{6,16}$/

const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const filled = (bytes: number, with_: number) => new Uint8Array(bytes).fill(with_)
const join = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const word = (value: number) => Uint8Array.of((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)

/** A PIN file; `change` is the command that changes it. */
const pin = (name: string, change: 'reference-data' | 'key' | null, format = fourDigits): CardFile => ({ kind: 'pin', pin: name, change, format })

/** Nobody's Individual Number: its check digit is wrong. */
export const individualNumber = '123456789012'
/** The security code on the card's face. */
const securityCode = '0000'

/** The year and day of birth in the era of its time, as YYMMDD; the form's eras begin in 1926. */
function eraBirth(birth: string): string {
  const eras = [['20190501', 2018], ['19890108', 1988], ['19261225', 1925]] as const
  const first = eras.find(([begin]) => birth >= begin)?.[1] ?? 1911
  return `${String(Number(birth.slice(0, 4)) - first).padStart(2, '0')}${birth.slice(4)}`
}

/** What a new card's PINs are. 照合番号A and B are printed on its face; nobody chooses them. */
export function myNumberPins(holder: CardState['holder'], expiry: string): CardState['pins'] {
  const codeB = `${eraBirth(holder.birth)}${expiry.slice(0, 4)}${securityCode}`
  const full = (value: string, most: number) => ({ value, left: most, most })
  return {
    authentication: full('1234', 3),
    signature: full('TEST01', 5),
    'input-support': full('2345', 3),
    'input-support-issued-blocked': { value: '', left: 0, most: 3 },
    'code-a': full(individualNumber, 10),
    'code-b': full(codeB, 10),
    'face-birth': full(eraBirth(holder.birth), 10),
    'face-code-a': full(individualNumber, 10),
    'face-code-b': full(codeB, 10),
    juki: full('3456', 3),
    common: full('4567', 3),
  }
}

/** What the token says that it is. A telephone's certificate and the card of before 2016 answer to the same application. */
const tokenNames: Partial<Record<CardProfile, string>> = { 'phone-token': 'JPKIAPGPSETOKEN', 'juki-card': 'JPKIAPICCTOKEN' }

/** PKCS#11's CK_TOKEN_INFO with words of four bytes, 160 bytes. */
function tokenInfo(profile: CardProfile): Uint8Array {
  const label = tokenNames[profile] ?? 'JPKIAPICCTOKEN2'
  const unavailable = 0xffff_ffff
  const words = [0x40d, 1, 0, 1, 0, 16, 4, unavailable, unavailable, unavailable, unavailable]
  const texts = [label.padEnd(32), 'TEST Cardbooth'.padEnd(32), 'TEST'.padEnd(16), 'TEST'.padEnd(16)]
  return join(...texts.map(ascii), ...words.map(word), ascii('0301'), ascii(' '.repeat(16)))
}

/** Name, address, birth and sex behind a table of their places, counted from the start of the file. */
function attributesFile({ name, address, birth, sex }: CardState['holder']): Uint8Array {
  const fields = [tagged('df22', Buffer.from(name)), tagged('df23', Buffer.from(address)), tagged('df24', ascii(birth)), tagged('df25', ascii(sex))]
  const build = (places: readonly number[]) => tagged('ff20', tagged('df21', Uint8Array.from(places.flatMap((at) => [at >> 8, at & 0xff]))), ...fields)
  const length = (parts: readonly Uint8Array[]) => parts.reduce((sum, part) => sum + part.length, 0)
  const first = build([0, 0, 0, 0]).length - length(fields)
  return build(fields.map((_, index) => first + length(fields.slice(0, index))))
}

/**
 * The applications of a My Number Card, a telephone's token or an old juki card: files, keys and what opens them, after soltia48/myna-card, which
 * read them on real cards.
 */
export function myNumberApplications(state: CardState): readonly CardApplication[] {
  const { profile, serial, expiry, holder, certificates } = state
  const municipality = '99999'
  const made = new Map<string, Uint8Array>()

  const application = (name: string, aid: string, files: Readonly<Record<string, CardFile>>, ownKey?: 'card'): CardApplication => ({
    name,
    aid,
    files: new Map(Object.entries(files).map(([id, file]) => [Number.parseInt(id, 16), file])),
    objects: new Map(),
    ...(ownKey ? { ownKey } : {}),
  })
  /** A file whose content is made once; a content that someone chose stands before its own. */
  const file = (place: string, opens: Opens, make: () => Uint8Array): CardFile => ({
    kind: 'transparent',
    opens,
    content() {
      const chosen = state.files[place]
      if (chosen !== undefined) return new Uint8Array(Buffer.from(chosen, 'hex'))
      const content = made.get(place) ?? make()
      made.set(place, content)
      return content
    },
  })
  const present = (which: 'authentication' | 'signature') => (certificates[which] === 'missing' ? 0 : 0x8f)

  const jpki = application('jpki', 'd392f000260100000001', {
    '0001': file('jpki/0001', ['signature'], () => jpkiCertificate('signature', state)),
    '0002': file('jpki/0002', 'free', () => testAuthorityCertificate('signature')),
    '0006': file('jpki/0006', 'free', () => tokenInfo(profile)),
    '0008': file('jpki/0008', 'free', () => Uint8Array.of(present('signature'), present('authentication'), 0)),
    '0009': file('jpki/0009', 'never', () => new Uint8Array(16)),
    '000a': file('jpki/000A', 'free', () => jpkiCertificate('authentication', state)),
    '000b': file('jpki/000B', 'free', () => testAuthorityCertificate('authentication')),
    '0016': { kind: 'internal' },
    '0017': { kind: 'key', opens: ['authentication'], key: 'authentication', use: 'sign' },
    '0018': pin('authentication', 'reference-data'),
    '001a': { kind: 'key', opens: ['signature'], key: 'signature', use: 'sign' },
    '001b': pin('signature', 'reference-data', password),
  })
  if (profile === 'phone-token') return [jpki]

  const keyReference = ascii('TEST DEMO KEY 01')
  const records = (...contents: readonly Uint8Array[]): CardFile => ({ kind: 'records', opens: 'free', records: () => contents })
  const juki = application('juki', 'd3921000310001010401', { '0002': records(keyReference), '001c': pin('juki', 'key') })
  if (profile === 'juki-card') return [jpki, juki]

  const numberFile = () => join(tagged('ff10', ascii(individualNumber)), Uint8Array.of(0xff, 0xff))
  const anyOf = ['input-support', 'code-a', 'code-b']
  const inputSupport = application(
    'input-support',
    'd3921000310001010408',
    {
      '0001': file('input-support/0001', ['input-support', 'code-a'], numberFile),
      '0002': file('input-support/0002', ['input-support', 'code-b'], () => attributesFile(holder)),
      '0003': file('input-support/0003', anyOf, () =>
        tagged('ff30', tagged('df31', sha256(numberFile())), tagged('df32', sha256(attributesFile(holder))), tagged('df33', filled(256, 0))),
      ),
      '0004': file('input-support/0004', 'free', () => tagged('7f21', tagged('5f4e', keyReference), tagged('5f37', filled(256, 0)))),
      '0005': file('input-support/0005', 'free', () => tagged('ff40', tagged('df41', ascii('TEST')), tagged('df42', keyReference))),
      '0006': file('input-support/0006', anyOf, () => tagged('ff50', tagged('df51', keyReference))),
      '0007': file('input-support/0007', anyOf, () => tagged('ff60', tagged('df61', keyReference), tagged('df62', filled(256, 0)))),
      '0008': file('input-support/0008', 'free', () => filled(16, 0xff)),
      '0011': pin('input-support', 'reference-data'),
      '0012': pin('input-support-issued-blocked', null),
      '0014': pin('code-a', null),
      '0015': pin('code-b', null),
    },
    'card',
  )
  const face = ['face-code-a', 'face-code-b']
  const surface = application(
    'surface',
    'd3921000310001010402',
    {
      '0001': file('surface/0001', ['face-birth'], () => tagged('ff10', tagged('df11', ascii(holder.birth)))),
      '0002': file('surface/0002', face, () => tagged('ff20', tagged('df22', ascii(holder.birth)), tagged('df23', ascii(holder.sex)), tagged('df29', ascii(expiry)))),
      '0003': file('surface/0003', 'free', () => tagged('ff30', tagged('df31', Uint8Array.of(6, 3, 14, 1)), tagged('df34', ascii(municipality)))),
      '0004': file('surface/0004', 'free', () => tagged('7f21', tagged('5f4e', keyReference), tagged('5f37', filled(256, 0)))),
      '0005': file('surface/0005', ['face-code-a'], () => tagged('ff40', tagged('df41', ascii(individualNumber)))),
      '0006': file('surface/0006', face, () => filled(16, 0xff)),
      '0011': pin('face-birth', null),
      '0012': pin('face-code-b', null),
      '0013': pin('face-code-a', null),
    },
    'card',
  )
  const about: CardFile = {
    kind: 'records',
    opens: 'free',
    records() {
      const chosen = state.files['common/0001']
      return [chosen === undefined ? tagged('01', ascii(`${serial}${municipality}${expiry}`)) : new Uint8Array(Buffer.from(chosen, 'hex'))]
    },
  }
  const common = application('common', 'd3921000310001010100', {
    '0001': about,
    '0002': records(keyReference),
    '0019': { kind: 'key', opens: 'free', key: 'card', use: 'authenticate' },
    '001c': pin('common', 'key'),
  })
  return [jpki, inputSupport, surface, juki, common]
}

/** What GET DATA gives while nothing is selected: municipality, expiry, and the contact answer to reset without its first byte. */
export function myNumberObjects({ expiry }: CardState, atr: Uint8Array): ReadonlyMap<number, Uint8Array> {
  return new Map([
    [0x00f0, ascii('99999')],
    [0x00f2, ascii(expiry)],
    [0x5f51, atr.slice(1)],
  ])
}
