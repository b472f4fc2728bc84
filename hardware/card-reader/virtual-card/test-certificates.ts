import type { CardState, CertificateKind } from './card-state.ts'
import { authorityCertificate, issueCertificate, issueRevocationList, type CertificateRequest, type Name, type TestAuthority } from './test-authority.ts'

const day = 86_400_000
const year = 365 * day

const authority = (key: TestAuthority['key'], country: 'JP' | 'TW', unit: string): TestAuthority => ({
  key,
  name: [
    ['C', country],
    ['O', 'TEST of the Cardbooth demonstration, of no value'],
    ['OU', `TEST ${unit}`],
  ],
})

/** The authorities of the demonstration, and one that nobody asked for. */
export const testAuthorities = {
  authentication: authority('authority', 'JP', 'user authentication authority'),
  signature: authority('authority', 'JP', 'digital signature authority'),
  moica: authority('authority', 'TW', 'citizen certificate authority'),
  moicaRoot: authority('authority', 'TW', 'root authority'),
  other: authority('otherAuthority', 'JP', 'other authority'),
} as const

/** When the authorities of the demonstration began: 1 January 2020. */
const authoritiesFrom = Date.UTC(2020, 0, 1)

/** The certificate of a test authority, DER: the one for citizens has its from the root. */
export const testAuthorityCertificate = (name: keyof typeof testAuthorities): Uint8Array =>
  authorityCertificate(testAuthorities[name], authoritiesFrom, testAuthorities[name === 'moica' ? 'moicaRoot' : name])

let authoritiesPem: string | null = null

/** Those that sign cards' certificates, as the PEM file that a reader is configured with: made once, they are the same for ever. */
export function testAuthoritiesPem(): string {
  const issuers = ['authentication', 'signature', 'moica'] as const
  return (authoritiesPem ??= issuers.map((name) => pem(testAuthorityCertificate(name))).join(''))
}

/** Their revocation lists as the PEM file that a centre is given: nobody is revoked, and they are good for a week from an hour before `now`. */
export function testRevocationsPem(now: number): string {
  const issuers = ['authentication', 'signature'] as const
  return issuers.map((name) => pem(testRevocationList(name, [], now - 3_600_000), 'X509 CRL')).join('')
}

function pem(der: Uint8Array, label = 'CERTIFICATE'): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** A revocation list of a test authority, DER, good for a week from `from` (milliseconds since 1970). */
export const testRevocationList = (name: keyof typeof testAuthorities, serials: readonly string[], from: number): Uint8Array =>
  issueRevocationList(testAuthorities[name], serials, from, from + 7 * day)

/** When a certificate of a card that was issued at `issued` begins and ends, milliseconds since 1970. */
function validity(kind: CertificateKind, issued: number): { readonly from: number; readonly until: number } {
  if (kind === 'expired') return { from: issued - 6 * year, until: issued - 30 * day }
  return kind === 'not-yet-valid' ? { from: issued + 30 * day, until: issued + 5 * year } : { from: issued - day, until: issued + 5 * year }
}

type Wanted = Pick<CertificateRequest, 'subject' | 'key' | 'issuer' | 'serial' | 'usage' | 'person'>

/** A certificate of that kind; empty when it is missing. */
export function certificateOfKind(kind: CertificateKind, issued: number, wanted: Wanted): Uint8Array {
  const request = { ...wanted, ...validity(kind, issued) }
  switch (kind) {
    case 'missing':
      return new Uint8Array(0)
    case 'garbage':
      // A header that promises 1024 bytes, and nothing after it that means anything.
      return Uint8Array.from({ length: 1028 }, (_, index) => [0x30, 0x82, 0x04, 0x00][index] ?? (index * 73) & 0xff)
    case 'large':
      return issueCertificate({ ...request, comment: 'TEST '.repeat(640) })
    case 'other-authority':
      return issueCertificate({ ...request, issuer: testAuthorities.other })
    case 'own-signed':
      return issueCertificate({ ...request, issuer: { name: wanted.subject, key: wanted.key } })
    case 'valid':
    case 'expired':
    case 'not-yet-valid':
      return issueCertificate(request)
  }
}

const subject = (country: 'JP' | 'TW', unit: string, common: string): Name => [
  ['C', country],
  ['O', 'TEST of the Cardbooth demonstration, of no value'],
  ['OU', `TEST ${unit}`],
  ['CN', `TEST ${common}`],
]

/** otherName identifiers of the four attributes in a signature certificate (J-LIS, certificate profile of the public personal authentication). */
const attributes = {
  name: '1.2.392.200149.8.5.5.1',
  sex: '1.2.392.200149.8.5.5.3',
  birth: '1.2.392.200149.8.5.5.4',
  address: '1.2.392.200149.8.5.5.5',
} as const

/** The two certificates of the public personal authentication: only the one for signatures names its holder. */
export function jpkiCertificate(which: 'authentication' | 'signature', { certificates, issued, serial, holder }: CardState): Uint8Array {
  const kind = certificates[which]
  const number = serial.replaceAll(/\D/g, '').slice(-12).padStart(12, '0')
  if (which === 'authentication') {
    const name = subject('JP', 'user authentication', `${number}AUTH`)
    const wanted = { subject: name, key: 'authentication', issuer: testAuthorities.authentication, serial: `0a${number}`, usage: 'digitalSignature' } as const
    return certificateOfKind(kind, issued, wanted)
  }
  const person = Object.entries(attributes).map(([part, id]) => [id, holder[part as keyof typeof attributes]] as const)
  const name = subject('JP', 'digital signature', `${number}SIGN`)
  const wanted = { subject: name, key: 'signature', issuer: testAuthorities.signature, serial: `0b${number}`, usage: 'nonRepudiation', person } as const
  return certificateOfKind(kind, issued, wanted)
}

/** The two certificates of a Taiwanese card; its issuer has the same key as the root. */
export function moicaCertificate(which: 'authentication' | 'signature', { certificates, issued, serial, holder }: CardState): Uint8Array {
  const name = subject('TW', which === 'signature' ? 'signature' : 'encryption', holder.name)
  const digits = serial.replaceAll(/\D/g, '').padStart(14, '0')
  const usage = which === 'signature' ? 'digitalSignature' : 'keyEncipherment'
  const wanted = { subject: name, key: which, issuer: testAuthorities.moica, serial: `${which === 'signature' ? '0c' : '0d'}${digits}`, usage } as const
  return certificateOfKind(certificates[which], issued, wanted)
}
