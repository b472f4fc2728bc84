import { X509Certificate } from 'node:crypto'
import type { SignInProblem } from '../main/contract/card-sign-in.ts'
import { isListOf, plainSerial, readRevocationLists } from './revocation-list.ts'

/** Whom a centre believes about cards, asked anew for each card so that renewed lists hold at once: authorities and their revocation lists, PEM. */
export interface CardAuthorities {
  authorities(): string
  revocations(): string
}

/** RSA below this is not taken (the cards have 2048). */
const leastModulusBits = 2048

const validFrom = (certificate: X509Certificate) => certificate.validFromDate.getTime()
const validUntil = (certificate: X509Certificate) => certificate.validToDate.getTime()

/** Reads certificates from PEM text; throws when one of them is none. */
function certificatesOf(pem: string): readonly X509Certificate[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((block) => new X509Certificate(block))
}

/** A certificate out of a card's bytes that is no authority and has a key for signing of its own; null when it is none. */
export function cardCertificate(der: Uint8Array): X509Certificate | null {
  try {
    const certificate = new X509Certificate(der)
    const { publicKey } = certificate
    const isStrong = publicKey.asymmetricKeyType === 'rsa' && (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= leastModulusBits
    return !certificate.ca && isStrong ? certificate : null
  } catch {
    return null
  }
}

/**
 * Why the certificate of a card does not count at `now` (milliseconds since 1970); null when it does. It must come from one of the configured authorities whose own time has
 * not ended, lie in its own time, and stand in no revocation list: without a current list of its authority nobody knows that, and nobody is let in.
 */
export function judgeCard(certificate: X509Certificate, trusted: CardAuthorities, now: number): SignInProblem['problem'] | null {
  const isNow = (one: X509Certificate) => validFrom(one) <= now && now <= validUntil(one)
  const issuer = certificatesOf(trusted.authorities()).find((authority) => authority.ca && isNow(authority) && certificate.checkIssued(authority) && certificate.verify(authority.publicKey))
  if (!issuer) return 'untrusted'
  if (now < validFrom(certificate)) return 'not-yet-valid'
  if (now > validUntil(certificate)) return 'expired'
  const lists = (readRevocationLists(trusted.revocations()) ?? []).filter((list) => isListOf(list, issuer))
  const serial = plainSerial(certificate.serialNumber)
  // A number that once stood in a list of this authority stays revoked, also in one that is too old.
  if (lists.some(({ serials }) => serials.has(serial))) return 'revoked'
  return lists.some(({ from, until }) => from <= now && now <= until) ? null : 'revocation-unknown'
}
