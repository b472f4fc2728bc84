import { X509Certificate } from 'node:crypto'
import { safeText, shownText } from './card-text.ts'
import type { CertificateFacts, CertificateProblem } from './events.ts'
import { certificateLength } from './files.ts'

/** The authorities whose certificates are believed; without any, who signed a certificate is not judged here but by the centre. */
export type Authorities = readonly X509Certificate[]

/** Reads authorities from PEM text; throws when one of them is no certificate. */
export function readAuthorities(pem: string): Authorities {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return blocks.map((block) => new X509Certificate(block))
}

/** A certificate out of a card's bytes; what stands behind it is filler. Null when it is none. */
export function parseCertificate(der: Uint8Array): X509Certificate | null {
  const length = certificateLength(der)
  if (typeof length === 'string' || length > der.length) return null
  try {
    return new X509Certificate(der.subarray(0, length))
  } catch {
    return null
  }
}

/** What is wrong with a certificate at `now` (milliseconds since 1970); null when nothing is. */
export function judgeCertificate(certificate: X509Certificate, now: number, authorities: Authorities): CertificateProblem | null {
  if (certificate.checkIssued(certificate)) return 'own-signed'
  const isFrom = (authority: X509Certificate) => certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
  if (authorities.length > 0 && !authorities.some(isFrom)) return 'other-authority'
  if (now < certificate.validFromDate.getTime()) return 'not-yet-valid'
  return now > certificate.validToDate.getTime() ? 'expired' : null
}

/** One part of a name; what OpenSSL escapes in it is a control character in hexadecimal, or punctuation. */
const part = (name: string, key: string) =>
  new RegExp(`^${key}=(.*)$`, 'm').exec(name)?.[1]?.replace(/\\([0-9A-F]{2}|.)/g, (_, escaped: string) => (escaped.length === 2 ? '' : escaped))

/** What a certificate says, in plain values; `certificate-malformed` when it is none. `naming`: whether it names a person that may be shown. */
export function certificateFacts(
  der: Uint8Array,
  { now, authorities, naming }: { readonly now: number; readonly authorities: Authorities; readonly naming: boolean },
): CertificateFacts | 'certificate-malformed' {
  const certificate = parseCertificate(der)
  if (!certificate) return 'certificate-malformed'
  const { validFromDate, validToDate, issuer, subject } = certificate
  if (Number.isNaN(validFromDate.getTime()) || Number.isNaN(validToDate.getTime())) return 'certificate-malformed'
  const word = (name: string, keys: readonly string[]) => shownText(safeText(keys.map((key) => part(name, key)).find((found) => found !== undefined) ?? ''))
  return {
    from: validFromDate.toISOString(),
    until: validToDate.toISOString(),
    serial: certificate.serialNumber.toLowerCase().slice(0, 64),
    issuer: word(issuer, ['CN', 'OU', 'O']),
    subject: naming ? word(subject, ['CN']) : null,
    problem: judgeCertificate(certificate, now, authorities),
  }
}
