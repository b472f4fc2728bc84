import { createHash, sign } from 'node:crypto'
import { demoKey, demoPublicKey, type DemoKeyName } from './demo-key.ts'
import { bits, boolean, identifier, integer, moment, nothing, octets, sequence, set, tagged, utf8, type Der } from './der.ts'

/** Who a certificate is for or from: its parts, the widest first. */
export type Name = readonly (readonly [part: 'C' | 'O' | 'OU' | 'CN', value: string])[]

/** An authority of the demonstration: whoever holds the repository holds its key, so nobody may trust it. */
export interface TestAuthority {
  readonly name: Name
  readonly key: DemoKeyName
}

export interface CertificateRequest {
  readonly subject: Name
  readonly key: DemoKeyName
  readonly issuer: TestAuthority
  /** Up to 20 bytes in hexadecimal. */
  readonly serial: string
  /** Milliseconds since 1970. */
  readonly from: number
  readonly until: number
  /** What the key may be used for, as bits of keyUsage (RFC 5280 4.2.1.3), first bit first. */
  readonly usage: 'digitalSignature' | 'nonRepudiation' | 'keyEncipherment' | 'authority'
  /** What is said of the person beside the name: identifiers of otherName and their texts. */
  readonly person?: readonly (readonly [identifier: string, text: string])[]
  /** A remark, which can make the certificate as long as one likes. */
  readonly comment?: string
}

const parts = { C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' } as const
const usages = { digitalSignature: 0x80, nonRepudiation: 0x40, keyEncipherment: 0x20, authority: 0x06 } as const
const sha256WithRsa = sequence(identifier('1.2.840.113549.1.1.11'), nothing)

/** A name as certificates write it. */
export function encodeName(name: Name): Der {
  return sequence(...name.map(([part, value]) => set(sequence(identifier(parts[part]), utf8(value)))))
}

const extension = (id: string, critical: boolean, value: Der) => sequence(identifier(id), ...(critical ? [boolean(true)] : []), octets(value))
const keyIdentifier = (key: DemoKeyName) => new Uint8Array(createHash('sha1').update(demoPublicKey(key)).digest())

/** The bit string of one byte, without the zero bits at its end. */
function usageBits(usage: CertificateRequest['usage']): Der {
  const byte = usages[usage]
  return bits(Uint8Array.of(byte), Math.log2(byte & -byte))
}

const signed = (content: Der, { key }: TestAuthority): Der =>
  sequence(content, sha256WithRsa, bits(new Uint8Array(sign('sha256', content, demoKey(key)))))

/** Issues an X.509 v3 certificate (RFC 5280), DER. The same request gives the same bytes. */
export function issueCertificate(request: CertificateRequest): Uint8Array {
  const { subject, key, issuer, serial, from, until, usage, person, comment } = request
  const others = person?.map(([id, text]) => tagged('a0', identifier(id), tagged('a0', utf8(text)))) ?? []
  const extensions = [
    extension('2.5.29.19', true, usage === 'authority' ? sequence(boolean(true)) : sequence()),
    extension('2.5.29.15', true, usageBits(usage)),
    extension('2.5.29.14', false, octets(keyIdentifier(key))),
    extension('2.5.29.35', false, sequence(tagged('80', keyIdentifier(issuer.key)))),
    ...(others.length > 0 ? [extension('2.5.29.17', false, sequence(...others))] : []),
    ...(comment === undefined ? [] : [extension('2.16.840.1.113730.1.13', false, tagged('16', Buffer.from(comment, 'latin1')))]),
  ]
  const content = sequence(
    tagged('a0', integer(2)),
    integer(serial),
    sha256WithRsa,
    encodeName(issuer.name),
    sequence(moment(from), moment(until)),
    encodeName(subject),
    demoPublicKey(key),
    tagged('a3', sequence(...extensions)),
  )
  return signed(content, issuer)
}

/** Issues a revocation list (RFC 5280 5), DER: the serial numbers that hold no longer, as of `from`. */
export function issueRevocationList(issuer: TestAuthority, serials: readonly string[], from: number, until: number): Uint8Array {
  const revoked = serials.map((serial) => sequence(integer(serial), moment(from)))
  const list = revoked.length > 0 ? [sequence(...revoked)] : []
  return signed(sequence(integer(1), sha256WithRsa, encodeName(issuer.name), moment(from), moment(until), ...list), issuer)
}

/** The certificate of an authority, good for twenty years from `from`; it signed it itself unless an `issuer` did. */
export function authorityCertificate(authority: TestAuthority, from: number, issuer = authority): Uint8Array {
  const until = from + 20 * 365 * 86_400_000
  const serial = issuer === authority ? '01' : '02'
  return issueCertificate({ subject: authority.name, key: authority.key, issuer, serial, from, until, usage: 'authority' })
}
